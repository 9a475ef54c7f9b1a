"""What is remembered, table by table, a topic a file.

People's accounts are kept sealed and found by a keyed hash. The tables of the vault (cases,
papers, keys, receipts) refer to no person at all.
"""

from storage.tables.broadcasts import Broadcast, BroadcastCopy
from storage.tables.deadlines import Deadline, Reminder
from storage.tables.organisation import (
    Appointment,
    ChatLanguage,
    Invitation,
    Person,
    Post,
    RoleHeld,
    Unit,
)
from storage.tables.path import Conversation, Inbox, Outbox
from storage.tables.questionnaires import Questionnaire, QuestionnaireAnswer
from storage.tables.risks import AspectAnswer, RiskPoint, SelfCheck
from storage.tables.vault import Case, CasePaper, Receipt, WrappedKey

__all__ = [
    "Appointment",
    "AspectAnswer",
    "Broadcast",
    "BroadcastCopy",
    "Case",
    "CasePaper",
    "ChatLanguage",
    "Conversation",
    "Deadline",
    "Inbox",
    "Invitation",
    "Outbox",
    "Person",
    "Post",
    "Questionnaire",
    "QuestionnaireAnswer",
    "Receipt",
    "Reminder",
    "RiskPoint",
    "RoleHeld",
    "SelfCheck",
    "Unit",
    "WrappedKey",
]
