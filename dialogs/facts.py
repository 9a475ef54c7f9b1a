"""What a dialogue is told before it begins; kept with its draft so that it replays alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeAlias
from uuid import UUID

from dialogs.speech import Phrase
from dialogs.vocabulary import (
    Aspect,
    BroadcastMove,
    CaseKind,
    CaseMove,
    CaseState,
    Channel,
    DeadlineKind,
    EntryKind,
    EntryState,
    Field,
    FindingMethod,
    Grade,
    Lack,
    Likelihood,
    MatterMove,
    MatterState,
    MeasureState,
    Move,
    ObjectionState,
    Opinion,
    PowerCategory,
    PrivacyTopic,
    QuestionnaireState,
    ReplyPart,
    Role,
    RuleSystem,
    Satisfaction,
    Severity,
    Shortfall,
    Stage,
    UnitKind,
    Verdict,
    Viewing,
    WarningLevel,
    WarningMove,
    WarningPaper,
    WarningSource,
    WarningState,
)

Source: TypeAlias = FindingMethod | Channel  # by whom, or through what, a risk point was found


@dataclass(frozen=True)
class Nothing:
    """No more than the question itself."""


@dataclass(frozen=True)
class Interrupted:
    """What a choice of language interrupts: the reference of a dialogue, empty for none."""

    talk: str = ""


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
    """A risk point as it stands: `grade` is the one fixed last, `declared` its holder's.

    `also` says by whom else it was found.
    """

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
    also: Sequence[Source] = ()

    @property
    def sources(self) -> Sequence[Source]:
        """By whom, or through what, it was found, each once."""
        return list(dict.fromkeys((self.channel or self.method, *self.also)))


@dataclass(frozen=True)
class FindingTold:
    """A risk point that somebody else found on a post."""

    finding: UUID
    method: FindingMethod
    channel: Channel | None
    aspect: Aspect
    name: str
    manifestation: str


@dataclass(frozen=True)
class NoneTold:
    """An aspect on which the holder found no risk, and why."""

    aspect: Aspect
    reason: str


@dataclass(frozen=True)
class PostToCheck:
    """A post and its unit, what was declared of it before, and what others found.

    `none` are the aspects that were without points, and why; `powers` those the post exercises.
    """

    post: UUID
    title: str
    unit: str
    kind: UnitKind
    duty: str
    powers: Sequence[str] = ()
    before: Sequence[PointTold] = ()
    findings: Sequence[FindingTold] = ()
    none: Sequence[NoneTold] = ()


@dataclass(frozen=True)
class HolderNamed:
    """An appointment by its id: who holds which post of a unit, and whether they have joined."""

    appointment: UUID
    person: UUID
    holder: str
    unit: str
    post: str
    joined: bool


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
class OfficialNamed:
    """Somebody a matter may be about; `above` when it would belong to the county."""

    person: UUID
    name: str
    post: str
    above: bool = False


@dataclass(frozen=True)
class UnitToSpeakOf:
    """A unit a matter may be about, and who works there; `above` as of a person."""

    unit: UUID
    name: str
    kind: UnitKind
    above: bool = False
    people: Sequence[OfficialNamed] = ()


@dataclass(frozen=True)
class Handler:
    """Who may be given cases, their declared relatives, the units they work in or are leader of."""

    person: UUID
    name: str
    kin: frozenset[UUID] = frozenset()
    units: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Intake:
    """What a matter may be about, and who could handle it; `assisted` if a clerk writes it down."""

    units: Sequence[UnitToSpeakOf]
    handlers: Sequence[Handler]
    assisted: bool = False

    @cached_property
    def working(self) -> Sequence[OfficialNamed]:
        """Everybody who works somewhere."""
        return [one for unit in self.units for one in unit.people]

    @cached_property
    def touching(self) -> Sequence[OfficialNamed]:
        """Those of them who handle letters, and their kin."""
        some = {who for one in self.handlers for who in (one.person, *one.kin)}
        return [one for one in self.working if one.person in some]


@dataclass(frozen=True)
class CaseListed:
    """A case as it stands in a handler's list: nothing of what was written.

    `rating` is how content its writer was, once it was over.
    """

    case: UUID
    number: str
    state: CaseState
    due: date
    urgent: bool = False
    late: bool = False
    rating: Satisfaction | None = None


@dataclass(frozen=True)
class CasesAtHand:
    """The open cases sealed to a handler's key; `locked` when it must be unlocked first.

    `set_aside` are those that wait to be looked at together, `over` those that are closed.
    """

    cases: Sequence[CaseListed]
    locked: bool = False
    set_aside: Sequence[CaseListed] = ()
    over: Sequence[CaseListed] = ()


@dataclass(frozen=True)
class CaseAtHand:
    """A case, what a handler may do with it now, and to whom it can be assigned.

    `papers` is how many lay in it then; `concluded` is when, where the writer is to be told.
    """

    case: UUID
    number: str
    state: CaseState
    moves: Sequence[CaseMove] = ()
    handlers: Sequence[Handler] = ()
    papers: int | None = None
    kind: CaseKind | None = None
    concluded: date | None = None
    today: date | None = None


@dataclass(frozen=True)
class CaseFollowed:
    """A case opened by its receipt, and what its writer may do with it now.

    `visit` is a word for the open case that only this process knows; `intake` says whose matters
    are the county's.
    """

    visit: str
    number: str
    state: CaseState
    moves: Sequence[CaseMove] = ()
    bell: bool = False
    intake: Intake = field(default_factory=lambda: Intake((), ()))


@dataclass(frozen=True)
class CasesToShare:
    """A colleague who lacks cases of one's own, with the fingerprint of their key."""

    person: UUID
    name: str
    key: str
    cases: int


