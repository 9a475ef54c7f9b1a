"""A conversation is the list of its answers, replayed through a generator to find its place."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Generic, TypeAlias, TypeVar

from dialogs.errors import Refused
from dialogs.prompts import (
    MESSAGE,
    Choices,
    Handing,
    Heard,
    Json,
    Pressed,
    Prompt,
    Reviewing,
    Sent,
    Telling,
    Writing,
    Wrote,
    reference,
    units_of,
)
from dialogs.speech import Phrase, Sayable

T = TypeVar("T")

BEGINNING = 12  # characters by which a text is known again

Dialogue: TypeAlias = Generator[Prompt, Any, T]


@dataclass(frozen=True)
class Draft:
    """All that is kept of a conversation between two messages; plain JSON once dumped.

    `answers` by prompt key; `kept` are answers taken back, offered again; `at` is the key of
    the prompt last shown; `picked` are ticks not handed in yet; `page` is the page turned to;
    `cut` is how a text began that was just refused and may be the first piece of a longer one;
    `leaving` is whether it has just been asked if all of it is to be forgotten.
    """

    answers: Mapping[str, Json] = field(default_factory=dict)
    kept: Mapping[str, Json] = field(default_factory=dict)
    at: str = ""
    picked: tuple[str, ...] = ()
    page: int = 0
    cut: str = ""
    leaving: bool = False


@dataclass(frozen=True)
class Step:
    """A question that has been answered on the way."""

    prompt: Prompt
    answer: Json

    def echo(self) -> Sayable:
        """Say the answer back; a question passed over says so."""
        if self.answer is None:
            return Phrase("engine.no_more_said" if self.prompt.further else "engine.skipped")
        return self.prompt.echo(self.answer)


@dataclass(frozen=True)
class Asked:
    """The conversation waits for an answer to `prompt`.

    `told` was said on the way here; `refusal` says why the last answer did not do; `taken` is
    that answer if it did; `changed` says that the dialogue is no longer what it was.
    """

    prompt: Prompt
    draft: Draft
    path: Sequence[Step]
    told: Sequence[Sayable] = ()
    refusal: Phrase | None = None
    taken: Step | None = None
    changed: bool = False


@dataclass(frozen=True)
class Ended(Generic[T]):
    """The conversation is over; `event` is what came of it, `asked` what was asked last."""

    event: T
    told: Sequence[Sayable] = ()
    asked: Asked | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Stale:
    """A button of a question that is no longer the one asked."""

    now: Asked


Turn: TypeAlias = "Asked | Ended[T] | Stale"


@dataclass
class Walk(Generic[T]):
    """One replay: the generator driven as far as the answers reach."""

    dialogue: Dialogue[T]
    answers: Mapping[str, Json]
    path: list[Step] = field(default_factory=list)
    told: list[Sayable] = field(default_factory=list)
    ended: Ended[T] | None = None
    taken: Step | None = None
    prompt: Prompt = field(init=False)

    def __post_init__(self) -> None:
        self.go(None)

    def go(self, value: Any) -> None:
        """Hand the dialogue a value and go on as far as the answers reach."""
        met = {step.prompt.key for step in self.path}
        try:
            while True:
                self.prompt = self.dialogue.send(value)
                if isinstance(self.prompt, Telling):
                    self.told.append(self.prompt.question())
                    value = None
                    continue
                if self.prompt.key in met:
                    raise ValueError(f"two prompts with the key {self.prompt.key}")
                met.add(self.prompt.key)
                if not self.answered():
                    return
                try:
                    value = self.accept(self.answers[self.prompt.key])
                except Refused:
                    return
        except StopIteration as end:
            self.ended = Ended(end.value, tuple(self.told))

    def answered(self) -> bool:
        """Look whether the prompt has its answer; a new answer wants a new review."""
        to_review = self.taken is not None and isinstance(self.prompt, Reviewing)
        return self.prompt.key in self.answers and not to_review

    def accept(self, answer: Json) -> Any:
        """Take an answer to the present prompt; raise Refused if it does not fit."""
        value = None
        if answer is not None or not self.prompt.optional:
            value = self.prompt.accepted(answer)
        self.path.append(Step(self.prompt, answer))
        self.told.clear()
        return value

    def asked(self, draft: Draft, *, changed: bool = False) -> Asked:
        """Say where the walk stands; a prompt newly come to starts with its page unturned.

        An answer that no longer fits is taken back.
        """
        if self.prompt.key in draft.answers:
            draft = taken_back(draft, self.prompt.key)
        if self.prompt.key != draft.at:
            draft = replace(draft, at=self.prompt.key, picked=self.ticked(draft), page=0)
        path, told = tuple(self.path), tuple(self.told)
        return Asked(self.prompt, draft, path, told, taken=self.taken, changed=changed)

    def ticked(self, draft: Draft) -> tuple[str, ...]:
        """Tick again what was ticked before the answer was taken back, or what is proposed."""
        before = draft.kept.get(self.prompt.key, self.prompt.proposed)
        if isinstance(self.prompt, Choices) and isinstance(before, list):
            return self.prompt.offered([str(code) for code in before])
        return ()


def resume(begin: Callable[[], Dialogue[T]], draft: Draft) -> Asked | Ended[T]:
    """Find the place of a conversation, or begin it with an empty draft."""
    walk = Walk(begin(), draft.answers)
    if walk.ended:
        return walk.ended
    return walk.asked(draft, changed=bool(draft.at) and draft.at != walk.prompt.key)


def advance(
    begin: Callable[[], Dialogue[T]], draft: Draft, heard: Heard, *, today: date
) -> Turn[T]:
    """Apply what a person did to their conversation.

    Only what the dialogue itself raises comes out. A wrong answer comes back as Asked with its
    refusal, a button of another question as Stale, a dialogue that changed meanwhile as Asked
    with `changed`.
    """
    walk = Walk(begin(), draft.answers)
    if walk.ended:
        return walk.ended
    if walk.prompt.key != draft.at:
        return walk.asked(draft, changed=bool(draft.at))
    if isinstance(heard, Pressed):
        draft = replace(draft, cut="")
        if heard.prompt != reference(walk.prompt.key):
            return Stale(walk.asked(draft))
        if heard.act in MOVES:
            return MOVES[heard.act](begin, walk, draft, heard.code)
    return take(walk, draft, heard, today=today)


def take(walk: Walk[T], draft: Draft, heard: Heard, *, today: date) -> Asked | Ended[T]:
    """Take an answer to the prompt the walk stands at."""
    key, asked = walk.prompt.key, walk.asked(draft)
    try:
        must_be_whole(walk.prompt, draft, heard)
        answer = read(walk.prompt, draft, heard, today=today)
        value = walk.accept(answer)
    except Refused as refused:
        again = walk.asked(replace(draft, cut=beginning(heard)))
        return replace(again, refusal=reason(refused, walk.prompt, heard))
    walk.taken = walk.path[-1]
    walk.go(value)
    if walk.ended:
        return replace(walk.ended, asked=asked)
    kept = {name: old for name, old in draft.kept.items() if name != key}
    answers = {**draft.answers, key: answer}
    return walk.asked(replace(draft, answers=answers, kept=kept, cut=""))


def must_be_whole(prompt: Prompt, draft: Draft, heard: Heard) -> None:
    """Refuse, once, what may be the rest of a refused text; one that begins alike is a new try."""
    if not draft.cut or not isinstance(prompt, Writing) or not isinstance(heard, Wrote):
        return
    if not heard.text.startswith(draft.cut):
        raise Refused("in_pieces", most=prompt.at_most)


def beginning(heard: Heard) -> str:
    """Take the beginning of a text so long that more may follow: channels cut past the half."""
    if isinstance(heard, Wrote) and units_of(heard.text) > MESSAGE // 2:
        return heard.text[:BEGINNING]
    return ""


def reason(refused: Refused, prompt: Prompt, heard: Heard) -> Phrase:
    """Say why an answer did not do; of a file nobody asked for, that it was not kept."""
    if isinstance(heard, Sent) and not isinstance(prompt, Handing):
        return Phrase("refused.file_not_kept", {"wanted": refused.phrase})
    return refused.phrase


def read(prompt: Prompt, draft: Draft, heard: Heard, *, today: date) -> Json:
    """Read an answer: one given anew, the former or proposed one, the ticks, or a skip."""
    match heard:
        case Pressed(act="keep") if prompt.key in draft.kept:
            return draft.kept[prompt.key]
        case Pressed(act="proposed") if prompt.proposed is not None:
            return prompt.proposed
        case Pressed(act="skip") if prompt.optional:
            return None
        case Pressed(act="done") if isinstance(prompt, Choices):
            return list(prompt.checked(prompt.offered(draft.picked)))
        case _:
            return prompt.read(heard, today=today)


def go_back(begin: Callable[[], Dialogue[T]], walk: Walk[T], draft: Draft, _: str) -> Turn[T]:
    """Take back the last answer."""
    if not walk.path:
        return walk.asked(draft)
    return withdraw(begin, draft, walk.path[-1].prompt.key)


def edit(begin: Callable[[], Dialogue[T]], walk: Walk[T], draft: Draft, code: str) -> Turn[T]:
    """Ask a question of the way again; later answers stay as far as they still fit."""
    for step in walk.path:
        if reference(step.prompt.key) == code:
            return withdraw(begin, draft, step.prompt.key)
    return Stale(walk.asked(draft))


def withdraw(begin: Callable[[], Dialogue[T]], draft: Draft, key: str) -> Asked | Ended[T]:
    """Take an answer back, keeping it at hand."""
    draft = taken_back(draft, key)
    walk = Walk(begin(), draft.answers)
    return walk.ended or walk.asked(draft)


def taken_back(draft: Draft, key: str) -> Draft:
    """Move an answer to those that are kept."""
    answers = {name: answer for name, answer in draft.answers.items() if name != key}
    return replace(draft, answers=answers, kept={**draft.kept, key: draft.answers[key]})


def tick(_: Callable[[], Dialogue[T]], walk: Walk[T], draft: Draft, code: str) -> Turn[T]:
    """Tick an option, or untick it."""
    if not isinstance(walk.prompt, Choices):
        return Stale(walk.asked(draft))
    try:
        code = walk.prompt.find(code).code
    except Refused as refused:
        return replace(walk.asked(draft), refusal=refused.phrase)
    picked = draft.picked
    picked = tuple(p for p in picked if p != code) if code in picked else (*picked, code)
    return walk.asked(replace(draft, picked=picked))


def tick_all(_: Callable[[], Dialogue[T]], walk: Walk[T], draft: Draft, code: str) -> Turn[T]:
    """Tick every option; once all are ticked, none."""
    if not isinstance(walk.prompt, Choices) or not walk.prompt.whole:
        return Stale(walk.asked(draft))
    every = tuple(option.code for option in walk.prompt.options)
    picked = () if set(every) <= set(draft.picked) else every
    return walk.asked(replace(draft, picked=picked))


def turn_page(_: Callable[[], Dialogue[T]], walk: Walk[T], draft: Draft, code: str) -> Turn[T]:
    """Turn to another page of options or of the review."""
    is_page = code.isascii() and code.isdigit() and len(code) <= 3
    return walk.asked(replace(draft, page=int(code) if is_page else 0))


Move: TypeAlias = "Callable[[Callable[[], Dialogue[Any]], Walk[Any], Draft, str], Turn[Any]]"
MOVES: Mapping[str, Move] = {
    "back": go_back,
    "edit": edit,
    "pick": tick,
    "all": tick_all,
    "page": turn_page,
}
