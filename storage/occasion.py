"""The occasion of a unit of work: who, where, when, and the keys at hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from uuid import UUID

from dialogs.errors import Refused
from dialogs.rules.access import Action, Standing, reaches
from dialogs.rules.calendar import Calendar
from dialogs.vocabulary import Language, Role
from storage.database import Database
from storage.memory import Memory
from storage.people import Known
from storage.sealing import Keyring


@dataclass(frozen=True)
class Occasion:
    """What a unit of work needs to know of the moment it happens in.

    `now` is aware; `today` is the township's day; `pressed` is the message
    whose button was pressed; `bot_link` is the address people follow to us;
    `town` is what the township is called on paper; `channel` is its public channel, if any,
    `zone` where its days begin and `calendar` which of them are worked. `files`
    holds the bytes of the files an event came with, where it wants them, and only
    while it is prepared, as are the `books`, from which a paper is read and filled
    with no lock held;
    `memory` is what the process alone remembers.
    """

    now: datetime
    today: date
    chat: int = field(repr=False)
    keys: Keyring
    language: Language
    known: Known | None = field(default=None, repr=False)
    pressed: int | None = None
    bot_link: str = ""
    town: str = ""
    channel: int | None = field(default=None, repr=False)
    memory: Memory = field(default_factory=Memory, repr=False)
    files: Sequence[bytes] = field(default=(), repr=False)
    books: Database | None = field(default=None, repr=False)
    zone: tzinfo = UTC
    calendar: Calendar = Calendar()

    @property
    def chat_hash(self) -> str:
        """What the chat's rows are found by."""
        return self.keys.lookup(self.chat)

    @property
    def file(self) -> bytes | None:
        """The bytes of the one file an event came with, if it was one."""
        return self.files[0] if self.files else None

    @property
    def shelf(self) -> Database:
        """The books, while an event is prepared; raise ValueError at any other time."""
        if self.books is None:
            raise ValueError("the books are at hand only while an event is prepared")
        return self.books

    def visited(self, word: str) -> UUID:
        """Find the case whose receipt this chat showed; raise Refused for any other word."""
        return self.memory.visited(word, chat=self.chat, now=self.now)

    @property
    def standing(self) -> Standing:
        """In what capacities the person acts, and where; a stranger is a villager."""
        return self.known.standing if self.known else Standing()

    @property
    def roles(self) -> frozenset[Role]:
        """In what capacities the person acts."""
        return self.standing.roles

    def must_reach(self, action: Action, unit: UUID) -> None:
        """Raise Refused unless the person may do this about a unit."""
        if not reaches(self.standing, action, unit):
            raise Refused("not_your_unit")

    @property
    def person(self) -> UUID:
        """Who acts; raise Refused for a stranger."""
        if self.known is None:
            raise Refused("not_allowed")
        return self.known.person

    @property
    def name(self) -> str:
        """What the person is called; empty for a stranger."""
        return self.known.name if self.known else ""