@dataclass(frozen=True)
class KeyAtHand:
    """The key a handler has, if any, and where they read with it.

    `locked` while it is one for the chat that holds cases and has not been unlocked; of these,
    `last` nobody else opens, and `lost` of them recovery does not open either.
    """

    id: str = ""
    viewing: Viewing | None = None
    cases: int = 0
    locked: bool = False
    last: int = 0
    lost: int = 0


@dataclass(frozen=True)
class Holders:
    """How many posts are held, by how many people, of whom some have not joined.

    `running` is the last day of a call for self-checks that is not over, if there is one; `free`
    are the days ahead on which nobody works.
    """

    today: date
    posts: int
    people: int
    not_joined: int
    running: date | None = None
    free: frozenset[date] = frozenset()


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
    """What somebody is addressed by: roles, units, posts, and what is known of these.

    `grades` are the standing grades of the posts, `stages` those their units are in, `owed` what
    the person has not done.
    """

    units: frozenset[UUID] = frozenset()
    roles: frozenset[Role] = frozenset()
    posts: frozenset[UUID] = frozenset()
    grades: frozenset[Grade] = frozenset()
    stages: frozenset[Stage] = frozenset()
    owed: frozenset[DeadlineKind] = frozenset()


@dataclass(frozen=True)
class Addressed:
    """Whom a broadcast is for; naming nothing of a kind means everything of it."""

    roles: Sequence[Role] = ()
    units: Sequence[UUID] = ()
    posts: Sequence[UUID] = ()
    grades: Sequence[Grade] = ()
    stages: Sequence[Stage] = ()
    owed: Sequence[DeadlineKind] = ()


@dataclass(frozen=True)
class Listeners:
    """People addressed by the same: how many, how many have joined, and how one is written to."""

    like: Listener
    count: int
    joined: int
    fields: Mapping[Field, str]


@dataclass(frozen=True)
class Audience:
    """Everybody a broadcast could reach, and by what."""

    today: date
    units: Sequence[UnitNamed]
    posts: Sequence["PostNamed"]
    listeners: Sequence[Listeners]


