"""審計日誌 as a workbook: an entry a row, with the digest that binds it to the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogs.documents.workbook import Page, write_sheets
from dialogs.messages import plain_words
from dialogs.speech import Phrase, Sayable
from dialogs.vocabulary import Language, Verdict

SIGN = re.compile(
    "[\u2190-\u2bff\U0001f000-\U0001faff]\ufe0f? ?"
)  # what a button begins with has no place on paper
COLUMNS = (
    ("序號", 9),
    ("時間", 20),
    ("姓名", 14),
    ("類別", 10),
    ("事項", 22),
    ("關於", 36),
    ("摘要", 70),
)


@dataclass(frozen=True)
class EntryRead:
    """An entry as it is shown: when in the township's time, who, what, about what."""

    ordinal: int
    at: datetime
    person: str
    verdict: Verdict
    action: Sayable
    about: Sayable | None
    digest: str

    @property
    def who(self) -> Sayable:
        """Who it was; somebody who has not joined has no name here."""
        return self.person or Phrase("audit.stranger")


def write_log(entries: Sequence[EntryRead]) -> bytes:
    """Write entries down, the oldest first."""
    return write_sheets([Page("審計日誌", COLUMNS, [row(entry) for entry in entries])])


def row(entry: EntryRead) -> Sequence[str | int]:
    """Write an entry as its cells."""
    words = (entry.who, entry.verdict, entry.action, entry.about or "")
    said = [SIGN.sub("", plain_words(word, Language.ZH_HANT)) for word in words]
    at = f"{entry.at:%Y-%m-%d %H:%M:%S}"
    return (entry.ordinal, at, *said, entry.digest)
