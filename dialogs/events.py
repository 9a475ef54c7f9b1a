"""What came of a conversation: facts that storage.recorder writes down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, TypeAlias
from uuid import UUID

from dialogs.facts import (
    Addressed,
    CodesKnown,
    EntryShown,
    HolderNamed,
    LogSlice,
    OwnSpan,
    PostToCheck,
    PowerEntry,
    ProcessEntry,
    Reason,
    RuleEntry,
    WarningDraft,
    Way,
)
from dialogs.prompts import Attachment
from dialogs.speech import Go
from dialogs.vocabulary import (
    Accused,
    Aspect,
    BroadcastMove,
    CameBy,
    CaseKind,
    CaseMove,
    Channel,
    FindingMethod,
    FindingState,
    Grade,
    Language,
    LapseKind,
    Likelihood,
    MatterMove,
    Move,
    NoticeScope,
    ObjectionState,
    OfficialForm,
    Opinion,
    Posting,
    PrivacyTopic,
    ReplyPart,
    Role,
    Satisfaction,
    Severity,
    SnoozeReason,
    Stage,
    ToldBy,
    Verified,
    WarningMove,
    WarningPaper,
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
    """A risk point of a post, as its holder declares it.

    `grade` departs from the suggestion only with a `reason`. `library` is the code of the
    typical point it was taken from, `lineage` the point it goes on from, `finding` what somebody
    else found.
    """

    name: str
    ways: Sequence[Way]
    likelihood: Likelihood
    severity: Severity
    grade: Grade
    reason: str | None = None
    library: str | None = None
    lineage: UUID | None = None
    finding: UUID | None = None


@dataclass(frozen=True)
class AspectChecked:
    """One aspect answered: with points, or with the reason why there are none."""

    aspect: Aspect
    points: Sequence[FoundPoint] = ()
    none_because: str | None = None


@dataclass(frozen=True)
class FindingSettled:
    """What became of a risk point somebody else found.

    `into` is the lineage it is merged into, `beside` the finding that was adopted in its stead.
    """

    finding: UUID
    state: FindingState
    reason: str | None = None
    into: UUID | None = None
    beside: UUID | None = None


@dataclass(frozen=True)
class SelfChecked:
    """The holder of a post has gone through every aspect of it, or a clerk `filled_in_for` them."""

    post: PostToCheck
    aspects: Sequence[AspectChecked]
    settled: Sequence[FindingSettled] = ()
    filled_in_for: HolderNamed | None = None


@dataclass(frozen=True)
class HolderChosen:
    """A clerk chose for whom to fill in, by the appointment, and what if not the self-check."""

    appointment: UUID
    instead: Go | None = None


@dataclass(frozen=True)
class ComplaintLodged:
    """A matter is brought; who brings it is not part of it unless they write it.

    `person` is whom it is about and `recused` who is asked to stand aside, so that neither is
    given its key; `assisted` when a clerk writes it down for somebody, who came as `came_by` says.
    """

    slow: ClassVar[bool] = True
    wants_bytes: ClassVar[bool] = True
    accused: Accused
    kind: CaseKind
    account: str = field(repr=False)
    unit: UUID | None = None
    person: UUID | None = field(default=None, repr=False)
    recused: tuple[UUID, ...] = field(default=(), repr=False)
    contact: str | None = field(default=None, repr=False)
    files: tuple[Attachment, ...] = field(default=(), repr=False)
    assisted: bool = False
    came_by: CameBy | None = None


@dataclass(frozen=True)
class SentElsewhere:
    """The matter belongs to a higher office: nothing is written down here."""


@dataclass(frozen=True)
class ReceiptPresented:
    """Somebody asks after a case with its number and secret digits."""

    slow: ClassVar[bool] = True
    number: str
    secret: str = field(repr=False)


@dataclass(frozen=True)
class WriterStepped:
    """Whoever holds a case's receipt takes a step; `visit` is the word for the open case."""

    slow: ClassVar[bool] = True
    wants_bytes: ClassVar[bool] = True
    visit: str = field(repr=False)
    move: CaseMove
    text: str = field(default="", repr=False)
    satisfaction: Satisfaction | None = None
    files: tuple[Attachment, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class BellHung:
    """Whoever holds a case's receipt wants to be told, here, when there is an answer."""

    visit: str = field(repr=False)
    wanted: bool = True


@dataclass(frozen=True)
class ChatSwept:
    """Somebody has copied what stood here and wants it deleted from the chat."""


@dataclass(frozen=True)
class KeyMade:
    """A handler makes a key whose private half stays on the server under a passphrase."""

    slow: ClassVar[bool] = True
    passphrase: str = field(repr=False)
    gives_up: bool = False  # what the key before holds, its passphrase being forgotten


@dataclass(frozen=True)
class KeyGiven:
    """A handler gives the public half of a key made on their own computer."""

    public: str
    gives_up: bool = False


@dataclass(frozen=True)
class VaultUnlocked:
    """A handler unlocks their key for some minutes."""

    slow: ClassVar[bool] = True
    passphrase: str = field(repr=False)


@dataclass(frozen=True)
class CasesShared:
    """A handler gives a colleague the cases that lay in the vault before the colleague's key."""

    person: UUID


@dataclass(frozen=True)
class CaseOpened:
    """A handler wants to read a case."""

    slow: ClassVar[bool] = True
    case: UUID


@dataclass(frozen=True)
class ContactAsked:
    """A handler wants to see how the writer of a case can be reached."""

    slow: ClassVar[bool] = True
    case: UUID


@dataclass(frozen=True)
class CasesSifted:
    """A handler takes letters that were set aside on, or declines them, all with one reason."""

    cases: tuple[UUID, ...]
    move: CaseMove
    text: str = field(repr=False)


@dataclass(frozen=True)
class CaseStepped:
    """A handler takes a step of a case; `text` goes to the writer, or, of a note, to handlers.

    `to` is whom it is assigned to; `papers` is how many lay in it when the step was begun, None
    if that is not known. `told_by` and `told_on` are how and when the writer was told the result.
    """

    case: UUID
    move: CaseMove
    text: str = field(default="", repr=False)
    to: UUID | None = None
    papers: int | None = None
    verified: Verified | None = None
    told_by: ToldBy | None = None
    told_on: date | None = None


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
    """An officer has drawn up a notice; nothing is sent before they, or two, say so.

    `file` goes with it, as it was uploaded; from `day` and `hour` on it is sent, or at once.
    """

    to: Addressed
    text: str
    file: Attachment | None = None
    day: date | None = None
    hour: int = 0


@dataclass(frozen=True)
class BroadcastSteered:
    """An officer takes a step with a broadcast."""

    broadcast: UUID
    move: BroadcastMove


@dataclass(frozen=True)
class BroadcastsAsked:
    """An officer asks for the notices of late, or with `broadcast` for one of them."""

    broadcast: UUID | None = None


@dataclass(frozen=True)
class RecipientsAsked:
    """An officer wants the list of a broadcast's recipients, and what became of each copy."""

    broadcast: UUID


@dataclass(frozen=True)
class Acknowledged:
    """The receiver of a copy of a broadcast says that they have read it."""

    copy: UUID


@dataclass(frozen=True)
class UnreachedAsked:
    """An officer asks whom a broadcast has not reached."""

    broadcast: UUID


@dataclass(frozen=True)
class DayAsked:
    """The commission asks for its day: what to decide, what is late, what was done by itself."""


@dataclass(frozen=True)
class ProgressAsked:
    """Somebody asks how far the self-checks have come."""


@dataclass(frozen=True)
class PointGraded:
    """The grade somebody fixes for a risk point; with a reason where it departs."""

    point: UUID
    grade: Grade
    reason: str | None = None


@dataclass(frozen=True)
class PointCommented:
    """What is to be changed about a risk point."""

    point: UUID
    text: str


@dataclass(frozen=True)
class StepDecided:
    """Somebody takes a step of a declaration, about the version they have seen."""

    declaration: UUID
    version: int
    move: Move
    grades: Sequence[PointGraded] = ()
    comments: Sequence[PointCommented] = ()
    note: str | None = None
    meeting: str | None = None


@dataclass(frozen=True)
class StepsDecided:
    """Somebody takes the same step of several declarations, with the grades as they stand."""

    move: Move
    declarations: Sequence[tuple[UUID, int]]
    meeting: str | None = None


@dataclass(frozen=True)
class DeclarationAmended:
    """The holder of a post changes what they declared, or stands by it with an explanation.

    What was not sent back and not `changed` stands where it stands: only what others found is
    settled.
    """

    declaration: UUID
    post: PostToCheck
    aspects: Sequence[AspectChecked]
    settled: Sequence[FindingSettled] = ()
    explanation: str | None = None
    changed: bool = True


@dataclass(frozen=True)
class NoticePublished:
    """The commission shows the grades of declarations for a number of days."""

    declarations: Sequence[tuple[UUID, int]]
    scope: NoticeScope
    days: int


@dataclass(frozen=True)
class NoticesAsked:
    """Somebody wants to see what is public now."""


@dataclass(frozen=True)
class NoticeClosed:
    """The commission closes a notice whose days are over."""

    notice: UUID


@dataclass(frozen=True)
class Objected:
    """Somebody objects to a grade; who they are is not part of it."""

    notice: UUID
    declaration: UUID
    text: str = field(repr=False)


@dataclass(frozen=True)
class ObjectionAnswered:
    """The commission answers an objection, for everybody to read."""

    objection: UUID
    state: ObjectionState
    answer: str


@dataclass(frozen=True)
class Voice:
    """What somebody thinks of the grade of a post."""

    declaration: UUID
    opinion: Opinion
    comment: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Voted:
    """Somebody takes part in the democratic review; who they are is not kept beside it."""

    notice: UUID
    voices: Sequence[Voice] = field(repr=False)


@dataclass(frozen=True)
class PointedOut:
    """Somebody points out a risk on a post that is not theirs."""

    post: UUID
    method: FindingMethod
    aspect: Aspect
    name: str
    manifestation: str
    channel: Channel | None = None
    reference: str = ""
    loss: bool = False


@dataclass(frozen=True)
class ChecksAssigned:
    """The head of a unit asks colleagues to check each other's posts: (post, checker)."""

    pairs: Sequence[tuple[UUID, UUID]]
    due: date


@dataclass(frozen=True)
class CheckedForAnother:
    """A colleague has checked a post: what they found, or why there is nothing."""

    check: UUID
    findings: Sequence[PointedOut]
    none_because: str | None = None


@dataclass(frozen=True)
class MeasurePlanned:
    """Who does a measure, by when, and by what one can tell."""

    measure: UUID
    owner: UUID
    due: date
    indicator: str


@dataclass(frozen=True)
class MeasuresPlanned:
    """The holder of a post plans its measures."""

    measures: Sequence[MeasurePlanned]


@dataclass(frozen=True)
class MeasureReported:
    """The owner of a measure says how far it is."""

    measure: UUID
    text: str
    finished: bool
    file: Attachment | None = None


@dataclass(frozen=True)
class MeasureVerified:
    """The head of the unit has looked at a measure that was reported as done.

    `due` is the new day of one that is sent back after its own.
    """

    measure: UUID
    passed: bool
    text: str
    due: date | None = None


@dataclass(frozen=True)
class RoundOpened:
    """The commission opens a round, with a day for each stage; it `closes` the one before."""

    name: str
    due: Sequence[tuple[Stage, date]]
    closes: UUID | None = None


@dataclass(frozen=True)
class Mobilised:
    """The head of a unit reports the meeting with which it began."""

    round: UUID
    unit: UUID
    held: date
    attended: int
    note: str


@dataclass(frozen=True)
class StagesAsked:
    """Somebody asks how far the units have come, or what one of them lacks."""

    unit: UUID | None = None


@dataclass(frozen=True)
class WorkAsked:
    """Somebody asks what waits for them."""


@dataclass(frozen=True)
class ArchiveOpened:
    """An officer reads the file of a post."""

    post: UUID


@dataclass(frozen=True)
class EvidenceAsked:
    """An officer asks for what shows how far the measures of a declaration are."""

    declaration: UUID


@dataclass(frozen=True)
class Recused:
    """An officer stands aside from everything about the holder of a declaration."""

    declaration: UUID
    reason: str


@dataclass(frozen=True)
class UnitChosen:
    """Somebody chose the unit an action is to be about."""

    action: str
    unit: UUID


@dataclass(frozen=True)
class PublicEntriesAsked:
    """Somebody wants to know what a unit does, and how."""

    unit: UUID


@dataclass(frozen=True)
class UnitEntriesAsked:
    """Somebody inside wants to read a unit's catalogues, what waits for approval included."""

    unit: UUID


@dataclass(frozen=True)
class EntriesToReviewAsked:
    """Somebody asks which entries wait for their approval."""


@dataclass(frozen=True)
class EntryOpened:
    """Somebody wants to read an entry."""

    shown: EntryShown


@dataclass(frozen=True)
class EntryWritten:
    """A new version of an entry was written."""

    entry: PowerEntry | ProcessEntry


@dataclass(frozen=True)
class RuleWritten:
    """A new version of a rule was written; with `keeps_file` it keeps the file it had."""

    wants_bytes: ClassVar[bool] = True
    entry: RuleEntry
    file: Attachment | None = None
    keeps_file: bool = False


@dataclass(frozen=True)
class EntryDecided:
    """A version of an entry is approved, or sent back with a comment."""

    entry: UUID
    comment: str | None = None


@dataclass(frozen=True)
class EntriesApproved:
    """Several versions of entries are approved in one step."""

    entries: Sequence[UUID]


@dataclass(frozen=True)
class MissingAsked:
    """Somebody asks what is missing in the catalogues, of one unit or of every one they see to."""

    unit: UUID | None


@dataclass(frozen=True)
class CataloguesHanded:
    """A clerk hands in the workbook of catalogues; `trial` only says what would change."""

    wants_bytes: ClassVar[bool] = True
    file: Attachment
    known: CodesKnown
    trial: bool


@dataclass(frozen=True)
class CataloguesAsked:
    """A clerk asks for the catalogues as a workbook."""


@dataclass(frozen=True)
class RosterSent:
    """A clerk sends the workbook of the organisation, to see what it would change."""

    wants_bytes: ClassVar[bool] = True
    file: Attachment


@dataclass(frozen=True)
class RosterConfirmed:
    """A clerk gives the word that the workbook shall be imported as they were shown."""

    pending: UUID


@dataclass(frozen=True)
class RosterExportAsked:
    """A clerk asks for the workbook of the organisation."""


@dataclass(frozen=True)
class OrganisationAsked:
    """Somebody asks who is who in a unit; None is the leading group."""

    unit: UUID | None


@dataclass(frozen=True)
class PostingChanged:
    """A clerk ends an appointment, makes one, does both, or lets a person go.

    `ended` is the appointment and `last_day` its last day, or the leaver's; `post` and
    `first_day` are the new one; `roles` are those the person has from now on.
    """

    person: UUID
    posting: Posting
    ended: UUID | None = None
    last_day: date | None = None
    post: UUID | None = None
    first_day: date | None = None
    roles: Sequence[Role] = ()


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


@dataclass(frozen=True)
class OfficialFormAsked:
    """Somebody asks for an official form of a unit, or of a post of it."""

    form: OfficialForm
    unit: UUID
    post: UUID | None = None


@dataclass(frozen=True)
class LedgerAsked:
    """Somebody asks for the ledger of a unit; None is all within their reach."""

    unit: UUID | None


@dataclass(frozen=True)
class ProcessChosen:
    """Somebody chose the process an action is to be about."""

    action: str
    process: UUID


@dataclass(frozen=True)
class MatterAccepted:
    """A unit accepts a matter; `met` are the numbers of the conditions that are met, from 1."""

    process: UUID
    met: Sequence[int]
    wanted: str = field(repr=False)
    applicant: str = field(repr=False)
    contact: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class MatterAskedAfter:
    """Somebody asks with an acceptance number where a matter stands."""

    number: str


@dataclass(frozen=True)
class MattersAsked:
    """Somebody asks which matters are at hand."""


@dataclass(frozen=True)
class MatterOpened:
    """Somebody wants to see a matter."""

    matter: UUID


@dataclass(frozen=True)
class MatterMoved:
    """Somebody takes a move of a matter, at the step they have seen it at.

    `missing` are the numbers of the conditions that are not met, as a stop tells them.
    """

    matter: UUID
    step: int
    move: MatterMove
    note: str = field(default="", repr=False)
    missing: Sequence[int] = ()


@dataclass(frozen=True)
class LapseRecorded:
    """Monitoring records what went wrong at a step of a process or matter; 0 is the whole."""

    process: UUID
    matter: UUID | None
    step: int
    kind: LapseKind
    found_on: date
    text: str = field(repr=False)


@dataclass(frozen=True)
class NumberTried:
    """The commission asks what the rules would have drafted by another number, on which days."""

    name: str
    value: int
    first: date
    last: date


@dataclass(frozen=True)
class MonitoringAsked:
    """Somebody asks what monitoring counts in a month, of all they look after or of one unit."""

    month: date | None = None
    unit: UUID | None = None


@dataclass(frozen=True)
class LogAsked:
    """Somebody asks to read a page of the audit log."""

    chosen: LogSlice


@dataclass(frozen=True)
class LogTaken:
    """Somebody asks for the audit log as a workbook."""

    chosen: LogSlice


@dataclass(frozen=True)
class LogVerified:
    """Somebody asks whether the audit log is whole."""


@dataclass(frozen=True)
class PrivacyAsked:
    """Somebody asks what is kept; None is the first page."""

    topic: PrivacyTopic | None


@dataclass(frozen=True)
class KeysTaken:
    """A handler takes the sealed keys of their cases along."""


@dataclass(frozen=True)
class KeysBrought:
    """A handler brings keys of cases that they sealed anew on their own computer."""

    wants_bytes: ClassVar[bool] = True
    file: Attachment


@dataclass(frozen=True)
class RecoverySet:
    """The commission's secretary names the key every case is sealed to besides."""

    public: str


@dataclass(frozen=True)
class OwnDaysEntered:
    """A clerk entered days that the township works, or does not, by its own word."""

    span: OwnSpan


@dataclass(frozen=True)
class OwnDaysTakenBack:
    """A clerk took days of the township's own back."""

    span: OwnSpan


@dataclass(frozen=True)
class Snoozed:
    """A holder has something due said again on a day, and says why."""

    deadline: UUID
    until: date
    reason: SnoozeReason
    note: str = ""


@dataclass(frozen=True)
class HourChosen:
    """Somebody chose the hour of their reminders."""

    hour: int


@dataclass(frozen=True)
class WarningSubjectChosen:
    """The commission chose whom a warning is to be about: somebody on a post, or a unit."""

    subject: str


@dataclass(frozen=True)
class WarningDrafted:
    """A member of the commission drafted a warning."""

    draft: WarningDraft


@dataclass(frozen=True)
class WarningsAsked:
    """The commission asks for the list of warnings."""


@dataclass(frozen=True)
class OwnWarningsAsked:
    """Somebody asks for the warnings that were addressed to them."""


@dataclass(frozen=True)
class WarningOpened:
    """Somebody wants to read a warning."""

    warning: UUID


@dataclass(frozen=True)
class WarningEvidenceAsked:
    """Somebody wants to see the files of a warning."""

    warning: UUID


@dataclass(frozen=True)
class PartCommented:
    """What is to be changed about a part of a reply."""

    part: ReplyPart
    text: str = field(repr=False)


@dataclass(frozen=True)
class WarningMoved:
    """The commission takes a step of a warning, after so many steps as were seen of it.

    `demand` is what is asked, where the step fixes it; `due` the day of a new reply, where it is
    sent back.
    """

    wants_bytes: ClassVar[bool] = True
    warning: UUID
    seen: int
    move: WarningMove
    note: str = field(default="", repr=False)
    demand: str = field(default="", repr=False)
    comments: Sequence[PartCommented] = field(default=(), repr=False)
    due: date | None = None
    files: tuple[Attachment, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class WarningRaised:
    """The commission drafts a higher warning bound to one that is at work."""

    warning: UUID
    seen: int
    reason: Reason = field(repr=False)
    demand: str = field(repr=False)


@dataclass(frozen=True)
class WarningMadeLead:
    """What a draft alleges is a lead: it goes to the vault, and the draft keeps nothing of it."""

    slow: ClassVar[bool] = True
    warning: UUID
    seen: int
    note: str = field(repr=False)


@dataclass(frozen=True)
class WarningSigned:
    """Whom a warning is addressed to signs for it."""

    warning: UUID


@dataclass(frozen=True)
class WarningReplied:
    """Whom a warning is addressed to replies: cause, correction and its day, pledge, evidence."""

    wants_bytes: ClassVar[bool] = True
    warning: UUID
    cause: str = field(repr=False)
    correction: str = field(repr=False)
    correct_by: date
    pledge: str = field(repr=False)
    files: tuple[Attachment, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class ExtensionAsked:
    """Whom a warning is addressed to asks for more time."""

    warning: UUID
    until: date
    reason: str = field(repr=False)


@dataclass(frozen=True)
class WarningPaperAsked:
    """Somebody asks for a paper of a warning."""

    warning: UUID
    paper: WarningPaper


@dataclass(frozen=True)
class WarningLedgerAsked:
    """The commission asks for the ledger of warnings."""


Event: TypeAlias = (
    CodeTyped
    | Joined
    | LanguageChosen
    | SelfChecked
    | HolderChosen
    | ComplaintLodged
    | SentElsewhere
    | ReceiptPresented
    | CaseOpened
    | ContactAsked
    | CasesSifted
    | CaseStepped
    | WriterStepped
    | BellHung
    | ChatSwept
    | KeyMade
    | KeyGiven
    | VaultUnlocked
    | CasesShared
    | SelfCheckCalled
    | InvitationMade
    | BroadcastOrdered
    | Acknowledged
    | BroadcastSteered
    | BroadcastsAsked
    | RecipientsAsked
    | UnreachedAsked
    | DayAsked
    | ProgressAsked
    | StepDecided
    | StepsDecided
    | DeclarationAmended
    | NoticePublished
    | NoticesAsked
    | NoticeClosed
    | Objected
    | ObjectionAnswered
    | Voted
    | PointedOut
    | ChecksAssigned
    | CheckedForAnother
    | MeasuresPlanned
    | MeasureReported
    | MeasureVerified
    | RoundOpened
    | Mobilised
    | StagesAsked
    | WorkAsked
    | ArchiveOpened
    | EvidenceAsked
    | Recused
    | UnitChosen
    | PublicEntriesAsked
    | UnitEntriesAsked
    | EntriesToReviewAsked
    | EntryOpened
    | EntryWritten
    | RuleWritten
    | EntryDecided
    | EntriesApproved
    | MissingAsked
    | CataloguesHanded
    | CataloguesAsked
    | RosterSent
    | RosterConfirmed
    | RosterExportAsked
    | OrganisationAsked
    | PostingChanged
    | FormSent
    | FormPreviewed
    | FormPublished
    | QuestionnaireChosen
    | FormDiscarded
    | FormWithdrawn
    | OfficialFormAsked
    | LedgerAsked
    | ProcessChosen
    | MatterAccepted
    | MatterAskedAfter
    | MattersAsked
    | MatterOpened
    | MatterMoved
    | LapseRecorded
    | NumberTried
    | MonitoringAsked
    | LogAsked
    | LogTaken
    | LogVerified
    | PrivacyAsked
    | KeysTaken
    | KeysBrought
    | RecoverySet
    | OwnDaysEntered
    | OwnDaysTakenBack
    | Snoozed
    | HourChosen
    | WarningSubjectChosen
    | WarningDrafted
    | WarningsAsked
    | OwnWarningsAsked
    | WarningOpened
    | WarningEvidenceAsked
    | WarningMoved
    | WarningRaised
    | WarningMadeLead
    | WarningSigned
    | WarningReplied
    | ExtensionAsked
    | WarningPaperAsked
    | WarningLedgerAsked
)
