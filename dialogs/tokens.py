"""What a button carries: a few signs that say what it does, and never any text of a person.

`g:<action>:<subject>` begins an action; `p:<talk>:<prompt>:<act>:<code>` acts on a prompt of an
unfinished dialogue. A token fits Telegram's 64 bytes.
"""

from dataclasses import dataclass

from dialogs.prompts import Pressed
from dialogs.speech import Go, Press

LONGEST = 64


@dataclass(frozen=True)
class TalkPressed:
    """A button of an unfinished dialogue was pressed."""

    talk: str
    pressed: Pressed


def write_token(does: Go | Press, *, talk: str, prompt: str) -> str:
    """Write what a button carries.

    Raises ValueError if it is too long, which is a fault of the dialogue.
    """
    match does:
        case Go(action, subject):
            token = f"g:{action}:{subject}"
        case Press(act, code):
            token = f"p:{talk}:{prompt}:{act}:{code}"
    if len(token.encode()) > LONGEST:
        raise ValueError(f"a button carries at most {LONGEST} bytes: {token}")
    return token


def read_token(token: str) -> Go | TalkPressed | None:
    """Read what a pressed button carried; None if we never wrote it."""
    match token.split(":", 4):
        case ["g", action, subject]:
            return Go(action, subject)
        case ["p", talk, prompt, act, code]:
            return TalkPressed(talk, Pressed(prompt, act, code))
        case _:
            return None
