"""What is remembered, table by table, a topic a file.

People's accounts are kept sealed and found by a keyed hash. The tables of the vault (cases,
papers, keys, receipts) refer to no person at all.
"""

from storage.tables.audit import AuditEntry, AuditRoot
from storage.tables.broadcasts import Broadcast, BroadcastCopy
from storage.tables.calendar import CalendarEnd, OwnDay
from storage.tables.catalogues import (
    Power,
    PowerPost,
    Process,
    ProcessPower,
    ProcessStep,
    Rule,
    RuleFile,
)
from storage.tables.deadlines import Deadline, Reminder, ReminderHour, Snooze
from storage.tables.grading import Declaration, GradeDecision, ItemComment, Recusal, StepTaken
from storage.tables.matters import Lapse, Matter, MatterCondition, MatterDeed, MatterStep
from storage.tables.measures import Measure, MeasureReport
from storage.tables.notices import (
    BallotCast,
    BallotComment,
    BallotCount,
    Notice,
    NoticeItem,
    Objection,
)
from storage.tables.organisation import (
    Appointment,
    ChatLanguage,
    Invitation,
    Kinship,
    Person,
    Post,
    RoleHeld,
    Unit,
)
from storage.tables.path import Conversation, Inbox, Outbox
from storage.tables.questionnaires import Questionnaire, QuestionnaireAnswer
from storage.tables.risks import AspectAnswer, Finding, MutualCheck, RiskPoint, SelfCheck
from storage.tables.rosters import PendingImport, SeatHeld
from storage.tables.rounds import Mobilisation, Round, RoundStage
from storage.tables.signals import Lookout, Signal, SignalUse
from storage.tables.vault import (
    Case,
    CaseBell,
    CasePaper,
    CasePiece,
    CaseRecusal,
    CaseReminder,
    CaseStep,
    HandlerKey,
    Receipt,
    RecoveryKey,
    WrappedKey,
)
from storage.tables.warnings import (
    GradedWarning,
    ReplyComment,
    WarningFile,
    WarningReason,
    WarningReply,
    WarningStep,
)

__all__ = [
    "Appointment",
    "AspectAnswer",
    "AuditEntry",
    "AuditRoot",
    "BallotCast",
    "BallotComment",
    "BallotCount",
    "Broadcast",
    "BroadcastCopy",
    "CalendarEnd",
    "Case",
    "CaseBell",
    "CasePaper",
    "CasePiece",
    "CaseRecusal",
    "CaseReminder",
    "CaseStep",
    "ChatLanguage",
    "Conversation",
    "Deadline",
    "Declaration",
    "Finding",
    "GradeDecision",
    "GradedWarning",
    "HandlerKey",
    "Inbox",
    "Invitation",
    "ItemComment",
    "Kinship",
    "Lapse",
    "Lookout",
    "Matter",
    "MatterCondition",
    "MatterDeed",
    "MatterStep",
    "Measure",
    "MeasureReport",
    "Mobilisation",
    "MutualCheck",
    "Notice",
    "NoticeItem",
    "Objection",
    "Outbox",
    "OwnDay",
    "PendingImport",
    "Person",
    "Post",
    "Power",
    "PowerPost",
    "Process",
    "ProcessPower",
    "ProcessStep",
    "Questionnaire",
    "QuestionnaireAnswer",
    "Receipt",
    "RecoveryKey",
    "Recusal",
    "Reminder",
    "ReminderHour",
    "ReplyComment",
    "RiskPoint",
    "RoleHeld",
    "Round",
    "RoundStage",
    "Rule",
    "RuleFile",
    "SeatHeld",
    "SelfCheck",
    "Signal",
    "SignalUse",
    "Snooze",
    "StepTaken",
    "Unit",
    "WarningFile",
    "WarningReason",
    "WarningReply",
    "WarningStep",
    "WrappedKey",
]
