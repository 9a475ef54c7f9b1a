"""What is told about cases, about whom they may be, and about handlers' keys."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from dialogs import facts
from dialogs.errors import Refused
from dialogs.rules import handling
from dialogs.rules.access import Action
from dialogs.rules.jurisdiction import ABOVE_US
from dialogs.vocabulary import CaseMove, Viewing
from storage import people
from storage.appointments import in_force
from storage.briefing.telling import identity, tells
from storage.occasion import Occasion
from storage.tables import Appointment, Case, CaseBell, Person, Post, RoleHeld
from storage.vault import admission, cases, keys, papers, recovery, results, sharing


@tells(Action.LODGE)
def intake(session: Session, occasion: Occasion, subject: str) -> facts.Intake:
    """Tell whom a matter may be about, and who could handle it."""
    return facts.Intake(units(session, occasion), named(session, occasion))


@tells(Action.LODGE_FOR_ANOTHER)
def intake_for_another(session: Session, occasion: Occasion, subject: str) -> facts.Intake:
    """Tell the same to a clerk who writes it down for somebody."""
    return facts.Intake(units(session, occasion), named(session, occasion), assisted=True)


def named(session: Session, occasion: Occasion) -> list[facts.Handler]:
    """Name the handlers, with what makes them stand aside, and without their keys."""
    return [
        facts.Handler(one.person, one.name, one.kin, one.units)
        for one in keys.handlers(session, today=occasion.today)
    ]


def units(session: Session, occasion: Occasion) -> list[facts.UnitToSpeakOf]:
    """Tell the units, who works there, and which of them belong to the county's commission."""
    today = occasion.today
    above = people.units_of(session, ABOVE_US, today=today)
    rows = session.execute(
        sa.select(
            col(Post.unit_id),
            col(Person.id),
            col(Person.name),
            col(Post.title),
            sa.exists().where(
                col(RoleHeld.person_id) == col(Person.id), col(RoleHeld.role).in_(ABOVE_US)
            ),
        )
        .select_from(Appointment)
        .join(Post, col(Post.id) == col(Appointment.post_id))
        .join(Person, col(Person.id) == col(Appointment.person_id))
        .where(in_force(today))
        .order_by(col(Post.code), col(Person.code))
    )
    working: dict[UUID, list[facts.OfficialNamed]] = {}
    for unit, person, name, title, is_above in rows:
        one = facts.OfficialNamed(person, name, title, bool(is_above))
        working.setdefault(unit, []).append(one)
    return [
        facts.UnitToSpeakOf(
            unit.id, unit.name, unit.kind, unit.id in above, working.get(unit.id, [])
        )
        for unit in people.units(session)
    ]


@tells(Action.CASES)
def cases_at_hand(session: Session, occasion: Occasion, subject: str) -> facts.CasesAtHand:
    """Tell the cases sealed to somebody's key, without anything that was written."""
    key = keys.own(session, occasion.person)
    if key.viewing is Viewing.IN_CHAT and not unlocked(occasion):
        return facts.CasesAtHand((), locked=True)
    found, aside, over = (
        [
            listed(case, occasion)
            for case in admission.to_read(session, some(session, key.id), occasion)
        ]
        for some in (cases.readable, cases.set_aside, cases.over)
    )
    return facts.CasesAtHand(found, set_aside=aside, over=over)


def unlocked(occasion: Occasion) -> bool:
    """Say whether the key of whoever asks is unlocked."""
    return occasion.memory.key_of(occasion.person, now=occasion.now) is not None


def listed(case: Case, occasion: Occasion) -> facts.CaseListed:
    """List a case."""
    late = case.due_on < occasion.today
    return facts.CaseListed(
        case.id, case.number, case.state, case.due_on, case.urgent, late, case.satisfaction
    )


@tells(Action.ANSWER_CASE)
def case_at_hand(session: Session, occasion: Occasion, subject: str) -> facts.CaseAtHand:
    """Tell a case, what may be done with it, and who else has its key."""
    case = admission.let_in(session, identity(subject), occasion)
    stands = admission.stands(session, case, occasion)
    others = admission.readers(session, case, occasion)
    moves = handling.steps_for(stands, actor=occasion.person, writer=False)
    if admission.goes_up(session, case, occasion):
        moves = [move for move in moves if move is CaseMove.HAND_ON]
    ended = results.last_step(session, case) if stands.owes_result else None
    return facts.CaseAtHand(
        case.id,
        case.number,
        case.state,
        moves,
        [facts.Handler(one.person, one.name) for one in others],
        papers.count(session, case.id),
        case.kind,
        ended.taken_on if ended else None,
        occasion.today,
    )


@tells(Action.FOLLOW_CASE)
def case_followed(session: Session, occasion: Occasion, subject: str) -> facts.CaseFollowed:
    """Tell a case that was opened by its receipt a moment ago."""
    found = admission.visited(session, subject, occasion)
    stands = cases.stands(session, found, today=occasion.today, calendar=occasion.calendar)
    return facts.CaseFollowed(
        subject,
        found.number,
        found.state,
        handling.steps_for(stands, actor=None, writer=True),
        session.get(CaseBell, found.id) is not None,
        facts.Intake(units(session, occasion), ()),
    )


@tells(Action.SET_KEY)
def key_at_hand(session: Session, occasion: Occasion, subject: str) -> facts.KeyAtHand:
    """Tell the key somebody has."""
    key = keys.current(session, occasion.person)
    if key is None:
        return facts.KeyAtHand()
    held = cases.sealed_to(session, key.id)
    if key.viewing is Viewing.OFFLINE or not held or unlocked(occasion):
        return facts.KeyAtHand(key.id, key.viewing, len(held))
    last = admission.unopened(session, held, occasion, without=occasion.person)
    lost = len(last) - len(recovery.opens(session, last))
    return facts.KeyAtHand(key.id, key.viewing, len(held), True, len(last), lost)


@tells(Action.SET_RECOVERY)
def recovery_at_hand(session: Session, occasion: Occasion, subject: str) -> facts.RecoveryAtHand:
    """Tell the recovery key in force."""
    key = recovery.current(session)
    if key is None:
        return facts.RecoveryAtHand()
    return facts.RecoveryAtHand(key.id, key.made_on, recovery.left(session))


@tells(Action.SHARE_CASES)
def cases_to_share(session: Session, occasion: Occasion, subject: str) -> facts.CasesToShare:
    """Tell what a colleague lacks of one's own cases."""
    colleague = identity(subject)
    for one, lacking in sharing.lacking(session, occasion, keys.own(session, occasion.person).id):
        if one.person == colleague:
            return facts.CasesToShare(one.person, one.name, one.key_id, len(lacking))
    raise Refused("nothing_to_share")
