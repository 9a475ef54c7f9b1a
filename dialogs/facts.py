"""What a dialogue is told before it begins; kept with its draft so that it replays alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dialogs.vocabulary import CaseKind, CaseState, QuestionnaireState, Role, UnitKind


@dataclass(frozen=True)
class Nothing:
    """No more than the question itself."""


@dataclass(frozen=True)
class Invited:
    """Whom an invitation is for; `code` is empty when it has yet to be typed."""

    code: str = ""
    name: str = ""
    posts: Sequence[str] = ()


@dataclass(frozen=True)
class PostToCheck:
    """A post and its unit."""

    post: UUID
    title: str
    unit: str
    kind: UnitKind
    duty: str


@dataclass(frozen=True)
class FormToAnswer:
    """A questionnaire by its id, and the day on which it was begun.

    `questionnaire` is the very version, None for one that came with us. The form itself is not
    kept with the draft: storage.briefing.recall hands it to the dialogue.
    """

    form: str
    today: date
    questionnaire: UUID | None = None


@dataclass(frozen=True)
class UnitNamed:
    """A unit by its id and name; `ours` is whether the township may take matters about it."""

    unit: UUID
    name: str
    ours: bool = True


@dataclass(frozen=True)
class Township:
    """The units people may speak about."""

    units: Sequence[UnitNamed]


@dataclass(frozen=True)
class CaseListed:
    """A case as it stands in a handler's list: nothing of what was written."""

    case: UUID
    number: str
    kind: CaseKind
    unit: str
    state: CaseState
    due: date


@dataclass(frozen=True)
class CasesAtHand:
    """The open cases a handler may read."""

    cases: Sequence[CaseListed]


@dataclass(frozen=True)
class CaseAtHand:
    """The case a handler is about to answer."""

    case: UUID
    number: str
    state: CaseState


@dataclass(frozen=True)
class Holders:
    """How many posts are held, by how many people, of whom some have not joined."""

    today: date
    posts: int
    people: int
    not_joined: int


@dataclass(frozen=True)
class Waiting:
    """A person who has not joined yet."""

    person: UUID
    name: str
    unit: str


@dataclass(frozen=True)
class NotJoined:
    """The people who may be invited."""

    people: Sequence[Waiting]


@dataclass(frozen=True)
class Listener:
    """A person a broadcast could reach: their units and roles, and whether they have joined."""

    units: frozenset[UUID]
    roles: frozenset[Role]
    joined: bool


@dataclass(frozen=True)
class Audience:
    """Everybody a broadcast could reach."""

    units: Sequence[UnitNamed]
    listeners: Sequence[Listener]


@dataclass(frozen=True)
class About:
    """The one thing a button was about."""

    subject: UUID


@dataclass(frozen=True)
class FormNamed:
    """A questionnaire, all its versions together."""

    form: str


@dataclass(frozen=True)
class FormToPublish:
    """A version about to be published; `replaces` is the version it takes the place of."""

    questionnaire: UUID
    title: str
    version: str
    replaces: str
    today: date
    units: Sequence[UnitNamed]


@dataclass(frozen=True)
class QuestionnaireListed:
    """A version as it stands in an officer's list; `subject` is what its buttons carry."""

    subject: str
    title: str
    version: str
    state: QuestionnaireState
    answers: int = 0


@dataclass(frozen=True)
class VersionNamed:
    """A version of a questionnaire by what its buttons carry; empty for all there are."""

    subject: str
