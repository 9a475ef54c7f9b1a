"""Warnings in the example township, drafted and taken on their way by people of the roster."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from dialogs.events import WarningMoved, WarningReplied
from dialogs.facts import Reason, RuleApplied, WarningDraft
from dialogs.vocabulary import WarningLevel, WarningMove, WarningSource
from storage import warnings
from storage.sealing import Keyring
from storage.tables import GradedWarning, Post, Unit
from storage.warnings import Mover
from tests.builders.matters import person, standing
from tests.builders.people import NOON, TODAY

CASHIER = "財政所出納"  # the post of 呂思穎, which no member of the commission comes near
LATE = Reason(
    WarningSource.LATE_MEASURE,
    date(2026, 2, 20),
    "現金日清的措施逾期十天，兩次提醒未報",
    "措施台賬和兩次提醒的記錄",
)


def post(session: Session, title: str) -> Post:
    return session.exec(select(Post).where(Post.title == title)).one()


def draft_of(
    session: Session,
    title: str = CASHIER,
    *,
    level: WarningLevel = WarningLevel.YELLOW,
    reasons: Sequence[Reason] = (LATE,),
    raised_from: UUID | None = None,
) -> WarningDraft:
    """Make a draft about the holder of a post, or about a unit by its name."""
    unit = session.exec(select(Unit).where(Unit.name == title)).first()
    about = None if unit else post(session, title)
    return WarningDraft(
        level=level,
        unit=unit.id if unit else about.unit_id if about else UUID(int=0),
        reasons=reasons,
        post=about.id if about else None,
        demand="七日內補報並說明原因",
        raised_from=raised_from,
    )


def drafted(
    session: Session,
    title: str = CASHIER,
    *,
    keys: Keyring,
    by: str | RuleApplied = "羅敏",
    level: WarningLevel = WarningLevel.YELLOW,
    raised_from: UUID | None = None,
    today: date = TODAY,
) -> GradedWarning:
    """Let somebody of the commission, or a rule, draft a warning."""
    return warnings.open_draft(
        session,
        draft_of(session, title, level=level, raised_from=raised_from),
        by=person(session, by) if isinstance(by, str) else by,
        keys=keys,
        now=datetime.combine(today, NOON.timetz()),
        today=today,
    )


def hand(session: Session, name: str, *, keys: Keyring, today: date = TODAY) -> Mover:
    """Let somebody of the roster take a step on a day."""
    now = datetime.combine(today, NOON.timetz())
    who = standing(session, name, today=today)
    return Mover(person(session, name), who, now, today, keys=keys)


def moved(
    session: Session,
    warning: GradedWarning,
    move: WarningMove,
    by: str,
    *,
    keys: Keyring,
    today: date = TODAY,
    **more: Any,
) -> GradedWarning:
    """Let somebody of the commission take a step, having seen every one before."""
    said = {"note": "已核對", "demand": "補報並說明原因", **more}
    step = WarningMoved(warning.id, warnings.taken(session, warning.id), move, **said)
    return warnings.move(session, step, hand(session, by, keys=keys, today=today))


def replied(
    session: Session,
    warning: GradedWarning,
    by: str,
    *,
    keys: Keyring,
    cause: str = "年終事多，忘了補報，提醒也沒有看。",
    correct_by: date = date(2026, 4, 1),
    today: date = TODAY,
) -> GradedWarning:
    """Let the addressee reply."""
    reply = WarningReplied(
        warning.id, cause, "每日下班前清點並登記", correct_by, "按時日清，絕不拖延"
    )
    return warnings.reply(session, reply, hand(session, by, keys=keys, today=today))


def signed(
    session: Session, *, keys: Keyring, by: str = "呂思穎", today: date = TODAY, **more: Any
) -> GradedWarning:
    """Draft a yellow warning, issue it, and have it signed for."""
    warning = drafted(session, keys=keys, today=today, **more)
    moved(session, warning, WarningMove.ISSUE, "姚遠航", keys=keys, today=today)
    return warnings.sign(session, warning.id, hand(session, by, keys=keys, today=today))
