"""The sweep drafts what the rules suggest, once, and only ever drafts."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, select

from dialogs.facts import RuleApplied
from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import (
    DeadlineKind,
    WarningLevel,
    WarningMove,
    WarningSource,
    WarningState,
)
from scheduler import escalations, warning_drafts
from storage import warnings
from storage.database import Database
from storage.outbox import sent, take_out, unpack
from storage.sealing import Keyring
from storage.tables import (
    Deadline,
    GradedWarning,
    Person,
    Recusal,
    ReminderHour,
    Signal,
    SignalUse,
    Unit,
    WarningStep,
)
from tests.builders.matters import person, unit
from tests.builders.people import give_account
from tests.builders.warnings import CASHIER, LATE, drafted, hand, moved, post, replied, signed

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = Calendar()
MONDAY = date(2026, 3, 2)
S = WarningState
ACCOUNTS = {"羅敏": 1, "韓守正": 2, "呂思穎": 3, "周文博": 4}  # 周文博 is in charge of 財政所


class Town:
    """The township, in which days go by."""

    def __init__(self, session: Session, keys: Keyring) -> None:
        self.session, self.keys = session, keys
        for name, account in ACCOUNTS.items():
            give_account(session.get_one(Person, person(session, name)), account, keys=keys)
        session.flush()

    def owe(self, due: date, kind: DeadlineKind = DeadlineKind.MEASURE) -> Deadline:
        deadline = Deadline(
            kind=kind,
            person_id=person(self.session, "呂思穎"),
            post_id=post(self.session, CASHIER).id,
            subject=uuid4(),
            due_on=due,
        )
        self.session.add(deadline)
        self.session.flush()
        return deadline

    def sweep(self, day: date, hour: int = 9) -> int:
        """Let everything run at an hour, as the timetable does; count the new drafts."""
        given = {
            "now": datetime.combine(day, time(hour), ZONE),
            "zone": ZONE,
            "calendar": CALENDAR,
            "keys": self.keys,
        }
        climbed = escalations.climb(self.session, **given)  # type: ignore[arg-type]
        opened = warning_drafts.draft(self.session, **given, anew=climbed > 0)  # type: ignore[arg-type]
        warning_drafts.tell_of_what_waits(self.session, **given)  # type: ignore[arg-type]
        return opened

    def drafts(self) -> list[GradedWarning]:
        return list(
            self.session.exec(
                select(GradedWarning)
                .where(GradedWarning.rule != "")
                .order_by(col(GradedWarning.drafted_on), GradedWarning.rule)
            )
        )

    def set(self, warning: GradedWarning, state: WarningState, **more: object) -> None:
        warning.state = state
        for name, value in more.items():
            setattr(warning, name, value)
        self.session.add(warning)
        self.session.flush()

    def heard(self, day: date) -> dict[str, list[str]]:
        """Read, and empty, the outbox: what each person is told."""
        now = datetime.combine(day, time(23), ZONE)
        names = {account: name for name, account in ACCOUNTS.items()}
        heard: dict[str, list[str]] = {}
        while parcels := take_out(self.session, now=now, resting=[], room=100, bulk_room=100):
            for parcel in parcels:
                letter = unpack(parcel, keys=self.keys)
                heard.setdefault(names.get(letter.chat, ""), []).append(letter.words.text)
            sent(self.session, [parcel.id for parcel in parcels])
        return heard


@pytest.fixture
def town(founded: Database, keys: Keyring) -> Iterator[Town]:
    with founded.writing() as session:
        yield Town(session, keys)


def test_a_late_measure_is_drafted_once_with_its_reason(town: Town) -> None:
    town.owe(MONDAY)
    assert [town.sweep(MONDAY), town.sweep(MONDAY + timedelta(days=1))] == [0, 1]
    again = [town.sweep(MONDAY + timedelta(days=1), hour) for hour in (10, 15)]
    assert again == [0, 0]
    (draft,) = town.drafts()
    assert (draft.rule, draft.rule_version, draft.state) == ("late_measure", "1", S.DRAFTED)
    assert (draft.level, draft.person_id) == (
        WarningLevel.YELLOW,
        person(town.session, "呂思穎"),
    )
    (reason,) = warnings.reasons(town.session, draft.id, keys=town.keys)
    assert reason.source is WarningSource.LATE_MEASURE
    assert reason.fact == "應於2026年3月2日完成的防控措施，逾期 1 個工作日"
    assert warnings.demand(draft, keys=town.keys) == "說明逾期原因，限期補辦"
    (use,) = town.session.exec(select(SignalUse)).all()
    assert use.warning_id == draft.id


def test_a_draft_is_never_issued_by_itself(town: Town) -> None:
    town.owe(MONDAY)
    for days in range(60):
        town.sweep(MONDAY + timedelta(days=days))
    assert {one.state for one in town.drafts()} == {S.DRAFTED, S.DROPPED}
    assert {one.number for one in town.drafts()} == {None}
    moves = town.session.exec(select(WarningStep.move)).all()
    assert set(moves) == {WarningMove.DRAFT, WarningMove.WITHDRAW}


def test_one_draft_of_a_rule_waits_at_a_time_and_the_next_comes_after_it(town: Town) -> None:
    day = MONDAY + timedelta(days=1)
    town.owe(MONDAY)
    town.sweep(day)
    town.owe(MONDAY + timedelta(days=1))
    assert town.sweep(day + timedelta(days=1)) == 0
    assert town.sweep(day + timedelta(days=2)) == 0
    (first,) = town.drafts()
    town.set(first, S.ISSUED)
    assert town.sweep(day + timedelta(days=2)) == 1


def test_what_was_dropped_stays_dropped(town: Town) -> None:
    town.owe(MONDAY)
    town.sweep(MONDAY + timedelta(days=1))
    (draft,) = town.drafts()
    town.set(draft, S.DROPPED)
    opened = {days: town.sweep(MONDAY + timedelta(days=days)) for days in range(2, 20)}
    assert [days for days, count in opened.items() if count] == [15], "graver, it comes anew"
    (graver,) = [one for one in town.drafts() if one.level is WarningLevel.ORANGE]
    town.set(graver, S.DROPPED)
    assert sum(town.sweep(MONDAY + timedelta(days=days)) for days in range(20, 40)) == 0
    town.owe(MONDAY + timedelta(days=40))
    assert town.sweep(MONDAY + timedelta(days=43)) == 1  # another measure is another matter


def test_a_draft_that_waits_gives_way_to_a_graver_one(town: Town) -> None:
    town.owe(MONDAY)
    opened = [town.sweep(MONDAY + timedelta(days=days)) for days in range(30)]
    assert sum(opened) == 2
    mild, worse = town.drafts()
    assert (mild.level, mild.state) == (WarningLevel.YELLOW, S.DROPPED)
    assert (worse.level, worse.state) == (WarningLevel.ORANGE, S.DRAFTED)
    *_, last = warnings.steps(town.session, mild.id, keys=town.keys)
    assert (last.move, last.person) == (WarningMove.WITHDRAW, None)
    assert last.note == "同一事項已另擬更高一級的草案"


def test_what_somebody_has_taken_up_is_left_to_people_beside_a_graver_one(town: Town) -> None:
    town.owe(MONDAY)
    town.sweep(MONDAY + timedelta(days=1))
    (mild,) = town.drafts()
    town.set(mild, S.PROPOSED, author_id=person(town.session, "羅敏"))
    for days in range(2, 30):
        town.sweep(MONDAY + timedelta(days=days))
    assert sorted((one.level, one.state) for one in town.drafts()) == [
        (WarningLevel.ORANGE, S.DRAFTED),
        (WarningLevel.YELLOW, S.PROPOSED),
    ]


def test_dropped_lapses_are_not_drafted_again_with_one_more(town: Town) -> None:
    for origin in "ab":
        lapse(town, origin, MONDAY)
    assert town.sweep(MONDAY) == 1
    town.set(town.drafts()[0], S.DROPPED)
    lapse(town, "c", MONDAY + timedelta(days=1))
    assert town.sweep(MONDAY + timedelta(days=1)) == 0
    lapse(town, "d", MONDAY + timedelta(days=2))
    assert town.sweep(MONDAY + timedelta(days=2)) == 1
    *_, second = town.drafts()
    assert len(warnings.reasons(town.session, second.id, keys=town.keys)) == 2


def test_what_grows_worse_is_drafted_anew_in_the_place_of_the_milder(town: Town) -> None:
    town.owe(MONDAY)
    town.sweep(MONDAY + timedelta(days=1))
    (mild,) = town.drafts()
    due = MONDAY + timedelta(days=300)
    town.set(mild, S.SIGNED, number="YJ-1", issued_on=MONDAY + timedelta(days=1), due_on=due)
    opened = {days: town.sweep(MONDAY + timedelta(days=days)) for days in range(2, 30)}
    (worse,) = [one for one in town.drafts() if one.level is WarningLevel.ORANGE]
    assert (worse.rule, worse.raised_from) == ("late_measure", mild.id)
    assert sum(opened.values()) == 1
    assert worse.drafted_on == MONDAY + timedelta(days=15)  # the eleventh working day


def test_whichever_of_two_graver_drafts_is_issued_the_lower_one_gives_way(town: Town) -> None:
    town.owe(MONDAY)
    town.sweep(MONDAY + timedelta(days=1))
    (mild,) = town.drafts()
    friday = MONDAY + timedelta(days=4)
    town.set(mild, S.SIGNED, number="YJ-1", issued_on=MONDAY + timedelta(days=1), due_on=friday)
    for days in range(2, 30):
        town.sweep(MONDAY + timedelta(days=days))
    graver = {one.rule: one for one in town.drafts() if one.level is WarningLevel.ORANGE}
    assert {rule: one.raised_from for rule, one in graver.items()} == {
        "unanswered": mild.id,
        "late_measure": mild.id,
    }
    later = MONDAY + timedelta(days=30)
    for move, by in ((WarningMove.PROPOSE, "羅敏"), (WarningMove.ISSUE, "韓守正")):
        moved(town.session, graver["late_measure"], move, by, keys=town.keys, today=later)
    assert mild.state is S.ESCALATED


def test_after_downtime_one_look_catches_up(town: Town) -> None:
    town.sweep(MONDAY)
    late = town.owe(MONDAY + timedelta(days=2))
    late.done_at = datetime(2026, 3, 9, 9, tzinfo=ZONE)
    town.owe(MONDAY + timedelta(days=4), DeadlineKind.SELF_CHECK)
    assert town.sweep(MONDAY + timedelta(days=50)) == 2
    assert {one.rule for one in town.drafts()} == {"late_measure", "late_form"}


def test_nothing_is_drafted_about_who_belongs_to_the_county(town: Town) -> None:
    deadline = town.owe(MONDAY)
    deadline.person_id = person(town.session, "高建平")
    deadline.post_id = post(town.session, "分管副鎮長（項目建設）").id
    town.session.add(deadline)
    assert [town.sweep(MONDAY + timedelta(days=days)) for days in (1, 2)] == [0, 0]


def test_what_the_commission_itself_is_late_with_is_told_its_secretary_once(town: Town) -> None:
    late = Signal(
        source=WarningSource.LATE_ANSWER,
        origin=uuid4().hex,
        unit_id=unit(town.session, "鎮紀委"),
        of_day=MONDAY,
        until=MONDAY + timedelta(days=4),
        seen_on=MONDAY,
        facts={},
    )
    town.session.add(late)
    assert [town.sweep(MONDAY + timedelta(days=days)) for days in range(20)] == [0] * 20
    assert town.drafts() == []
    heard = town.heard(MUCH_LATER)
    assert list(heard) == ["韓守正"]
    (said,) = heard["韓守正"]
    assert "「鎮紀委」由縣紀委監督" in said
    assert "應於2026年3月2日答覆的等級異議" in said


def test_an_old_draft_about_the_commissions_own_unit_is_taken_back_and_told_its_secretary(
    town: Town,
) -> None:
    session, own = town.session, unit(town.session, "鎮紀委")
    warning = drafted(session, "財政所", keys=town.keys, by=RuleApplied("late_answer", "1"))
    warning.unit_id = own  # as it was drafted before the county had its say
    late = Signal(
        source=WarningSource.LATE_ANSWER,
        origin=uuid4().hex,
        unit_id=own,
        of_day=MONDAY,
        until=MONDAY + timedelta(days=4),
        seen_on=MONDAY,
        facts={},
    )
    session.add_all([warning, late])
    session.flush()
    use = {"signal_id": late.id, "level": WarningLevel.YELLOW, "warning_id": warning.id}
    session.add(SignalUse(**use, drafted_on=MONDAY))
    session.flush()
    assert [town.sweep(MONDAY + timedelta(days=days)) for days in range(3)] == [0] * 3
    assert warning.state is S.DROPPED
    heard = town.heard(MUCH_LATER)
    assert list(heard) == ["韓守正"]
    (said,) = heard["韓守正"]
    assert "「鎮紀委」由縣紀委監督" in said
    assert LATE.fact in said
    *_, last = warnings.steps(session, warning.id, keys=town.keys)
    assert last.move is WarningMove.WITHDRAW


def test_the_commission_hears_how_many_drafts_wait_once_a_day_in_office_hours(
    town: Town,
) -> None:
    town.owe(MONDAY)
    day = MONDAY + timedelta(days=1)
    town.sweep(day, 7)
    assert town.heard(day) == {}
    for hour in (9, 11, 16):
        town.sweep(day, hour)
    said = "有 1 份預警草案待處理。"
    assert town.heard(day) == {"羅敏": [said], "韓守正": [said]}
    town.set(town.drafts()[0], S.DROPPED)
    town.sweep(day + timedelta(days=1))
    assert town.heard(day) == {}


def test_drafts_that_only_wait_are_told_of_again_after_a_week(town: Town) -> None:
    town.owe(MONDAY)
    days = [MONDAY + timedelta(days=number) for number in range(1, 11)]
    heard = {}
    for day in days:
        town.sweep(day)
        heard[day] = town.heard(day).get("羅敏", [])
    said = ["有 1 份預警草案待處理。"]
    assert [day for day in days if heard[day]] == [days[0], days[7]]
    assert heard[days[0]] == heard[days[7]] == said


def answered(town: Town, day: date) -> GradedWarning:
    """Let a warning have been issued, signed for and answered on a day."""
    warning = signed(town.session, keys=town.keys, today=day)
    replied(town.session, warning, "呂思穎", keys=town.keys, today=day)
    town.heard(day)
    return warning


def test_a_reply_that_waits_long_for_its_review_is_told_of_once_a_week_until_it_is_reviewed(
    town: Town,
) -> None:
    warning = answered(town, MONDAY)
    days = [MONDAY + timedelta(days=number) for number in range(18)]
    heard = {}
    for day in days:
        if day == days[-1]:
            town.set(warning, S.ACCEPTED)
        town.sweep(day)
        heard[day] = town.heard(day).get("羅敏", [])
    said = ["有 1 份預警回覆等了較久，還待審核。"]
    assert [day for day in days if heard[day]] == [days[7], days[14]]
    assert heard[days[7]] == heard[days[14]] == said


def test_who_stands_aside_is_not_told_that_a_reply_waits(town: Town) -> None:
    answered(town, MONDAY)
    stands_aside(town, "羅敏")
    town.sweep(MONDAY + timedelta(days=7))
    assert town.heard(MONDAY + timedelta(days=7)).keys() == {"韓守正"}


def test_each_member_hears_of_drafts_at_their_own_hour(town: Town) -> None:
    town.session.add(ReminderHour(person_id=person(town.session, "羅敏"), hour=14))
    town.owe(MONDAY)
    day = MONDAY + timedelta(days=1)
    town.sweep(day, 9)
    assert town.heard(day).keys() == {"韓守正"}
    town.sweep(day, 14)
    assert town.heard(day).keys() == {"羅敏"}


def test_a_new_draft_is_told_of_the_next_morning(town: Town) -> None:
    town.owe(MONDAY)
    first, second = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    town.sweep(first)
    assert town.heard(first)
    town.set(town.drafts()[0], S.DROPPED)
    town.owe(first)
    town.sweep(second)
    assert town.heard(second)["羅敏"] == ["有 1 份預警草案待處理。"]


def issued(town: Town, level: WarningLevel, due: date, **more: object) -> GradedWarning:
    warning = drafted(town.session, keys=town.keys, level=level, today=MONDAY)
    more = {"number": "YJ-1", "issued_on": MONDAY, "due_on": due} | more
    town.set(warning, S.SIGNED, **more)
    return warning


FRIDAY = date(2026, 3, 13)
MUCH_LATER = date(2026, 6, 1)


def test_silence_after_three_working_days_is_told_again_and_climbs(town: Town) -> None:
    mild = issued(town, WarningLevel.YELLOW, FRIDAY)
    days = [FRIDAY + timedelta(days=days) for days in range(7)]
    assert [town.sweep(day) for day in days] == [0, 0, 0, 0, 0, 1, 0]
    heard = town.heard(MUCH_LATER)
    (notice,) = heard["呂思穎"]
    assert notice.startswith("第二次通知：預警 <b>YJ-1</b> 應於2026年3月13日前回覆")
    (draft,) = town.drafts()
    assert (draft.level, draft.rule, draft.raised_from) == (
        WarningLevel.ORANGE,
        "unanswered",
        mild.id,
    )
    assert mild.state is S.SIGNED


def test_the_second_notice_to_who_has_not_joined_is_the_commissions_to_deliver(
    town: Town,
) -> None:
    session = town.session
    addressee = session.get_one(Person, person(session, "呂思穎"))
    addressee.account = addressee.account_hash = None
    session.add(addressee)
    warning = issued(town, WarningLevel.YELLOW, FRIDAY)
    for days in range(7):
        town.sweep(FRIDAY + timedelta(days=days))
    told = town.heard(MUCH_LATER)
    for member in ("羅敏", "韓守正"):
        notices = [said for said in told[member] if "第二次通知" in said]
        assert len(notices) == 1, member
        assert "請打印預警通知書" in notices[0]

    def waits(day: date) -> list[GradedWarning]:
        member = hand(session, "羅敏", keys=town.keys, today=day)
        desk = warnings.for_the_day(session, member.person, member.standing, today=day)
        return [one.warning for one in desk if one.warning.rule == ""]

    assert waits(FRIDAY) == [], "while there is time it waits for the addressee"
    assert waits(FRIDAY + timedelta(days=6)) == [warning]


def test_silence_after_an_orange_one_is_told_to_the_leader_in_charge(town: Town) -> None:
    grave = issued(town, WarningLevel.ORANGE, FRIDAY)
    assert town.sweep(FRIDAY + timedelta(days=6)) == 0
    assert town.sweep(FRIDAY + timedelta(days=7)) == 1
    heard = town.heard(FRIDAY + timedelta(days=7))
    (copied,) = heard["周文博"]
    assert copied.startswith(
        "您分管的「財政所」有一份二級（橙）預警 <b>YJ-1</b>，應於2026年3月13日前"
    )
    (draft,) = town.drafts()
    assert (draft.level, draft.raised_from) == (WarningLevel.RED, grave.id)


def test_of_a_leader_who_cannot_be_reached_the_secretary_hears(town: Town) -> None:
    leader = town.session.get_one(Person, person(town.session, "周文博"))
    leader.account = leader.account_hash = None
    town.session.add(leader)
    issued(town, WarningLevel.ORANGE, FRIDAY)
    town.sweep(FRIDAY + timedelta(days=7))
    heard = town.heard(FRIDAY + timedelta(days=7))
    assert any("分管領導在聊天裡收不到通知" in said for said in heard["韓守正"])
    assert not any("分管領導" in said for said in heard["羅敏"])


def test_silence_after_a_red_one_is_the_secretarys_to_report(town: Town) -> None:
    issued(town, WarningLevel.RED, FRIDAY)
    assert town.sweep(FRIDAY + timedelta(days=3)) == 0
    heard = town.heard(FRIDAY + timedelta(days=3))
    assert heard.keys() == {"韓守正"}
    assert "請按規定報縣紀委" in heard["韓守正"][0]


def test_more_time_is_respected_when_it_is_given(town: Town) -> None:
    issued(town, WarningLevel.YELLOW, FRIDAY + timedelta(days=10))
    assert sum(town.sweep(FRIDAY + timedelta(days=days)) for days in range(9)) == 0
    assert "呂思穎" not in town.heard(MUCH_LATER)


def test_a_request_nobody_decides_holds_the_climbing_back_for_a_working_day_and_is_said(
    town: Town,
) -> None:
    until = FRIDAY + timedelta(days=10)
    asker = person(town.session, "呂思穎")
    issued(town, WarningLevel.YELLOW, FRIDAY, asker_id=asker, asked_until=until)
    opened = [town.sweep(FRIDAY + timedelta(days=days)) for days in range(9)]
    assert opened == [0, 0, 0, 0, 0, 0, 1, 0, 0], "on the fourth working day, not the third"
    heard = town.heard(MUCH_LATER)
    assert heard["呂思穎"][0].startswith("第二次通知")
    assert any("延期申請到現在還沒有決定" in said for said in heard["韓守正"])
    assert not any("延期申請" in said for said in heard["羅敏"]), "it is the secretary's to decide"
    (draft,) = town.drafts()
    (reason,) = warnings.reasons(town.session, draft.id, keys=town.keys)
    assert "延期申請尚未決定" in reason.fact


def test_who_has_answered_hears_nothing_more(town: Town) -> None:
    town.set(issued(town, WarningLevel.YELLOW, FRIDAY), S.REPLIED)
    assert sum(town.sweep(FRIDAY + timedelta(days=days)) for days in range(20)) == 0


def test_four_yellow_ones_within_a_year_call_for_an_orange_one_once(town: Town) -> None:
    for number in range(5):
        day = MONDAY + timedelta(days=30 * number)
        warning = drafted(town.session, keys=town.keys, today=day)
        more = {"number": f"YJ-{number}", "issued_on": day, "lifted_on": day}
        town.set(warning, S.ARCHIVED, **more)
        opened = sum(town.sweep(day + timedelta(days=after)) for after in range(3))
        assert opened == (number == 3)
    (draft,) = town.drafts()
    assert (draft.rule, draft.level) == ("too_many", WarningLevel.ORANGE)


def test_a_lifted_warning_is_brought_up_once_more_after_six_months(town: Town) -> None:
    back = MONDAY + timedelta(days=30)
    for state in (S.LIFTED, S.ARCHIVED):
        warning = drafted(town.session, keys=town.keys, today=MONDAY)
        more = {"number": f"YJ-{state}", "lifted_on": MONDAY, "look_back_on": back}
        town.set(warning, state, **more)
    for days in range(40):
        town.sweep(MONDAY + timedelta(days=days))
    said = "有 2 份已解除的預警到了回頭看的日子。"
    assert town.heard(back) == {"羅敏": [said], "韓守正": [said]}


def test_no_ping_says_more_than_a_number_and_a_day(town: Town) -> None:
    issued(town, WarningLevel.YELLOW, FRIDAY)
    town.owe(MONDAY)
    for days in range(30):
        town.sweep(FRIDAY + timedelta(days=days))
    told = " ".join(text for texts in town.heard(MUCH_LATER).values() for text in texts)
    assert told
    for secret in ("呂思穎", CASHIER, "現金", "措施"):
        assert secret not in told


def lapse(town: Town, origin: str, day: date) -> None:
    town.session.add(
        Signal(
            source=WarningSource.MONITORING,
            origin=origin,
            unit_id=unit(town.session, "財政所"),
            of_day=day,
            until=day,
            seen_on=day,
            facts={"lapse": "attitude"},
        )
    )
    town.session.flush()


def test_the_third_time_is_drafted_with_the_two_before_it(town: Town) -> None:
    for number in range(3):
        day = MONDAY + timedelta(days=number)
        lapse(town, str(number), day)
        assert town.sweep(day) == (number > 0)
        for draft in town.drafts():
            town.set(draft, S.ISSUED)
    first, second = town.drafts()
    assert len(warnings.reasons(town.session, first.id, keys=town.keys)) == 2
    assert len(warnings.reasons(town.session, second.id, keys=town.keys)) == 3


def test_a_unit_is_warned_as_a_unit(town: Town) -> None:
    session = town.session
    for origin in "ab":
        lapse(town, origin, MONDAY)
    assert town.sweep(MONDAY) == 1
    (draft,) = town.drafts()
    assert (draft.rule, draft.post_id, draft.person_id) == ("two_similar", None, None)
    assert session.get_one(Unit, draft.unit_id).name == "財政所"


def stands_aside(town: Town, name: str) -> None:
    town.session.add(
        Recusal(
            person_id=person(town.session, name),
            holder_id=person(town.session, "呂思穎"),
            reason="親屬",
            declared_on=MONDAY,
        )
    )
    town.session.flush()


def test_drafts_are_told_of_again_after_a_week_and_not_before(town: Town) -> None:
    town.owe(MONDAY)
    told = []
    for days in range(12):
        now = datetime.combine(MONDAY + timedelta(days=days), time(9, 3, 0, 345678), ZONE)
        given = {"zone": ZONE, "calendar": CALENDAR, "keys": town.keys}
        warning_drafts.draft(town.session, now=now, **given)  # type: ignore[arg-type]
        if warning_drafts.tell_of_what_waits(town.session, now=now, **given):  # type: ignore[arg-type]
            told.append(days)
    assert told == [1, 8]


def test_who_stands_aside_is_not_told_that_there_is_a_draft_or_a_look_back(town: Town) -> None:
    town.owe(MONDAY)
    warning = drafted(town.session, keys=town.keys, today=MONDAY)
    stands_aside(town, "羅敏")
    back = {"number": "YJ-1", "lifted_on": MONDAY, "look_back_on": MONDAY + timedelta(days=1)}
    town.set(warning, S.LIFTED, **back)
    for origin in "ab":
        lapse(town, origin, MONDAY)
    assert town.sweep(MONDAY) == 1
    assert town.heard(MONDAY).keys() == {"羅敏", "韓守正"}
    assert town.sweep(MONDAY + timedelta(days=1)) == 1
    heard = town.heard(MONDAY + timedelta(days=1))
    assert heard.keys() == {"韓守正"}
    (said,) = heard["韓守正"]
    assert "有 2 份預警草案" in said
    assert "回頭看" in said
    assert town.sweep(MONDAY + timedelta(days=7)) == 0
    assert "1 份" in town.heard(MONDAY + timedelta(days=7))["羅敏"][0]
