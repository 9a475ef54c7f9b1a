"""A warning goes on, goes back or ends; the rule says whether it may."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.events import WarningMoved, WarningRaised
from dialogs.facts import WarningDraft
from dialogs.rules.warning import AT_WORK, Warned, higher, look_back_on, reply_due, step_of
from dialogs.vocabulary import WarningMove, WarningState
from storage.sealing import Keyring
from storage.tables import GradedWarning, ReplyComment, WarningReason, WarningStep
from storage.warnings.answering import last_reply, put_in
from storage.warnings.drafting import open_draft
from storage.warnings.issuing import close_days, due_again, issue, open_correction
from storage.warnings.noting import note, sealed
from storage.warnings.reading import find, lower_of, warned
from storage.warnings.taking import Mover, Received, go, must_take


def move(
    session: Session, moved: WarningMoved, mover: Mover, *, files: Received = ()
) -> GradedWarning:
    """Take a step of the commission; raise Refused unless it is theirs and its time is now."""
    warning = find(session, moved.warning)
    step = must_take(session, warning, moved.move, mover, seen=moved.seen)
    due = bind(session, warning, moved, mover)
    match moved.move:
        case WarningMove.PROPOSE:
            ask(warning, moved.demand, mover)
        case WarningMove.EXTEND | WarningMove.KEEP_DAY:
            warning.asked_until = warning.asker_id = None
        case WarningMove.ACCEPT:
            let_correct(session, warning, mover)
        case WarningMove.LIFT:
            warning.lifted_on, warning.look_back_on = mover.today, look_back_on(mover.today)
            put_in(session, warning.id, files, keys=mover.keys)
        case WarningMove.ARCHIVE:
            warning.archive_number = moved.note
        case WarningMove.LOOK_BACK:
            warning.look_back_on = None
    if step.leads not in AT_WORK:
        close_days(session, warning.id, now=mover.now)
    go(session, warning, step, mover, text=moved.note, due_on=due)
    return warning


def bind(
    session: Session, warning: GradedWarning, moved: WarningMoved, mover: Mover
) -> date | None:
    """Do what of a step binds the addressee; give the day it sets for a reply, if it sets one."""
    match moved.move:
        case WarningMove.ISSUE:
            if warning.state is WarningState.DRAFTED:
                ask(warning, moved.demand, mover)
            replace_lower(session, warning, mover)
            return issue(session, warning, by=mover.person, now=mover.now, today=mover.today)
        case WarningMove.DELIVER if warning.due_on and warning.due_on <= mover.today:
            late = reply_due(mover.today, level=warning.level)
            return due_again(session, warning, late, now=mover.now)
        case WarningMove.SEND_BACK:
            comment(session, warning, moved, mover)
            return due_again(session, warning, moved.due or mover.today)
        case WarningMove.EXTEND:
            until = warning.asked_until or mover.today
            if until < mover.today:
                raise Refused("extension_past", until=until)
            return due_again(session, warning, until, now=mover.now)
        case _:
            return None


def ask(warning: GradedWarning, demand: str, mover: Mover) -> None:
    """Fix what a warning asks; whoever takes up a draft of the machine counts as its author."""
    if not demand:
        raise Refused("warning_without_demand")
    warning.demand = sealed(demand, "demand", warning.id, keys=mover.keys)
    warning.author_id = warning.author_id or mover.person


def let_correct(session: Session, warning: GradedWarning, mover: Mover) -> None:
    """Let the day of an accepted reply be reminded of; one that is over waits to be lifted."""
    reply = last_reply(session, warning.id)
    if reply is not None and reply.correct_by >= mover.today:
        open_correction(session, warning, reply.correct_by)


def replace_lower(session: Session, warning: GradedWarning, mover: Mover) -> None:
    """Let the lower warning give way to one issued in its place, if it is still at work."""
    lower = lower_of(session, warning)
    if lower is None or lower.state not in AT_WORK:
        return
    step = step_of(WarningMove.GIVE_WAY, warned(session, lower, today=mover.today))
    close_days(session, lower.id, now=mover.now)
    go(session, lower, step, mover)


def comment(session: Session, warning: GradedWarning, moved: WarningMoved, mover: Mover) -> None:
    """Put the comments of a reviewer beside the parts of a reply."""
    if not moved.comments:
        raise Refused("warning_without_comment")
    reply = last_reply(session, warning.id)
    if reply is None:
        raise Refused("unknown_action")
    session.add_all(
        ReplyComment(
            reply_id=reply.id,
            part=one.part,
            text=sealed(one.text, f"comment:{one.part}", reply.id, keys=mover.keys),
        )
        for one in moved.comments
    )


def escalate(session: Session, raised: WarningRaised, mover: Mover) -> GradedWarning:
    """Draft a higher warning bound to one that is at work, which stays as it is until then."""
    lower = find(session, raised.warning)
    step = must_take(session, lower, WarningMove.ESCALATE, mover, seen=raised.seen)
    level = higher(lower.level)
    if level is None or lower.unit_id is None:
        raise Refused("warning_not_there", state=lower.state)
    draft = WarningDraft(
        level=level,
        unit=lower.unit_id,
        reasons=[raised.reason],
        post=lower.post_id,
        person=lower.person_id if lower.post_id else None,
        demand=raised.demand,
        raised_from=lower.id,
    )
    drafted = open_draft(
        session, draft, by=mover.person, keys=mover.keys, now=mover.now, today=mover.today
    )
    go(session, lower, step, mover, text=raised.reason.fact)
    return drafted


def withdraw(
    session: Session, warning: GradedWarning, why: str, *, keys: Keyring, now: datetime
) -> None:
    """Take a draft of the rules back off the desk, and say why."""
    seen = Warned(warning.level, warning.state)
    warning.state = step_of(WarningMove.WITHDRAW, seen).leads
    session.add(warning)
    note(session, warning, WarningMove.WITHDRAW, by=None, now=now, keys=keys, text=why)


def leave(session: Session, warning: GradedWarning, mover: Mover, *, seen: int) -> None:
    """Let a draft leave the way as a lead: nothing is kept of it but that it left."""
    step = must_take(session, warning, WarningMove.LEAVE, mover, seen=seen)
    session.execute(sa.delete(WarningReason).where(col(WarningReason.warning_id) == warning.id))
    session.execute(sa.delete(WarningStep).where(col(WarningStep.warning_id) == warning.id))
    warning.unit_id = warning.post_id = warning.person_id = None
    warning.author_id = warning.raised_from = None
    warning.rule = warning.rule_version = ""
    warning.demand = sealed("", "demand", warning.id, keys=mover.keys)
    go(session, warning, step, mover)


def arrived(session: Session, warnings: Collection[UUID], *, keys: Keyring, now: datetime) -> None:
    """Note of warnings that their letter has been delivered in the chat, where that is news."""
    for warning in session.exec(
        select(GradedWarning).where(
            col(GradedWarning.id).in_(warnings), GradedWarning.state == WarningState.ISSUED
        )
    ):
        warning.state = WarningState.DELIVERED
        session.add(warning)
        note(session, warning, WarningMove.DELIVER, by=None, now=now, keys=keys)
