"""The audit log, read page by page, taken along, and held to its digests; each reading noted."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs import events
from dialogs.documents.audit_log import EntryRead, write_log
from dialogs.errors import Refused
from dialogs.facts import LogSlice
from dialogs.flows.audit_log import SELECT
from dialogs.messages import plain_words
from dialogs.rules.access import Action, may
from dialogs.rules.log_slices import write_slice
from dialogs.speech import Brief, Button, Go, Listing, Paper, Phrase, Reply, Sayable
from storage import audit, subjects
from storage.audit import Inspected
from storage.occasion import Occasion
from storage.recorder.outcome import Outcome, prepare, record
from storage.tables import Appointment, AuditEntry, Person, Post, Unit

PAGE = 15  # entries of a page
LONGEST = 120  # characters of what an entry is about, in the chat; the workbook has all
MOST = 10_000  # entries of a workbook
ACTIONS = {action.value: action for action in Action}  # of the log, some are of an older version


@record.register
def log_asked(
    event: events.LogAsked, session: Session, occasion: Occasion, prepared: None
) -> Outcome:
    """Show a page of the log, the newest first, and the way to earlier ones."""
    must_be_auditor(Action.AUDIT_LOG, occasion)
    found = entries(session, event.chosen, occasion, most=PAGE + 1)
    shown, more = found[:PAGE], len(found) > PAGE
    head = Phrase("audit.log", {"slice": slice_line(session, event.chosen)})
    lines: list[Sayable] = [line(entry) for entry in shown] or [Phrase("audit.nothing")]
    rows = [[Button(Phrase("audit.select"), Go(Action.AUDIT_LOG, SELECT))]]
    if more:
        before = write_slice(with_end(event.chosen, shown[-1].ordinal))
        rows.insert(0, [Button(Phrase("audit.earlier"), Go(Action.AUDIT_LOG, before))])
    if shown:
        whole = write_slice(with_end(event.chosen, None))
        rows.append([Button(Action.EXPORT_LOG, Go(Action.EXPORT_LOG, whole))])
    rows.append([Button(Action.VERIFY_LOG, Go(Action.VERIFY_LOG))])
    return Outcome([Reply([head, Listing(lines)], rows)], about=write_slice(event.chosen))


def must_be_auditor(action: Action, occasion: Occasion) -> None:
    """Raise Refused unless the person may still read the log."""
    if not may(occasion.roles, action):
        raise Refused("not_allowed")


def with_end(chosen: LogSlice, before: int | None) -> LogSlice:
    """Give the same part of the log, up to some entry."""
    return LogSlice(chosen.since, chosen.until, chosen.verdict, chosen.person, chosen.unit, before)


def entries(
    session: Session, chosen: LogSlice, occasion: Occasion, *, most: int
) -> Sequence[EntryRead]:
    """Find entries of a part of the log, the newest first, with who and what in words."""
    rows = session.exec(
        select(AuditEntry)
        .where(*wanted(chosen, occasion))
        .order_by(col(AuditEntry.ordinal).desc())
        .limit(most)
    ).all()
    people = {row.person_id for row in rows if row.person_id}
    names = dict(
        session.execute(select(Person.id, Person.name).where(col(Person.id).in_(people))).all()
    )
    about = subjects.said(session, {row.subject for row in rows}, zone=occasion.zone)
    return [
        EntryRead(
            row.ordinal,
            row.at.astimezone(occasion.zone),
            names[row.person_id] if row.person_id else "",
            row.verdict,
            ACTIONS.get(row.action, row.action),
            about[row.subject],
            row.digest,
        )
        for row in rows
    ]


def wanted(chosen: LogSlice, occasion: Occasion) -> Sequence[sa.ColumnElement[bool]]:
    """Limit entries to a part of the log."""
    limits = []
    if chosen.since:
        limits.append(col(AuditEntry.at) >= midnight(chosen.since, occasion))
    if chosen.until:
        limits.append(col(AuditEntry.at) < midnight(chosen.until + timedelta(days=1), occasion))
    if chosen.verdict:
        limits.append(col(AuditEntry.verdict) == chosen.verdict)
    if chosen.person:
        limits.append(col(AuditEntry.person_id) == chosen.person)
    if chosen.unit:
        of_unit = (
            sa.select(col(Appointment.person_id))
            .join(Post, col(Post.id) == col(Appointment.post_id))
            .where(col(Post.unit_id) == chosen.unit)
        )
        limits.append(col(AuditEntry.person_id).in_(of_unit))
    if chosen.before:
        limits.append(col(AuditEntry.ordinal) < chosen.before)
    return limits


def midnight(day: date, occasion: Occasion) -> datetime:
    """Give the moment at which a day of the township begins."""
    return datetime.combine(day, time(), occasion.zone)


def slice_line(session: Session, chosen: LogSlice) -> Sayable:
    """Say which part of the log it is."""
    parts: list[Sayable] = []
    if chosen.since and chosen.until:
        days: dict[str, Sayable] = {"since": chosen.since, "until": chosen.until}
        single = chosen.since == chosen.until
        parts.append(chosen.since if single else Phrase("audit.from_to", days))
    if chosen.verdict:
        parts.append(chosen.verdict)
    if chosen.person:
        parts.append(session.get_one(Person, chosen.person).name)
    if chosen.unit:
        parts.append(session.get_one(Unit, chosen.unit).name)
    return Listing(parts, inline=True) if parts else Phrase("audit.all_of_it")


def line(entry: EntryRead) -> Phrase:
    """Say an entry."""
    brief = Brief(entry.about, LONGEST) if entry.about else ""
    about = Phrase("audit.about", {"about": brief}) if brief else ""
    return Phrase(
        "audit.line",
        {
            "ordinal": entry.ordinal,
            "at": entry.at,
            "who": entry.who,
            "verdict": entry.verdict,
            "action": entry.action,
            "about": about,
        },
    )


@prepare.register
def write_workbook(event: events.LogTaken, occasion: Occasion) -> tuple[int, bytes]:
    """Read the part of the log that is asked for and write it down."""
    must_be_auditor(Action.EXPORT_LOG, occasion)
    with occasion.shelf.reading() as session:
        found = entries(session, event.chosen, occasion, most=MOST + 1)
    if len(found) > MOST:
        raise Refused("log_too_long", most=MOST)
    return len(found), write_log(found[::-1])


@record.register
def log_taken(
    event: events.LogTaken, session: Session, occasion: Occasion, prepared: tuple[int, bytes]
) -> Outcome:
    """Hand the workbook out."""
    must_be_auditor(Action.EXPORT_LOG, occasion)
    count, content = prepared
    name = plain_words(Phrase("audit.file", {"day": occasion.today}), occasion.language)
    given = Phrase("audit.given", {"count": count, "slice": slice_line(session, event.chosen)})
    return Outcome([Reply([given], paper=Paper(name, content))])


@prepare.register
def inspect_log(event: events.LogVerified, occasion: Occasion) -> Inspected:
    """Read the whole log through."""
    must_be_auditor(Action.VERIFY_LOG, occasion)
    with occasion.shelf.reading() as session:
        return audit.inspect(session)


@record.register
def log_verified(
    event: events.LogVerified, session: Session, occasion: Occasion, prepared: Inspected
) -> Outcome:
    """Say whether the log is whole, or which entry is the first that does not follow."""
    must_be_auditor(Action.VERIFY_LOG, occasion)
    back = Button(Action.AUDIT_LOG, Go(Action.AUDIT_LOG))
    return Outcome([Reply(prepared.said(occasion.zone), [[back]])])
