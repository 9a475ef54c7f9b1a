"""Each question of a questionnaire as a prompt, with its words filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from dialogs.errors import Refused
from dialogs.prompts import Choice, Choices, Day, Handing, Json, Number, Option, Prompt, Writing
from dialogs.speech import Label, Phrase, Sayable
from dialogs.xlsform import form as forms
from dialogs.xlsform.answers import code, proposal, worth
from dialogs.xlsform.expressions import formula
from dialogs.xlsform.form import Form, Question, Scale, Wording
from dialogs.xlsform.kinds import Kind
from dialogs.xlsform.moments import AtTime
from dialogs.xlsform.nodes import Node, Place, Said, Survey
from dialogs.xlsform.values import text

MENTION = re.compile(r"\$\{\s*([^}]*?)\s*\}")
LONGEST = 4000  # characters of a text, about what one Telegram message holds
BUTTONS = 21  # numbers of a scale that are offered as buttons
NARROW = 6  # characters of a button that leaves room for a second one


class Asking:
    """Makes the prompts of one filling-in."""

    def __init__(self, form: Form, *, today: date) -> None:
        self.form = form
        self.survey = Survey(today=today, paths=form.paths, name_choice=self.choice_name)
        self.survey.instances = form.instances

    def say(self, wording: Wording, node: Node) -> Label:
        """Fill answers into a text, in each of its languages."""
        if not wording.mentions:
            return wording.label

        def fill(language: str) -> Callable[[re.Match[str]], str]:
            return lambda found: self.answer(found[1], node, language)

        return Label(
            {language: MENTION.sub(fill(language), words) for language, words in wording.texts}
        )

    def answer(self, name: str, node: Node, language: str) -> str:
        """Say an answer within a text: choices by their labels, all else as it is."""
        nodes = node.follow(self.survey.paths[name])
        value = self.survey.read(nodes[0]) if nodes else ""
        question = self.form.questions.get(name)
        if question and question.choices and isinstance(value, str):
            value = self.choice_name(name, value)
        if isinstance(value, Said):
            return value.texts.get(language, value)
        return text(value)

    def choice_name(self, name: str, value: str) -> str:
        """Give the labels of what was chosen, in all languages at once."""
        question = self.form.questions.get(name)
        labels = (
            {c.name: c.label for c in self.form.choices.get(question.choices, ())}
            if (question)
            else {}
        )
        chosen = [dict(labels[part].texts) for part in value.split() if part in labels]
        if value in labels:  # the name of a single choice may hold a blank
            chosen = [dict(labels[value].texts)]
        tags = dict.fromkeys(tag for texts in chosen for tag in texts)
        texts = {
            tag: ("、" if tag.startswith("zh") else ", ").join(
                texts.get(tag) or next(iter(texts.values())) for texts in chosen
            )
            for tag in tags
        }
        said = Said(next(iter(texts.values()), value))
        said.texts = texts
        return said

    def worded(self, label: Wording, hint: Wording, node: Node) -> Sayable:
        """Put a question and its hint together."""
        if not hint or not label:
            return self.say(label or hint, node)
        return Phrase(
            "xlsform.question", {"label": self.say(label, node), "hint": self.say(hint, node)}
        )

    def prompt(self, question: Question, node: Node, key: str) -> Prompt | None:
        """Make the prompt of a question; none if its filter leaves nothing to choose."""
        place = Place(self.survey, node, node)
        required = bool(question.required) and formula(question.required).holds(place)
        options = self.options(question, node)
        if question.scale:
            options = on_scale(question.scale)
        if question.choices and not options:
            return None
        return PROMPTS[question.kind](
            options,
            key=key,
            ask=self.worded(question.label, question.hint, node),
            optional=not required,
            proposed=self.proposed(question, options, place),
            check=self.check(question, node, required=required),
        )

    def proposed(self, question: Question, options: Sequence[Option], place: Place) -> Json:
        """Make the answer a default proposes."""
        if not question.default:
            return None
        offered = [str(option.value) for option in options]
        return proposal(question.kind, formula(question.default).at(place), offered)

    def options(self, question: Question, node: Node) -> Sequence[Option]:
        """List what may be chosen, after the filter."""
        if not question.choice_filter and question.choices in self.form.options:
            return self.form.options[question.choices]
        choices: Sequence[forms.Choice] = self.form.choices.get(question.choices, ())
        if question.choice_filter:
            passes = formula(question.choice_filter).holds
            rows = self.form.rows[question.choices]
            choices = [
                choice
                for choice, row in zip(choices, rows, strict=True)
                if not choice.columns or passes(Place(self.survey, row, node))
            ]
        return [
            Option(code(choice.name), self.say(choice.label, node), choice.name)
            for choice in choices
        ]

    def check(
        self, question: Question, node: Node, *, required: bool
    ) -> Callable[[Any], None] | None:
        """Refuse what the questionnaire does not accept, in its own words where it has some."""
        several = required and question.kind is Kind.SELECT_MULTIPLE
        scale = question.scale
        if not question.constraint and not several and not scale:
            return None

        def check(value: Any) -> None:
            if several and not value:
                raise self.refused("required", question.required_message, node)
            if scale and not scale.has(value):
                said = {"low": str(scale.low), "high": str(scale.high), "step": str(scale.step)}
                raise Refused("not_on_scale", **said)
            if not question.constraint or value == ():
                return
            self.survey.put(node, worth(value))
            held = formula(question.constraint).holds(Place(self.survey, node, node))
            self.survey.put(node, "")
            if not held:
                raise self.refused("constraint", question.constraint_message, node)

        return check

    def refused(self, what: str, message: Wording, node: Node) -> Refused:
        """Refuse in the questionnaire's own words, or else in ours."""
        if message:
            return Refused("xlsform.message", message=self.say(message, node))
        return Refused(f"xlsform.{what}")


