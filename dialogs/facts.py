"""What a dialogue is told before it begins; kept with its draft so that it replays alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dialogs.vocabulary import (
    Aspect,
    CaseKind,
    CaseState,
    Channel,
    FindingMethod,
    Grade,
    Likelihood,
    MeasureState,
    Move,
    ObjectionState,
    Opinion,
    Role,
    Severity,
    Shortfall,
    UnitKind,
)


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
class Way:
    """A way in which a risk shows, and the measure and indicator that answer to it."""

    manifestation: str
    measure: str
    indicator: str = ""


@dataclass(frozen=True)
class PointTold:
    """A risk point as it stands: `grade` is the one fixed last, `declared` its holder's."""

    point: UUID
    lineage: UUID
    aspect: Aspect
    name: str
    ways: Sequence[Way]
    likelihood: Likelihood
    severity: Severity
    declared: Grade
    grade: Grade
    reason: str | None = None
    comment: str | None = None
    method: FindingMethod = FindingMethod.SELF
    channel: Channel | None = None


@dataclass(frozen=True)
class FindingTold:
    """A risk point that somebody else found on a post, and the points it may be the same as."""

    finding: UUID
    method: FindingMethod
    channel: Channel | None
    aspect: Aspect
    name: str
    manifestation: str
    alike: Sequence[UUID] = ()


@dataclass(frozen=True)
class PostToCheck:
    """A post and its unit, what was declared of it before, and what others found."""

    post: UUID
    title: str
    unit: str
    kind: UnitKind
    duty: str
    before: Sequence[PointTold] = ()
    findings: Sequence[FindingTold] = ()


@dataclass(frozen=True)
class FormToAnswer:
    """A questionnaire by its id, and the day on which it was begun."""

    form: str
    today: date


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
class NoneTold:
    """An aspect on which the holder found no risk, and why."""

    aspect: Aspect
    reason: str


@dataclass(frozen=True)
class ChangeTold:
    """What a new version changed about a point: how it was and is, "" where it is not there."""

    name: str
    before: str
    after: str
    grade_before: Grade | None = None
    grade_after: Grade | None = None


@dataclass(frozen=True)
class TallyTold:
    """How many of a group hold an opinion; None where they are too few to be told."""

    voters: Role
    opinion: Opinion
    count: int | None


@dataclass(frozen=True)
class AnsweredTold:
    """An objection that was answered, as everybody may read it."""

    state: ObjectionState
    answer: str


@dataclass(frozen=True)
class DeclarationToReview:
    """A declaration before somebody who may take a step: what it says, and what was said of it."""

    declaration: UUID
    version: int
    move: Move
    may_send_back: bool
    post: str
    unit: str
    holder: str
    points: Sequence[PointTold]
    none: Sequence[NoneTold] = ()
    changes: Sequence[ChangeTold] = ()
    explanation: str = ""
    tallies: Sequence[TallyTold] = ()
    comments: Sequence[str] = ()
    answered: Sequence[AnsweredTold] = ()


@dataclass(frozen=True)
class DeclarationLine:
    """A declaration in a list: its post and holder, how many points, and the gravest grade."""

    declaration: UUID
    version: int
    post: str
    unit: str
    holder: str
    points: int
    grade: Grade | None


@dataclass(frozen=True)
class UnitToReview:
    """The declarations of a unit that wait for the same step."""

    unit: str
    move: Move
    lines: Sequence[DeclarationLine]


@dataclass(frozen=True)
class ReturnedDeclaration:
    """A declaration its holder may change: what it says, with what is to be changed."""

    declaration: UUID
    version: int
    post: PostToCheck
    none: Sequence[NoneTold]
    note: str = ""


@dataclass(frozen=True)
class ToPublish:
    """The declarations that wait for publication, and whether there is a public channel."""

    lines: Sequence[DeclarationLine]
    channel: bool
    days: int
    least: int
    most: int


@dataclass(frozen=True)
class NoticeTold:
    """A public notice somebody may speak about, and the posts in it."""

    notice: UUID
    title: str
    lines: Sequence[DeclarationLine]


@dataclass(frozen=True)
class ObjectionAtHand:
    """An objection to be answered."""

    objection: UUID
    post: str
    text: str
    due: date


@dataclass(frozen=True)
class PostNamed:
    """A post by its id, title and unit."""

    post: UUID
    title: str
    unit: UUID
    unit_name: str
    kind: UnitKind
    holders: Sequence[str] = ()


@dataclass(frozen=True)
class PostsNamed:
    """Posts of which one is to be chosen; `units` in the order they are offered."""

    posts: Sequence[PostNamed]


@dataclass(frozen=True)
class PostsToPointAt:
    """Posts on which somebody may point out a risk, and in which capacities they do."""

    posts: Sequence[PostNamed]
    methods: Sequence[FindingMethod]


@dataclass(frozen=True)
class Colleague:
    """A person who may be asked to do something."""

    person: UUID
    name: str
    posts: Sequence[UUID] = ()


@dataclass(frozen=True)
class MutualChecksToAssign:
    """The posts and people of a unit, and the day by which checks are due if nothing is said."""

    unit: str
    posts: Sequence[PostNamed]
    people: Sequence[Colleague]
    today: date
    due: date


@dataclass(frozen=True)
class PostToCheckForAnother:
    """A colleague's post to be checked: what its holder declared."""

    check: UUID
    post: PostToCheck
    holder: str


@dataclass(frozen=True)
class MeasureTold:
    """A measure: the risk it answers to, who does it, by when, how far it is."""

    measure: UUID
    post: str
    point: str
    grade: Grade
    manifestation: str
    text: str
    indicator: str
    owner: str
    due: date | None
    state: MeasureState
    reports: Sequence[str] = ()


@dataclass(frozen=True)
class MeasuresToPlan:
    """Measures that have no owner or day yet, and the people of the unit who could do them."""

    post: str
    measures: Sequence[MeasureTold]
    people: Sequence[Colleague]
    today: date
    latest: date


@dataclass(frozen=True)
class MeasureAtHand:
    """The measure somebody reports on, or looks at."""

    measure: MeasureTold


@dataclass(frozen=True)
class RoundToOpen:
    """What is known before a round is opened: the day, and the name of one still open."""

    today: date
    open_round: str = ""


@dataclass(frozen=True)
class UnitToMobilise:
    """The unit whose head reports its meeting."""

    unit: UUID
    name: str
    round: UUID
    round_name: str
    opened: date
    today: date


@dataclass(frozen=True)
class Lacking:
    """Something a unit lacks: what, on which post, whose it is, about which aspect or point."""

    what: Shortfall
    post: str = ""
    holder: str = ""
    about: str = ""
    aspect: Aspect | None = None


@dataclass(frozen=True)
class DeclarationNamed:
    """A declaration by its holder."""

    declaration: UUID
    holder: str
