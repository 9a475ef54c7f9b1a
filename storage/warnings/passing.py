"""A warning to a unit is answered by whoever heads it: it passes to a new head, with its day."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.rules.warning import WAITED_FOR, Warned, reply_due, step_of
from dialogs.vocabulary import WarningMove
from storage.catalogues.reviewing import heads
from storage.sealing import Keyring
from storage.tables import GradedWarning
from storage.warnings.issuing import REPLY, answerer, close_days, owe
from storage.warnings.noting import note


def pass_on(
    session: Session, *, keys: Keyring, now: datetime, today: date
) -> Iterator[GradedWarning]:
    """Hand the warnings of units that are not answered yet to the new heads; give each of these.

    Where a unit has no head of ours, its warning stays as it is until there is one.
    """
    waiting = session.exec(
        select(GradedWarning).where(
            col(GradedWarning.state).in_(WAITED_FOR), col(GradedWarning.post_id).is_(None)
        )
    ).all()
    for one in waiting:
        leading = heads(session, [one.unit_id] if one.unit_id else [], today=today)
        if one.person_id in {head for of_unit in leading.values() for head in of_unit}:
            continue
        try:
            hand_to_the_head(session, one, keys=keys, now=now, today=today)
        except Refused:
            continue
        yield one


def hand_to_the_head(
    session: Session, warning: GradedWarning, *, keys: Keyring, now: datetime, today: date
) -> None:
    """Let the head of a unit answer a warning; they have the days a reply is given, from today."""
    warning.person_id, post = answerer(session, warning, today=today)
    close_days(session, warning.id, now=now)
    due = max(warning.due_on or today, reply_due(today, level=warning.level))
    warning.due_on = due
    warning.asked_until = warning.asker_id = None
    warning.state = step_of(WarningMove.HAND_ON, Warned(warning.level, warning.state)).leads
    session.add(warning)
    owe(session, warning, REPLY, post=post, due=due)
    note(session, warning, WarningMove.HAND_ON, by=None, now=now, keys=keys, due_on=due)
