"""A conversation without a bot: what a person writes and presses, and what they are shown."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from dialogs.engine import Asked, Draft, Ended, Stale, advance, resume
from dialogs.flows import FLOWS
from dialogs.messages import Rendered, render
from dialogs.presentation import present
from dialogs.prompts import Heard, Wrote, reference
from dialogs.rules.access import Action
from dialogs.speech import Reply
from dialogs.tokens import TalkPressed, read_token
from dialogs.vocabulary import Language

TALK = "00000000"


class Conversation:
    """One dialogue, from its first question to what comes of it."""

    def __init__(
        self,
        action: Action,
        told: object,
        *,
        today: date = date(2026, 3, 2),
        language: Language = Language.ZH_HANT,
    ) -> None:
        self.begin: Callable[[], Any] = partial(FLOWS[action].begin, told)
        self.today = today
        self.language = language
        self.turn: Asked | Ended[Any] = resume(self.begin, Draft())

    @property
    def asked(self) -> Asked:
        """The question it waits at."""
        assert isinstance(self.turn, Asked), "the conversation is over"
        return self.turn

    @property
    def event(self) -> Any:
        """What came of it."""
        assert isinstance(self.turn, Ended), f"still asking {self.shown().text}"
        return self.turn.event

    def shown(self) -> Rendered:
        """What the person sees now."""
        if isinstance(self.turn, Ended):
            return render(Reply(self.turn.told), self.language)
        return render(
            present(self.turn),
            self.language,
            talk=TALK,
            prompt=reference(self.turn.prompt.key),
        )

    def hear(self, heard: Heard) -> None:
        """Take what the person did."""
        turn = advance(self.begin, self.asked.draft, heard, today=self.today)
        assert not isinstance(turn, Stale), "a button of another question"
        self.turn = turn

    def say(self, *texts: str) -> "Conversation":
        """Write, one message after the other."""
        for text in texts:
            self.hear(Wrote(text))
        return self

    def press(self, *labels: str) -> "Conversation":
        """Press buttons by what they say, or begin with."""
        for label in labels:
            self.hear(self.button(label).pressed)
        return self

    def button(self, label: str) -> TalkPressed:
        """Find a button by what it says, or else by what it contains."""
        keys = [key for row in self.shown().rows for key in row]
        fitting = [does for says, does in keys if says == label] or [
            does for says, does in keys if label in says
        ]
        assert fitting, f"no button {label!r} among {[says for says, _ in keys]}"
        token = read_token(fitting[0])
        assert isinstance(token, TalkPressed)
        return token
