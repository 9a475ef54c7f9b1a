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
        batch_op.create_index("ix_conversation_expires_at", ["expires_at"], unique=False)

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
        batch_op.create_index("ix_questionnaire_answer_form", ["form"], unique=False)

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
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
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
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "accepted",
                "declined",
                "concluded",
                name="casestate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        sqlite_with_rowid=False,
    )
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
        batch_op.create_index("ix_invitation_person_id", ["person_id"], unique=False)

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
        batch_op.create_index("ix_post_unit_id", ["unit_id"], unique=False)

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
    op.create_table(
        "vault_paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
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
        batch_op.create_index("ix_vault_paper_case_id", ["case_id"], unique=False)

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
        batch_op.create_index("ix_appointment_person_id", ["person_id"], unique=False)
        batch_op.create_index("ix_appointment_post_id", ["post_id"], unique=False)

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
        batch_op.create_index("ix_broadcast_copy_broadcast_id", ["broadcast_id"], unique=False)

    op.create_table(
        "deadline",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("self_check", name="deadlinekind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
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
        sa.UniqueConstraint("kind", "person_id", "post_id", "due_on"),
    )
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.create_index(
            "deadline_open",
            ["due_on"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )
        batch_op.create_index("ix_deadline_person_id", ["person_id"], unique=False)

    op.create_table(
        "self_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("done_at", Moment(timezone=True), nullable=False),
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
    with op.batch_alter_table("self_check", schema=None) as batch_op:
        batch_op.create_index("ix_self_check_person_id", ["person_id"], unique=False)
        batch_op.create_index("ix_self_check_post_id", ["post_id"], unique=False)

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
        batch_op.create_index("ix_outbox_chat_hash", ["chat_hash"], unique=False)
        batch_op.create_index("outbox_next", ["sending", "urgency", "id"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("deadline_id", sa.Uuid(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "called",
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
        "risk_point",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("self_check_id", sa.Uuid(), nullable=True),
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
        sa.Column("manifestation", sa.String(), nullable=False),
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
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("library_code", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post.id"],
        ),
        sa.ForeignKeyConstraint(
            ["self_check_id"],
            ["self_check.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("risk_point", schema=None) as batch_op:
        batch_op.create_index("ix_risk_point_post_id", ["post_id"], unique=False)
        batch_op.create_index("ix_risk_point_self_check_id", ["self_check_id"], unique=False)


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("risk_point", schema=None) as batch_op:
        batch_op.drop_index("ix_risk_point_self_check_id")
        batch_op.drop_index("ix_risk_point_post_id")

    op.drop_table("risk_point")
    op.drop_table("reminder")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("outbox_next")
        batch_op.drop_index("ix_outbox_chat_hash")

    op.drop_table("outbox")
    op.drop_table("aspect_answer")
    with op.batch_alter_table("self_check", schema=None) as batch_op:
        batch_op.drop_index("ix_self_check_post_id")
        batch_op.drop_index("ix_self_check_person_id")

    op.drop_table("self_check")
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.drop_index("ix_deadline_person_id")
        batch_op.drop_index(
            "deadline_open",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    op.drop_table("deadline")
    with op.batch_alter_table("broadcast_copy", schema=None) as batch_op:
        batch_op.drop_index("ix_broadcast_copy_broadcast_id")

    op.drop_table("broadcast_copy")
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index("ix_appointment_post_id")
        batch_op.drop_index("ix_appointment_person_id")

    op.drop_table("appointment")
    op.drop_table("vault_receipt")
    with op.batch_alter_table("vault_paper", schema=None) as batch_op:
        batch_op.drop_index("ix_vault_paper_case_id")

    op.drop_table("vault_paper")
    op.drop_table("vault_key")
    op.drop_table("role_held")
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_index("ix_post_unit_id")

    op.drop_table("post")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index("ix_invitation_person_id")

    op.drop_table("invitation")
    op.drop_table("broadcast")
    op.drop_table("vault_case")
    op.drop_table("unit")
    with op.batch_alter_table("questionnaire_answer", schema=None) as batch_op:
        batch_op.drop_index("ix_questionnaire_answer_form")

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
        batch_op.drop_index("ix_conversation_expires_at")

    op.drop_table("conversation")
    op.drop_table("chat_language")
