"""What stands in a cell: a type, a yes or no, an expression, a default."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from pyxform.utils import default_is_dynamic

from dialogs.xlsform.answers import proposal
from dialogs.xlsform.faults import What
from dialogs.xlsform.form import Scale
from dialogs.xlsform.kinds import Kind

YES = frozenset({"yes", "true", "true()", "1"})
NO = frozenset({"no", "false", "false()", "0"})

NAME = re.compile(r"[^\W\d][\w.-]*")
MENTION = re.compile(r"\$\{\s*([^}]*?)\s*\}")

BRACKET = re.compile(r"(begin|end)[ _]+(group|repeat)")
SELECT = re.compile(
    r"(select[ _]?one(?: from)?|select1|select[ _]?multiple(?: from)?"
    r"|select all that apply(?: from)?)\s+(\S.*)",
    re.IGNORECASE,
)
RANK = re.compile(r"rank(?: from)?\s+(\S.*)", re.IGNORECASE)
OR_OTHER = re.compile(r"\s+or[ _](other|specify other)$", re.IGNORECASE)
FROM_FILE = re.compile(r"select[ _](one|multiple)[ _](from[ _]file|external)|.*\.(csv|xml|geojson)")

SEARCH = re.compile(r"\bsearch\s*\(")  # an appearance that reads choices from another file

KINDS: Mapping[str, Kind] = {
    "text": Kind.TEXT,
    "string": Kind.TEXT,
    "integer": Kind.INTEGER,
    "int": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "date": Kind.DATE,
    "image": Kind.IMAGE,
    "photo": Kind.IMAGE,
    "audio": Kind.AUDIO,
    "file": Kind.FILE,
    "video": Kind.VIDEO,
    "barcode": Kind.TEXT,
    "time": Kind.TIME,
    "datetime": Kind.MOMENT,
    "date_time": Kind.MOMENT,
    "range": Kind.RANGE,
    "acknowledge": Kind.ACKNOWLEDGE,
    "trigger": Kind.ACKNOWLEDGE,
}
METADATA = re.compile(
    r"device_?id|imei|username|phone_?number|email|simserial|subscriberid|audit"
    r"|start-geopoint|background-(audio|geopoint)"
)
NOT_HERE = re.compile(
    r"rank|geo(point|trace|shape)|osm.*"
    r"|(xml|csv)-external|begin[ _]+loop|end[ _]+loop"
)
BEGUN = frozenset({"start", "end"})  # when it was filled in: here it is known by the day


class Sort(Enum):
    """What a row of the survey does."""

    QUESTION = auto()
    NOTE = auto()
    CALCULATION = auto()
    TODAY = auto()
    HIDDEN = auto()
    BEGUN = auto()
    METADATA = auto()
    NOTHING = auto()
    GROUP = auto()
    REPEAT = auto()
    END = auto()


@dataclass(frozen=True)
class Type:
    """The type cell understood; `ends` is what an end closes, `other` adds a choice in words."""

    sort: Sort
    kind: Kind = Kind.TEXT
    choices: str = ""
    ends: Sort = Sort.NOTHING
    other: bool = False


class BadType(Exception):  # noqa: N818 - it is said of a cell
    """The type is not supported; `what` names the fault."""

    def __init__(self, what: What) -> None:
        super().__init__(what)
        self.what = what


OTHERS: Mapping[str, Type] = {
    "note": Type(Sort.NOTE),
    "calculate": Type(Sort.CALCULATION),
    "calculation": Type(Sort.CALCULATION),
    "today": Type(Sort.TODAY),
    "hidden": Type(Sort.HIDDEN),
}


def read_type(cell: str) -> Type:
    """Understand a type cell; raise BadType if it means nothing that can be asked here."""
    low = " ".join(cell.lower().split())
    if bracket := BRACKET.fullmatch(low):
        return read_bracket(*bracket.groups())
    if low in OTHERS:
        return OTHERS[low]
    if low in BEGUN:
        return Type(Sort.BEGUN)
    if low in KINDS:
        return Type(Sort.QUESTION, KINDS[low])
    if FROM_FILE.match(low):
        raise BadType(What.FROM_FILE)
    if select := SELECT.fullmatch(cell.strip()):
        return read_select(*select.groups())
    if rank := RANK.fullmatch(cell.strip()):
        return Type(Sort.QUESTION, Kind.RANK, " ".join(rank[1].split()))
    if METADATA.fullmatch(low):
        return Type(Sort.METADATA)
    raise BadType(What.UNSUPPORTED_TYPE if NOT_HERE.fullmatch(low) else What.UNKNOWN_TYPE)


def read_bracket(side: str, what: str) -> Type:
    """Understand the beginning or the end of a group or a repeat."""
    sort = Sort.REPEAT if what == "repeat" else Sort.GROUP
    return Type(Sort.END, ends=sort) if side == "end" else Type(sort)


def read_select(how: str, choices: str) -> Type:
    """Understand a choice from a list."""
    other = OR_OTHER.search(choices)
    choices = OR_OTHER.sub("", choices)
    single = "one" in how.lower() or how.lower() == "select1"
    return Type(
        Sort.QUESTION,
        Kind.SELECT_ONE if single else Kind.SELECT_MULTIPLE,
        " ".join(choices.split()),
        other=bool(other),
    )


PARAMETER = re.compile(r"(\w+)\s*=\s*([^\s,;]+)")


def read_scale(cell: str) -> Scale:
    """Read what a range goes from and to; raise ValueError if it goes nowhere."""
    given = {name.lower(): Decimal(value) for name, value in PARAMETER.findall(cell)}
    scale = Scale(
        given.get("start", Decimal(1)), given.get("end", Decimal(10)), given.get("step", Decimal(1))
    )
    if not all(part.is_finite() for part in given.values()):
        raise ValueError(cell)
    if scale.step <= 0 or scale.low >= scale.high or abs(scale.high) + abs(scale.low) > 10**12:
        raise ValueError(cell)
    return scale


def condition(cell: str) -> str:
    """Read a condition, in which yes and no may be written out; "" for none."""
    low = cell.lower()
    return "true()" if low in YES else "false()" if low in NO else cell


def default(cell: str, kind: Kind, names: tuple[str, ...]) -> str:
    """Read a default as an expression; raise ValueError if the question cannot take it."""
    if not cell or default_is_dynamic(cell, kind.value):
        return cell
    proposed = proposal(kind, cell, names)
    some_left_out = isinstance(proposed, list) and len(proposed) < len(set(cell.split()))
    if proposed is None or some_left_out:
        raise ValueError(cell)
    return "'" + cell.replace("'", "''") + "'"
