"""Long lists, cut into messages a channel can hold."""

from collections.abc import Sequence

from dialogs.messages import plain_words
from dialogs.speech import Sayable
from dialogs.vocabulary import Language

FULL = 2400  # characters of a page; a channel holds 4096, and a heading comes on top


def in_pages(
    lines: Sequence[Sayable], language: Language, *, full: int = FULL
) -> Sequence[Sequence[Sayable]]:
    """Cut lines into pages; a line is never cut."""
    pages: list[list[Sayable]] = [[]]
    room = full
    for line in lines:
        length = len(plain_words(line, language)) + 1
        if pages[-1] and length > room:
            pages.append([])
            room = full
        pages[-1].append(line)
        room -= length
    return pages
