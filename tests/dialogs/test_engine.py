"""Whatever a person does, a conversation answers, keeps its place and loses nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.asking import choose, confirm, count, pick, review, tell, write, write_or_skip
from dialogs.engine import Asked, Dialogue, Draft, Ended, Stale, Turn, advance, resume
from dialogs.errors import Refused
from dialogs.presentation import present
from dialogs.prompts import (
    Choice,
    Choices,
    Day,
    Handing,
    Heard,
    Json,
    Number,
    Option,
    Pressed,
    Prompt,
    Reviewing,
    Sent,
    Telling,
    Writing,
    Wrote,
    reference,
)
from dialogs.speech import Press

TODAY = date(2026, 5, 4)
Begin = Callable[[], Dialogue[Any]]


# One dialogue told by hand.


def report() -> Dialogue[Mapping[str, Any]]:
    """Ask about a matter: a branch, an optional question, ticks, a loop, a review."""
    given: dict[str, Any] = {}
    given["title"] = yield from write("title", at_most=20)
    yield from tell("thanks")
    if (yield from confirm("money")):
        given["amount"] = yield from count("amount", low=1)
    given["places"] = yield from pick("places", options("office", "village", "road"))
    given["contact"] = yield from write_or_skip("contact")
    for number in range(1, 4):
        given[f"witness{number}"] = yield from write(f"witness@{number}")
        if not (yield from confirm(f"another@{number}")):
            break
    yield from review("check")
    return given


def options(*codes: str) -> list[Option]:
    return [Option(code, code.title(), code) for code in codes]


@dataclass
class Talk:
    """A conversation held in a test; every message is passed through JSON."""

    begin: Begin
    turn: Turn[Any]

    @property
    def now(self) -> Asked:
        assert isinstance(self.turn, Asked)
        return self.turn

    @property
    def answers(self) -> Mapping[str, Json]:
        return self.now.draft.answers

    def hear(self, heard: Heard) -> Talk:
        stands = self.turn.now if isinstance(self.turn, Stale) else self.now
        self.turn = advance(self.begin, restored(stands.draft), heard, today=TODAY)
        return self

    def write(self, *texts: str) -> Talk:
        for text in texts:
            self.hear(Wrote(text))
        return self

    def press(self, act: str, code: str = "") -> Talk:
        return self.hear(Pressed(reference(self.now.prompt.key), act, code))

    def edit(self, key: str) -> Talk:
        return self.press("edit", reference(key))


def talk(begin: Begin = report, draft: Draft | None = None) -> Talk:
    return Talk(begin, resume(begin, draft or Draft()))


def at_review() -> Talk:
    held = talk().write("橋", "yes", "50000").press("pick", "road").press("done").press("skip")
    return held.write("王", "no")


def restored(draft: Draft) -> Draft:
    """Store a draft and load it again."""
    return Draft(**json.loads(json.dumps(asdict(draft))))


def told(turn: Turn[Any]) -> object:
    """Reduce a turn to what can be compared after a journey through JSON."""
    match turn:
        case Asked():
            reply = present(turn)
            return json.dumps(asdict(turn.draft), sort_keys=True), reply, turn.changed
        case Stale(now):
            return "stale", told(now)
        case Ended():
            return turn


def test_a_dialogue_from_first_word_to_event() -> None:
    held = at_review()
    assert held.now.prompt.key == "check"
    assert held.press("send").turn == Ended(
        {"title": "橋", "amount": 50000, "places": ("road",), "contact": None, "witness1": "王"}
    )


def test_an_empty_draft_begins() -> None:
    begun = talk().now
    assert (begun.prompt.key, begun.path, begun.changed) == ("title", (), False)


def test_words_to_a_conversation_not_begun_begin_it_without_talk_of_change() -> None:
    turn = advance(report, Draft(), Wrote("hello"), today=TODAY)
    assert isinstance(turn, Asked)
    assert (turn.prompt.key, turn.changed) == ("title", False)


def test_what_is_told_is_told_with_the_question_after_it_and_then_no_more() -> None:
    held = talk().write("橋")
    assert len(held.now.told) == 1
    assert held.write("yes").now.told == ()


def test_a_refused_answer_leaves_the_question_and_says_why() -> None:
    held = talk().write("橋", "yes", "many")
    assert held.now.refusal is not None
    assert (held.now.prompt.key, held.now.taken) == ("amount", None)
    assert held.write("7").answers["amount"] == "7"


def test_back_at_the_first_question_stays_there() -> None:
    assert talk().press("back").now.prompt.key == "title"


def test_back_offers_the_former_answer() -> None:
    held = talk().write("橋", "yes").press("back")
    assert held.now.prompt.key == "money"
    assert held.now.draft.kept == {"money": "yes"}


def test_back_ticks_again_what_was_ticked() -> None:
    held = talk().write("橋", "no", "road、office").press("back")
    assert held.now.draft.picked == ("road", "office")
    assert held.press("done").answers["places"] == ["road", "office"]


def test_a_tick_ticked_again_is_unticked() -> None:
    held = talk().write("橋", "no").press("pick", "road").press("pick", "road")
    assert held.now.draft.picked == ()


def test_after_an_edit_the_answer_understood_is_the_edited_one() -> None:
    held = at_review().edit("title").write("路")
    assert held.now.prompt.key == "check"
    assert held.now.taken is not None
    assert held.now.taken.echo() == "路"


def test_an_edit_that_opens_a_branch_asks_its_question() -> None:
    held = talk().write("橋", "no", "road").press("skip").write("王", "no")
    held.edit("money").write("yes")
    assert held.now.prompt.key == "amount"
    assert held.write("8").now.prompt.key == "check"
    ended = held.press("send").turn
    assert isinstance(ended, Ended)
    assert ended.event["amount"] == 8


def test_an_edit_that_closes_a_branch_keeps_its_answer_out_of_the_event() -> None:
    held = at_review().edit("money").write("no")
    assert [step.prompt.key for step in held.now.path] == [
        "title",
        "money",
        "places",
        "contact",
        "witness@1",
        "another@1",
    ]
    ended = held.press("send").turn
    assert isinstance(ended, Ended)
    assert "amount" not in ended.event


def test_an_edit_that_lengthens_a_loop_asks_its_next_round() -> None:
    held = at_review().edit("another@1").write("yes")
    assert held.now.prompt.key == "witness@2"


def test_an_answer_that_an_edit_made_unfit_is_asked_again() -> None:
    def errand() -> Dialogue[tuple[str, str]]:
        kind = yield from choose("kind", options("a", "b"))
        wares = options("x", "y") if kind == "a" else options("y", "z")
        ware = yield from choose("ware", wares)
        yield from review("check")
        return kind, ware

    held = talk(errand).write("a", "x").edit("kind").write("b")
    assert held.now.prompt.key == "ware"
    assert not held.now.changed
    assert held.write("z").press("send").turn == Ended(("b", "z"))


def test_a_proposed_answer_is_taken_with_one_press() -> None:
    def errand() -> Dialogue[str]:
        what: str = yield Writing(key="what", proposed="wall")
        return what

    assert talk(errand).press("proposed").turn == Ended("wall")


def every_ware() -> Dialogue[Any]:
    return (yield from pick("wares", options("x", "y", "z"), whole=True))


def test_one_press_ticks_all_and_once_more_none() -> None:
    held = talk(every_ware).press("pick", "y").press("all")
    assert held.now.draft.picked == ("x", "y", "z")
    assert held.press("all").now.draft.picked == ()


def test_all_may_be_typed() -> None:
    assert talk(every_ware).write("全部").turn == Ended(("x", "y", "z"))


def test_all_is_ticked_only_where_it_is_offered() -> None:
    assert isinstance(talk().write("橋", "no").press("all").turn, Stale)


def test_proposed_options_are_ticked_from_the_start() -> None:
    def errand() -> Dialogue[Any]:
        wares = yield Choices(key="wares", options=options("x", "y"), proposed=["y", "gone"])
        return wares

    held = talk(errand)
    assert held.now.draft.picked == ("y",)
    assert held.press("done").turn == Ended(("y",))


def test_the_next_question_starts_at_its_first_page() -> None:
    def shopping() -> Dialogue[None]:
        for number in range(2):
            yield from choose(f"ware@{number}", options(*(f"w{n}" for n in range(60))))

    held = talk(shopping).press("page", "2").press("take", "w59")
    assert (held.now.prompt.key, held.now.draft.page) == ("ware@1", 0)


def test_a_former_answer_can_be_kept_and_what_was_proposed_be_taken_after_all() -> None:
    def errand() -> Dialogue[None]:
        yield Writing(key="what", proposed="wall")
        yield from review("check")

    held = talk(errand).write("road").press("back")
    assert acts_offered(held) == {"keep", "proposed", "cancel"}
    assert held.press("keep").answers == {"what": "road"}
    held = talk(errand).write("road").press("back").press("proposed")
    assert held.answers == {"what": "wall"}
    assert acts_offered(held.press("back")) == {"keep", "cancel"}


def test_a_proposed_answer_that_does_not_fit_is_refused() -> None:
    def errand() -> Dialogue[str]:
        ware: str = yield Choice(key="ware", options=options("x"), proposed="gone")
        return ware

    assert talk(errand).press("proposed").now.refusal is not None


def test_the_check_of_a_question_refuses_in_words() -> None:
    def no_walls(text: str) -> None:
        if "wall" in text:
            raise Refused("no_walls")

    def errand() -> Dialogue[str]:
        what: str = yield Writing(key="what", check=no_walls)
        return what

    held = talk(errand).write("a wall")
    assert held.now.refusal == Refused("no_walls").phrase
    assert held.write("a road").turn == Ended("a road")


# Buttons of other times and places.


def test_a_button_of_an_earlier_question_is_stale_and_changes_nothing() -> None:
    held = talk().write("橋", "yes")
    before = held.now
    turn = held.hear(Pressed(reference("money"), "take", "no")).turn
    assert isinstance(turn, Stale)
    assert told(turn.now) == told(replace(before, taken=None))


@pytest.mark.parametrize(
    "act", ["take", "done", "keep", "proposed", "skip", "back", "edit", "page", "send"]
)
def test_a_button_of_another_dialogue_is_stale(act: str) -> None:
    held = talk().write("橋")
    assert isinstance(held.hear(Pressed(reference("elsewhere"), act, "yes")).turn, Stale)


@pytest.mark.parametrize(
    "act", ["take", "done", "keep", "proposed", "send", "", "delete", "__init__"]
)
@pytest.mark.parametrize("code", ["", "maybe", "YES; DROP", "9" * 5000, "\ud800", "२"])
def test_a_forged_press_is_refused_and_changes_nothing(act: str, code: str) -> None:
    held = talk().write("橋")
    before = restored(held.now.draft)
    held.press(act, code)
    assert held.now.refusal is not None
    assert restored(held.now.draft) == before


@pytest.mark.parametrize("code", ["", "-1", "9" * 5000, "1e3", "²", "３"])
def test_a_forged_page_shows_a_page_that_exists(code: str) -> None:
    def shopping() -> Dialogue[str]:
        ware: str = yield from choose("ware", options(*(f"w{n}" for n in range(60))))
        return ware

    buttons = [
        key.does for row in present(talk(shopping).press("page", code).now).buttons for key in row
    ]
    assert Press("take", "w0") in buttons


def test_a_page_beyond_the_last_is_the_last() -> None:
    def shopping() -> Dialogue[str]:
        ware: str = yield from choose("ware", options(*(f"w{n}" for n in range(60))))
        return ware

    buttons = [
        key.does for row in present(talk(shopping).press("page", "999").now).buttons for key in row
    ]
    assert Press("take", "w59") in buttons
    assert Press("page", "1") in buttons


def test_a_forged_tick_is_refused() -> None:
    held = talk().write("橋", "no").press("pick", "moon")
    assert held.now.refusal is not None
    assert not held.now.draft.picked


def test_a_tick_where_nothing_is_ticked_is_stale() -> None:
    assert isinstance(talk().press("pick", "road").turn, Stale)


def test_an_edit_of_a_question_not_on_the_way_is_stale() -> None:
    assert isinstance(at_review().edit("elsewhere").turn, Stale)


def test_pressing_an_answer_twice_is_pressing_it_once() -> None:
    held = talk().write("橋")
    press = Pressed(reference("money"), "take", "yes")
    once = held.hear(press).now
    turn = held.hear(press).turn
    assert isinstance(turn, Stale)
    assert restored(turn.now.draft) == restored(once.draft)


def test_pressing_back_twice_goes_back_once() -> None:
    held = talk().write("橋", "yes", "5")
    press = Pressed(reference("places"), "back")
    assert held.hear(press).now.prompt.key == "amount"
    assert isinstance(held.hear(press).turn, Stale)


# Dialogues whose code changed between two messages.


def test_a_question_put_in_is_noticed_asked_and_the_rest_is_kept() -> None:
    def errand(*, asks_who: bool) -> Dialogue[tuple[str | None, str, str]]:
        who = (yield from write("who")) if asks_who else None
        what = yield from write("what")
        why = yield from write("why")
        yield from review("check")
        return who, what, why

    old = talk(lambda: errand(asks_who=False)).write("wall", "rain")
    held = talk(lambda: errand(asks_who=True), restored(old.now.draft))
    assert (held.now.prompt.key, held.now.changed) == ("who", True)
    assert held.write("me").now.prompt.key == "check"
    assert held.press("send").turn == Ended(("me", "wall", "rain"))


def test_a_change_is_noticed_by_the_next_word_which_then_counts_for_nothing() -> None:
    draft = restored(talk().write("橋", "yes", "5").now.draft)

    def later() -> Dialogue[str]:
        yield from write("title")
        yield from write("new")
        return ""

    turn = advance(later, draft, Wrote("road"), today=TODAY)
    assert isinstance(turn, Asked)
    assert (turn.prompt.key, turn.changed, turn.draft.answers["title"]) == ("new", True, "橋")
    assert "new" not in turn.draft.answers


def test_the_question_asked_taken_away_is_noticed() -> None:
    def later() -> Dialogue[str]:
        title = yield from write("title")
        yield from review("check")
        return title

    held = talk(later, restored(talk().write("橋", "yes").now.draft))
    assert (held.now.prompt.key, held.now.changed) == ("check", True)
    assert held.press("send").turn == Ended("橋")


def test_an_answer_that_no_longer_fits_is_asked_again_once() -> None:
    def later() -> Dialogue[Any]:
        title = yield from choose("title", options("bridge", "wall"))
        money = yield from confirm("money")
        yield from review("check")
        return title, money

    held = talk(later, restored(talk().write("橋", "yes").now.draft))
    assert (held.now.prompt.key, held.now.changed) == ("title", True)
    assert held.press("take", "wall").now.prompt.key == "check"
    assert held.press("send").turn == Ended(("wall", True))


def test_an_unfit_answer_is_asked_again_though_no_page_was_shown_in_between() -> None:
    def later() -> Dialogue[Any]:
        yield from choose("title", options("bridge", "wall"))
        yield from review("check")

    turn = advance(later, restored(talk().write("橋").now.draft), Wrote("wall"), today=TODAY)
    assert isinstance(turn, Asked)
    assert (turn.prompt.key, turn.changed) == ("title", True)
    turn = advance(later, restored(turn.draft), Wrote("wall"), today=TODAY)
    assert isinstance(turn, Asked)
    assert (turn.prompt.key, turn.changed) == ("check", False)


def test_a_question_passed_over_and_now_required_is_asked_again() -> None:
    def errand(*, required: bool) -> Dialogue[str | None]:
        what = yield from (write("what") if required else write_or_skip("what"))
        yield from review("check")
        return what

    old = talk(lambda: errand(required=False)).press("skip")
    held = talk(lambda: errand(required=True), restored(old.now.draft))
    assert (held.now.prompt.key, held.now.changed) == ("what", True)


def test_one_of_several_is_no_list_of_several() -> None:
    def errand(*, several: bool) -> Dialogue[Any]:
        if several:
            wares = yield from pick("ware", options("x", "y"))
        else:
            wares = yield from choose("ware", options("x", "y"))
        yield from review("check")
        return wares

    old = talk(lambda: errand(several=False)).write("x")
    held = talk(lambda: errand(several=True), restored(old.now.draft))
    assert held.now.prompt.key == "ware"


def test_a_tick_of_an_option_taken_away_does_not_hold_up_the_rest() -> None:
    def errand(*wares: str) -> Dialogue[Any]:
        picked = yield from pick("wares", options(*wares))
        return picked

    old = talk(lambda: errand("x", "y")).press("pick", "x").press("pick", "y")
    held = Talk(lambda: errand("y", "z"), old.now)
    assert held.press("done").turn == Ended(("y",))


def test_what_was_reviewed_before_a_question_was_put_in_is_reviewed_again() -> None:
    def errand(*, asks_who: bool) -> Dialogue[Any]:
        what = yield from write("what")
        who = (yield from write("who")) if asks_who else None
        yield from review("check")
        sure = yield from confirm("sure")
        return what, who, sure

    old = talk(lambda: errand(asks_who=False)).write("wall").press("send")
    held = talk(lambda: errand(asks_who=True), restored(old.now.draft)).write("me")
    assert held.now.prompt.key == "check"
    assert held.press("send").now.prompt.key == "sure"


def test_two_questions_of_one_key_are_a_fault_of_the_dialogue() -> None:
    def muddle() -> Dialogue[None]:
        yield from write("what")
        yield from write("what")

    with pytest.raises(ValueError, match="what"):
        talk(muddle).write("wall")


def test_what_a_dialogue_refuses_comes_out_as_it_is() -> None:
    def strict() -> Dialogue[None]:
        text = yield from write("what")
        if text == "wall":
            raise Refused("no_walls")
        yield from review("check")

    with pytest.raises(Refused, match="no_walls"):
        talk(strict).write("wall")
    assert talk(strict).write("road").now.prompt.key == "check"


# Dialogues of any shape.


@dataclass(frozen=True)
class Ask:
    """A question of a kind."""

    kind: str


@dataclass(frozen=True)
class Say:
    """A sentence that wants no answer."""


@dataclass(frozen=True)
class Fork:
    """Yes or no, and what follows either."""

    yes: Plan
    no: Plan


@dataclass(frozen=True)
class Loop:
    """Questions asked until there is not another."""

    body: Plan


Plan = tuple[Ask | Say | Fork | Loop, ...]
WARES = options("x", "y", "z")
KINDS: Mapping[str, Callable[[str], Prompt]] = {
    "text": lambda key: Writing(key=key, at_most=50),
    "perhaps": lambda key: Writing(key=key, optional=True),
    "number": lambda key: Number(key=key, low=Decimal(0), high=Decimal(99)),
    "amount": lambda key: Number(key=key, decimal=True, optional=True),
    "day": lambda key: Day(key=key, earliest=date(2020, 1, 1)),
    "one": lambda key: Choice(key=key, options=WARES, columns=2),
    "many": lambda key: Choices(key=key, options=options(*(f"o{n}" for n in range(30)))),
    "some": lambda key: Choices(key=key, options=WARES, at_least=1, at_most=2),
    "file": lambda key: Handing(key=key, optional=True),
}


def play(plan: Plan, place: str = "q") -> Dialogue[list[tuple[str, Any]]]:
    """Turn a plan into the dialogue it describes."""
    given_: list[tuple[str, Any]] = []
    for number, part in enumerate(plan):
        key = f"{place}.{number}"
        match part:
            case Ask(kind):
                given_.append((key, (yield KINDS[kind](key))))
            case Say():
                yield from tell(key)
            case Fork(yes, no):
                answer = yield from confirm(key)
                given_.append((key, answer))
                given_ += yield from play(yes if answer else no, f"{key}{'y' if answer else 'n'}")
            case Loop(body):
                for turn in range(3):
                    given_ += yield from play(body, f"{key}@{turn}")
                    again = yield from confirm(f"{key}@{turn}.another")
                    given_.append((f"{key}@{turn}.another", again))
                    if not again:
                        break
    return given_


def dialogue_of(plan: Plan) -> Begin:
    def begin() -> Dialogue[tuple[tuple[str, Any], ...]]:
        given_ = yield from play(plan)
        yield from review("check")
        return tuple(given_)

    return begin


asks = st.builds(Ask, st.sampled_from(sorted(KINDS)))
small = st.lists(asks | st.just(Say()), max_size=3).map(tuple)
inner = st.lists(asks | st.builds(Fork, small, small) | st.builds(Loop, small), max_size=3)
part = (
    asks
    | st.just(Say())
    | st.builds(Fork, inner.map(tuple), small)
    | st.builds(Loop, inner.map(tuple))
)
plans = st.lists(part, min_size=1, max_size=5).map(tuple)

TEXTS = st.sampled_from(
    [
        "好",
        "yes",
        "no",
        "x",
        "x、y",
        "5",
        "1,234",
        "12.5",
        "明天",
        "5月4日",
        "",
        "\u200b",
        "<b>",
        "٣",
    ]
) | st.text(max_size=80)
ACTS = st.sampled_from(
    ["take", "pick", "all", "done", "keep", "proposed", "skip", "back", "edit", "page", "send", ""]
)
Move = tuple[str, int, str, str]
moves = st.lists(
    st.tuples(
        st.sampled_from(["fit", "fit", "fit", "button", "back", "write", "forge", "stale", "file"]),
        st.integers(0, 40),
        TEXTS,
        ACTS,
    ),
    max_size=25,
)


def fitting(asked: Asked, number: int = 0) -> Heard:
    """Give an answer that fits the question asked."""
    ref = reference(asked.prompt.key)
    match asked.prompt:
        case Choices(options=offered):
            return Wrote(offered[number % len(offered)].code)
        case Choice(options=offered):
            return Pressed(ref, "take", offered[number % len(offered)].code)
        case Number():
            return Wrote(str(number))
        case Day():
            return Wrote(f"2026年5月{number % 31 + 1}日")
        case Handing():
            return Sent("photo", f"file{number}", "photo.jpg", 1000)
        case Reviewing():
            return Pressed(ref, "send")
        case _:
            return Wrote(f"text {number}")


def heard_of(move: Move, asked: Asked, seen: Sequence[str]) -> Heard:
    """Make of a move something a person could do now; `seen` are the questions so far."""
    kind, number, text, act = move
    ref = reference(asked.prompt.key)
    presses = [
        button.does
        for row in present(asked).buttons
        for button in row
        if isinstance(button.does, Press)
    ]
    match kind:
        case "fit" if not isinstance(asked.prompt, Reviewing):
            return fitting(asked, number)
        case "button" if presses:
            does = presses[number % len(presses)]
            return Pressed(ref, does.act, does.code)
        case "back":
            return Pressed(ref, "back")
        case "forge":
            return Pressed(ref, act, text)
        case "stale":
            return Pressed(reference(seen[number % len(seen)]), act, text)
        case "file":
            return Sent(("photo", "voice", "document")[number % 3], "f", text, number * 10**6)
        case _:
            return Wrote(text)


def course(begin: Begin, made: Sequence[Move], *, stops: bool) -> list[Turn[Any]]:
    """Hold a conversation move by move; `stops` lets every draft travel through JSON."""
    turn: Turn[Any] = resume(begin, Draft())
    turns = [turn]
    seen: list[str] = []
    for move in made:
        if isinstance(turn, Ended):
            break
        asked = turn.now if isinstance(turn, Stale) else turn
        seen.append(asked.prompt.key)
        draft = restored(asked.draft) if stops else asked.draft
        turn = advance(begin, draft, heard_of(move, asked, seen), today=TODAY)
        turns.append(turn)
    return turns


def stands(turn: Turn[Any]) -> Asked | None:
    match turn:
        case Asked():
            return turn
        case Stale(now):
            return now
        case Ended():
            return None


def drive(begin: Begin, answers: Mapping[str, Json]) -> tuple[list[str], Any]:
    """Play a dialogue by hand, knowing nothing of the engine: the keys met and the event."""
    dialogue, met, value = begin(), [], None
    try:
        while True:
            prompt = dialogue.send(value)
            if isinstance(prompt, Telling):
                value = None
            elif isinstance(prompt, Reviewing):
                met.append(prompt.key)
                value = None
            else:
                met.append(prompt.key)
                answer = answers[prompt.key]
                value = None if answer is None and prompt.optional else prompt.value(answer)
    except StopIteration as end:
        return met, end.value


many = settings(max_examples=150)


@many
@given(plans, moves)
def test_whatever_is_heard_is_answered_and_the_end_stays_in_reach(
    plan: Plan, made: list[Move]
) -> None:
    begin = dialogue_of(plan)
    turn = course(begin, made, stops=False)[-1]
    for _ in range(400):
        asked = stands(turn)
        if asked is None:
            return
        assert asked.prompt.key == asked.draft.at
        assert asked.prompt.key not in asked.draft.answers
        assert not asked.changed
        # 1 answers every yes or no with no, so that loops end.
        turn = advance(begin, asked.draft, fitting(asked, 1), today=TODAY)
        assert isinstance(turn, Ended) or (isinstance(turn, Asked) and turn.refusal is None)
    pytest.fail("the dialogue does not end")


@many
@given(plans, moves)
def test_stopping_after_every_message_is_never_having_stopped(plan: Plan, made: list[Move]) -> None:
    begin = dialogue_of(plan)
    straight = course(begin, made, stops=False)
    broken = course(begin, made, stops=True)
    assert [told(turn) for turn in straight] == [told(turn) for turn in broken]
    for turn in broken:
        if asked := stands(turn):
            again = resume(begin, restored(asked.draft))
            assert told(again) == told(replace(asked, refusal=None, taken=None))


@many
@given(plans, moves)
def test_the_same_moves_lead_to_the_same_place(plan: Plan, made: list[Move]) -> None:
    begin = dialogue_of(plan)
    once, twice = (course(begin, made, stops=False) for _ in range(2))
    assert [told(turn) for turn in once] == [told(turn) for turn in twice]


@many
@given(plans, moves)
def test_the_review_comes_after_every_question_and_the_event_is_of_those_shown(
    plan: Plan, made: list[Move]
) -> None:
    begin = dialogue_of(plan)
    for turn in course(begin, made, stops=False):
        asked = stands(turn)
        if asked and isinstance(asked.prompt, Reviewing):
            shown = {step.prompt.key: step.answer for step in asked.path}
            met, event = drive(begin, shown)
            assert met == [*shown, "check"]
            send = Pressed(reference("check"), "send")
            assert advance(begin, asked.draft, send, today=TODAY) == Ended(event)


@many
@given(plans, moves)
def test_back_and_then_the_former_answer_is_where_one_was(plan: Plan, made: list[Move]) -> None:
    begin = dialogue_of(plan)
    asked = stands(course(begin, made, stops=False)[-1])
    if asked is None or not asked.path:
        return
    last = asked.path[-1]
    back = advance(begin, asked.draft, Pressed(reference(asked.draft.at), "back"), today=TODAY)
    assert isinstance(back, Asked)
    assert back.prompt.key == last.prompt.key
    ways = [Pressed(reference(back.draft.at), "keep"), again(last.prompt, last.answer)]
    for way in ways:
        there = advance(begin, back.draft, way, today=TODAY)
        assert isinstance(there, Asked)
        assert there.draft.at == asked.draft.at
        assert there.draft.answers == asked.draft.answers
        assert there.draft.kept == asked.draft.kept
        assert there.path == asked.path
        assert there.told == asked.told


def again(prompt: Prompt, answer: Json) -> Heard:
    """Give an answer once more, the way it is given."""
    ref = reference(prompt.key)
    match prompt, answer:
        case _, None:
            return Pressed(ref, "skip")
        case Choices(), _:
            return Pressed(ref, "done")
        case Choice(), str(code):
            return Pressed(ref, "take", code)
        case Handing(), {
            "file": str(file),
            "name": str(name),
            "kind": str(kind),
            "size": int(size),
        }:
            return Sent(kind, file, name, size)
        case _:
            return Wrote(str(answer))


@many
@given(plans, moves, st.integers(0, 40), ACTS, TEXTS)
def test_a_press_of_another_question_changes_nothing(
    plan: Plan, made: list[Move], number: int, act: str, code: str
) -> None:
    begin = dialogue_of(plan)
    asked = stands(course(begin, made, stops=False)[-1])
    if asked is None:
        return
    others = [*(step.prompt.key for step in asked.path), "elsewhere"]
    press = Pressed(reference(others[number % len(others)]), act, code)
    turn = advance(begin, asked.draft, press, today=TODAY)
    assert isinstance(turn, Stale)
    assert turn.now.draft == asked.draft


@many
@given(plans, plans, moves)
def test_a_dialogue_rewritten_meanwhile_keeps_what_still_fits(
    plan: Plan, other: Plan, made: list[Move]
) -> None:
    before = stands(course(dialogue_of(plan), made, stops=False)[-1])
    if before is None:
        return
    begin = dialogue_of(other)
    turn = advance(begin, restored(before.draft), Wrote("x"), today=TODAY)
    asked = stands(turn)
    assert asked is not None  # the review is still to come
    if before.draft.at != asked.prompt.key and asked.taken is None:
        assert asked.changed
    held = {**asked.draft.answers, **asked.draft.kept}
    assert set(held) >= set(before.draft.answers)
    on_the_way = {step.prompt.key: step.answer for step in asked.path if step is not asked.taken}
    assert on_the_way.items() <= before.draft.answers.items()


# Long texts, files nobody asked for, answers being edited.

LONG = "".join(chr(0x4E00 + n) for n in range(4096))


def long_answer() -> Dialogue[str]:
    text = yield from write("text", at_most=3000)
    yield from write("more")
    return text


def refused(held: Talk) -> str:
    assert held.now.refusal is not None
    return held.now.refusal.key


def test_the_rest_of_a_text_that_came_in_pieces_is_not_taken_for_the_answer() -> None:
    held = talk(long_answer).write(LONG)
    assert refused(held) == "refused.too_long"
    assert refused(held.write(LONG[::-1])) == "refused.in_pieces"
    held.write("的後半段")
    assert (refused(held), held.answers) == ("refused.in_pieces", {})


def test_after_pieces_a_text_sent_once_more_is_the_answer() -> None:
    held = talk(long_answer).write(LONG, "整個回答").write("整個回答")
    assert held.answers == {"text": "整個回答"}


def test_a_shortened_text_that_begins_alike_is_taken_at_once() -> None:
    assert talk(long_answer).write(LONG, LONG[:2900]).answers == {"text": LONG[:2900]}


def test_a_short_text_after_one_a_little_too_long_is_taken_at_once() -> None:
    held = talk(report).write("字" * 21).write("橋")
    assert held.answers == {"title": "橋"}


def test_a_file_sent_to_any_other_question_is_said_not_to_be_kept() -> None:
    def form() -> Dialogue[None]:
        yield from count("count")

    photo = Sent(kind="photo", file="x", name="", size=1)
    held = talk(form).hear(photo)
    assert refused(held) == "refused.file_not_kept"
    assert talk(report).hear(photo).now.refusal is not None
    assert refused(talk().write("橋").hear(photo)) == "refused.file_not_kept"


def acts_offered(held: Talk) -> set[str]:
    buttons = [button for row in present(held.now).buttons for button in row]
    return {button.does.act for button in buttons if isinstance(button.does, Press)}


def test_from_an_answer_being_edited_the_way_out_leads_back_to_the_review() -> None:
    held = at_review().edit("title")
    assert acts_offered(held) == {"keep"}
    assert "engine.former" in [getattr(said, "key", "") for said in present(held.now).phrases]
    held.press("keep")
    assert (held.now.prompt.key, held.answers["title"]) == ("check", "橋")


def test_a_question_passed_over_and_edited_is_passed_over_again_to_the_review() -> None:
    held = at_review().edit("contact")
    assert "cancel" not in acts_offered(held)
    assert held.press("skip").now.prompt.key == "check"