def columns(options: Sequence[Option]) -> int:
    """Let short choices stand two in a row."""
    words = [
        text
        for option in options
        if isinstance(option.label, Label)
        for text in option.label.texts.values()
    ]
    return 2 if all(len(text) <= NARROW for text in words) else 1


def one(options: Sequence[Option], **shared: Any) -> Prompt:
    """Ask for one of some choices."""
    return Choice(options=options, columns=columns(options), **shared)


def several(options: Sequence[Option], **shared: Any) -> Prompt:
    """Ask for several of some choices."""
    return Choices(options=options, at_most=len(options), columns=columns(options), **shared)


def ranking(options: Sequence[Option], **shared: Any) -> Prompt:
    """Ask for all of some choices, in an order."""
    count = len(options)
    ask = Phrase("xlsform.rank", {"question": shared.pop("ask")})
    rows = columns(options)
    return Choices(options=options, at_least=count, at_most=count, columns=rows, ask=ask, **shared)


def on_scale(scale: Scale) -> Sequence[Option]:
    """List the numbers of a short scale; none of a long one, whose numbers are written."""
    numbers = [number.normalize() for number in scale.numbers(BUTTONS)]
    return [Option(f"{number:f}", f"{number:f}", number) for number in numbers]


def scaled(options: Sequence[Option], **shared: Any) -> Prompt:
    """Ask for a number of a scale."""
    if not options:
        return Number(decimal=True, **shared)
    return Choice(options=options, columns=5, **shared)


SEEN = (Option("ok", Phrase("xlsform.acknowledge"), "OK"),)
PROMPTS: Mapping[Kind, Callable[..., Prompt]] = {
    Kind.TEXT: lambda _, **shared: Writing(at_most=LONGEST, **shared),
    Kind.INTEGER: lambda _, **shared: Number(**shared),
    Kind.DECIMAL: lambda _, **shared: Number(decimal=True, **shared),
    Kind.DATE: lambda _, **shared: Day(**shared),
    Kind.SELECT_ONE: one,
    Kind.SELECT_MULTIPLE: several,
    Kind.ACKNOWLEDGE: lambda _, **shared: Choice(options=SEEN, **shared),
    Kind.IMAGE: lambda _, **shared: Handing(kinds=("photo", "document"), **shared),
    Kind.AUDIO: lambda _, **shared: Handing(kinds=("voice", "document"), **shared),
    Kind.FILE: lambda _, **shared: Handing(kinds=("document", "photo"), **shared),
    Kind.VIDEO: lambda _, **shared: Handing(kinds=("video", "document"), **shared),
    Kind.TIME: lambda _, **shared: AtTime(kind=Kind.TIME, **shared),
    Kind.MOMENT: lambda _, **shared: AtTime(kind=Kind.MOMENT, **shared),
    Kind.RANGE: scaled,
    Kind.RANK: ranking,
}
