"""Graded warnings."""

import sqlalchemy as sa
from alembic import op

from storage.database import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "warning",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column(
            "level",
            sa.Enum("yellow", "orange", "red", name="warninglevel", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "drafted",
                "proposed",
                "countersigned",
                "issued",
                "delivered",
                "signed",
                "replied",
                "audited",
                "sent_back",
                "accepted",
                "lifted",
                "archived",
                "dropped",
                "left",
                "escalated",
                name="warningstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("post_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("rule_version", sa.String(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        sa.Column("demand", sa.LargeBinary(), nullable=False),
        sa.Column("raised_from", sa.Uuid(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("asked_until", sa.Date(), nullable=True),
        sa.Column("asker_id", sa.Uuid(), nullable=True),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("look_back_on", sa.Date(), nullable=True),
        sa.Column("archive_number", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asker_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["post.id"],
        ),
        sa.ForeignKeyConstraint(
            ["raised_from"],
            ["warning.id"],
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    with op.batch_alter_table("warning", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_warning_look_back_on"), ["look_back_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_warning_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_warning_raised_from"), ["raised_from"], unique=False)
        batch_op.create_index(batch_op.f("ix_warning_state"), ["state"], unique=False)
        batch_op.create_index(
            "warning_about_post", ["post_id", "person_id", "issued_on"], unique=False
        )
        batch_op.create_index("warning_about_unit", ["unit_id", "issued_on"], unique=False)

    op.create_table(
        "warning_reason",
        sa.Column("warning_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "complaint",
                "late_form",
                "late_measure",
                "late_matter",
                "skipped_step",
                "monitoring",
                "audit",
                "inspection",
                "vote",
                "talk",
                "unanswered",
                "repeated",
                "other",
                name="warningsource",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("of_day", sa.Date(), nullable=False),
        sa.Column("fact", sa.LargeBinary(), nullable=False),
        sa.Column("basis", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["warning_id"],
            ["warning.id"],
        ),
        sa.PrimaryKeyConstraint("warning_id", "ordinal"),
    )
    op.create_table(
        "warning_reply",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("warning_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("replied_at", Moment(timezone=True), nullable=False),
        sa.Column("correct_by", sa.Date(), nullable=False),
        sa.Column("sheet", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["warning_id"],
            ["warning.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("warning_id", "version"),
    )
    op.create_table(
        "warning_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("warning_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column(
            "move",
            sa.Enum(
                "draft",
                "propose",
                "countersign",
                "redraft",
                "issue",
                "drop",
                "leave",
                "deliver",
                "sign",
                "reply",
                "audit",
                "accept",
                "send_back",
                "ask_extension",
                "extend",
                "keep_day",
                "escalate",
                "give_way",
                "report_up",
                "lift",
                "archive",
                "look_back",
                name="warningmove",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("taken_at", Moment(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["warning_id"],
            ["warning.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("warning_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_warning_step_warning_id"), ["warning_id"], unique=False
        )

    op.create_table(
        "warning_comment",
        sa.Column("reply_id", sa.Uuid(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "cause",
                "correction",
                "evidence",
                "pledge",
                name="replypart",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reply_id"],
            ["warning_reply.id"],
        ),
        sa.PrimaryKeyConstraint("reply_id", "part"),
    )
    op.create_table(
        "warning_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("warning_id", sa.Uuid(), nullable=False),
        sa.Column("reply_id", sa.Uuid(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                *("jpeg", "png", "webp", "heic", "pdf", "docx", "xlsx", "voice", "mp3", "mp4"),
                name="filekind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reply_id"],
            ["warning_reply.id"],
        ),
        sa.ForeignKeyConstraint(
            ["warning_id"],
            ["warning.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("warning_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_warning_file_reply_id"), ["reply_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_warning_file_warning_id"), ["warning_id"], unique=False
        )


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("warning_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_warning_file_warning_id"))
        batch_op.drop_index(batch_op.f("ix_warning_file_reply_id"))

    op.drop_table("warning_file")
    op.drop_table("warning_comment")
    with op.batch_alter_table("warning_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_warning_step_warning_id"))

    op.drop_table("warning_step")
    op.drop_table("warning_reply")
    op.drop_table("warning_reason")
    with op.batch_alter_table("warning", schema=None) as batch_op:
        batch_op.drop_index("warning_about_unit")
        batch_op.drop_index("warning_about_post")
        batch_op.drop_index(batch_op.f("ix_warning_state"))
        batch_op.drop_index(batch_op.f("ix_warning_raised_from"))
        batch_op.drop_index(batch_op.f("ix_warning_person_id"))
        batch_op.drop_index(batch_op.f("ix_warning_look_back_on"))

    op.drop_table("warning")
