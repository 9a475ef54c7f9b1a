"""A questionnaire as a dialogue: one question after another, each when it is relevant."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from dialogs.asking import review
from dialogs.engine import Dialogue
from dialogs.prompts import Choice, Json, Option, Telling
from dialogs.speech import Phrase, Sayable
from dialogs.xlsform.answers import no_answer, plainest, worth, written
from dialogs.xlsform.expressions import Formula, formula
from dialogs.xlsform.form import Calculation, Form, Group, Item, Note, Question, Repeat
from dialogs.xlsform.nodes import Node, Place, Plain
from dialogs.xlsform.questions import Asking
from dialogs.xlsform.values import number

MOST_REPETITIONS = 100

Condition: TypeAlias = tuple[Formula, Place]

ONCE_MORE = (
    Option("yes", Phrase("engine.yes"), True, ("是", "有", "對", "对", "好", "y")),
    Option("no", Phrase("engine.no"), False, ("否", "沒有", "没有", "不", "n")),
)


@dataclass(frozen=True)
class FormAnswered:
    """問卷答覆: what a person answered to a version of a questionnaire.

    Groups are dicts, repeats lists of dicts, several choices lists of names, numbers numbers,
    days ISO texts, files {file, name, kind, size}. Passed-over questions are null, calculations
    are included, what was not relevant is absent.
    """

    form: str
    version: str
    answers: Mapping[str, Json] = field(repr=False)


def play(form: Form, *, today: date) -> Dialogue[FormAnswered]:
    """Play a questionnaire up to its review; `today` is what today() means."""
    playing = Playing(form, today=today)
    playing.grow(form.items, playing.survey.root, ())
    yield from playing.ask(form.items, playing.survey.root, "")
    yield from review("xlsform.review")
    return FormAnswered(form.id, form.version, playing.collect(form.items, playing.survey.root))


class Playing:
    """One questionnaire being filled in."""

    def __init__(self, form: Form, *, today: date) -> None:
        self.asking = Asking(form, today=today)
        self.survey = self.asking.survey
        self.answers: dict[Node, Json] = {}

    def grow(self, items: Sequence[Item], node: Node, conditions: Sequence[Condition]) -> None:
        """Grow the nodes of items; a calculation depends on all conditions above it."""
        for item in items:
            if isinstance(item, Repeat):
                node.children[item.name] = []
                continue
            child = node.add(item.name)
            inner = conditions
            if item.relevant:
                inner = (*conditions, (formula(item.relevant), Place(self.survey, child, child)))
            if isinstance(item, Group):
                self.grow(item.items, child, inner)
            if isinstance(item, Calculation):
                self.calculate(item.formula, child, inner)

    def calculate(self, source: str, node: Node, conditions: Sequence[Condition]) -> None:
        """Let a node be worked out whenever it is read."""
        work, place = formula(source), Place(self.survey, node, node)

        def value() -> Plain:
            if not all(test.holds(where) for test, where in conditions):
                return ""
            found = work.at(place)
            return "" if isinstance(found, float) and not math.isfinite(found) else found

        depth = max([work.depth, *(test.depth for test, _ in conditions)])
        node.formula, node.cost = value, 2 * depth + 8

    def relevant(self, item: Item, node: Node) -> bool:
        """Tell whether an item is to be asked."""
        return not item.relevant or formula(item.relevant).holds(Place(self.survey, node, node))

    def ask(self, items: Sequence[Item], node: Node, above: str) -> Dialogue[None]:
        """Ask items in their order; `above` begins their keys."""
        for item in items:
            key = above + item.name.replace(".", "..")  # a single point separates names
            at = Node(item.name, node) if isinstance(item, Repeat) else node.only(item.name)
            if not self.relevant(item, at):
                continue
            match item:
                case Repeat():
                    yield from self.repeat(item, at, key)
                case Group():
                    self.answers[at] = None
                    yield from self.tell(item, at, key)
                    yield from self.ask(item.items, at, f"{key}.")
                case Note():
                    yield Telling(key=key, ask=self.asking.worded(item.label, item.hint, at))
                case Question():
                    yield from self.question(item, at, key)

    def tell(self, item: Item, node: Node, key: str) -> Dialogue[None]:
        """Say a heading."""
        if item.label:
            yield Telling(key=key, ask=self.asking.say(item.label, node))

    def question(self, question: Question, node: Node, key: str) -> Dialogue[None]:
        """Ask one question, unless nothing can be chosen."""
        prompt = self.asking.prompt(question, node, key)
        if prompt is None:
            return
        value = yield prompt
        if value is None:
            self.answers[node] = no_answer(question.kind)
        else:
            self.answers[node] = written(value)
            self.survey.put(node, worth(value))

    def repeat(self, repeat: Repeat, ghost: Node, key: str) -> Dialogue[None]:
        """Ask some items several times: as often as counted, or as the person wants."""
        node = ghost.parent or ghost
        wanted = self.count(repeat, ghost) if repeat.count else None
        if wanted is not None and wanted > MOST_REPETITIONS:
            yield Telling(key=key, ask=Phrase("xlsform.shortened", {"most": MOST_REPETITIONS}))
        title: Sayable = Phrase("xlsform.entry")
        if repeat.label:
            title = self.asking.say(repeat.label, ghost)
        for n in range(1, MOST_REPETITIONS + 1):
            if wanted is None and not (yield another(key, title, n)):
                return
            if wanted is not None and n > wanted:
                return
            yield Telling(key=key, ask=Phrase("xlsform.repetition", {"title": title, "number": n}))
            child = node.add(repeat.name)
            self.survey.changes += 1
            self.grow(repeat.items, child, ())
            yield from self.ask(repeat.items, child, f"{key}.{n}.")

    def count(self, repeat: Repeat, node: Node) -> float:
        """Work out how often a repeat is asked; not at all if that is no number."""
        counted = number(formula(repeat.count).at(Place(self.survey, node, node)))
        return 0 if math.isnan(counted) else counted

    def collect(self, items: Sequence[Item], node: Node) -> dict[str, Json]:
        """Gather what was answered, as it is handed on."""
        gathered: dict[str, Json] = {}
        for item in items:
            match item:
                case Repeat():
                    if self.relevant(item, Node(item.name, node)):
                        gathered[item.name] = [
                            self.collect(item.items, child) for child in node.children[item.name]
                        ]
                case Group():
                    if node.only(item.name) in self.answers:
                        gathered[item.name] = self.collect(item.items, node.only(item.name))
                case Calculation(kept=True):
                    self.collect_calculation(item, node.only(item.name), gathered)
                case Question() if node.only(item.name) in self.answers:
                    gathered[item.name] = self.answers[node.only(item.name)]
        return gathered

    def collect_calculation(self, item: Item, node: Node, gathered: dict[str, Json]) -> None:
        """Gather what was worked out: numbers as numbers, days as ISO texts."""
        if not self.relevant(item, node):
            return
        value = self.survey.read(node)
        match value:
            case bool() | str():
                gathered[item.name] = value
            case date():
                gathered[item.name] = value.isoformat()
            case _:
                gathered[item.name] = plainest(value)


def another(key: str, title: Sayable, n: int) -> Choice:
    """Ask whether there is one, or one more."""
    return Choice(
        key=f"{key}.more.{n}",  # no name is a number, so no question has this key
        ask=Phrase("xlsform.first" if n == 1 else "xlsform.another", {"title": title}),
        options=ONCE_MORE,
        columns=2,
    )
