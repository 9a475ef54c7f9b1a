"""A button named instead of pressed: what it says, typed out, is taken as the press."""

from collections.abc import Sequence

from dialogs.engine import Asked
from dialogs.messages import plain_words
from dialogs.presentation import present
from dialogs.prompts import Pressed, plain, reference
from dialogs.speech import Button, Press
from dialogs.vocabulary import Language

ORNAMENTS = "✅✕‹› "  # signs before the words of a button, which nobody types


def named(asked: Asked, text: str) -> Pressed | None:
    """Find the button of a question whose words, in any language of ours, somebody typed."""
    does = named_among(present(asked).buttons, text)
    return Pressed(reference(asked.prompt.key), does.act, does.code) if does else None


def named_among(rows: Sequence[Sequence[Button]], text: str) -> Press | None:
    """Find what the button does whose words somebody typed."""
    typed = folded(text)
    for row in rows:
        for button in row:
            if not isinstance(button.does, Press) or not typed:
                continue
            if typed in {folded(plain_words(button.label, language)) for language in Language}:
                return button.does
    return None


def folded(words: str) -> str:
    """Fold what makes no difference between words typed and words on a button."""
    return plain(words).strip(ORNAMENTS).casefold()
