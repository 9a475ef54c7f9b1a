"""A warning follows whom it is addressed to, and its clock begins when it has reached them."""

from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from dialogs.rules import warning as rules
from dialogs.vocabulary import DeadlineKind, Role, WarningLevel, WarningMove, WarningState
from scheduler.reminders import remind
from storage import appointments, warnings
from storage.tables import (
    Appointment,
    Deadline,
    GradedWarning,
    Person,
    Post,
    RoleHeld,
)
from storage.warnings import sending
from tests.builders.matters import person
from tests.builders.people import NOON, give_account
from tests.builders.warnings import CASHIER, LATE, drafted, hand, moved, post, replied, signed
from tests.scheduler.test_warning_drafts import CALENDAR, MONDAY, MUCH_LATER, ZONE, Town, town

__all__ = ["town"]
S = WarningState
DAY = timedelta(days=1)


def days(town: Town, first: date, last: date) -> None:
    for number in range((last - first).days + 1):
        town.sweep(first + number * DAY)


def appoint(session: Session, name: str, title: str, *, since: date, head: bool = False) -> None:
    who, on = person(session, name), post(session, title)
    fresh = Appointment(person_id=who, post_id=on.id, since=since)
    appointments.begin(session, fresh, today=since)
    if head:
        session.add(RoleHeld(person_id=who, role=Role.UNIT_HEAD))
    session.flush()


def relieve(session: Session, name: str, title: str, *, until: date) -> None:
    held = session.exec(
        select(Appointment)
        .join(Post, col(Post.id) == col(Appointment.post_id))
        .where(Appointment.person_id == person(session, name), Post.title == title)
    ).one()
    appointments.end(session, held, until=until, today=until + DAY)


def test_silence_climbs_though_whoever_was_warned_has_changed_post(town: Town) -> None:
    session, keys = town.session, town.keys
    lower = signed(session, keys=keys, today=MONDAY)
    relieve(session, "呂思穎", CASHIER, until=MONDAY + 2 * DAY)
    appoint(session, "呂思穎", "民政辦幹事", since=MONDAY + 3 * DAY)
    days(town, MONDAY, MONDAY + 14 * DAY)
    (higher,) = [one for one in town.drafts() if one.rule == "unanswered"]
    assert (higher.level, higher.raised_from, higher.person_id) == (
        WarningLevel.ORANGE,
        lower.id,
        person(session, "呂思穎"),
    )
    later = MONDAY + 15 * DAY
    moved(session, higher, WarningMove.PROPOSE, "羅敏", keys=keys, today=later)
    moved(session, higher, WarningMove.ISSUE, "韓守正", keys=keys, today=later)
    assert (higher.state, lower.state) == (S.ISSUED, S.ESCALATED)


def test_the_day_a_reply_promises_is_spoken_of_to_its_addressee_until_the_warning_is_lifted(
    town: Town,
) -> None:
    session, keys = town.session, town.keys
    warning = signed(session, keys=keys, today=MONDAY)
    replied(session, warning, "呂思穎", keys=keys, today=MONDAY)
    moved(session, warning, WarningMove.ACCEPT, "姚遠航", keys=keys, today=MONDAY + DAY)
    spoken: dict[str, list[date]] = {}
    for number in range(60):
        day = MONDAY + number * DAY
        if day == date(2026, 4, 10):
            moved(session, warning, WarningMove.LIFT, "姚遠航", keys=keys, today=day)
        now = datetime.combine(day, time(15), ZONE)
        remind(session, now=now, zone=ZONE, calendar=CALENDAR, keys=keys)
        for name, heard in town.heard(day).items():
            spoken.setdefault(name, []).append(day)
            assert LATE.fact not in str(heard)
    assert spoken == {
        "呂思穎": [date(2026, 3, 27), date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 9)]
    }


def to_the_unit(town: Town) -> GradedWarning:
    """Issue a warning to a unit, whose head leaves and has a successor."""
    session, keys = town.session, town.keys
    warning = drafted(session, "財政所", keys=keys, today=MONDAY)
    moved(session, warning, WarningMove.ISSUE, "姚遠航", keys=keys, today=MONDAY)
    warnings.arrived(session, [warning.id], keys=keys, now=NOON)
    town.heard(MONDAY)
    former = session.get_one(Person, warning.person_id)
    appointments.leave(session, former, last_day=MONDAY + DAY)
    appoint(session, "呂思穎", "財政所所長", since=MONDAY + 2 * DAY, head=True)
    return warning


def test_the_warning_of_a_unit_passes_to_its_new_head_with_day_and_letter(town: Town) -> None:
    session, keys, day = town.session, town.keys, MONDAY + 2 * DAY
    warning = to_the_unit(town)
    town.sweep(day)
    assert (warning.person_id, warning.state) == (person(session, "呂思穎"), S.ISSUED)
    assert [one.warning.id for one in warnings.own(session, person(session, "呂思穎"))] == [
        warning.id
    ]
    (said,) = town.heard(day)["呂思穎"]
    assert "由您回覆" in said
    assert warning.due_on == day + timedelta(days=7)
    owed = session.exec(select(Deadline).where(Deadline.kind == DeadlineKind.WARNING_REPLY)).all()
    assert [(one.person_id, one.due_on) for one in owed if one.done_at is None] == [
        (warning.person_id, warning.due_on)
    ]
    *_, last = warnings.steps(session, warning.id, keys=keys)
    assert (last.move, last.person, last.due_on) == (WarningMove.HAND_ON, None, warning.due_on)
    assert warnings.latest_day(session, warning) == rules.latest_extension(warning.due_on)
    warnings.sign(session, warning.id, hand(session, "呂思穎", keys=keys, today=day))
    town.sweep(day, 10)
    assert "呂思穎" not in town.heard(day), "it passes once"


def test_of_a_new_head_who_has_not_joined_the_commission_brings_it(town: Town) -> None:
    warning = to_the_unit(town)
    head = town.session.get_one(Person, person(town.session, "呂思穎"))
    head.account = head.account_hash = None
    town.session.add(head)
    town.sweep(MONDAY + 2 * DAY)
    heard = town.heard(MONDAY + 2 * DAY)
    assert "沒能送到" in heard["羅敏"][0]
    assert warning.state is S.ISSUED


def test_a_letter_that_did_not_arrive_is_brought_and_answered_on_paper(town: Town) -> None:
    session, keys, day = town.session, town.keys, MONDAY + 20 * DAY
    give_account(session.get_one(Person, person(session, "姚遠航")), 5, keys=keys)
    warning = drafted(session, keys=keys, today=MONDAY)
    moved(session, warning, WarningMove.ISSUE, "羅敏", keys=keys, today=MONDAY)
    sending.not_delivered(session, warning.id, keys=keys, now=NOON, today=MONDAY)
    assert "沒能送到" in town.heard(MONDAY)["羅敏"][0]
    days(town, MONDAY, day)
    assert town.drafts() == [], "nobody is silent about what has not reached them"
    seen = warnings.warned(session, warning, today=day)
    assert seen.on_paper
    moved(session, warning, WarningMove.DELIVER, "羅敏", keys=keys, today=day)
    assert warning.due_on == day + timedelta(days=7), "it is answered from that day on"
    warnings.sign(session, warning.id, hand(session, "姚遠航", keys=keys, today=day))
    replied(session, warning, "姚遠航", keys=keys, today=day)
    assert warning.state is S.REPLIED
    assert town.heard(MUCH_LATER) == {}
