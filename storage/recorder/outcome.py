"""The outcome of an event, and the two steps by which it is written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from sqlmodel import Session

from dialogs.speech import Button, Go, Phrase, Reply
from dialogs.vocabulary import Language, Verdict
from storage.occasion import Occasion


@dataclass(frozen=True)
class Outcome:
    """What a person hears of it: replies, a word on the button pressed, what begins next.

    `marks` are the buttons that take the place of those pressed, `redrawn` what takes the place of
    the whole message they stood under; `language` is one chosen just now. `about` is what the audit
    log says it was about, where no button said it; `verdict` what it calls it, where that is not
    the same for all an action comes to.
    """

    replies: Sequence[Reply] = ()
    alert: Phrase | None = None
    marks: Sequence[Sequence[Button]] | None = None
    redrawn: Reply | None = None
    then: Go | None = None
    language: Language | None = None
    about: str = ""
    verdict: Verdict | None = None


@singledispatch
def prepare(event: object, occasion: Occasion) -> Any:
    """Do the slow part of an event before any lock is held; most have none."""
    return None


@singledispatch
def record(event: object, session: Session, occasion: Occasion, prepared: Any) -> Outcome:
    """Write an event down; raise Refused if it can no longer be, and write nothing."""
    raise NotImplementedError(type(event).__name__)
