"""Warnings: drafted by people or rules, and what is remembered of each step."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from dialogs.errors import Refused
from dialogs.events import ExtensionAsked, PartCommented, WarningRaised
from dialogs.facts import RuleApplied
from dialogs.rules import warning as rules
from dialogs.vocabulary import DeadlineKind, ReplyPart, WarningLevel, WarningSource, WarningState
from dialogs.vocabulary import WarningMove as Move
from storage import warnings
from storage.database import Database
from storage.sealing import Keyring
from storage.tables import Deadline, GradedWarning, Kinship, Person, WarningReason
from tests.builders.matters import person, unit
from tests.builders.people import NOON, TODAY, give_account
from tests.builders.warnings import LATE, draft_of, drafted, hand, moved, replied, signed

RULE = RuleApplied("late_measure", "1")


@pytest.fixture
def session(founded: Database) -> Iterator[Session]:
    with founded.writing() as opened:
        yield opened


def joins(session: Session, name: str, *, keys: Keyring) -> None:
    """Let somebody of the roster have joined."""
    give_account(session.get_one(Person, person(session, name)), 1, keys=keys)
    session.flush()


def test_a_draft_of_a_person_has_its_author_and_is_sealed(session: Session, keys: Keyring) -> None:
    warning = drafted(session, keys=keys)
    assert warning.state is WarningState.DRAFTED
    assert (warning.rule, warning.author_id) == ("", person(session, "羅敏"))
    assert warning.person_id == person(session, "呂思穎")
    assert warnings.reasons(session, warning.id, keys=keys) == [LATE]
    assert warnings.demand(warning, keys=keys) == "七日內補報並說明原因"
    kept = session.exec(select(WarningReason.fact)).one()
    assert LATE.fact.encode() not in kept


def test_a_draft_of_the_machine_names_its_rule_and_nobody(session: Session, keys: Keyring) -> None:
    warning = drafted(session, keys=keys, by=RULE)
    assert (warning.rule, warning.rule_version, warning.author_id) == ("late_measure", "1", None)
    (step,) = warnings.steps(session, warning.id, keys=keys)
    assert (step.move, step.person, step.by) == (Move.DRAFT, None, "")


def test_a_draft_about_a_unit_has_nobody_until_it_is_issued(
    session: Session, keys: Keyring
) -> None:
    warning = drafted(session, "財政所", keys=keys)
    assert (warning.unit_id, warning.post_id, warning.person_id) == (
        unit(session, "財政所"),
        None,
        None,
    )


@pytest.mark.parametrize(
    ("title", "refusal"),
    [("分管副鎮長（項目建設）", "warning_above_us"), ("民政辦幹事", "warning_several_holders")],
)
def test_a_draft_nobody_of_ours_could_answer_is_refused(
    session: Session, keys: Keyring, title: str, refusal: str
) -> None:
    with pytest.raises(Refused, match=refusal):
        drafted(session, title, keys=keys)
    assert session.exec(select(GradedWarning)).all() == []


def test_a_draft_says_who_of_several_is_meant(session: Session, keys: Keyring) -> None:
    meant = person(session, "盧秋菊")
    draft = replace(draft_of(session, "民政辦幹事"), person=meant)
    warning = warnings.open_draft(session, draft, by=RULE, keys=keys, now=NOON, today=TODAY)
    assert warning.person_id == meant
    elsewhere = replace(draft, person=person(session, "羅敏"))
    with pytest.raises(Refused, match="warning_no_holder"):
        warnings.open_draft(session, elsewhere, by=RULE, keys=keys, now=NOON, today=TODAY)


def test_whoever_is_near_drafts_nothing(session: Session, keys: Keyring) -> None:
    with pytest.raises(Refused, match="warning_unit_above_us"):
        drafted(session, "鎮紀委", keys=keys)
    session.add(Kinship(person_id=person(session, "羅敏"), relative_id=person(session, "呂思穎")))
    session.flush()
    with pytest.raises(Refused, match="warning_aside"):
        drafted(session, keys=keys)
    assert drafted(session, keys=keys, by=RULE), "the machine is nobody's relative"


def test_a_draft_rests_on_something(session: Session, keys: Keyring) -> None:
    empty = replace(draft_of(session), reasons=())
    with pytest.raises(Refused, match="warning_without_reason"):
        warnings.open_draft(session, empty, by=RULE, keys=keys, now=NOON, today=TODAY)


@pytest.mark.parametrize("source", [WarningSource.VOTE, WarningSource.TALK, WarningSource.OTHER])
def test_what_nobody_verified_makes_no_warning_by_itself(
    session: Session, keys: Keyring, source: WarningSource
) -> None:
    heard = replace(LATE, source=source)
    by = person(session, "羅敏")
    alone = draft_of(session, reasons=[heard, heard])
    with pytest.raises(Refused, match="warning_unverified"):
        warnings.open_draft(session, alone, by=by, keys=keys, now=NOON, today=TODAY)
    borne_out = draft_of(session, reasons=[heard, LATE])
    assert warnings.open_draft(session, borne_out, by=by, keys=keys, now=NOON, today=TODAY)


def test_a_higher_draft_is_bound_to_one_that_is_at_work(session: Session, keys: Keyring) -> None:
    lower = drafted(session, keys=keys)
    with pytest.raises(Refused, match="warning_not_at_work"):
        drafted(session, keys=keys, level=WarningLevel.ORANGE, raised_from=lower.id)
    lower.state = WarningState.SIGNED
    session.add(lower)
    drafted(session, keys=keys, level=WarningLevel.ORANGE, raised_from=lower.id)
    with pytest.raises(Refused, match="warning_raised_already"):
        drafted(session, keys=keys, level=WarningLevel.ORANGE, raised_from=lower.id)
    beside = drafted(session, keys=keys, by=RULE, level=WarningLevel.ORANGE, raised_from=lower.id)
    assert beside.raised_from == lower.id, "whichever is issued takes its place"


def test_relatives_the_head_and_the_unit_itself_stand_aside(
    session: Session, keys: Keyring
) -> None:
    cousin = person(session, "姚遠航")
    session.add(Kinship(person_id=cousin, relative_id=person(session, "呂思穎")))
    session.flush()
    about_her = warnings.warned(session, drafted(session, keys=keys), today=TODAY)
    assert about_her.aside >= {cousin, person(session, "鄭國良")}
    assert person(session, "許春燕") not in about_her.aside
    about_them = warnings.warned(session, drafted(session, "財政所", keys=keys), today=TODAY)
    assert person(session, "許春燕") in about_them.aside


def open_deadlines(
    session: Session, warning: GradedWarning, kind: DeadlineKind = DeadlineKind.WARNING_REPLY
) -> list[date]:
    rows = session.exec(
        select(Deadline).where(Deadline.subject == warning.id, col(Deadline.done_at).is_(None))
    ).all()
    assert {row.person_id for row in rows} <= {warning.person_id}
    assert {row.kind for row in rows} <= {kind}
    return sorted(row.due_on for row in rows)


def state(session: Session, warning: GradedWarning) -> WarningState:
    session.flush()
    return session.get_one(GradedWarning, warning.id).state


def test_issuing_gives_a_number_an_addressee_and_a_day(session: Session, keys: Keyring) -> None:
    warning = drafted(session, "財政所", keys=keys)
    moved(session, warning, Move.ISSUE, "姚遠航", keys=keys)
    assert (warning.number, warning.issued_on) == ("2026-0001", TODAY)
    assert warning.person_id == person(session, "鄭國良"), "the head answers for the unit"
    assert open_deadlines(session, warning) == [TODAY + timedelta(days=7)]
    another = drafted(session, keys=keys)
    moved(session, another, Move.ISSUE, "羅敏", keys=keys, demand="另一個要求")
    assert another.number == "2026-0002"
    assert warnings.demand(another, keys=keys) == "另一個要求"


def test_what_the_machine_drafted_has_the_author_who_took_it_up(
    session: Session, keys: Keyring
) -> None:
    warning = drafted(session, keys=keys, by=RULE)
    moved(session, warning, Move.ISSUE, "羅敏", keys=keys)
    assert (warning.author_id, warning.rule) == (person(session, "羅敏"), "late_measure")
    warnings.sign(session, warning.id, hand(session, "呂思穎", keys=keys))
    replied(session, warning, "呂思穎", keys=keys)
    joins(session, "姚遠航", keys=keys)
    with pytest.raises(Refused, match="own_draft"):
        moved(session, warning, Move.ACCEPT, "羅敏", keys=keys)


def test_the_only_member_who_has_joined_reviews_what_they_drafted(
    session: Session, keys: Keyring
) -> None:
    warning = signed(session, keys=keys)
    replied(session, warning, "呂思穎", keys=keys)
    moved(session, warning, Move.ACCEPT, "羅敏", keys=keys)
    assert warning.state is WarningState.ACCEPTED


def test_a_yellow_warning_goes_its_way_to_the_file(session: Session, keys: Keyring) -> None:
    warning = signed(session, keys=keys)
    replied(session, warning, "呂思穎", keys=keys)
    assert open_deadlines(session, warning) == []
    again = TODAY + timedelta(days=5)
    comments = [PartCommented(ReplyPart.CAUSE, "沒有說清楚為什麼兩次提醒都沒有看")]
    moved(session, warning, Move.SEND_BACK, "姚遠航", keys=keys, comments=comments, due=again)
    assert (warning.due_on, open_deadlines(session, warning)) == (again, [again])
    replied(session, warning, "呂思穎", keys=keys, cause="手機換號，提醒沒有收到，也沒有主動看。")
    first, second = warnings.replies(session, warning.id, keys=keys)
    assert first.comments == {ReplyPart.CAUSE: "沒有說清楚為什麼兩次提醒都沒有看"}
    assert second.differs(first) == [ReplyPart.CAUSE]
    moved(session, warning, Move.ACCEPT, "姚遠航", keys=keys)
    with pytest.raises(Refused, match="own_draft"):
        moved(session, warning, Move.LIFT, "羅敏", keys=keys)
    moved(session, warning, Move.LIFT, "姚遠航", keys=keys)
    later = rules.look_back_on(TODAY)
    assert warning.look_back_on == later
    moved(session, warning, Move.ARCHIVE, "姚遠航", keys=keys, note="清廉檔〔2026〕7號")
    assert (warning.archive_number, warning.state) == ("清廉檔〔2026〕7號", WarningState.ARCHIVED)
    with pytest.raises(Refused, match="looked_back_already"):
        moved(session, warning, Move.LOOK_BACK, "羅敏", keys=keys)
    moved(session, warning, Move.LOOK_BACK, "羅敏", keys=keys, today=later)
    assert warning.look_back_on is None
    with pytest.raises(Refused, match="looked_back_already"):
        moved(session, warning, Move.LOOK_BACK, "羅敏", keys=keys)


PROMISED = date(2026, 4, 1)  # by which the addressee says to have put it right


def accepted(session: Session, *, keys: Keyring, today: date = TODAY) -> GradedWarning:
    """Accept the second reply to a warning, which promises another day than the first."""
    warning = signed(session, keys=keys)
    sooner = PROMISED - timedelta(days=20)
    replied(session, warning, "呂思穎", keys=keys, correct_by=sooner)
    comments = [PartCommented(ReplyPart.CORRECTION, "時間不夠，請重訂")]
    moved(session, warning, Move.SEND_BACK, "姚遠航", keys=keys, comments=comments)
    replied(session, warning, "呂思穎", keys=keys, correct_by=PROMISED)
    assert open_deadlines(session, warning) == []
    return moved(session, warning, Move.ACCEPT, "姚遠航", keys=keys, today=today)


def test_the_day_of_the_accepted_reply_is_owed_until_the_warning_is_lifted(
    session: Session, keys: Keyring
) -> None:
    warning = accepted(session, keys=keys)
    assert open_deadlines(session, warning, DeadlineKind.CORRECTION) == [PROMISED]
    (owed,) = session.exec(select(Deadline).where(Deadline.kind == DeadlineKind.CORRECTION))
    assert owed.post_id == warning.post_id
    moved(session, warning, Move.LIFT, "姚遠航", keys=keys)
    assert open_deadlines(session, warning) == []


def test_the_day_of_an_accepted_reply_ends_with_a_warning_that_is_revoked(
    session: Session, keys: Keyring
) -> None:
    warning = accepted(session, keys=keys)
    moved(session, warning, Move.REVOKE, "韓守正", keys=keys)
    assert open_deadlines(session, warning) == []


@pytest.mark.parametrize(("late", "owed"), [(0, [PROMISED]), (1, [])])
def test_a_day_that_is_over_when_the_reply_is_accepted_is_not_owed(
    session: Session, keys: Keyring, late: int, owed: list[date]
) -> None:
    warning = accepted(session, keys=keys, today=PROMISED + timedelta(days=late))
    assert open_deadlines(session, warning, DeadlineKind.CORRECTION) == owed


def test_an_orange_warning_needs_the_secretary_and_a_second_person(
    session: Session, keys: Keyring
) -> None:
    joins(session, "韓守正", keys=keys)
    warning = drafted(session, keys=keys, level=WarningLevel.ORANGE, by="韓守正")
    with pytest.raises(Refused, match="warning_not_there"):
        moved(session, warning, Move.ISSUE, "韓守正", keys=keys)
    moved(session, warning, Move.PROPOSE, "羅敏", keys=keys)
    with pytest.raises(Refused, match="not_allowed"):
        moved(session, warning, Move.ISSUE, "姚遠航", keys=keys)
    moved(session, warning, Move.ISSUE, "韓守正", keys=keys)
    assert warning.due_on == TODAY + timedelta(days=10)


def test_a_secretary_does_not_propose_what_nobody_else_could_issue(
    session: Session, keys: Keyring
) -> None:
    joins(session, "韓守正", keys=keys)
    warning = drafted(session, keys=keys, level=WarningLevel.ORANGE)
    with pytest.raises(Refused, match="nobody_else_to_issue"):
        moved(session, warning, Move.PROPOSE, "韓守正", keys=keys)
    moved(session, warning, Move.PROPOSE, "羅敏", keys=keys)
    moved(session, warning, Move.REDRAFT, "姚遠航", keys=keys)
    assert warning.state is WarningState.DRAFTED


def test_more_time_is_asked_for_and_decided_by_the_secretary(
    session: Session, keys: Keyring
) -> None:
    warning = signed(session, keys=keys)
    due = TODAY + timedelta(days=7)
    late = ExtensionAsked(warning.id, due + timedelta(days=90), "太久")
    with pytest.raises(Refused, match="extension_out_of_range"):
        warnings.ask_for_time(session, late, hand(session, "呂思穎", keys=keys))
    until = due + timedelta(days=6)
    asked = ExtensionAsked(warning.id, until, "等銀行對賬單")
    warnings.ask_for_time(session, asked, hand(session, "呂思穎", keys=keys))
    assert open_deadlines(session, warning) == [due], "until it is decided the day stands"
    with pytest.raises(Refused, match="not_allowed"):
        moved(session, warning, Move.EXTEND, "羅敏", keys=keys)
    moved(session, warning, Move.EXTEND, "韓守正", keys=keys)
    assert (warning.due_on, warning.asker_id) == (until, None)
    assert open_deadlines(session, warning) == [until]


def puts_off(
    session: Session, warning: GradedWarning, until: date, *, keys: Keyring, today: date = TODAY
) -> None:
    """Ask for more time as the addressee."""
    who = hand(session, "呂思穎", keys=keys, today=today)
    warnings.ask_for_time(session, ExtensionAsked(warning.id, until, "等銀行對賬單"), who)


def test_however_often_more_time_is_given_it_ends_with_the_policys_days(
    session: Session, keys: Keyring
) -> None:
    warning = signed(session, keys=keys)
    due = TODAY + timedelta(days=7)
    puts_off(session, warning, due + timedelta(days=10), keys=keys)
    moved(session, warning, Move.EXTEND, "韓守正", keys=keys)
    latest = rules.latest_extension(due)
    with pytest.raises(Refused, match="extension_out_of_range") as refused:
        puts_off(session, warning, latest + timedelta(days=1), keys=keys)
    assert refused.value.phrase.values["latest"] == latest
    puts_off(session, warning, latest, keys=keys)
    moved(session, warning, Move.EXTEND, "韓守正", keys=keys)
    with pytest.raises(Refused, match="extension_used_up"):
        puts_off(session, warning, latest + timedelta(days=1), keys=keys)
    replied(session, warning, "呂思穎", keys=keys)
    again = TODAY + timedelta(days=30)
    comments = [PartCommented(ReplyPart.CAUSE, "沒有說清楚為什麼")]
    moved(session, warning, Move.SEND_BACK, "姚遠航", keys=keys, comments=comments, due=again)
    puts_off(session, warning, rules.latest_extension(again), keys=keys)
    assert warning.asked_until == rules.latest_extension(again), "a new day counts anew"


def test_more_time_is_not_given_to_a_day_that_is_past(session: Session, keys: Keyring) -> None:
    warning = signed(session, keys=keys)
    until = TODAY + timedelta(days=9)
    puts_off(session, warning, until, keys=keys)
    late = until + timedelta(days=1)
    with pytest.raises(Refused, match="extension_past") as refused:
        moved(session, warning, Move.EXTEND, "韓守正", keys=keys, today=late)
    assert refused.value.values == {"until": until}
    assert warning.asked_until == until, "it still waits for a decision"
    moved(session, warning, Move.EXTEND, "韓守正", keys=keys, today=until)
    assert (warning.due_on, warning.asked_until) == (until, None)


def test_a_day_that_is_kept_stands(session: Session, keys: Keyring) -> None:
    warning = signed(session, keys=keys)
    due = TODAY + timedelta(days=7)
    asked = ExtensionAsked(warning.id, due + timedelta(days=2), "忙")
    warnings.ask_for_time(session, asked, hand(session, "呂思穎", keys=keys))
    moved(session, warning, Move.KEEP_DAY, "韓守正", keys=keys)
    assert (warning.due_on, warning.asked_until, open_deadlines(session, warning)) == (
        due,
        None,
        [due],
    )


def test_a_lower_warning_gives_way_when_the_higher_is_issued(
    session: Session, keys: Keyring
) -> None:
    joins(session, "韓守正", keys=keys)
    lower = signed(session, keys=keys)
    raised = WarningRaised(lower.id, warnings.taken(session, lower.id), LATE, "說明並整改")
    higher = warnings.escalate(session, raised, hand(session, "羅敏", keys=keys))
    assert (higher.level, higher.raised_from) == (WarningLevel.ORANGE, lower.id)
    assert state(session, lower) is WarningState.SIGNED, "until then it goes on as it was"
    moved(session, higher, Move.PROPOSE, "羅敏", keys=keys)
    moved(session, higher, Move.ISSUE, "韓守正", keys=keys)
    assert state(session, lower) is WarningState.ESCALATED
    assert open_deadlines(session, lower) == []
    levels = [level for level, _ in warnings.issued_to(session, higher)]
    assert sorted(levels) == [WarningLevel.ORANGE, WarningLevel.YELLOW]


def test_a_draft_that_left_keeps_nothing(session: Session, keys: Keyring) -> None:
    warning = drafted(session, keys=keys, by=RULE)
    moved_on = hand(session, "羅敏", keys=keys)
    with pytest.raises(Refused, match="warning_moved_on"):
        warnings.leave(session, warning, moved_on, seen=7)
    warnings.leave(session, warning, moved_on, seen=1)
    session.flush()
    assert (warning.unit_id, warning.post_id, warning.person_id) == (None, None, None)
    assert (warning.rule, warning.author_id) == ("", None)
    assert warnings.demand(warning, keys=keys) == ""
    assert session.exec(select(WarningReason)).all() == []
    (step,) = warnings.steps(session, warning.id, keys=keys)
    assert (step.move, step.note) == (Move.LEAVE, "")


def test_its_arrival_in_the_chat_is_noted_once(session: Session, keys: Keyring) -> None:
    warning = drafted(session, keys=keys)
    moved(session, warning, Move.ISSUE, "羅敏", keys=keys)
    for _ in range(2):
        warnings.arrived(session, [warning.id], keys=keys, now=NOON)
    taken = [step.move for step in warnings.steps(session, warning.id, keys=keys)]
    assert taken == [Move.DRAFT, Move.ISSUE, Move.DELIVER]


def test_a_warning_waits_for_whose_step_it_is(session: Session, keys: Keyring) -> None:
    def waits(name: str, today: date = TODAY) -> list[WarningState]:
        who = hand(session, name, keys=keys, today=today)
        found = warnings.for_the_day(session, who.person, who.standing, today=today)
        return [one.warning.state for one in found]

    warning = drafted(session, keys=keys)
    assert (waits("姚遠航"), waits("呂思穎"), waits("許春燕")) == ([WarningState.DRAFTED], [], [])
    moved(session, warning, Move.ISSUE, "姚遠航", keys=keys)
    assert waits("姚遠航") == [WarningState.ISSUED], "for the paper, as they have not joined"
    joins(session, "呂思穎", keys=keys)
    assert (waits("姚遠航"), waits("呂思穎")) == ([], [WarningState.ISSUED])
    warnings.sign(session, warning.id, hand(session, "呂思穎", keys=keys))
    replied(session, warning, "呂思穎", keys=keys)
    assert (waits("姚遠航"), waits("呂思穎")) == ([WarningState.REPLIED], [])
    moved(session, warning, Move.ACCEPT, "姚遠航", keys=keys)
    assert waits("姚遠航") == [], "the correction has its day"
    assert waits("姚遠航", date(2026, 4, 1)) == [WarningState.ACCEPTED]


def test_what_waits_goes_first_and_what_is_over_last_the_newest_first_of_each(
    session: Session, keys: Keyring
) -> None:
    joins(session, "呂思穎", keys=keys)
    days = [TODAY - timedelta(days=back) for back in range(6)]
    waits, late, out, earlier, over, before = (
        drafted(session, keys=keys, today=day) for day in days
    )
    for one in (out, earlier):
        moved(session, one, Move.ISSUE, "姚遠航", keys=keys)
    for one in (over, before):
        moved(session, one, Move.DROP, "姚遠航", keys=keys)
    who = hand(session, "姚遠航", keys=keys)
    found = warnings.readable(session, who.person, who.standing, today=TODAY)
    assert [one.warning for one in found] == [waits, late, out, earlier, over, before]


def test_who_is_near_is_not_even_told_that_there_is_one(session: Session, keys: Keyring) -> None:
    session.add(Kinship(person_id=person(session, "姚遠航"), relative_id=person(session, "呂思穎")))
    warning = drafted(session, keys=keys)
    who = hand(session, "姚遠航", keys=keys)
    assert warnings.readable(session, who.person, who.standing, today=TODAY) == []
    assert not warnings.may_read(session, warning, who.person, who.standing, today=TODAY)
    with pytest.raises(Refused, match="warning_aside"):
        moved(session, warning, Move.ISSUE, "姚遠航", keys=keys)


def test_its_addressee_reads_it_only_once_it_is_issued(session: Session, keys: Keyring) -> None:
    warning = drafted(session, keys=keys)
    who = hand(session, "呂思穎", keys=keys)
    assert not warnings.may_read(session, warning, who.person, who.standing, today=TODAY)
    moved(session, warning, Move.ISSUE, "羅敏", keys=keys)
    assert warnings.may_read(session, warning, who.person, who.standing, today=TODAY)


def test_a_red_warning_is_told_to_who_heads_the_leading_group(session: Session) -> None:
    assert warnings.to_inform(session) == {person(session, "陳立誠")}


def test_a_warning_that_is_revoked_counts_for_nothing(session: Session, keys: Keyring) -> None:
    warning = signed(session, keys=keys)
    moved(session, warning, Move.REVOKE, "韓守正", keys=keys)
    assert (warnings.issued_to(session, warning), open_deadlines(session, warning)) == ([], [])
