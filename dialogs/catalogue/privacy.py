"""What is kept, in what form, how long and who can open it: said by /privacy and docs/privacy.md.

A row a kind of thing; its sentence is `kept.<name>` in dialogs/messages. Tests hold the tables to
these rows, so that nothing is kept that is not told of.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.vocabulary import KeptAs, KeptFor, PrivacyTopic, Reader


@dataclass(frozen=True)
class Kept:
    """A kind of thing that is kept, and in which tables."""

    name: str
    topic: PrivacyTopic
    tables: Sequence[str]
    form: Sequence[KeptAs]
    span: KeptFor
    readers: Sequence[Reader]


KEPT: Sequence[Kept] = (
    Kept(
        "case",
        PrivacyTopic.COMPLAINTS,
        ("vault_case",),
        (KeptAs.UNTIED,),
        KeptFor.NO_END,
        (Reader.COMMISSION, Reader.RECEIPT),
    ),
    Kept(
        "paper",
        PrivacyTopic.COMPLAINTS,
        ("vault_paper",),
        (KeptAs.SEALED,),
        KeptFor.CASE,
        (Reader.COMMISSION, Reader.RECEIPT),
    ),
    Kept(
        "key",
        PrivacyTopic.COMPLAINTS,
        ("vault_key",),
        (KeptAs.SEALED,),
        KeptFor.CASE,
        (Reader.NOBODY,),
    ),
    Kept(
        "receipt",
        PrivacyTopic.COMPLAINTS,
        ("vault_receipt",),
        (KeptAs.DIGEST,),
        KeptFor.CASE,
        (Reader.NOBODY,),
    ),
    Kept(
        "handler",
        PrivacyTopic.COMPLAINTS,
        ("vault_handler",),
        (KeptAs.PLAIN, KeptAs.SEALED),
        KeptFor.NO_END,
        (Reader.NOBODY,),
    ),
    Kept(
        "aside",
        PrivacyTopic.COMPLAINTS,
        ("vault_recusal",),
        (KeptAs.DIGEST,),
        KeptFor.CASE,
        (Reader.NOBODY,),
    ),
    Kept(
        "steps",
        PrivacyTopic.COMPLAINTS,
        ("vault_step",),
        (KeptAs.PLAIN,),
        KeptFor.NO_END,
        (Reader.COMMISSION,),
    ),
    Kept(
        "bell",
        PrivacyTopic.COMPLAINTS,
        ("vault_bell",),
        (KeptAs.SEALED,),
        KeptFor.CASE,
        (Reader.NOBODY,),
    ),
    Kept(
        "matter",
        PrivacyTopic.MATTERS,
        ("matter", "matter_condition", "matter_deed"),
        (KeptAs.PLAIN, KeptAs.SEALED),
        KeptFor.NO_END,
        (Reader.CIRCLE,),
    ),
    Kept(
        "matter_way",
        PrivacyTopic.MATTERS,
        ("matter_step",),
        (KeptAs.PLAIN,),
        KeptFor.NO_END,
        (Reader.ANYBODY,),
    ),
    Kept(
        "lapse",
        PrivacyTopic.MATTERS,
        ("lapse",),
        (KeptAs.PLAIN, KeptAs.SEALED),
        KeptFor.NO_END,
        (Reader.COMMISSION, Reader.UNIT_HEAD, Reader.LEADER, Reader.COMMITTEE),
    ),
    Kept(
        "notice",
        PrivacyTopic.VOICES,
        ("notice", "notice_item"),
        (KeptAs.PLAIN,),
        KeptFor.NO_END,
        (Reader.CIRCLE,),
    ),
    Kept(
        "objection",
        PrivacyTopic.VOICES,
        ("objection",),
        (KeptAs.SEALED, KeptAs.UNTIED),
        KeptFor.NO_END,
        (Reader.COMMISSION,),
    ),
    Kept(
        "ballot",
        PrivacyTopic.VOICES,
        ("ballot_cast",),
        (KeptAs.HASHED,),
        KeptFor.NO_END,
        (Reader.NOBODY,),
    ),
    Kept(
        "count",
        PrivacyTopic.VOICES,
        ("ballot_count",),
        (KeptAs.UNTIED,),
        KeptFor.NO_END,
        (Reader.COMMISSION, Reader.COMMITTEE),
    ),
    Kept(
        "comment",
        PrivacyTopic.VOICES,
        ("ballot_comment",),
        (KeptAs.SEALED,),
        KeptFor.NO_END,
        (Reader.COMMISSION, Reader.COMMITTEE),
    ),
    Kept(
        "answer",
        PrivacyTopic.VOICES,
        ("questionnaire_answer",),
        (KeptAs.UNTIED,),
        KeptFor.NO_END,
        (Reader.COMMISSION, Reader.CLERK),
    ),
    Kept(
        "questionnaire",
        PrivacyTopic.VOICES,
        ("questionnaire",),
        (KeptAs.PLAIN,),
        KeptFor.NO_END,
        (Reader.COMMISSION, Reader.CLERK),
    ),
    Kept(
        "inbox",
        PrivacyTopic.MESSAGES,
        ("inbox",),
        (KeptAs.SEALED, KeptAs.HASHED),
        KeptFor.ANSWERED,
        (Reader.NOBODY,),
    ),
    Kept(
        "conversation",
        PrivacyTopic.MESSAGES,
        ("conversation",),
        (KeptAs.SEALED, KeptAs.HASHED),
        KeptFor.FINISHED,
        (Reader.SELF,),
    ),
    Kept(
        "outbox",
        PrivacyTopic.MESSAGES,
        ("outbox",),
        (KeptAs.SEALED, KeptAs.HASHED),
        KeptFor.SENT,
        (Reader.NOBODY,),
    ),
    Kept(
        "language",
        PrivacyTopic.MESSAGES,
        ("chat_language",),
        (KeptAs.HASHED,),
        KeptFor.NO_END,
        (Reader.NOBODY,),
    ),
    Kept(
        "organisation",
        PrivacyTopic.PEOPLE,
        ("unit", "post"),
        (KeptAs.PLAIN,),
        KeptFor.UNTIL_CHANGED,
        (Reader.UNIT_HEAD, Reader.LEADER, Reader.COMMISSION, Reader.COMMITTEE, Reader.CLERK),
    ),
    Kept(
        "person", PrivacyTopic.PEOPLE, ("person",), (KeptAs.PLAIN,), KeptFor.NO_END, (Reader.CLERK,)
    ),
    Kept(
        "kinship",
        PrivacyTopic.PEOPLE,
        ("kinship",),
        (KeptAs.PLAIN,),
        KeptFor.UNTIL_CHANGED,
        (Reader.CLERK,),
    ),
    Kept(
        "account",
        PrivacyTopic.PEOPLE,
        ("person",),
        (KeptAs.SEALED, KeptAs.HASHED),
        KeptFor.UNTIL_LEFT,
        (Reader.NOBODY,),
    ),
    Kept(
        "standing",
        PrivacyTopic.PEOPLE,
        ("role_held", "appointment", "seat_held"),
        (KeptAs.PLAIN,),
        KeptFor.UNTIL_CHANGED,
        (Reader.UNIT_HEAD, Reader.LEADER, Reader.COMMISSION, Reader.COMMITTEE, Reader.CLERK),
    ),
    Kept(
        "import",
        PrivacyTopic.PEOPLE,
        ("pending_import",),
        (KeptAs.SEALED,),
        KeptFor.IMPORTED,
        (Reader.CLERK,),
    ),
    Kept(
        "invitation",
        PrivacyTopic.PEOPLE,
        ("invitation",),
        (KeptAs.PLAIN, KeptAs.HASHED),
        KeptFor.INVITED,
        (Reader.CLERK,),
    ),
    Kept(
        "declared",
        PrivacyTopic.RISKS,
        ("self_check", "aspect_answer", "risk_point", "declaration"),
        (KeptAs.PLAIN,),
        KeptFor.NO_END,
        (Reader.SELF, Reader.UNIT_HEAD, Reader.LEADER, Reader.COMMISSION, Reader.COMMITTEE),
    ),
    Kept(
        "decided",
        PrivacyTopic.RISKS,
        ("step_taken", "grade_decision", "item_comment"),
        (KeptAs.PLAIN,),
        KeptFor.NO_END,
        (Reader.SELF, Reader.UNIT_HEAD, Reader.LEADER, Reader.COMMISSION, Reader.COMMITTEE),
    ),
    Kept(
        "measures",
        PrivacyTopic.RISKS,
        ("measure", "measure_report"),
        (KeptAs.PLAIN,),
        KeptFor.NO_END,
        (Reader.SELF, Reader.UNIT_HEAD, Reader.LEADER, Reader.COMMISSION, Reader.COMMITTEE),
    ),
    Kept(
        "found",
        PrivacyTopic.RISKS,
        ("finding", "mutual_check"),
        (KeptAs.PLAIN,),
        KeptFor.NO_END,
        (Reader.SELF, Reader.UNIT_HEAD, Reader.LEADER, Reader.COMMISSION),
    ),
    Kept(
        "rounds",
        PrivacyTopic.RISKS,
        ("round", "round_stage", "mobilisation"),
        (KeptAs.PLAIN,),
        KeptFor.NO_END,
        (Reader.UNIT_HEAD, Reader.LEADER, Reader.COMMISSION, Reader.COMMITTEE),
    ),
    Kept(
        "recusal",
        PrivacyTopic.RISKS,
        ("recusal",),
        (KeptAs.PLAIN,),
        KeptFor.NO_END,
        (Reader.AUDITOR,),
    ),
    Kept(
        "deadlines",
        PrivacyTopic.RISKS,
        ("deadline", "reminder"),
        (KeptAs.PLAIN,),
        KeptFor.NO_END,
        (Reader.SELF, Reader.UNIT_HEAD, Reader.LEADER, Reader.COMMISSION, Reader.COMMITTEE),
    ),
    Kept(
        "catalogues",
        PrivacyTopic.CATALOGUES,
        ("power", "power_post", "process", "process_power", "process_step", "rule", "rule_file"),
        (KeptAs.PLAIN,),
        KeptFor.NO_END,
        (Reader.ANYBODY,),
    ),
    Kept(
        "broadcasts",
        PrivacyTopic.CATALOGUES,
        ("broadcast", "broadcast_copy"),
        (KeptAs.PLAIN,),
        KeptFor.NO_END,
        (Reader.COMMISSION, Reader.SELF),
    ),
    Kept(
        "log",
        PrivacyTopic.LOG,
        ("audit_entry",),
        (KeptAs.PLAIN,),
        KeptFor.FOREVER,
        (Reader.AUDITOR,),
    ),
    Kept(
        "roots",
        PrivacyTopic.LOG,
        ("audit_root",),
        (KeptAs.PLAIN,),
        KeptFor.FOREVER,
        (Reader.ANYBODY,),
    ),
)

# What cannot be protected; the sentence of each is `limit.<name>`.
LIMITS = ("telegram", "server", "owner", "guess", "screen", "before", "copies", "signal")