@dataclass(frozen=True)
class BroadcastStep:
    """A step to be taken with a broadcast, and how many it is for."""

    broadcast: UUID
    move: BroadcastMove
    people: int


@dataclass(frozen=True)
class BroadcastNamed:
    """The broadcast a button was about, if it was about one."""

    broadcast: UUID | None = None


@dataclass(frozen=True)
class About:
    """The one thing a button was about."""

    subject: UUID


@dataclass(frozen=True)
class ChangeTold:
    """What a new version changed about a point: as it was and as it is, None where it is not."""

    before: PointTold | None
    after: PointTold | None


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
class DeclinedTold:
    """What others found and the holder did not take up, and why."""

    name: str
    method: FindingMethod
    channel: Channel | None
    reason: str


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
    declined: Sequence[DeclinedTold] = ()
    filled_in_by: str = ""


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
    returned: bool = True


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
class ReportTold:
    """What was reported of a measure, when and by whom; `file` is the channel's reference to it."""

    day: date
    by: str
    text: str
    file: str = field(default="", repr=False)
    name: str = ""
    picture: bool = False


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
    reports: Sequence[ReportTold] = ()


@dataclass(frozen=True)
class SelfCheckToFillIn:
    """The post a clerk fills in for its holder; while none is `chosen`, those to choose from.

    `note` is why what was filled in before was sent back, if it was. `to_plan` counts the measures
    of one who has not joined that have no day yet, `to_report` are theirs to report on; with
    measures waiting, the post may be one that is not to be checked now.
    """

    holders: Sequence[HolderNamed] = ()
    chosen: HolderNamed | None = None
    post: PostToCheck | None = None
    note: str = ""
    to_plan: int = 0
    to_report: Sequence[MeasureTold] = ()


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
    """The measure somebody reports on, or looks at; `latest` is the last day it may be due on."""

    measure: MeasureTold
    today: date
    latest: date


@dataclass(frozen=True)
class RoundToOpen:
    """What is known before a round is opened: the day, and the one that is closed with it.

    `behind` is how many units have not completed that one.
    """

    today: date
    current: UUID | None = None
    name: str = ""
    behind: int = 0


@dataclass(frozen=True)
class UnitToMobilise:
    """The unit whose head reports its meeting, held at the earliest on a day."""

    unit: UUID
    name: str
    round: UUID
    round_name: str
    since: date
    today: date


@dataclass(frozen=True)
class Lacking:
    """Something a unit lacks: what, on which post, whose it is, about which aspect or point."""

    what: Shortfall
    post: str = ""
    holder: str = ""
    about: str | Phrase = ""
    aspect: Aspect | None = None


@dataclass(frozen=True)
class DeclarationNamed:
    """A declaration by its holder."""

    declaration: UUID
    holder: str


@dataclass(frozen=True)
class PowerEntry:
    """職權: what a power's entry says; units, posts and powers go by their codes.

    `ground` says why it is not public, where it is not.
    """

    unit: str
    code: str
    name: str
    category: PowerCategory
    posts: tuple[str, ...]
    basis: str
    subject: str
    commitment: str = ""
    discipline: str = ""
    public: bool = True
    ground: str = ""


@dataclass(frozen=True)
class StepEntry:
    """環節: a step of a process; `post` is the code of the post in charge, `days` working days.

    `risk` is a description of its own, or the name of a risk point of that post.
    """

    name: str
    post: str
    days: int
    deed: str = ""
    supervision: str = ""
    risk: str = ""
    grade: Grade | None = None


@dataclass(frozen=True)
class ProcessEntry:
    """業務流程: what a process's entry says; it may serve several powers."""

    unit: str
    code: str
    name: str
    powers: tuple[str, ...]
    conditions: str = ""
    supervision: str = ""
    rights: str = ""
    complaint: str = ""
    steps: tuple[StepEntry, ...] = ()


