"""The first tables."""

import sqlalchemy as sa
from alembic import op

from storage.database import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "audit_root",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "chat_language",
        sa.Column("chat_hash", sa.String(), nullable=False),
        sa.Column(
            "language",
            sa.Enum("zh_hant", "en", name="language", native_enum=False, length=32),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("chat_hash"),
    )
    op.create_table(
        "conversation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("chat_hash", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("draft", sa.LargeBinary(), nullable=False),
        sa.Column("touched_at", Moment(timezone=True), nullable=False),
        sa.Column("expires_at", Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("chat_hash", "action", "subject"),
    )
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_conversation_expires_at"), ["expires_at"], unique=False
        )

    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_hash", sa.String(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", Moment(timezone=True), nullable=False),
        sa.Column("done_at", Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("update_id"),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(
            "inbox_waiting",
            ["chat_hash", "update_id"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("account_hash", sa.String(), nullable=True),
        sa.Column("account", sa.LargeBinary(), nullable=True),
        sa.Column("joined_at", Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_hash"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "questionnaire_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("questionnaire_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_questionnaire_answer_form"), ["form"], unique=False)

    op.create_table(
        "rule_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "audit_entry",
        sa.Column("ordinal", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", Moment(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum(
                "done", "read", "exported", "refused", name="verdict", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("ordinal"),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_person_id"), ["person_id"], unique=False)

    op.create_table(
        "broadcast",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ordered_by", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("running", "finished", name="broadcaststate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("ordered_at", Moment(timezone=True), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("progress_message", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ordered_by"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("expires_at", Moment(timezone=True), nullable=False),
        sa.Column("used_at", Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_hash"),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_person_id"), ["person_id"], unique=False)

    op.create_table(
        "kinship",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("relative_id", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["relative_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("person_id", "relative_id"),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "scope",
            sa.Enum(
                "inside", "villagers", "channel", name="noticescope", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("published_by", sa.Uuid(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["published_by"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_closes_on"), ["closes_on"], unique=False)

    op.create_table(
        "pending_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("roster", sa.LargeBinary(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("expires_at", Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id"),
    )
    with op.batch_alter_table("pending_import", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pending_import_expires_at"), ["expires_at"], unique=False
        )

    op.create_table(
        "questionnaire",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "offered",
                "replaced",
                "withdrawn",
                name="questionnairestate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("sent_by", sa.Uuid(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("workbook", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["published_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["sent_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("form", "version"),
    )
    with op.batch_alter_table("questionnaire", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_questionnaire_state"), ["state"], unique=False)

    op.create_table(
        "recusal",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["holder_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("person_id", "holder_id"),
    )
    op.create_table(
        "role_held",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "villager",
                "cadre",
                "unit_head",
                "leader",
                "commission_member",
                "commission_secretary",
                "party_committee",
                "office_clerk",
                "auditor",
                name="role",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("person_id", "role"),
    )
    op.create_table(
        "round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["opened_by"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "seat_held",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "seat",
            sa.Enum(
                "head",
                "deputy",
                "member",
                "office_head",
                "office_member",
                name="seat",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("person_id", "seat"),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("office", "village", name="unitkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("leader_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["leader_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_leader_id"), ["leader_id"], unique=False)

    op.create_table(
        "vault_handler",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column(
            "viewing",
            sa.Enum("offline", "in_chat", name="viewing", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("locked", sa.LargeBinary(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("vault_handler", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vault_handler_person_id"), ["person_id"], unique=False)

    op.create_table(
        "vault_recovery",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["set_by"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "broadcast_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("broadcast_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "sent",
                "read",
                "failed",
                "blocked",
                "unknown",
                "not_joined",
                name="deliverystate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("read_at", Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["broadcast_id"],
            ["broadcast.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("broadcast_id", "person_id"),
    )
    with op.batch_alter_table("broadcast_copy", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_broadcast_copy_broadcast_id"), ["broadcast_id"], unique=False
        )

    op.create_table(
        "mobilisation",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("attended", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("reported_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reported_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["round.id"],
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.id"],
        ),
        sa.PrimaryKeyConstraint("round_id", "unit_id"),
    )
    op.create_table(
        "post",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "power",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "approved",
                "sent_back",
                "superseded",
                name="entrystate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("written_at", Moment(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", Moment(timezone=True), nullable=True),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "licence",
                "payment",
                "confirmation",
                "penalty",
                "inspection",
                "other_power",
                "public_service",
                "internal",
                "village_affairs",
                name="powercategory",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("commitment", sa.String(), nullable=False),
        sa.Column("discipline", sa.String(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.id"],
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code", "version"),
    )
    with op.batch_alter_table("power", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_power_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "process",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "approved",
                "sent_back",
                "superseded",
                name="entrystate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("written_at", Moment(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", Moment(timezone=True), nullable=True),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("conditions", sa.String(), nullable=False),
        sa.Column("supervision", sa.String(), nullable=False),
        sa.Column("rights", sa.String(), nullable=False),
        sa.Column("complaint", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.id"],
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code", "version"),
    )
    with op.batch_alter_table("process", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_process_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "round_stage",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "mobilise",
                "search",
                "control",
                "systems",
                name="stage",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["round.id"],
        ),
        sa.PrimaryKeyConstraint("round_id", "stage"),
    )
    op.create_table(
        "rule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "approved",
                "sent_back",
                "superseded",
                name="entrystate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("written_at", Moment(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", Moment(timezone=True), nullable=True),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column(
            "system",
            sa.Enum(
                "post_duty",
                "first_asked",
                "tell_once",
                "time_limit",
                "appraisal",
                "accountability",
                name="rulesystem",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("in_force", sa.Date(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["rule_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.id"],
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code", "version"),
    )
    with op.batch_alter_table("rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rule_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "vault_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "suggestion",
                "service",
                "report",
                "objection",
                "question",
                name="casekind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "accused",
            sa.Enum(
                "village_cadre",
                "town_staff",
                "town_leader",
                "commission",
                "nobody",
                name="accused",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "accepted",
                "asked",
                "declined",
                "handed_on",
                "concluded",
                "withdrawn",
                name="casestate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("assisted", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("assigned_to", sa.Uuid(), nullable=True),
        sa.Column(
            "satisfaction",
            sa.Enum("content", "partly", "not", name="satisfaction", native_enum=False, length=32),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["assigned_to"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("vault_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vault_case_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "appointment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointment_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_post_id"), ["post_id"], unique=False)

    op.create_table(
        "deadline",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "self_check",
                "mutual_check",
                "measure",
                "regrade",
                name="deadlinekind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kind", "person_id", "subject", "due_on"),
    )
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.create_index(
            "deadline_open",
            ["due_on"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_deadline_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deadline_subject"), ["subject"], unique=False)

    op.create_table(
        "declaration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "returned",
                "declared",
                "endorsed",
                "defined",
                "provisional",
                "published",
                "heard",
                "settled",
                "filed",
                "superseded",
                name="declarationstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("filing_number", sa.String(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("review_due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post.id"],
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["round.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("filing_number"),
    )
    with op.batch_alter_table("declaration", schema=None) as batch_op:
        batch_op.create_index(
            "declaration_open",
            ["post_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("state NOT IN ('filed', 'superseded')"),
            postgresql_where=sa.text("state NOT IN ('filed', 'superseded')"),
        )
        batch_op.create_index("declaration_state", ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_declaration_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_declaration_post_id"), ["post_id"], unique=False)

    op.create_table(
        "finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "self",
                "public",
                "mutual",
                "leader",
                "organisation",
                name="findingmethod",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "complaints",
                "audit",
                "inspection",
                "survey",
                "talk",
                name="channel",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column(
            "aspect",
            sa.Enum(
                "duty",
                "process",
                "system",
                "efficiency",
                "surroundings",
                "housing_land",
                "special_funds",
                "collective_assets",
                name="aspect",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("manifestation", sa.String(), nullable=False),
        sa.Column("found_by", sa.Uuid(), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "adopted",
                "merged",
                "declined",
                name="findingstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("merged_into", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["found_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post.id"],
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_merged_into"), ["merged_into"], unique=False)
        batch_op.create_index(batch_op.f("ix_finding_post_id"), ["post_id"], unique=False)

    op.create_table(
        "matter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("accepted_by", sa.Uuid(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "under_way",
                "stopped",
                "finished",
                "declined",
                name="matterstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("sheet", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["accepted_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["process_id"],
            ["process.id"],
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    with op.batch_alter_table("matter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_matter_accepted_by"), ["accepted_by"], unique=False)
        batch_op.create_index("matter_at_hand", ["unit_id", "state", "due_on"], unique=False)

    op.create_table(
        "mutual_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("checker_id", sa.Uuid(), nullable=False),
        sa.Column("assigned_by", sa.Uuid(), nullable=False),
        sa.Column("assigned_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", Moment(timezone=True), nullable=True),
        sa.Column("none_because", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assigned_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["checker_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("post_id", "checker_id", "due_on"),
    )
    with op.batch_alter_table("mutual_check", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mutual_check_checker_id"), ["checker_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_mutual_check_post_id"), ["post_id"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chat_hash", sa.String(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("due_at", Moment(timezone=True), nullable=False),
        sa.Column("sending", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("copy_id", sa.Uuid(), nullable=True),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["copy_id"],
            ["broadcast_copy.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_chat_hash"), ["chat_hash"], unique=False)
        batch_op.create_index("outbox_next", ["sending", "urgency", "id"], unique=False)

    op.create_table(
        "power_post",
        sa.Column("power_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post.id"],
        ),
        sa.ForeignKeyConstraint(
            ["power_id"],
            ["power.id"],
        ),
        sa.PrimaryKeyConstraint("power_id", "post_id"),
    )
    op.create_table(
        "process_power",
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("power_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_id"],
            ["process.id"],
        ),
        sa.PrimaryKeyConstraint("process_id", "power_code"),
    )
    with op.batch_alter_table("process_power", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_process_power_power_code"), ["power_code"], unique=False
        )

    op.create_table(
        "vault_bell",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["vault_case.id"],
        ),
        sa.PrimaryKeyConstraint("case_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vault_key",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["vault_case.id"],
        ),
        sa.PrimaryKeyConstraint("case_id", "key_id"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("vault_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vault_key_key_id"), ["key_id"], unique=False)

    op.create_table(
        "vault_paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "account",
                "contact",
                "answer",
                "supplement",
                "retaliation",
                "note",
                "manifest",
                "original",
                "copy",
                name="paperkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("header", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["vault_case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("vault_paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vault_paper_case_id"), ["case_id"], unique=False)

    op.create_table(
        "vault_receipt",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["vault_case.id"],
        ),
        sa.PrimaryKeyConstraint("case_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vault_recusal",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["vault_case.id"],
        ),
        sa.PrimaryKeyConstraint("case_id", "mark"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vault_step",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column(
            "move",
            sa.Enum(
                "lodge",
                "accept",
                "decline",
                "hand_on",
                "assign",
                "hand_back",
                "ask",
                "inform",
                "ask_extension",
                "extend",
                "conclude",
                "supplement",
                "rate",
                "reopen",
                "retaliation",
                "withdraw",
                name="casemove",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "leads",
            sa.Enum(
                "received",
                "accepted",
                "asked",
                "declined",
                "handed_on",
                "concluded",
                "withdrawn",
                name="casestate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["vault_case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("case_id", "ordinal"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ballot_cast",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("voter_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["notice.id"],
        ),
        sa.PrimaryKeyConstraint("notice_id", "declaration_id", "voter_hash"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ballot_comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["notice.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("ballot_comment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ballot_comment_notice_id"), ["notice_id"], unique=False
        )

    op.create_table(
        "ballot_count",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column(
            "voters",
            sa.Enum(
                "villager",
                "cadre",
                "unit_head",
                "leader",
                "commission_member",
                "commission_secretary",
                "party_committee",
                "office_clerk",
                "auditor",
                name="role",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "opinion",
            sa.Enum("fitting", "too_low", "too_high", name="opinion", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["notice.id"],
        ),
        sa.PrimaryKeyConstraint("notice_id", "declaration_id", "voters", "opinion"),
    )
    op.create_table(
        "lapse",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "overdue",
                "added_condition",
                "attitude",
                "not_told",
                "passed_on",
                "other",
                name="lapsekind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", Moment(timezone=True), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
        ),
        sa.ForeignKeyConstraint(
            ["process_id"],
            ["process.id"],
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("lapse", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lapse_matter_id"), ["matter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lapse_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "matter_condition",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("met", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
        ),
        sa.PrimaryKeyConstraint("matter_id", "ordinal"),
    )
    op.create_table(
        "matter_deed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column(
            "move",
            sa.Enum(
                "accept",
                "take",
                "send_back",
                "stop",
                "resume",
                "finish",
                "decline",
                name="mattermove",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("done_at", Moment(timezone=True), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("matter_deed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_matter_deed_matter_id"), ["matter_id"], unique=False)

    op.create_table(
        "matter_step",
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["done_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"],
            ["matter.id"],
        ),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post.id"],
        ),
        sa.PrimaryKeyConstraint("matter_id", "ordinal"),
    )
    with op.batch_alter_table("matter_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_matter_step_post_id"), ["post_id"], unique=False)

    op.create_table(
        "notice_item",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["notice.id"],
        ),
        sa.PrimaryKeyConstraint("notice_id", "declaration_id"),
    )
    with op.batch_alter_table("notice_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_notice_item_declaration_id"), ["declaration_id"], unique=False
        )

    op.create_table(
        "objection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "upheld", "dismissed", name="objectionstate", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["notice.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_objection_declaration_id"), ["declaration_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_objection_notice_id"), ["notice_id"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("deadline_id", sa.Uuid(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "called",
                "far",
                "near",
                "before",
                "on_day",
                "late",
                "very_late",
                name="reminderstage",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deadline_id"],
            ["deadline.id"],
        ),
        sa.PrimaryKeyConstraint("deadline_id", "stage"),
    )
    op.create_table(
        "self_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("done_at", Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("declaration_id", "version"),
    )
    with op.batch_alter_table("self_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_self_check_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_self_check_post_id"), ["post_id"], unique=False)

    op.create_table(
        "step_taken",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "move",
            sa.Enum(
                "declare",
                "endorse",
                "define",
                "preset",
                "publish",
                "uphold",
                "close",
                "settle",
                "file",
                "send_back",
                "amend",
                "uphold_own",
                "raise",
                name="move",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "start",
            sa.Enum(
                "returned",
                "declared",
                "endorsed",
                "defined",
                "provisional",
                "published",
                "heard",
                "settled",
                "filed",
                "superseded",
                name="declarationstate",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "leads",
            sa.Enum(
                "returned",
                "declared",
                "endorsed",
                "defined",
                "provisional",
                "published",
                "heard",
                "settled",
                "filed",
                "superseded",
                name="declarationstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("meeting", sa.String(), nullable=True),
        sa.Column("taken_at", Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["declaration.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("declaration_id", "ordinal"),
    )
    op.create_table(
        "aspect_answer",
        sa.Column("self_check_id", sa.Uuid(), nullable=False),
        sa.Column(
            "aspect",
            sa.Enum(
                "duty",
                "process",
                "system",
                "efficiency",
                "surroundings",
                "housing_land",
                "special_funds",
                "collective_assets",
                name="aspect",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("none_because", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["self_check_id"],
            ["self_check.id"],
        ),
        sa.PrimaryKeyConstraint("self_check_id", "aspect"),
    )
    op.create_table(
        "risk_point",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lineage", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("self_check_id", sa.Uuid(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "self",
                "public",
                "mutual",
                "leader",
                "organisation",
                name="findingmethod",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "complaints",
                "audit",
                "inspection",
                "survey",
                "talk",
                name="channel",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("finding_id", sa.Uuid(), nullable=True),
        sa.Column(
            "aspect",
            sa.Enum(
                "duty",
                "process",
                "system",
                "efficiency",
                "surroundings",
                "housing_land",
                "special_funds",
                "collective_assets",
                name="aspect",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "likelihood",
            sa.Enum("high", "medium", "low", name="likelihood", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "severity",
            sa.Enum("crime", "discipline", "harm", name="severity", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "declared_grade",
            sa.Enum("high", "medium", "low", name="grade", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("grade_reason", sa.String(), nullable=True),
        sa.Column("library_code", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["finding_id"],
            ["finding.id"],
        ),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post.id"],
        ),
        sa.ForeignKeyConstraint(
            ["self_check_id"],
            ["self_check.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("self_check_id", "lineage"),
    )
    with op.batch_alter_table("risk_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_risk_point_lineage"), ["lineage"], unique=False)
        batch_op.create_index(batch_op.f("ix_risk_point_post_id"), ["post_id"], unique=False)

    op.create_table(
        "grade_decision",
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("risk_point_id", sa.Uuid(), nullable=False),
        sa.Column(
            "grade",
            sa.Enum("high", "medium", "low", name="grade", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["risk_point_id"],
            ["risk_point.id"],
        ),
        sa.ForeignKeyConstraint(
            ["step_id"],
            ["step_taken.id"],
        ),
        sa.PrimaryKeyConstraint("step_id", "risk_point_id"),
    )
    with op.batch_alter_table("grade_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_grade_decision_risk_point_id"), ["risk_point_id"], unique=False
        )

    op.create_table(
        "item_comment",
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("risk_point_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["risk_point_id"],
            ["risk_point.id"],
        ),
        sa.ForeignKeyConstraint(
            ["step_id"],
            ["step_taken.id"],
        ),
        sa.PrimaryKeyConstraint("step_id", "risk_point_id"),
    )
    op.create_table(
        "measure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("risk_point_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("manifestation", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "unplanned",
                "under_way",
                "reported",
                "verified",
                "replaced",
                name="measurestate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["risk_point_id"],
            ["risk_point.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("risk_point_id", "ordinal"),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index("measure_count", ["ordinal", "state"], unique=False)

    op.create_table(
        "process_step",
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("supervision", sa.String(), nullable=False),
        sa.Column("risk", sa.String(), nullable=False),
        sa.Column(
            "grade",
            sa.Enum("high", "medium", "low", name="grade", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("risk_point_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post.id"],
        ),
        sa.ForeignKeyConstraint(
            ["process_id"],
            ["process.id"],
        ),
        sa.ForeignKeyConstraint(
            ["risk_point_id"],
            ["risk_point.id"],
        ),
        sa.PrimaryKeyConstraint("process_id", "ordinal"),
    )
    with op.batch_alter_table("process_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_process_step_post_id"), ["post_id"], unique=False)

    op.create_table(
        "measure_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("measure_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", Moment(timezone=True), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "unplanned",
                "under_way",
                "reported",
                "verified",
                "replaced",
                name="measurestate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_id"],
            ["measure.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("measure_report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_measure_report_measure_id"), ["measure_id"], unique=False
        )


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("measure_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_report_measure_id"))

    op.drop_table("measure_report")
    with op.batch_alter_table("process_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_process_step_post_id"))

    op.drop_table("process_step")
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_index("measure_count")
        batch_op.drop_index(batch_op.f("ix_measure_owner_id"))

    op.drop_table("measure")
    op.drop_table("item_comment")
    with op.batch_alter_table("grade_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grade_decision_risk_point_id"))

    op.drop_table("grade_decision")
    with op.batch_alter_table("risk_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_risk_point_post_id"))
        batch_op.drop_index(batch_op.f("ix_risk_point_lineage"))

    op.drop_table("risk_point")
    op.drop_table("aspect_answer")
    op.drop_table("step_taken")
    with op.batch_alter_table("self_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_self_check_post_id"))
        batch_op.drop_index(batch_op.f("ix_self_check_person_id"))

    op.drop_table("self_check")
    op.drop_table("reminder")
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objection_notice_id"))
        batch_op.drop_index(batch_op.f("ix_objection_declaration_id"))

    op.drop_table("objection")
    with op.batch_alter_table("notice_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_item_declaration_id"))

    op.drop_table("notice_item")
    with op.batch_alter_table("matter_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_matter_step_post_id"))

    op.drop_table("matter_step")
    with op.batch_alter_table("matter_deed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_matter_deed_matter_id"))

    op.drop_table("matter_deed")
    op.drop_table("matter_condition")
    with op.batch_alter_table("lapse", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lapse_unit_id"))
        batch_op.drop_index(batch_op.f("ix_lapse_matter_id"))

    op.drop_table("lapse")
    op.drop_table("ballot_count")
    with op.batch_alter_table("ballot_comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballot_comment_notice_id"))

    op.drop_table("ballot_comment")
    op.drop_table("ballot_cast")
    op.drop_table("vault_step")
    op.drop_table("vault_recusal")
    op.drop_table("vault_receipt")
    with op.batch_alter_table("vault_paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vault_paper_case_id"))

    op.drop_table("vault_paper")
    with op.batch_alter_table("vault_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vault_key_key_id"))

    op.drop_table("vault_key")
    op.drop_table("vault_bell")
    with op.batch_alter_table("process_power", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_process_power_power_code"))

    op.drop_table("process_power")
    op.drop_table("power_post")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("outbox_next")
        batch_op.drop_index(batch_op.f("ix_outbox_chat_hash"))

    op.drop_table("outbox")
    with op.batch_alter_table("mutual_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mutual_check_post_id"))
        batch_op.drop_index(batch_op.f("ix_mutual_check_checker_id"))

    op.drop_table("mutual_check")
    with op.batch_alter_table("matter", schema=None) as batch_op:
        batch_op.drop_index("matter_at_hand")
        batch_op.drop_index(batch_op.f("ix_matter_accepted_by"))

    op.drop_table("matter")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_post_id"))
        batch_op.drop_index(batch_op.f("ix_finding_merged_into"))

    op.drop_table("finding")
    with op.batch_alter_table("declaration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_declaration_post_id"))
        batch_op.drop_index(batch_op.f("ix_declaration_person_id"))
        batch_op.drop_index("declaration_state")
        batch_op.drop_index(
            "declaration_open",
            sqlite_where=sa.text("state NOT IN ('filed', 'superseded')"),
            postgresql_where=sa.text("state NOT IN ('filed', 'superseded')"),
        )

    op.drop_table("declaration")
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deadline_subject"))
        batch_op.drop_index(batch_op.f("ix_deadline_person_id"))
        batch_op.drop_index(
            "deadline_open",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    op.drop_table("deadline")
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appointment_post_id"))
        batch_op.drop_index(batch_op.f("ix_appointment_person_id"))

    op.drop_table("appointment")
    with op.batch_alter_table("vault_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vault_case_unit_id"))

    op.drop_table("vault_case")
    with op.batch_alter_table("rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rule_unit_id"))

    op.drop_table("rule")
    op.drop_table("round_stage")
    with op.batch_alter_table("process", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_process_unit_id"))

    op.drop_table("process")
    with op.batch_alter_table("power", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_power_unit_id"))

    op.drop_table("power")
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_post_unit_id"))

    op.drop_table("post")
    op.drop_table("mobilisation")
    with op.batch_alter_table("broadcast_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_broadcast_copy_broadcast_id"))

    op.drop_table("broadcast_copy")
    op.drop_table("vault_recovery")
    with op.batch_alter_table("vault_handler", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vault_handler_person_id"))

    op.drop_table("vault_handler")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_leader_id"))

    op.drop_table("unit")
    op.drop_table("seat_held")
    op.drop_table("round")
    op.drop_table("role_held")
    op.drop_table("recusal")
    with op.batch_alter_table("questionnaire", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_questionnaire_state"))

    op.drop_table("questionnaire")
    with op.batch_alter_table("pending_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pending_import_expires_at"))

    op.drop_table("pending_import")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_closes_on"))

    op.drop_table("notice")
    op.drop_table("kinship")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_person_id"))

    op.drop_table("invitation")
    op.drop_table("broadcast")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_person_id"))

    op.drop_table("audit_entry")
    op.drop_table("rule_file")
    with op.batch_alter_table("questionnaire_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_questionnaire_answer_form"))

    op.drop_table("questionnaire_answer")
    op.drop_table("person")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(
            "inbox_waiting",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    op.drop_table("inbox")
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conversation_expires_at"))

    op.drop_table("conversation")
    op.drop_table("chat_language")
    op.drop_table("audit_root")
