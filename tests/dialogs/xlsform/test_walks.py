"""Whatever the questionnaire and whatever is answered, the conversation holds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.engine import Asked, Draft, Ended, Turn, advance, resume
from dialogs.prompts import (
    Choice,
    Choices,
    Day,
    Heard,
    Json,
    Number,
    Pressed,
    Prompt,
    Reviewing,
    Writing,
    Wrote,
    reference,
)
from dialogs.xlsform.form import Calculation, Form, Group, Item, Note, Question, Repeat
from dialogs.xlsform.play import FormAnswered, play
from dialogs.xlsform.reading import read_form

from .builders import TODAY, Cell, q, survey

LIST = [("abc", name, name.upper()) for name in "abc"]
KINDS = ["text", "integer", "decimal", "date", "select_one abc", "select_multiple abc"]
STEPS = 40

CONDITIONS: Mapping[str, Sequence[str]] = {
    "text": ["${x} != ''", "string-length(${x}) > 1", "regex(${x}, '[a-z]+')"],
    "integer": ["${x} > 2", "${x} = ''", "not(${x} mod 2 = 0)"],
    "decimal": ["${x} < 2.5", "coalesce(${x}, 0) >= 0"],
    "date": ["${x} < today()", "${x} != ''"],
    "select_one abc": ["${x} = 'a'", "selected(${x}, 'b')"],
    "select_multiple abc": ["selected(${x}, 'a')", "count-selected(${x}) > 1"],
}
CONSTRAINTS: Mapping[str, str] = {
    "text": "string-length(.) < 4",
    "integer": ". >= 0 and . < 5",
    "decimal": ". > 0",
    "date": ". <= today()",
    "select_one abc": ". != 'c'",
    "select_multiple abc": "not(selected(., 'c'))",
}


class Writer:
    """Writes a questionnaire at random, every condition about an earlier question."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.rows: list[Mapping[str, Cell]] = []
        self.asked: list[tuple[str, str]] = []
        self.named = 0

    def name(self) -> str:
        self.named += 1
        return f"n{self.named}"

    def condition(self) -> str | None:
        """Make a condition, if there is something to make it of."""
        if not self.asked or not self.draw(st.booleans()):
            return None
        name, kind = self.draw(st.sampled_from(self.asked))
        return self.draw(st.sampled_from(CONDITIONS[kind])).replace("${x}", f"${{{name}}}")

    def write(self, depth: int) -> None:
        """Write some rows."""
        for _ in range(self.draw(st.integers(1, 4))):
            match self.draw(st.integers(0, 9)):
                case 0 if depth < 2:
                    self.within("group", depth)
                case 1 if depth < 2:
                    count = self.draw(st.sampled_from([None, "2", "${%s}"]))
                    numbers = [name for name, kind in self.asked if kind == "integer"]
                    if count == "${%s}":
                        count = count % self.draw(st.sampled_from(numbers)) if numbers else "1"
                    self.within("repeat", depth, repeat_count=count)
                case 2:
                    about = self.draw(st.sampled_from(self.asked))[0] if self.asked else "n0"
                    source = f"concat(${{{about}}}, '!')" if self.asked else "1 + 1"
                    self.rows.append(q("calculate", self.name(), None, calculation=source))
                case 3:
                    self.rows.append(q("note", self.name(), relevant=self.condition()))
                case _:
                    self.question()

    def within(self, what: str, depth: int, **columns: Cell) -> None:
        """Write a group or a repeat."""
        begin = q(f"begin {what}", self.name(), relevant=self.condition())
        self.rows.append({**begin, **columns})
        self.write(depth + 1)
        self.rows.append(q(f"end {what}", "", None))

    def question(self) -> None:
        """Write a question."""
        kind, name = self.draw(st.sampled_from(KINDS)), self.name()
        self.rows.append(
            q(
                kind,
                name,
                relevant=self.condition(),
                required=self.draw(st.sampled_from(["yes", "no", None])) or self.condition(),
                constraint=CONSTRAINTS[kind] if self.draw(st.booleans()) else None,
                choice_filter="name != 'b'" if "abc" in kind and self.draw(st.booleans()) else None,
                default=self.draw(st.sampled_from([None, "a"])) if "abc" in kind else None,
            )
        )
        self.asked.append((name, kind))


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Write a questionnaire and read it."""
    writer = Writer(draw)
    writer.write(0)
    return read_form(survey(*writer.rows, choices=LIST), "random")


@st.composite
def answers(draw: st.DrawFn, prompt: Prompt) -> Heard:
    """Answer a question, mostly with something that may do."""
    press = partial(Pressed, reference(prompt.key))
    ways: list[Heard] = [press("skip"), press("keep"), press("proposed"), press("back")]
    match prompt:
        case Reviewing():
            return press("send")
        case Choices():
            ways += [press("done"), Wrote("a"), Wrote("a、c"), press("pick", "a")] * 2
        case Choice(options=options):
            ways += [press("take", option.code) for option in options] * 2
        case Number():
            ways += [Wrote(text) for text in ("0", "1", "3", "２", "-4", "0.5", "x")]
        case Day():
            ways += [Wrote(text) for text in ("今天", "2020-02-29", "明天", "昨日")]
        case Writing():
            ways += [Wrote(text) for text in ("abc", "清風", "far too long", " ")]
    return draw(st.sampled_from(ways))


def now(turn: Turn[FormAnswered]) -> Asked:
    """Take the question a conversation waits at."""
    assert isinstance(turn, Asked)
    return turn


def again(draft: Draft) -> Draft:
    """Put a draft away as JSON and take it out."""
    kept = json.loads(json.dumps(asdict(draft), ensure_ascii=False))
    return Draft(**{**kept, "picked": tuple(kept["picked"])})


def shown(asked: Asked) -> tuple[Any, ...]:
    """What a person sees of a question."""
    prompt = asked.prompt
    options = getattr(prompt, "options", ())
    return prompt.key, prompt.question(), prompt.optional, prompt.proposed, [*options], asked.draft


@settings(max_examples=120, suppress_health_check=list(HealthCheck))
@given(forms(), st.data())
def test_a_conversation_keeps_its_place(form: Form, data: st.DataObject) -> None:
    begin = partial(play, form, today=TODAY)
    asked = now(resume(begin, Draft()))
    for _ in range(STEPS):
        assert shown(now(resume(begin, again(asked.draft)))) == shown(asked)
        heard = data.draw(answers(asked.prompt))
        turn = advance(begin, asked.draft, heard, today=TODAY)
        assert turn_of(turn) == turn_of(advance(begin, again(asked.draft), heard, today=TODAY))
        if isinstance(turn, Ended):
            assert_fits(form, turn.event)
            return
        back_and_keep(begin, asked)
        asked = now(turn)
    finish(begin, asked, form)


def turn_of(turn: Turn[FormAnswered]) -> Any:
    """Compare turns by what a person sees."""
    return shown(turn) if isinstance(turn, Asked) else turn


def back_and_keep(begin: Any, asked: Asked) -> None:
    """Go back and keep the answer: the same place."""
    if not asked.path:
        return
    back = Pressed(reference(asked.prompt.key), "back")
    earlier = now(advance(begin, asked.draft, back, today=TODAY))
    assert earlier.prompt.key == asked.path[-1].prompt.key
    keep = Pressed(reference(earlier.prompt.key), "keep")
    later = now(advance(begin, earlier.draft, keep, today=TODAY))
    assert later.refusal is None
    assert later.prompt.key == asked.prompt.key
    assert later.draft.answers == asked.draft.answers


GOOD: Mapping[type[Prompt], str] = {
    Number: "1",
    Day: "2020-02-29",
    Writing: "abc",
    Choices: "a",
}


def finish(begin: Any, asked: Asked, form: Form) -> None:
    """Answer all that is left with what is surely good; the end comes."""
    for _ in range(400):
        press = partial(Pressed, reference(asked.prompt.key))
        match asked.prompt:
            case Reviewing():
                turn = advance(begin, asked.draft, press("send"), today=TODAY)
                assert isinstance(turn, Ended)
                assert_fits(form, turn.event)
                return
            case Choices() | Number() | Day() | Writing() as prompt:
                heard: Heard = Wrote(GOOD[type(prompt)])
            case Choice() if ".more." in asked.prompt.key:
                heard = press("take", "no")
            case _:
                heard = press("take", "a")
        turn = advance(begin, asked.draft, heard, today=TODAY)
        assert now(turn).refusal is None
        asked = now(turn)
    raise AssertionError("no end")


def assert_fits(form: Form, event: FormAnswered) -> None:
    """Hold a result against its form."""
    assert json.loads(json.dumps(event.answers)) == event.answers
    assert_items(form.items, dict(event.answers))


def assert_items(items: Sequence[Item], answered: dict[str, Json]) -> None:
    """Hold what was answered against its items: nothing unknown, notes never, kinds right."""
    by_name = {item.name: item for item in items}
    assert set(answered) <= set(by_name)
    for name, answer in answered.items():
        match by_name[name]:
            case Repeat(items=inner):
                assert isinstance(answer, list)
                for one in answer:
                    assert isinstance(one, dict)
                    assert_items(inner, one)
            case Group(items=inner):
                assert isinstance(answer, dict)
                assert_items(inner, answer)
            case Question() as question:
                assert not (question.required == "true()" and answer in (None, []))
            case Note():
                raise AssertionError("a note was answered")
    unconditional = [
        item.name for item in items if isinstance(item, Group | Calculation) and not item.relevant
    ]
    assert set(unconditional) <= set(answered)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(forms())
def test_answers_of_hidden_questions_never_come_back(form: Form) -> None:
    """What was answered and is hidden afterwards by changing the first answer is left out."""
    begin = partial(play, form, today=TODAY)
    asked = now(resume(begin, Draft()))
    for _ in range(400):
        if isinstance(asked.prompt, Reviewing):
            break
        code = "a"
        if ".more." in asked.prompt.key:
            code = "yes" if asked.prompt.key.endswith(".more.1") else "no"
        heard: Heard = Pressed(reference(asked.prompt.key), "take", code)
        if isinstance(asked.prompt, Choices | Number | Day | Writing):
            heard = Wrote(GOOD[type(asked.prompt)])
        asked = now(advance(begin, asked.draft, heard, today=TODAY))
    visible = {step.prompt.key for step in asked.path}
    if asked.path and asked.path[0].prompt.optional:
        edit = Pressed(reference(asked.prompt.key), "edit", reference(asked.path[0].prompt.key))
        asked = now(advance(begin, asked.draft, edit, today=TODAY))
        skip = Pressed(reference(asked.prompt.key), "skip")
        asked = now(advance(begin, asked.draft, skip, today=TODAY))
        if not isinstance(asked.prompt, Reviewing):
            return
        visible = {step.prompt.key for step in asked.path}
    ended = advance(begin, asked.draft, Pressed(reference(asked.prompt.key), "send"), today=TODAY)
    assert isinstance(ended, Ended)
    asked_for = {key for key in visible if ".more." not in key}
    assert keys(form.items, dict(ended.event.answers)) == asked_for


def keys(items: Sequence[Item], answered: dict[str, Any], above: str = "") -> set[str]:
    """List the keys of the questions that were answered."""
    found: set[str] = set()
    for item in items:
        if item.name not in answered:
            continue
        match item:
            case Repeat(items=inner):
                for number, one in enumerate(answered[item.name], 1):
                    found |= keys(inner, one, f"{above}{item.name}.{number}.")
            case Group(items=inner):
                found |= keys(inner, answered[item.name], f"{above}{item.name}.")
            case Question():
                found.add(above + item.name)
    return found
