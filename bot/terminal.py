"""A questionnaire played in the terminal, a line an answer."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

import typer

from dialogs.engine import Asked, Draft, Stale, advance, resume
from dialogs.messages import plain_words
from dialogs.presentation import present
from dialogs.prompts import (
    Choice,
    Choices,
    Handing,
    Heard,
    Json,
    Pressed,
    Prompt,
    Reviewing,
    Sent,
    Wrote,
    reference,
)
from dialogs.vocabulary import Language
from dialogs.xlsform import play as playing
from dialogs.xlsform.form import Form

BACK = "<"


class Stuck(Exception):  # noqa: N818 - named after what happened
    """It cannot go on: an answer of a file was refused, or the answers have run out."""


def play(
    form: Form, *, today: date, language: Language, lines: Iterator[str], strict: bool
) -> Mapping[str, Json]:
    """Play a questionnaire to its end and give the answers.

    Raises Stuck when the lines run out and, if `strict`, when one of them is refused.
    """
    begin = partial(playing.play, form, today=today)
    turn = resume(begin, Draft())
    number = 0
    while isinstance(turn, Asked):
        typer.echo(shown(turn, language), err=True)
        if isinstance(turn.prompt, Reviewing):
            heard: Heard = Pressed(reference(turn.prompt.key), "send")
        else:
            number += 1
            line = next(lines, None)
            if line is None:
                raise Stuck(f"No answer is left for: {asked(turn, language)}")
            heard = understood(turn.prompt, line)
        after = advance(begin, turn.draft, heard, today=today)
        if isinstance(after, Stale):
            continue
        if strict and isinstance(after, Asked) and after.refusal:
            refusal = plain_words(after.refusal, language)
            raise Stuck(f"Answer {number} is refused: {refusal}\n{asked(turn, language)}")
        turn = after
    return turn.event.answers


def asked(turn: Asked, language: Language) -> str:
    """Say the question alone."""
    return plain_words(turn.prompt.question(), language)


def shown(turn: Asked, language: Language) -> str:
    """Say the question with all that goes with it, and number its options."""
    said = [plain_words(phrase, language) for phrase in present(turn).phrases]
    if isinstance(turn.prompt, Choice):
        said += [
            f"  {number}. {plain_words(option.label, language)}"
            for number, option in enumerate(turn.prompt.options, 1)
        ]
    return "\n".join(["", *said])


def understood(prompt: Prompt, line: str) -> Heard:
    """Understand a line as what a person would have done in the chat."""
    line, mark = line.strip(), reference(prompt.key)
    if line == BACK:
        return Pressed(mark, "back")
    if not line and prompt.proposed is not None:
        return Pressed(mark, "proposed")
    if not line and prompt.optional:
        return Pressed(mark, "skip")
    match prompt:
        case Choices():
            parts = [numbered(prompt, part.strip()) for part in line.split(",")]
            return Wrote("\n".join(parts))
        case Choice():
            return Wrote(numbered(prompt, line))
        case Handing(kinds=(kind, *_)) if line:
            return Sent(kind, line, Path(line).name)
        case _:
            return Wrote(line)


def numbered(prompt: Choice, text: str) -> str:
    """Give the code of the option of a number; what is an option itself stays."""
    if prompt.typed(text) or not (text.isascii() and text.isdigit()):
        return text
    at = int(text) - 1
    return prompt.options[at].code if 0 <= at < len(prompt.options) else text