@dataclass(frozen=True)
class RuleEntry:
    """制度: what a rule's entry says; its file is kept beside it."""

    unit: str
    system: RuleSystem
    title: str
    number: str = ""
    in_force: date | None = None
    text: str = ""

    @property
    def code(self) -> str:
        """What it is found by: a unit has one rule of a system."""
        return f"{self.unit}-{self.system}"

    @property
    def name(self) -> str:
        """What it is called."""
        return self.title


Entry: TypeAlias = PowerEntry | ProcessEntry | RuleEntry


@dataclass(frozen=True)
class RiskNamed:
    """A risk point of a post, by its name, with its grade."""

    name: str
    grade: Grade


@dataclass(frozen=True)
class PostInCharge:
    """A post by its code and title, with the risk points found on it."""

    code: str
    title: str
    risks: Sequence[RiskNamed] = ()


@dataclass(frozen=True)
class UnitCatalogue:
    """A unit's catalogues as they stand; while `unit` is None, the `units` to choose from.

    `code` is the unit's; `filed` are the systems whose rule has a file; `taken` the codes in use.
    """

    units: Sequence[UnitNamed] = ()
    unit: UnitNamed | None = None
    code: str = ""
    posts: Sequence[PostInCharge] = ()
    powers: Sequence[PowerEntry] = ()
    processes: Sequence[ProcessEntry] = ()
    rules: Sequence[RuleEntry] = ()
    filed: Sequence[RuleSystem] = ()
    taken: Sequence[str] = ()


@dataclass(frozen=True)
class EntryShown:
    """A version of an entry as it is shown; `titles` and `names` say what codes stand for.

    `changed` are the fields that differ from the version in force, `earlier` the versions before.
    """

    entry: UUID
    unit: str
    version: int
    state: EntryState
    content: Entry
    titles: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    file: UUID | None = None
    changed: Sequence[str] = ()
    earlier: Sequence[tuple[int, UUID]] = ()
    comment: str = ""
    inside: bool = False
    to_decide: bool = False


@dataclass(frozen=True)
class EntryAtHand:
    """The version of an entry somebody is about to approve or send back."""

    entry: UUID
    kind: EntryKind
    name: str
    version: int


@dataclass(frozen=True)
class UnitWaiting:
    """A unit, and the entries of it that wait for somebody's approval."""

    unit: UnitNamed
    entries: Sequence[EntryAtHand]


@dataclass(frozen=True)
class EntriesWaiting:
    """What waits for somebody's approval, unit by unit."""

    units: Sequence[UnitWaiting]


@dataclass(frozen=True)
class UnitPicked:
    """The unit a button was about; None for every unit within one's reach."""

    unit: UUID | None = None


@dataclass(frozen=True)
class CodesKnown:
    """The codes a workbook of catalogues may refer to."""

    units: frozenset[str]
    posts: frozenset[str]
    powers: frozenset[str]


@dataclass(frozen=True)
class Missing:
    """Something missing in a unit's catalogues: what, and of which entry or system."""

    what: Lack
    of: str | RuleSystem = ""

    @property
    def phrase(self) -> Phrase:
        """Say what is missing."""
        return Phrase(f"missing.{self.what}", {"of": self.of})


@dataclass(frozen=True)
class UnitsToSee:
    """The units somebody may see the people of."""

    units: Sequence[UnitNamed]


@dataclass(frozen=True)
class Held:
    """An appointment somebody has, now or later."""

    appointment: UUID
    title: str
    since: date


@dataclass(frozen=True)
class StaffMember:
    """A person, the unit of their first post ("" for none), their appointments and roles."""

    person: UUID
    name: str
    unit: str
    held: Sequence[Held]
    roles: Sequence[Role]


@dataclass(frozen=True)
class Vacancy:
    """A post somebody can be appointed to, with the names of those who hold it today."""

    post: UUID
    title: str
    unit: str
    holders: Sequence[str]


