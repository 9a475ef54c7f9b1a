"""Nobody is warned but by named people whose step it is, and nobody steps on their own warning."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.errors import Refused
from dialogs.rules import warning
from dialogs.rules.access import Standing
from dialogs.rules.warning import (
    ONWARD,
    OUT,
    WAY,
    Step,
    Warned,
    awaited,
    possible,
    reached,
    take,
    withheld,
)
from dialogs.vocabulary import Role
from dialogs.vocabulary import WarningLevel as Level
from dialogs.vocabulary import WarningMove as Move
from dialogs.vocabulary import WarningState as State

TODAY = date(2026, 3, 2)
ADDRESSEE, KIN = UUID(int=10), UUID(int=11)
PEOPLE = [UUID(int=number) for number in range(10, 17)]
MEMBER = Standing(frozenset({Role.COMMISSION_MEMBER}))
SECRETARY = Standing(frozenset({Role.COMMISSION_SECRETARY}))
CADRE = Standing(frozenset({Role.CADRE}))
ROLES = st.frozensets(st.sampled_from(list(Role)), max_size=3)
TOWNS = st.fixed_dictionaries(dict.fromkeys(PEOPLE, ROLES))
MOVES = st.sampled_from([move for move in Move if move is not Move.DRAFT])
DEEDS = st.lists(st.tuples(st.sampled_from(PEOPLE), MOVES), max_size=60)
STARTS = st.builds(
    Warned,
    level=st.sampled_from(Level),
    state=st.just(State.DRAFTED),
    addressee=st.just(ADDRESSEE),
    author=st.sampled_from([None, *PEOPLE]),
    aside=st.just(frozenset({KIN})),
    others=st.booleans(),
    due_on=st.just(TODAY),
)
Walk = Sequence[tuple[UUID, Step]]


def walk(
    start: Warned, deeds: Sequence[tuple[UUID, Move]], town: dict[UUID, frozenset[Role]]
) -> Walk:
    """Let people try what they like; give the steps that were really taken."""
    now, taken = start, []
    for actor, move in deeds:
        try:
            step = take(move, now, actor=actor, standing=Standing(town[actor]), today=TODAY)
        except Refused:
            continue
        asker = now.asker
        if move in (Move.ASK_EXTENSION, Move.EXTEND, Move.KEEP_DAY):
            asker = actor if move is Move.ASK_EXTENSION else None
        taken_up = actor if move in (Move.PROPOSE, Move.ISSUE) else None
        now = replace(
            now,
            state=step.leads,
            last_by=actor if move in ONWARD else now.last_by,
            author=now.author or taken_up,
            asker=asker,
        )
        taken.append((actor, step))
    return taken


@given(STARTS, DEEDS, TOWNS)
def test_no_path_reaches_issued_but_by_the_people_the_level_asks_for(
    start: Warned, deeds: list[tuple[UUID, Move]], town: dict[UUID, frozenset[Role]]
) -> None:
    taken = walk(start, deeds, town)
    for place, (issuer, step) in enumerate(taken):
        if step.move is not Move.ISSUE:
            continue
        members = {Role.COMMISSION_MEMBER, Role.COMMISSION_SECRETARY}
        assert town[issuer] & members
        if start.level is Level.YELLOW:
            continue
        assert Role.COMMISSION_SECRETARY in town[issuer]
        onward = [(who, one.move) for who, one in taken[:place] if one.move in ONWARD]
        second, before = onward[-1]
        assert before is (Move.PROPOSE if start.level is Level.ORANGE else Move.COUNTERSIGN)
        assert second != issuer
        assert town[second] & members


@given(STARTS, DEEDS, TOWNS)
def test_nobody_steps_on_their_own_warning_nor_who_is_near(
    start: Warned, deeds: list[tuple[UUID, Move]], town: dict[UUID, frozenset[Role]]
) -> None:
    for actor, step in walk(start, deeds, town):
        assert actor != KIN
        assert (actor == ADDRESSEE) is (step.by is None)


@given(STARTS, DEEDS, TOWNS)
def test_a_warning_is_looked_at_by_others_than_who_drafted_it(
    start: Warned, deeds: list[tuple[UUID, Move]], town: dict[UUID, frozenset[Role]]
) -> None:
    author = start.author
    for actor, step in walk(start, deeds, town):
        if step.move in (Move.PROPOSE, Move.ISSUE):
            author = author or actor
        first_look = step.start is State.REPLIED and step.move in (Move.ACCEPT, Move.AUDIT)
        assert actor != author or step.move is not Move.LIFT
        assert actor != author or not (first_look and start.others)


@given(STARTS, DEEDS, TOWNS)
def test_a_draft_that_never_was_issued_binds_nobody(
    start: Warned, deeds: list[tuple[UUID, Move]], town: dict[UUID, frozenset[Role]]
) -> None:
    taken = [step for _, step in walk(start, deeds, town)]
    issued = [step.move for step in taken].count(Move.ISSUE)
    assert issued <= 1
    for place, step in enumerate(taken):
        if step.leads in OUT and step.move is not Move.ISSUE:
            assert Move.ISSUE in [one.move for one in taken[:place]]


def test_a_red_warning_is_audited_by_one_and_passed_by_another() -> None:
    red = Warned(Level.RED, State.REPLIED, ADDRESSEE, author=PEOPLE[3], last_by=ADDRESSEE)
    with pytest.raises(Refused, match="warning_not_there"):
        take(Move.ACCEPT, red, actor=PEOPLE[4], standing=MEMBER, today=TODAY)
    step = take(Move.AUDIT, red, actor=PEOPLE[4], standing=MEMBER, today=TODAY)
    audited = replace(red, state=step.leads, last_by=PEOPLE[4])
    with pytest.raises(Refused, match="four_eyes"):
        take(Move.ACCEPT, audited, actor=PEOPLE[4], standing=MEMBER, today=TODAY)
    passed = take(Move.ACCEPT, audited, actor=PEOPLE[3], standing=MEMBER, today=TODAY)
    assert passed.leads is State.ACCEPTED


def test_whoever_alone_could_issue_does_not_propose_and_is_told_why() -> None:
    secretary = PEOPLE[4]
    draft = Warned(Level.ORANGE, State.DRAFTED, ADDRESSEE, issuers=frozenset({secretary}))
    with pytest.raises(Refused, match="nobody_else_to_issue"):
        take(Move.PROPOSE, draft, actor=secretary, standing=SECRETARY, today=TODAY)
    (told,) = withheld(draft, actor=secretary, standing=SECRETARY, today=TODAY)
    assert told.values["move"] is Move.PROPOSE
    proposed = replace(
        draft,
        state=take(Move.PROPOSE, draft, actor=PEOPLE[5], standing=MEMBER, today=TODAY).leads,
        last_by=PEOPLE[5],
    )
    assert not list(withheld(proposed, actor=secretary, standing=SECRETARY, today=TODAY))
    assert take(Move.ISSUE, proposed, actor=secretary, standing=SECRETARY, today=TODAY)
    two = replace(draft, issuers=frozenset({secretary, PEOPLE[6]}))
    assert take(Move.PROPOSE, two, actor=secretary, standing=SECRETARY, today=TODAY)


def test_who_drafted_it_is_told_that_another_lifts_it() -> None:
    accepted = Warned(Level.YELLOW, State.ACCEPTED, ADDRESSEE, author=PEOPLE[4])
    (told,) = withheld(accepted, actor=PEOPLE[4], standing=MEMBER, today=TODAY)
    assert told.values["move"] is Move.LIFT
    assert not list(withheld(accepted, actor=PEOPLE[4], standing=CADRE, today=TODAY))


def test_who_is_not_in_the_chat_is_waited_for_with_the_paper() -> None:
    issued = Warned(Level.YELLOW, State.ISSUED, ADDRESSEE)
    on_paper = replace(issued, on_paper=True)
    assert Move.DELIVER in possible(issued, actor=PEOPLE[4], standing=MEMBER, today=TODAY)
    assert awaited(issued, actor=PEOPLE[4], standing=MEMBER, today=TODAY) == []
    assert awaited(on_paper, actor=PEOPLE[4], standing=MEMBER, today=TODAY) == [Move.DELIVER]


def test_of_who_is_not_in_the_chat_a_member_writes_down_what_came_on_paper() -> None:
    here = Warned(Level.YELLOW, State.SIGNED, ADDRESSEE, due_on=TODAY, aside=frozenset({KIN}))
    away = replace(here, on_paper=True)
    for move in (Move.REPLY, Move.ASK_EXTENSION):
        assert take(move, away, actor=PEOPLE[4], standing=MEMBER, today=TODAY).move is move
        for one, actor, standing, why in (
            (here, PEOPLE[4], MEMBER, "not_your_warning"),
            (away, PEOPLE[4], CADRE, "not_your_warning"),
            (away, KIN, MEMBER, "warning_aside"),
        ):
            with pytest.raises(Refused, match=why):
                take(move, one, actor=actor, standing=standing, today=TODAY)
    assert awaited(away, actor=PEOPLE[4], standing=MEMBER, today=TODAY) == []


def test_more_time_is_asked_once_and_before_the_day_is_over() -> None:
    signed = Warned(Level.YELLOW, State.SIGNED, ADDRESSEE, due_on=TODAY)

    def ask(one: Warned, today: date = TODAY) -> Step:
        return take(Move.ASK_EXTENSION, one, actor=ADDRESSEE, standing=CADRE, today=today)

    assert ask(signed).leads is State.SIGNED
    with pytest.raises(Refused, match="extension_too_late"):
        ask(signed, TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="extension_asked_already"):
        ask(replace(signed, asker=ADDRESSEE))
    with pytest.raises(Refused, match="nothing_asked"):
        take(Move.EXTEND, signed, actor=PEOPLE[4], standing=SECRETARY, today=TODAY)


def test_what_one_may_do_is_offered() -> None:
    draft = Warned(Level.YELLOW, State.DRAFTED, ADDRESSEE)
    offered = possible(draft, actor=PEOPLE[4], standing=MEMBER, today=TODAY)
    assert offered == (Move.ISSUE, Move.DROP, Move.LEAVE)
    assert possible(draft, actor=ADDRESSEE, standing=MEMBER, today=TODAY) == ()


def test_a_lead_is_opened_beside_whatever_was_issued_by_whom_it_does_not_concern() -> None:
    for state in State:
        one = Warned(Level.YELLOW, state, ADDRESSEE, aside=frozenset({KIN}))
        for actor, standing, allowed in (
            (PEOPLE[4], MEMBER, state in OUT),
            (PEOPLE[4], CADRE, False),
            (ADDRESSEE, MEMBER, False),
            (KIN, MEMBER, False),
        ):
            found = possible(one, actor=actor, standing=standing, today=TODAY)
            assert (Move.OPEN_LEAD in found) is allowed, (state, actor)
            assert not allowed or found[-1] is Move.OPEN_LEAD, "what comes seldom stands last"


@pytest.mark.parametrize(
    ("level", "days"), [(Level.YELLOW, 7), (Level.ORANGE, 10), (Level.RED, 15)]
)
def test_the_reply_is_due_by_the_days_of_its_level(level: Level, days: int) -> None:
    assert warning.reply_due(TODAY, level=level) == TODAY + timedelta(days=days)


def test_a_lifted_warning_is_looked_at_again_after_six_months() -> None:
    assert warning.look_back_on(date(2026, 8, 31)) == date(2027, 2, 28)


def test_four_yellow_three_orange_or_two_red_within_a_year_call_for_more() -> None:
    day = TODAY - timedelta(days=30)
    assert reached([(Level.YELLOW, day)] * 3, today=TODAY) == []
    assert reached([(Level.YELLOW, day)] * 4, today=TODAY) == [Level.YELLOW]
    old = TODAY - timedelta(days=365)
    assert (
        reached([(Level.ORANGE, day), (Level.ORANGE, day), (Level.ORANGE, old)], today=TODAY) == []
    )
    assert reached([(Level.RED, day)] * 2, today=TODAY) == [Level.RED]


def test_there_is_one_step_of_a_move_from_a_state_for_a_level() -> None:
    seen = [(step.move, step.start, level) for step in WAY for level in step.levels]
    assert len(seen) == len(set(seen))
