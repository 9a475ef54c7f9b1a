"""What papers are filled from: posts with their risk points and the chain as it was taken."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from dialogs.documents.search_form import NoRisk, Opinion, Signature
from dialogs.facts import Source
from dialogs.vocabulary import (
    Aspect,
    Channel,
    DeclarationState,
    FindingMethod,
    Grade,
    Likelihood,
    MeasureState,
    Severity,
)


@dataclass(frozen=True)
class Guarded:
    """One way in which a risk shows, and who holds it in check, by when, seen by what."""

    manifestation: str
    measure: str
    owner: str = ""
    due: date | None = None
    indicator: str = ""
    state: MeasureState = MeasureState.UNPLANNED


@dataclass(frozen=True, kw_only=True)
class NodeOnFile:
    """A step of a process at which something can go wrong, its grade, and what watches over it."""

    process: str
    number: int
    name: str
    post: str
    risk: str
    grade: Grade | None = None
    supervision: str = ""


@dataclass(frozen=True, kw_only=True)
class PointOnFile:
    """A risk point: its declared grade, with a reason where it departs, and the settled one.

    `nodes` are the steps of processes that refer to it.
    """

    aspect: Aspect
    name: str
    ways: Sequence[Guarded]
    likelihood: Likelihood
    severity: Severity
    declared: Grade
    reason: str = ""
    settled: Grade | None = None
    method: FindingMethod = FindingMethod.SELF
    channel: Channel | None = None
    also: Sequence[Source] = ()
    nodes: Sequence[NodeOnFile] = ()

    @property
    def sources(self) -> Sequence[Source]:
        """By whom, or through what, it was found, each once."""
        return list(dict.fromkeys((self.channel or self.method, *self.also)))


@dataclass(frozen=True)
class Chain:
    """The steps as they were taken; one not taken, or void, is None and stays blank."""

    signed: Signature | None = None
    unit_head: Opinion | None = None
    leader: Opinion | None = None
    commission: Opinion | None = None
    party_committee: Opinion | None = None


@dataclass(frozen=True, kw_only=True)
class PostOnFile:
    """A post as its holder declared it; no state where nothing was declared.

    `powers` are those of the catalogue it exercises. Of what the reader must stand aside from only
    the post is told: it is `withheld`.
    """

    unit: str
    post: str
    duty: str = ""
    powers: Sequence[str] = ()
    person: UUID | None = None
    holder: str = ""
    declared_on: date | None = None
    state: DeclarationState | None = None
    points: Sequence[PointOnFile] = ()
    none: Sequence[NoRisk] = ()
    chain: Chain = field(default=Chain())
    filing_number: str = ""
    review_due_on: date | None = None
    withheld: bool = False


@dataclass(frozen=True)
class UnitOnFile:
    """A unit with its head, the leader in charge, and its posts; `count` is how many they are.

    A post held by several people stands among `posts` once for each. `nodes` are the steps at
    risk that no point among them answers to.
    """

    unit: str
    head: str
    leader: str
    count: int
    posts: Sequence[PostOnFile]
    nodes: Sequence[NodeOnFile] = ()
