"""One answer in its three shapes: for expressions, for the result, and as a proposal."""

import math
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from dialogs.prompts import Attachment, Json, reference
from dialogs.xlsform.kinds import Kind
from dialogs.xlsform.moments import read_moment
from dialogs.xlsform.nodes import Plain
from dialogs.xlsform.values import day, number, text

SHORT = re.compile(r"[A-Za-z0-9_-]{1,24}")  # what a button can carry


def code(name: str) -> str:
    """Give a choice the code its button carries: its name, or what stands for a long one."""
    return name if SHORT.fullmatch(name) else f"~{reference(name)}"


def worth(value: Any) -> Plain:
    """Turn a prompt's value into what expressions see."""
    match value:
        case Attachment():
            return value.name or value.file
        case tuple():
            return " ".join(value)
        case int() | Decimal():
            return float(value)
        case date():
            return value
        case _:
            return str(value)


def written(value: Any) -> Json:
    """Turn a prompt's value into what is handed on."""
    match value:
        case Attachment(file, name, sort, size, _):
            return {"file": file, "name": name, "kind": sort, "size": size}
        case tuple():
            return list(value)
        case int():
            return value
        case Decimal():
            return plainest(float(value))
        case date():
            return value.isoformat()
        case _:
            return str(value)


def no_answer(kind: Kind) -> Json:
    """Say that a question was passed over."""
    return [] if kind in (Kind.SELECT_MULTIPLE, Kind.RANK) else None


def plainest(value: float) -> int | float:
    """Write a whole number without a point."""
    return int(value) if math.isfinite(value) and value == int(value) else value


def proposal(kind: Kind, value: Plain, offered: Sequence[str]) -> Json:
    """Turn a default into the answer a prompt would store; None if it is none."""
    match kind:
        case Kind.TEXT:
            return text(value) or None
        case Kind.INTEGER | Kind.DECIMAL:
            return text(number(value)) if math.isfinite(number(value)) else None
        case Kind.DATE:
            found = day(value) if value != "" else None
            return found.isoformat() if found else None
        case Kind.SELECT_ONE:
            return code(text(value)) if text(value) in offered else None
        case Kind.SELECT_MULTIPLE:
            names = [name for name in dict.fromkeys(text(value).split()) if name in offered]
            return [code(name) for name in names] or None
        case Kind.RANGE:
            return text(number(value)) if math.isfinite(number(value)) else None
        case Kind.RANK:
            names = list(dict.fromkeys(text(value).split()))
            return [code(name) for name in names] if {*names} == {*offered} else None
        case Kind.TIME | Kind.MOMENT:
            return text(value) if read_moment(text(value), kind) == text(value) else None
        case Kind.ACKNOWLEDGE | Kind.IMAGE | Kind.AUDIO | Kind.FILE | Kind.VIDEO:
            return None
