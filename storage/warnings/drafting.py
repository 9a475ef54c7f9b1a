"""A warning begins as a draft: of whom, how grave, resting on what, by whose hand."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.facts import RuleApplied, WarningDraft
from dialogs.rules.jurisdiction import ABOVE_US
from dialogs.rules.signals import UNVERIFIED
from dialogs.rules.warning import AT_WORK, ON_THE_DESK
from dialogs.vocabulary import WarningMove, WarningState
from storage.people import holders_of, roles_of
from storage.sealing import Keyring
from storage.tables import GradedWarning, Post, Unit, WarningReason
from storage.warnings.issuing import warned_before
from storage.warnings.noting import note, sealed
from storage.warnings.reading import is_the_countys, near


def open_draft(
    session: Session,
    draft: WarningDraft,
    *,
    by: UUID | RuleApplied,
    keys: Keyring,
    now: datetime,
    today: date,
) -> GradedWarning:
    """Write a draft down, by a person or by a rule; nobody outside the commission hears of it.

    Raises Refused where it rests on nothing, or on what nobody verified alone; where nobody, or
    nobody of ours, is its subject; where whoever drafts it is too near to that; and where the
    lower warning it is bound to is not at work, or has a higher draft already and a person drafts.
    """
    if not draft.reasons or not all(one.fact and one.basis for one in draft.reasons):
        raise Refused("warning_without_reason")
    if draft.raised_from is None and all(one.source in UNVERIFIED for one in draft.reasons):
        raise Refused("warning_unverified")
    rule = by if isinstance(by, RuleApplied) else None
    id_, person = uuid4(), addressee_of(session, draft, today=today)
    if not isinstance(by, RuleApplied):
        must_not_be_near(session, draft, person, by=by, today=today)
    warning = GradedWarning(
        id=id_,
        level=draft.level,
        state=WarningState.DRAFTED,
        unit_id=unit_of(session, draft),
        post_id=draft.post,
        person_id=person,
        rule=rule.name if rule else "",
        rule_version=rule.version if rule else "",
        author_id=None if isinstance(by, RuleApplied) else by,
        drafted_on=today,
        demand=sealed(draft.demand, "demand", id_, keys=keys),
        raised_from=bound_to(session, draft, alone=rule is None),
    )
    session.add(warning)
    session.flush()
    session.add_all(
        WarningReason(
            warning_id=id_,
            ordinal=ordinal,
            source=reason.source,
            of_day=reason.of_day,
            fact=sealed(reason.fact, f"fact:{ordinal}", id_, keys=keys),
            basis=sealed(reason.basis, f"basis:{ordinal}", id_, keys=keys),
        )
        for ordinal, reason in enumerate(draft.reasons, 1)
    )
    note(session, warning, WarningMove.DRAFT, by=warning.author_id, now=now, keys=keys)
    return warning


def must_not_be_near(
    session: Session, draft: WarningDraft, person: UUID | None, *, by: UUID, today: date
) -> None:
    """Raise Refused where whoever drafts a warning is its subject, or too near to it."""
    if by == person:
        raise Refused("own_warning")
    if by in near(session, draft.unit, person, whole=draft.post is None, today=today):
        raise Refused("warning_aside")


def unit_of(session: Session, draft: WarningDraft) -> UUID:
    """Find the unit of a draft; raise Refused where it does not fit its post."""
    unit = session.get(Unit, draft.unit)
    post = session.get(Post, draft.post) if draft.post else None
    if unit is None or (draft.post and (post is None or post.unit_id != unit.id)):
        raise Refused("unknown_action")
    return unit.id


def addressee_of(session: Session, draft: WarningDraft, *, today: date) -> UUID | None:
    """Find whom a draft is addressed to; of a unit, that is found when it is issued.

    Raises Refused where nobody holds the post, where it is not said who of several is meant, and
    where the person, or the whole unit, belongs to the county.
    """
    if draft.post is None:
        if is_the_countys(session, draft.unit, today=today):
            raise Refused("warning_unit_above_us")
        return None
    before = {*warned_before(session, draft.raised_from, today=today)}
    holders = {*before, *holders_of(session, draft.post, today=today)}
    meant = holders & {draft.person} if draft.person else before or holders
    if not meant:
        raise Refused("warning_no_holder")
    if len(meant) > 1:
        raise Refused("warning_several_holders")
    (person,) = meant
    if roles_of(session, [person]).get(person, frozenset()) & ABOVE_US:
        raise Refused("warning_above_us")
    return person


def bound_to(session: Session, draft: WarningDraft, *, alone: bool) -> UUID | None:
    """Check the lower warning a draft is bound to; `alone` whether no other may be bound to it.

    Of what several rules draft beside one warning, whichever is issued takes its place.
    """
    if draft.raised_from is None:
        return None
    lower = session.get(GradedWarning, draft.raised_from)
    if lower is None or lower.state not in AT_WORK:
        raise Refused("warning_not_at_work")
    if alone and higher_draft(session, lower.id):
        raise Refused("warning_raised_already")
    return lower.id


def higher_draft(session: Session, lower: UUID) -> GradedWarning | None:
    """Find the higher draft that waits on the desk beside a warning."""
    return session.exec(
        select(GradedWarning).where(
            GradedWarning.raised_from == lower, col(GradedWarning.state).in_(ON_THE_DESK)
        )
    ).first()