@dataclass(frozen=True)
class Staff:
    """Everybody whose posts can change, and every post there is."""

    today: date
    people: Sequence[StaffMember]
    posts: Sequence[Vacancy]


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


@dataclass(frozen=True)
class FormsInReach:
    """The posts and the whole units whose official forms somebody may take."""

    posts: Sequence[PostNamed]
    units: Sequence[UnitNamed]


@dataclass(frozen=True)
class LedgersInReach:
    """The units whose ledger somebody may take."""

    units: Sequence[UnitNamed]


@dataclass(frozen=True)
class ProcessNamed:
    """A process in force by its id and name, and its unit."""

    process: UUID
    name: str
    unit: UUID
    unit_name: str


@dataclass(frozen=True)
class MatterToAccept:
    """The process of a matter; while `process` is None, the `processes` to choose from.

    `days` are the working days of its `steps` together.
    """

    processes: Sequence[ProcessNamed] = ()
    process: ProcessNamed | None = None
    conditions: Sequence[str] = ()
    steps: int = 0
    days: int = 0


@dataclass(frozen=True)
class MatterAtHand:
    """A matter somebody may take a step of: at which step it is, and the moves that are theirs."""

    matter: UUID
    number: str
    process: str
    state: MatterState
    step: int
    steps: int
    step_name: str
    moves: Sequence[MatterMove]
    conditions: Sequence[str] = ()


@dataclass(frozen=True)
class LapseToRecord:
    """What a lapse is about; while `process` is None, the `processes` to choose from.

    `number` is that of the matter, if it is about one.
    """

    today: date
    processes: Sequence[ProcessNamed] = ()
    process: ProcessNamed | None = None
    steps: Sequence[str] = ()
    matter: UUID | None = None
    number: str = ""


@dataclass(frozen=True)
class MonthPicked:
    """The month a button was about, by its first day, and the unit; None where it named none."""

    month: date | None = None
    unit: UUID | None = None


@dataclass(frozen=True)
class LogSlice:
    """Which entries of the audit log: of which days, of what kind, whose, before which."""

    since: date | None = None
    until: date | None = None
    verdict: Verdict | None = None
    person: UUID | None = None
    unit: UUID | None = None
    before: int | None = None


@dataclass(frozen=True)
class LogToRead:
    """Whose deeds may be looked for in the audit log; `chosen` is what a button asked for."""

    today: date
    people: Sequence[Waiting]
    units: Sequence[UnitNamed]
    chosen: LogSlice | None


@dataclass(frozen=True)
class TopicNamed:
    """What is to be told about privacy; None for the first page."""

    topic: PrivacyTopic | None


@dataclass(frozen=True)
class RecoveryAtHand:
    """The recovery key in force, if there is one, since when, and how many cases it lacks."""

    id: str = ""
    made_on: date | None = None
    left: int = 0


@dataclass(frozen=True)
class Reason:
    """A fact a warning rests on: where it was learned, of which day, what it is, what bears it out.

    Never who told of it. The `basis` is a document, a record, or how it was verified: what is
    anonymous and unverified bears nothing out.
    """

    source: WarningSource
    of_day: date
    fact: str = field(repr=False)
    basis: str = field(repr=False)


@dataclass(frozen=True)
class WarningDraft:
    """A warning as it is drafted, by a person or by the rules of the machine.

    With `post` it is about its holder, who is `person` where several hold it; with `post` None
    about the unit, whose head answers. `demand` is what is asked, and may be left to whoever
    proposes or issues it. `raised_from` is the lower warning it takes the place of once issued.
    """

    level: WarningLevel
    unit: UUID
    reasons: Sequence[Reason] = field(repr=False)
    post: UUID | None = None
    person: UUID | None = None
    demand: str = field(default="", repr=False)
    raised_from: UUID | None = None


