"""A warning gathered for its papers and for the ledger."""

from collections.abc import Sequence
from datetime import date, tzinfo
from uuid import UUID

from sqlmodel import Session

from dialogs.documents.warning_papers import ReplyOnFile, StepOnFile, WarningOnFile
from dialogs.rules.access import Standing
from dialogs.vocabulary import WarningMove
from storage.sealing import Keyring
from storage.tables import GradedWarning
from storage.warnings.answering import replies
from storage.warnings.listing import readable, told
from storage.warnings.reading import demand, lower_of, reasons, steps

BEHIND = frozenset({WarningMove.ESCALATE, WarningMove.REPORT_UP})  # never on a paper


def on_file(
    session: Session, warning: GradedWarning, *, keys: Keyring, zone: tzinfo
) -> WarningOnFile:
    """Gather a warning as papers print it."""
    names = told(session, warning)
    lower = lower_of(session, warning)
    return WarningOnFile(
        level=warning.level,
        state=warning.state,
        unit=names.unit,
        post=names.post,
        name=names.person,
        reasons=reasons(session, warning.id, keys=keys),
        demand=demand(warning, keys=keys),
        steps=[
            StepOnFile(
                one.move, one.by, one.at.astimezone(zone).date(), one.note, on_paper=one.on_paper
            )
            for one in steps(session, warning.id, keys=keys)
            if one.move not in BEHIND
        ],
        number=warning.number or "",
        rule=f"{warning.rule} {warning.rule_version}".strip(),
        issued_on=warning.issued_on,
        due_on=warning.due_on,
        lifted_on=warning.lifted_on,
        look_back_on=warning.look_back_on,
        archive_number=warning.archive_number,
        raised_from=(lower.number or "") if lower else "",
        reply=last_reply_on_file(session, warning.id, keys=keys, zone=zone),
    )


def last_reply_on_file(
    session: Session, warning: UUID, *, keys: Keyring, zone: tzinfo
) -> ReplyOnFile | None:
    """Gather the last reply."""
    versions = replies(session, warning, keys=keys)
    if not versions:
        return None
    last = versions[-1]
    return ReplyOnFile(
        last.version,
        last.at.astimezone(zone).date(),
        last.cause,
        last.correction,
        last.correct_by,
        last.files,
        last.pledge,
        last.comments,
    )


def issued_on_file(
    session: Session, person: UUID, standing: Standing, *, today: date, keys: Keyring, zone: tzinfo
) -> Sequence[WarningOnFile]:
    """Gather every warning that was issued and that somebody of the commission may read."""
    found = readable(session, person, standing, today=today)
    issued = sorted(
        (one.warning for one in found if one.warning.number), key=lambda one: one.number or ""
    )
    return [on_file(session, one, keys=keys, zone=zone) for one in issued]
