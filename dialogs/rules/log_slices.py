"""A part of the audit log, written so shortly that a button can carry it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date, datetime
from uuid import UUID

from dialogs.errors import Refused
from dialogs.facts import LogSlice
from dialogs.vocabulary import Verdict

DAY = "%y%m%d"
KINDS = list(Verdict)


def write_slice(chosen: LogSlice) -> str:
    """Write days, kind, person or unit, and the entry before which it ends."""
    whose = ""
    if chosen.person:
        whose = f"p{short(chosen.person)}"
    elif chosen.unit:
        whose = f"u{short(chosen.unit)}"
    days = [f"{day:{DAY}}" if day else "" for day in (chosen.since, chosen.until)]
    kind = str(KINDS.index(chosen.verdict)) if chosen.verdict else ""
    return ".".join([*days, kind, whose, str(chosen.before or "")])


def read_slice(text: str) -> LogSlice:
    """Read a slice off a button; raise Refused if it is none."""
    try:
        since, until, kind, whose, before = text.split(".")
        owner = UUID(bytes=urlsafe_b64decode(f"{whose[1:]}==")) if whose else None
        return LogSlice(
            since=read_day(since),
            until=read_day(until),
            verdict=KINDS[int(kind)] if kind else None,
            person=owner if whose.startswith("p") else None,
            unit=owner if whose.startswith("u") else None,
            before=int(before) if before else None,
        )
    except (ValueError, IndexError):
        raise Refused("unknown_action") from None


def read_day(text: str) -> date | None:
    """Read a day; empty is none."""
    if not text:
        return None
    return datetime.strptime(text, DAY).date()  # noqa: DTZ007 - a day has no time of day


def short(id_: UUID) -> str:
    """Write an id in 22 signs."""
    return urlsafe_b64encode(id_.bytes).decode().rstrip("=")