@dataclass(frozen=True)
class NumberToTry:
    """A number of the rules of warnings, as it is in force."""

    name: str
    value: int


@dataclass(frozen=True)
class NumbersToTry:
    """The numbers of the rules, and over which days another can be tried."""

    numbers: Sequence[NumberToTry]
    today: date
    earliest: date
    proposed: date


@dataclass(frozen=True)
class RuleApplied:
    """A rule of the machine that drafted a warning, and its version."""

    name: str
    version: str


@dataclass(frozen=True)
class OwnSpan:
    """Days on end that the township works, or does not, by its own word, and why."""

    first: date
    last: date
    worked: bool
    reason: str


@dataclass(frozen=True)
class CalendarAtHand:
    """How far the holidays of the land are known, and the township's own days to come."""

    today: date
    known_until: date
    coming: Sequence[OwnSpan] = ()


@dataclass(frozen=True)
class Snoozable:
    """Something due that may be said again later, until a day at most."""

    deadline: UUID
    kind: DeadlineKind
    post: str
    due: date
    latest: date


@dataclass(frozen=True)
class SnoozesAtHand:
    """What somebody may have said again later."""

    today: date
    items: Sequence[Snoozable]


@dataclass(frozen=True)
class HourAtHand:
    """The hours at which somebody may have their reminders, and theirs now."""

    hours: Sequence[int]
    chosen: int


@dataclass(frozen=True)
class SubjectNamed:
    """Whom a warning can be about: somebody on a post, or a whole unit.

    `code` finds it again; `post` and `name` are empty for a unit.
    """

    code: str
    unit: UUID
    unit_name: str
    post: UUID | None = None
    title: str = ""
    person: UUID | None = None
    name: str = ""


@dataclass(frozen=True)
class WarningToDraft:
    """What the commission is told before it drafts a warning.

    While `subject` is None, the `subjects` to choose from. `issued` is how many of each level
    were issued to it within a year, `reached` the levels of which that calls for more.
    """

    today: date
    subjects: Sequence[SubjectNamed] = ()
    subject: SubjectNamed | None = None
    issued: Sequence[tuple[WarningLevel, int]] = ()
    reached: Sequence[WarningLevel] = ()


@dataclass(frozen=True)
class WarningNamed:
    """A warning as it is spoken of: its level, its number once it has one, whom it is about."""

    warning: UUID
    level: WarningLevel
    number: str
    unit: str
    post: str
    name: str


@dataclass(frozen=True)
class WarningAtHand:
    """A warning of which somebody of the commission may take a step: how it stands.

    `seen` is how many steps of it were taken so far; `again` the day proposed for a new reply,
    `asked_until` the day more time is asked for; `withheld` says what is left to another.
    """

    named: WarningNamed
    state: WarningState
    seen: int
    moves: Sequence[WarningMove]
    today: date
    again: date
    demand: str = field(default="", repr=False)
    asked_until: date | None = None
    withheld: Sequence[Phrase] = ()


@dataclass(frozen=True)
class ReplyTold:
    """A reply that was given before, and what was said of its parts."""

    cause: str = field(repr=False)
    correction: str = field(repr=False)
    correct_by: date
    pledge: str = field(repr=False)
    comments: Sequence[tuple[ReplyPart, str]] = field(default=(), repr=False)
    files: Sequence[str] = field(default=(), repr=False)


@dataclass(frozen=True)
class WarningToAnswer:
    """A warning that its addressee is about to answer, or to ask more time for.

    `on_paper` is the addressee's name where a member writes down what came on paper.
    """

    named: WarningNamed
    today: date
    due: date
    latest: date
    demand: str = field(repr=False)
    before: ReplyTold | None = None
    on_paper: str = ""


@dataclass(frozen=True)
class WarningPapers:
    """Which papers there are of a warning."""

    named: WarningNamed
    papers: Sequence[WarningPaper]
