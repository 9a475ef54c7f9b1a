"""What is seen becomes a signal once, about whom it is, with plain facts."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialogs.acceptance import written
from dialogs.events import CaseStepped, LapseRecorded, PointedOut, Voice
from dialogs.rules.access import Action
from dialogs.rules.signals import Look, suggest
from dialogs.vocabulary import (
    Accused,
    Aspect,
    CaseKind,
    CaseMove,
    CaseState,
    Channel,
    DeadlineKind,
    DeclarationState,
    FindingMethod,
    Grade,
    Language,
    LapseKind,
    NoticeScope,
    ObjectionState,
    Opinion,
    PowerCategory,
    Role,
    Verdict,
    Verified,
    WarningLevel,
    WarningMove,
    WarningSource,
    WarningState,
)
from storage import audit, findings, monitoring, notices, signals, warnings
from storage.audit import Deed
from storage.database import Database
from storage.occasion import Occasion
from storage.recorder.cases import move_on
from storage.sealing import Keyring
from storage.tables import (
    Appointment,
    Case,
    CaseStep,
    Deadline,
    Declaration,
    Lapse,
    Matter,
    Objection,
    Power,
    Process,
    ProcessStep,
    Signal,
    WarningStep,
)
from tests.builders.grading import declared, preset
from tests.builders.matters import (
    CALENDAR,
    HOMESTEAD,
    LOW_INCOME,
    SUBSIDY,
    accepted,
    person,
    unit,
)
from tests.builders.people import NOON, TODAY
from tests.builders.warnings import CASHIER, drafted, post

ZONE = ZoneInfo("Asia/Shanghai")
S = WarningSource


@pytest.fixture
def session(founded: Database) -> Iterator[Session]:
    with founded.writing() as opened:
        yield opened


def look(session: Session, today: date = TODAY) -> int:
    return signals.look(session, today=today, zone=ZONE, calendar=CALENDAR)


def the_one(session: Session) -> Signal:
    return session.exec(select(Signal)).one()


def owe(
    session: Session,
    kind: DeadlineKind,
    due: date,
    *,
    name: str = "呂思穎",
    title: str = CASHIER,
    done_at: datetime | None = None,
) -> Deadline:
    deadline = Deadline(
        kind=kind,
        person_id=person(session, name),
        post_id=post(session, title).id,
        subject=uuid4(),
        due_on=due,
        done_at=done_at,
    )
    session.add(deadline)
    session.flush()
    return deadline


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        (DeadlineKind.SELF_CHECK, S.LATE_FORM),
        (DeadlineKind.REGRADE, S.LATE_FORM),
        (DeadlineKind.MUTUAL_CHECK, S.LATE_FORM),
        (DeadlineKind.MEASURE, S.LATE_MEASURE),
    ],
)
def test_what_is_late_is_seen_once_with_its_day(
    session: Session, kind: DeadlineKind, source: WarningSource
) -> None:
    owe(session, kind, TODAY - timedelta(days=3))
    owe(session, kind, TODAY)
    assert [look(session), look(session)] == [1, 0]
    seen = the_one(session)
    assert (seen.source, seen.of_day, seen.until) == (source, TODAY - timedelta(days=3), None)
    assert (seen.post_id, seen.person_id) == (post(session, CASHIER).id, person(session, "呂思穎"))


def test_what_was_done_late_while_nobody_looked_is_seen_too(session: Session) -> None:
    look(session, TODAY - timedelta(days=20))
    owe(session, DeadlineKind.MEASURE, TODAY - timedelta(days=9), done_at=NOON)
    in_time = NOON - timedelta(days=9)
    owe(session, DeadlineKind.MEASURE, TODAY - timedelta(days=8), done_at=in_time)
    assert look(session) == 1
    assert the_one(session).until == TODAY


def test_a_signal_is_over_when_the_thing_is_done(session: Session) -> None:
    deadline = owe(session, DeadlineKind.MEASURE, TODAY - timedelta(days=3))
    gone = owe(session, DeadlineKind.SELF_CHECK, TODAY - timedelta(days=2))
    look(session)
    deadline.done_at = NOON
    session.add(deadline)
    session.delete(gone)
    session.flush()
    look(session, TODAY + timedelta(days=1))
    assert {one.until for one in session.exec(select(Signal))} == {
        TODAY,
        TODAY + timedelta(days=1),
    }


def test_who_checks_a_colleague_late_is_late_on_their_own_post(session: Session) -> None:
    owe(session, DeadlineKind.MUTUAL_CHECK, TODAY - timedelta(days=3), name="許春燕")
    look(session)
    assert the_one(session).post_id == post(session, "財政所會計").id


def test_who_has_left_is_not_spoken_of(session: Session) -> None:
    owe(session, DeadlineKind.MEASURE, TODAY - timedelta(days=3), name="馮小雨")
    assert look(session) == 0


def test_a_late_matter_is_its_units(session: Session, keys: Keyring) -> None:
    matter = accepted(session, SUBSIDY, "丁曉峰", keys=keys, today=TODAY - timedelta(days=200))
    assert [look(session), look(session)] == [1, 0]
    seen = the_one(session)
    assert (seen.source, seen.unit_id, seen.post_id) == (S.LATE_MATTER, matter.unit_id, None)
    assert seen.facts == {"number": written(matter.number)}
    session.execute(sa.update(Matter).values(stopped_on=TODAY))
    look(session)
    assert the_one(session).until == TODAY


@pytest.mark.parametrize(
    ("kind", "source", "facts"),
    [
        (LapseKind.ATTITUDE, S.MONITORING, {"lapse": "attitude"}),
        (LapseKind.SKIPPED, S.SKIPPED_STEP, {"grave": True}),
    ],
)
def test_what_monitoring_found_tells_its_kind_and_no_more(
    session: Session,
    keys: Keyring,
    kind: LapseKind,
    source: WarningSource,
    facts: dict[str, object],
) -> None:
    process = session.exec(select(Process.id).where(Process.code == SUBSIDY)).one()
    said = LapseRecorded(process, None, 1, kind, TODAY, "窗口推說人不在")
    by = person(session, "羅敏")
    monitoring.record(session, said, by=by, now=NOON, keys=keys)
    assert [look(session), look(session)] == [1, 0]
    seen = the_one(session)
    assert (seen.source, seen.facts) == (source, facts)
    assert seen.unit_id == session.exec(select(Lapse.unit_id)).one()


def test_a_late_matter_that_monitoring_found_too_is_named_as_the_same(
    session: Session, keys: Keyring
) -> None:
    matter = accepted(session, SUBSIDY, "丁曉峰", keys=keys, today=TODAY - timedelta(days=200))
    by = person(session, "羅敏")
    for kind in (LapseKind.OVERDUE, LapseKind.ATTITUDE):
        said = LapseRecorded(matter.process_id, matter.id, 1, kind, TODAY, "超過承諾期限")
        monitoring.record(session, said, by=by, now=NOON, keys=keys)
    assert look(session) == 3
    seen = {(one.source, one.facts.get("lapse")): one for one in session.exec(select(Signal))}
    same = {"lapse": "overdue", "number": written(matter.number)}
    assert seen[S.MONITORING, "overdue"].facts == same
    assert seen[S.LATE_MATTER, None].facts == {"number": written(matter.number)}
    assert seen[S.MONITORING, "attitude"].facts == {"lapse": "attitude"}
    assert [one.rule for _, about in told(session) for one in suggest(about)] == ["late_matter"]


@pytest.mark.parametrize(
    ("code", "step", "grave"),
    [
        (SUBSIDY, 2, True),  # 行政給付
        (HOMESTEAD, 1, True),  # land; the step itself is 三級
        (HOMESTEAD, 0, True),
        (LOW_INCOME, 1, True),
    ],
)
def test_a_step_skipped_where_money_or_land_is_concerned_is_grave(
    session: Session, keys: Keyring, code: str, step: int, *, grave: bool
) -> None:
    process = session.exec(select(Process.id).where(Process.code == code)).one()
    said = LapseRecorded(process, None, step, LapseKind.SKIPPED, TODAY, "沒有公示就報了")
    monitoring.record(session, said, by=person(session, "羅敏"), now=NOON, keys=keys)
    look(session)
    assert the_one(session).facts == {"grave": grave}


@pytest.mark.parametrize(
    ("category", "name", "step", "grave"),
    [
        (PowerCategory.OTHER_POWER, "公章使用", 1, False),
        (PowerCategory.OTHER_POWER, "公章使用", 2, True),  # a step of high risk
        (PowerCategory.OTHER_POWER, "公章使用", 0, True),  # the whole of it, that step too
        (PowerCategory.INTERNAL, "機關經費報銷審核", 1, True),
        (PowerCategory.LICENCE, "乡村建房许可", 1, True),
        (PowerCategory.VILLAGE_AFFAIRS, "集體「三資」管理", 1, True),
        (PowerCategory.VILLAGE_AFFAIRS, "開具證明", 1, False),
    ],
)
def test_money_and_land_are_known_by_the_power_and_its_name(
    session: Session,
    keys: Keyring,
    category: PowerCategory,
    name: str,
    step: int,
    *,
    grave: bool,
) -> None:
    process = session.exec(select(Process).where(Process.code == HOMESTEAD)).one()
    process.name = "某項流程"
    power = session.exec(select(Power).where(Power.code == "C01-Q01")).one()
    power.category, power.name = category, name
    one, two = session.exec(
        select(ProcessStep)
        .where(ProcessStep.process_id == process.id, col(ProcessStep.ordinal) <= 2)
        .order_by(col(ProcessStep.ordinal))
    ).all()
    one.name, two.name, one.grade, two.grade = "登記", "決定", Grade.LOW, Grade.HIGH
    session.add_all([process, power, one, two])
    said = LapseRecorded(process.id, None, step, LapseKind.SKIPPED, TODAY, "沒有登記")
    monitoring.record(session, said, by=person(session, "羅敏"), now=NOON, keys=keys)
    look(session)
    assert the_one(session).facts == {"grave": grave}


@pytest.mark.parametrize("channel", [Channel.AUDIT, Channel.INSPECTION, Channel.SURVEY])
def test_an_audit_is_told_with_whether_there_was_a_loss(session: Session, channel: Channel) -> None:
    point_out_loss(session, channel)
    assert look(session) == (channel is not Channel.SURVEY)
    for seen in session.exec(select(Signal)):
        assert seen.facts == {"reference": "審字3號", "loss": True}
        assert seen.person_id == person(session, "呂思穎")


def point_out_loss(session: Session, channel: Channel) -> None:
    pointed = PointedOut(
        post(session, CASHIER).id,
        FindingMethod.ORGANISATION,
        Aspect.DUTY,
        "坐支現金",
        "收入不入賬",
        channel,
        "審字3號",
        loss=True,
    )
    findings.point_out(session, pointed, found_by=person(session, "羅敏"), today=TODAY)


@pytest.mark.parametrize("holders", [0, 2])
def test_a_loss_on_a_post_that_not_one_person_holds_is_its_units(
    session: Session, holders: int
) -> None:
    books = post(session, CASHIER)
    if holders:
        session.add(Appointment(person_id=person(session, "許春燕"), post_id=books.id, since=TODAY))
    else:
        session.execute(sa.delete(Appointment).where(col(Appointment.post_id) == books.id))
    session.flush()
    point_out_loss(session, Channel.AUDIT)
    assert look(session) == 1
    seen = the_one(session)
    assert (seen.unit_id, seen.post_id, seen.person_id) == (books.unit_id, None, None)
    ((place, told),) = signals.looks(session, today=TODAY, since=TODAY, calendar=CALENDAR)
    assert place == signals.Place(books.unit_id)
    assert [one.level for one in suggest(told)] == [WarningLevel.RED]


def conclude(
    session: Session, kind: CaseKind, verified: Verified | None, *, state: CaseState
) -> None:
    case = Case(
        number=uuid4().hex[:5],
        kind=kind,
        accused=Accused.NOBODY,
        unit_id=unit(session, "財政所"),
        public=b"",
        state=state,
        received_on=TODAY,
        due_on=TODAY,
        verified=verified,
    )
    session.add(case)
    session.flush()
    session.add(
        CaseStep(case_id=case.id, ordinal=0, move=CaseMove.CONCLUDE, leads=state, taken_on=TODAY)
    )
    session.flush()


@pytest.mark.parametrize(
    ("kind", "verified", "state", "count"),
    [
        (CaseKind.SERVICE, Verified.TRUE, CaseState.CONCLUDED, 1),
        (CaseKind.SERVICE, Verified.PARTLY, CaseState.CONCLUDED, 1),
        (CaseKind.SERVICE, Verified.UNTRUE, CaseState.CONCLUDED, 0),
        (CaseKind.SERVICE, None, CaseState.CONCLUDED, 0),
        (CaseKind.SERVICE, Verified.TRUE, CaseState.RECEIVED, 0),  # taken up again
        (CaseKind.REPORT, Verified.TRUE, CaseState.CONCLUDED, 0),  # an allegation is no signal
    ],
)
def test_only_a_verified_complaint_about_service_is_a_signal(
    session: Session, kind: CaseKind, verified: Verified | None, state: CaseState, count: int
) -> None:
    conclude(session, kind, verified, state=state)
    assert [look(session), look(session)] == [count, 0]
    for seen in session.exec(select(Signal)):
        partly = {"partly": True} if verified is Verified.PARTLY else {}
        assert (seen.unit_id, seen.person_id, seen.facts) == (unit(session, "財政所"), None, partly)


def test_what_the_program_refused_is_told_once_a_day_and_thing(session: Session) -> None:
    by = person(session, "呂思穎")
    tried = Deed(by, Verdict.REFUSED, Action.REVIEW, "x")
    for deeds in ([tried, tried], [Deed(by, Verdict.REFUSED, Action.SELF_CHECK, "x")]):
        audit.note(session, deeds, now=NOON)
        session.flush()
    assert [look(session), look(session)] == [1, 0]
    assert the_one(session).facts == {"refused": True, "action": "review"}
    audit.note(session, [Deed(by, Verdict.REFUSED, Action.REVIEW, "y")], now=NOON)
    session.flush()
    assert look(session) == 1


def cashiers(session: Session, state: DeclarationState) -> Declaration:
    who, on = person(session, "呂思穎"), post(session, CASHIER).id
    return declared(session, on, who, state, on=TODAY - timedelta(days=60))


def fixed(session: Session, *days: int) -> Declaration:
    """Have grades fixed provisionally some days ago, once or again."""
    moments = [NOON - timedelta(days=ago) for ago in days]
    declaration = cashiers(session, DeclarationState.PROVISIONAL)
    return preset(session, declaration, moments, by=person(session, "陳立誠"))


def test_grades_fixed_anew_have_their_days_anew(session: Session) -> None:
    fixed(session, 30, 2)
    assert look(session) == 0


def test_grades_not_put_on_notice_are_the_commissions_to_explain(session: Session) -> None:
    declaration = fixed(session, 30)
    assert [look(session), look(session)] == [1, 0]
    seen = the_one(session)
    assert (seen.source, seen.unit_id) == (S.LATE_DISCLOSURE, unit(session, "鎮紀委"))
    declaration.state = DeclarationState.PUBLISHED
    session.add(declaration)
    look(session)
    assert the_one(session).until == TODAY


def on_notice(session: Session) -> tuple[UUID, UUID]:
    declaration = cashiers(session, DeclarationState.PUBLISHED)
    notice = notices.publish(
        session,
        [declaration.id],
        title="公示",
        scope=NoticeScope.VILLAGERS,
        days=7,
        by=person(session, "羅敏"),
        today=TODAY - timedelta(days=20),
    )
    return notice.id, declaration.id


def test_an_objection_that_waits_too_long_is_a_signal_about_who_published(
    session: Session, keys: Keyring
) -> None:
    notice, declaration = on_notice(session)
    day = TODAY - timedelta(days=18)
    objection = notices.object_to(
        session, notice, declaration, "定低了", keys=keys, today=day, calendar=CALENDAR
    )
    assert [look(session), look(session)] == [1, 0]
    seen = the_one(session)
    assert (seen.source, seen.unit_id) == (S.LATE_ANSWER, unit(session, "鎮紀委"))
    assert seen.facts == {}
    objection.state, objection.answered_on = ObjectionState.DISMISSED, TODAY
    session.add(objection)
    look(session)
    assert (the_one(session).until, session.exec(select(Objection)).one().answered_on) == (
        TODAY,
        TODAY,
    )


@pytest.mark.parametrize(
    ("low", "fitting", "count"),
    [(5, 0, 1), (5, 4, 1), (4, 5, 0), (5, 1, 0), (2, 0, 0)],  # below three nothing is told
)
def test_a_vote_is_told_where_most_find_a_grade_low_and_none_can_be_known(
    session: Session, keys: Keyring, low: int, fitting: int, count: int
) -> None:
    notice, declaration = on_notice(session)
    opinions = [Opinion.TOO_LOW] * low + [Opinion.FITTING] * fitting
    for number, opinion in enumerate(opinions):
        notices.vote(
            session,
            notice,
            [Voice(declaration, opinion)],
            voters=Role.VILLAGER,
            voter_hash=str(number),
            keys=keys,
        )
    notices.get(session, notice).closed_on = TODAY
    session.flush()
    assert [look(session), look(session)] == [count, 0]
    for seen in session.exec(select(Signal)):
        assert seen.facts == {"voices": low}


def test_each_warning_after_the_first_within_a_year_is_counted(
    session: Session, keys: Keyring
) -> None:
    for days in (400, 300, 20, 10):
        warning = drafted(session, keys=keys)
        warning.state, warning.issued_on = WarningState.SIGNED, TODAY - timedelta(days=days)
        session.add(warning)
    session.flush()
    assert look(session) == 3
    counts = [one.facts["count"] for one in session.exec(select(Signal).order_by(Signal.of_day))]
    assert counts == [2, 2, 3]


def test_what_was_issued_to_a_unit_does_not_count_against_its_head(
    session: Session, keys: Keyring
) -> None:
    head = person(session, "鄭國良")
    for days, title in ((40, "財政所"), (30, "財政所"), (20, "財政所所長")):
        warning = drafted(session, title, keys=keys)
        warning.state, warning.issued_on = WarningState.SIGNED, TODAY - timedelta(days=days)
        warning.person_id = head
        session.add(warning)
    session.flush()
    assert look(session) == 1
    assert (the_one(session).person_id, the_one(session).facts["count"]) == (None, 2)
    of_head = warnings.issued_within(session, unit(session, "財政所"), head)
    assert [day for _, day in of_head] == [TODAY - timedelta(days=20)]


def test_a_reply_sent_back_twice_has_failed_the_check(session: Session, keys: Keyring) -> None:
    warning = drafted(session, keys=keys, level=WarningLevel.ORANGE)
    warning.state = WarningState.SENT_BACK
    session.add(warning)
    for ordinal in (7, 8):
        assert look(session) == 0
        session.add(
            WarningStep(
                warning_id=warning.id,
                ordinal=ordinal,
                move=WarningMove.SEND_BACK,
                taken_at=NOON,
                note=b"",
            )
        )
        session.flush()
    assert look(session) == 1
    assert the_one(session).facts["failed"] is True


def test_nothing_is_remembered_of_a_lead_but_that_its_signals_are_done(
    session: Session, keys: Keyring
) -> None:
    owe(session, DeadlineKind.MEASURE, TODAY - timedelta(days=3))
    look(session)
    ((place, seen),) = told(session)
    (made,) = suggest(seen)
    warning = signals.draft(session, place, made, keys=keys, now=NOON, today=TODAY)
    assert warning is not None
    warning.state = WarningState.LEFT
    session.add(warning)
    signals.forget_leads(session)
    assert told(session) == []


def told(session: Session) -> list[tuple[signals.Place, Look]]:
    return list(signals.looks(session, today=TODAY, since=TODAY, calendar=CALENDAR))


def test_concluding_a_complaint_keeps_what_it_was_found_to_be(keys: Keyring) -> None:
    case = Case(
        number="PDMPU",
        kind=CaseKind.SERVICE,
        accused=Accused.NOBODY,
        public=b"",
        state=CaseState.CONCLUDED,
        received_on=TODAY,
        due_on=TODAY,
    )
    occasion = Occasion(NOON, TODAY, 1, keys, Language.ZH_HANT)
    concluded = CaseStepped(case.id, CaseMove.CONCLUDE, "已補鋪", verified=Verified.PARTLY)
    move_on(case, concluded, occasion)
    assert case.verified is Verified.PARTLY
