"""What came of a conversation: facts that storage.recorder writes down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, TypeAlias
from uuid import UUID

from dialogs.facts import PostToCheck
from dialogs.prompts import Attachment
from dialogs.vocabulary import (
    Accused,
    Aspect,
    CaseKind,
    CaseState,
    Grade,
    Language,
    Likelihood,
    Role,
    Severity,
)


@dataclass(frozen=True)
class CodeTyped:
    """Somebody typed an invitation code."""

    code: str


@dataclass(frozen=True)
class Joined:
    """The holder of an invitation says that it is theirs."""

    code: str


@dataclass(frozen=True)
class LanguageChosen:
    """Somebody chose the language to be spoken to in."""

    language: Language


@dataclass(frozen=True)
class FoundPoint:
    """A risk point somebody found on their post.

    `grade` is what they declare; it departs from the suggestion only with a `reason`.
    `library` is the code of the typical point it was taken from.
    """

    name: str
    manifestation: str
    likelihood: Likelihood
    severity: Severity
    grade: Grade
    measure: str
    reason: str | None = None
    library: str | None = None


@dataclass(frozen=True)
class AspectChecked:
    """One aspect answered: with points, or with the reason why there are none."""

    aspect: Aspect
    points: Sequence[FoundPoint] = ()
    none_because: str | None = None


@dataclass(frozen=True)
class SelfChecked:
    """The holder of a post has gone through every aspect of it."""

    post: PostToCheck
    aspects: Sequence[AspectChecked]


@dataclass(frozen=True)
class ComplaintLodged:
    """A villager brings a matter; who they are is not part of it unless they write it."""

    accused: Accused
    kind: CaseKind
    unit: str
    account: str = field(repr=False)
    contact: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class SentElsewhere:
    """The matter belongs to a higher office: nothing is written down here."""


@dataclass(frozen=True)
class ReceiptPresented:
    """Somebody asks after a case with its number and secret digits."""

    number: str
    secret: str = field(repr=False)


@dataclass(frozen=True)
class CaseOpened:
    """A handler wants to read a case."""

    case: UUID


@dataclass(frozen=True)
class CaseAnswered:
    """A handler answers a case and says where it stands now."""

    case: UUID
    state: CaseState
    answer: str = field(repr=False)


@dataclass(frozen=True)
class SelfCheckCalled:
    """The commission calls every holder of a post to check it by a day."""

    due: date


@dataclass(frozen=True)
class InvitationMade:
    """A clerk invites a person to join."""

    person: UUID


@dataclass(frozen=True)
class BroadcastOrdered:
    """An officer sends a text to everyone with one of `roles` in one of `units`; empty is all."""

    roles: Sequence[Role]
    units: Sequence[UUID]
    text: str


@dataclass(frozen=True)
class Acknowledged:
    """The receiver of a copy of a broadcast says that they have read it."""

    copy: UUID


@dataclass(frozen=True)
class UnreachedAsked:
    """An officer asks whom a broadcast has not reached."""

    broadcast: UUID


@dataclass(frozen=True)
class ProgressAsked:
    """Somebody asks how far the self-checks have come."""


@dataclass(frozen=True)
class FormSent:
    """An officer sends the workbook of a questionnaire."""

    wants_bytes: ClassVar[bool] = True
    file: Attachment


@dataclass(frozen=True)
class FormPreviewed:
    """An officer has gone through a questionnaire as the public will; nothing of it is kept."""

    questionnaire: UUID


@dataclass(frozen=True)
class FormPublished:
    """An officer publishes a version to `roles` in `units` until a day; empty is all."""

    questionnaire: UUID
    roles: Sequence[Role]
    units: Sequence[UUID]
    due: date


@dataclass(frozen=True)
class QuestionnaireChosen:
    """An officer wants to see how a questionnaire stands; with no subject, which there are."""

    subject: str


@dataclass(frozen=True)
class FormDiscarded:
    """An officer drops a draft."""

    questionnaire: UUID


@dataclass(frozen=True)
class FormWithdrawn:
    """An officer takes a published questionnaire back."""

    questionnaire: UUID


Event: TypeAlias = (
    CodeTyped
    | Joined
    | LanguageChosen
    | SelfChecked
    | ComplaintLodged
    | SentElsewhere
    | ReceiptPresented
    | CaseOpened
    | CaseAnswered
    | SelfCheckCalled
    | InvitationMade
    | BroadcastOrdered
    | Acknowledged
    | UnreachedAsked
    | ProgressAsked
    | FormSent
    | FormPreviewed
    | FormPublished
    | QuestionnaireChosen
    | FormDiscarded
    | FormWithdrawn
)
