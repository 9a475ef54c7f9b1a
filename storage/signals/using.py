"""A suggestion of the rules becomes a draft, and its signals are bound to it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.facts import Reason, RuleApplied, WarningDraft
from dialogs.messages import SOURCE, plain_words
from dialogs.rules.signals import GRAVITY, Suggestion
from dialogs.rules.warning import AT_WORK, ON_THE_DESK
from dialogs.speech import Phrase
from dialogs.vocabulary import WarningState
from storage import warnings
from storage.sealing import Keyring
from storage.signals.noting import Place
from storage.signals.reading import same, used
from storage.tables import GradedWarning, SignalUse


def on_the_desk(session: Session, place: Place, rule: str) -> Sequence[GradedWarning]:
    """List the drafts of a rule about somebody or a unit that wait on the desk."""
    waiting = select(GradedWarning).where(
        GradedWarning.rule == rule,
        GradedWarning.unit_id == place.unit,
        same(col(GradedWarning.post_id), place.post),
        same(col(GradedWarning.person_id), place.person),
        col(GradedWarning.state).in_(ON_THE_DESK),
    )
    return session.exec(waiting).all()


def give_way(
    session: Session, waiting: Sequence[GradedWarning], *, keys: Keyring, now: datetime
) -> None:
    """Take drafts back in whose place a graver one has come, unless somebody took them up."""
    why = plain_words(Phrase("signal.withdrawn_graver"), SOURCE)
    for one in waiting:
        if one.author_id is None:
            warnings.withdraw(session, one, why, keys=keys, now=now)


def take_back_the_countys(
    session: Session, *, keys: Keyring, now: datetime, today: date
) -> Iterator[tuple[UUID, Sequence[str]]]:
    """Take back the drafts about units that the county supervises; give unit and facts of each."""
    drafts = session.exec(
        select(GradedWarning).where(
            GradedWarning.rule != "",
            col(GradedWarning.post_id).is_(None),
            col(GradedWarning.state).in_(ON_THE_DESK),
        )
    ).all()
    why = plain_words(Phrase("signal.withdrawn_county"), SOURCE)
    for one in drafts:
        if one.unit_id and warnings.is_the_countys(session, one.unit_id, today=today):
            warnings.withdraw(session, one, why, keys=keys, now=now)
            untie(session, [one.id])
            facts = warnings.reasons(session, one.id, keys=keys)
            yield one.unit_id, [reason.fact for reason in facts]


def untie(session: Session, drafts: Sequence[UUID] | sa.Select[UUID]) -> None:
    """Untie signals from drafts; they are not drafted again."""
    session.execute(
        sa.update(SignalUse).where(col(SignalUse.warning_id).in_(drafts)).values(warning_id=None)
    )


def draft(
    session: Session,
    place: Place,
    made: Suggestion,
    *,
    keys: Keyring,
    now: datetime,
    today: date,
) -> GradedWarning | None:
    """Open the draft that a rule suggests; None where nobody of ours could answer it."""
    written = WarningDraft(
        level=made.level,
        unit=place.unit,
        reasons=[
            Reason(
                one.sign.source,
                one.sign.of_day,
                plain_words(one.fact, SOURCE),
                plain_words(one.basis, SOURCE),
            )
            for one in made.why
        ],
        post=place.post,
        person=place.person,
        demand=plain_words(made.demand, SOURCE),
        raised_from=made.instead_of if takes_the_place(session, made) else None,
    )
    by = RuleApplied(made.rule, str(made.version))
    try:
        warning = warnings.open_draft(session, written, by=by, keys=keys, now=now, today=today)
    except Refused:
        return None
    bind(session, made, warning, today=today)
    return warning


def leave_to_the_county(session: Session, made: Suggestion, *, today: date) -> None:
    """Bind signals to no draft: whom they are about is not ours to warn, and it is told once."""
    taken = used(session, made.signs)
    session.add_all(
        SignalUse(signal_id=one, level=made.level, warning_id=None, drafted_on=today)
        for one in sorted(made.signs)
        if all(level is not made.level for level, *_ in taken[one])
    )
    session.flush()


def bind(session: Session, made: Suggestion, warning: GradedWarning, *, today: date) -> None:
    """Bind signals to the draft they went into, unless another so grave has them already."""
    taken = used(session, made.signs)
    session.add_all(
        SignalUse(signal_id=one, level=made.level, warning_id=warning.id, drafted_on=today)
        for one in sorted(made.signs)
        if all(level is not made.level for level, *_ in taken[one])
    )
    session.flush()


def takes_the_place(session: Session, made: Suggestion) -> bool:
    """Say whether a draft can be bound to a lower warning that is at work."""
    if made.instead_of is None:
        return False
    lower = session.get(GradedWarning, made.instead_of)
    return (
        lower is not None and GRAVITY[lower.level] < GRAVITY[made.level] and lower.state in AT_WORK
    )


def forget_leads(session: Session) -> None:
    """Untie signals from the drafts that have left as leads; they are not drafted again."""
    left = sa.select(col(GradedWarning.id)).where(col(GradedWarning.state) == WarningState.LEFT)
    untie(session, left)
