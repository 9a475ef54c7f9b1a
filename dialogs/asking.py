"""The questions a dialogue can ask, as it reads: ``name = yield from write("name")``."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

from dialogs.engine import Dialogue
from dialogs.prompts import (
    PAGE,
    Adding,
    Attachment,
    Choice,
    Choices,
    Day,
    Handing,
    Hour,
    Json,
    Number,
    Option,
    Recounting,
    Reviewing,
    Telling,
    Writing,
    options_of,
)
from dialogs.speech import Phrase, Sayable

E = TypeVar("E", bound=Enum)


def choose(
    key: str,
    options: type[E] | Sequence[E] | Sequence[Option],
    *,
    columns: int = 1,
    optional: bool = False,
    ask: Sayable = "",
    proposed: Json = None,
    a_page: int = PAGE,
    back: Sayable = "",
    **values: Sayable,
) -> Dialogue[Any]:
    """Ask for one of a closed set, or of given options, so many a page; returns its value.

    Here and below, `proposed` is an answer that can be taken with one press. `back` is what the
    way to the question before is called.
    """
    return (
        yield Choice(
            key=key,
            options=offer(options),
            columns=columns,
            optional=optional,
            ask=ask,
            proposed=proposed,
            a_page=a_page,
            back=back,
            values=values,
        )
    )


def pick(
    key: str,
    options: type[E] | Sequence[E] | Sequence[Option],
    *,
    at_least: int = 0,
    columns: int = 1,
    nothing: Phrase = Phrase("engine.none"),  # noqa: B008 - it never changes
    proposed: Json = None,
    check: Callable[[Any], None] | None = None,
    whole: bool = False,
    **values: Sayable,
) -> Dialogue[tuple[Any, ...]]:
    """Ask for several of a set; returns the values in the order they were ticked.

    `nothing` is what ticking none means; `proposed` are codes ticked to begin with. With `whole`,
    one press ticks all.
    """
    picked: tuple[Any, ...] = yield Choices(
        key=key,
        options=offer(options),
        at_least=at_least,
        columns=columns,
        nothing=nothing,
        proposed=proposed,
        check=check,
        whole=whole,
        values=values,
    )
    return picked


def offer(options: type[E] | Sequence[E] | Sequence[Option]) -> Sequence[Option]:
    """Turn what may be chosen into options."""
    members = list(options)
    if all(isinstance(member, Option) for member in members):
        return [member for member in members if isinstance(member, Option)]
    return options_of([member for member in members if isinstance(member, Enum)])


def write(
    key: str,
    *,
    at_least: int = 1,
    at_most: int = 2000,
    proposed: str | None = None,
    check: Callable[[str], None] | None = None,
    one_line: bool = False,
    **values: Sayable,
) -> Dialogue[str]:
    """Ask for text; lengths in characters. `proposed` may be taken with one press.

    `one_line` folds line breaks, as a name wants it.
    """
    text: str = yield Writing(
        key=key,
        at_least=at_least,
        at_most=at_most,
        proposed=proposed,
        check=check,
        one_line=one_line,
        values=values,
    )
    return text


def write_or_skip(
    key: str, *, at_most: int = 2000, proposed: str | None = None, **values: Sayable
) -> Dialogue[str | None]:
    """Ask for text that may be passed over."""
    text: str | None = yield Writing(
        key=key, at_most=at_most, proposed=proposed, values=values, optional=True
    )
    return text


def recount(
    key: str,
    *,
    kinds: tuple[str, ...],
    largest: int,
    endings: tuple[str, ...],
    spoken: Sayable,
    at_least: int = 1,
    at_most: int = 2000,
    check: Callable[[Any], None] | None = None,
) -> Dialogue[str | Attachment]:
    """Ask for text, or for a recording in its place, which is evidence and `spoken` of so.

    `kinds`, `largest` (in bytes) and `endings` say which recordings are taken.
    """
    recording = Handing(
        key=key, kinds=kinds, at_most=largest, endings=endings, captioned=True, evidence=True
    )
    account: str | Attachment = yield Recounting(
        key=key,
        at_least=at_least,
        at_most=at_most,
        check=check,
        recording=recording,
        spoken=spoken,
    )
    return account


def count(
    key: str,
    *,
    low: int | None = None,
    high: int | None = None,
    proposed: int | None = None,
    **values: Sayable,
) -> Dialogue[int]:
    """Ask for a whole number."""
    number: int = yield Number(
        key=key,
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
        proposed=None if proposed is None else str(proposed),
        values=values,
    )
    return number


def day(
    key: str,
    *,
    earliest: date | None = None,
    latest: date | None = None,
    proposed: date | None = None,
    **values: Sayable,
) -> Dialogue[date]:
    """Ask for a day."""
    chosen: date = yield Day(
        key=key,
        earliest=earliest,
        latest=latest,
        proposed=proposed.isoformat() if proposed else None,
        values=values,
    )
    return chosen


def hour(key: str, hours: Iterable[int], **values: Sayable) -> Dialogue[int]:
    """Ask for a full hour of the day, pressed or written in any of the usual ways."""
    offered = tuple(Option(str(one), Phrase("hour.at", {"hour": one}), one) for one in hours)
    chosen: int = yield Hour(key=key, options=offered, columns=4, values=values)
    return chosen


def hand_in(
    key: str,
    *,
    kinds: tuple[str, ...] = ("photo", "document"),
    at_most: int = Handing.at_most,
    endings: tuple[str, ...] = (),
    captioned: bool = False,
    evidence: bool = False,
    further: bool = False,
    check: Callable[[Any], None] | None = None,
    **values: Sayable,
) -> Dialogue[Attachment | None]:
    """Ask for a file, or a further one, that may be passed over; `at_most` is in bytes.

    Here and below, `endings` are those of the documents taken, any if there are none; with
    `captioned` what is written under the file comes with it; `evidence` is looked at once sent.
    """
    attachment: Attachment | None = yield Handing(
        key=key,
        kinds=kinds,
        at_most=at_most,
        endings=endings,
        captioned=captioned,
        evidence=evidence,
        further=further,
        check=check,
        values=values,
        optional=True,
    )
    return attachment


def hand_in_or_choose(
    key: str,
    options: Sequence[E] | Sequence[Option],
    *,
    kinds: tuple[str, ...] = ("photo", "document"),
    at_most: int = Handing.at_most,
    endings: tuple[str, ...] = (),
    captioned: bool = False,
    evidence: bool = False,
    check: Callable[[Any], None] | None = None,
    **values: Sayable,
) -> Dialogue[Any]:
    """Ask for a file, sent at once, or for one of given options; `at_most` is in bytes."""
    return (
        yield Adding(
            key=key,
            options=offer(options),
            kinds=kinds,
            at_most=at_most,
            endings=endings,
            captioned=captioned,
            evidence=evidence,
            check=check,
            values=values,
        )
    )


def confirm(key: str, **values: Sayable) -> Dialogue[bool]:
    """Ask for yes or no."""
    options = (
        Option("yes", Phrase("engine.yes"), True, ("是", "對", "对", "好", "y")),
        Option("no", Phrase("engine.no"), False, ("否", "不", "不是", "n")),
    )
    answer: bool = yield Choice(key=key, options=options, columns=2, values=values)
    return answer


def tell(key: str, **values: Sayable) -> Dialogue[None]:
    """Say something that wants no answer."""
    yield Telling(key=key, values=values)


def review(key: str, **values: Sayable) -> Dialogue[None]:
    """Show every answer, each open to change, and wait for the word to send."""
    yield Reviewing(key=key, values=values)
