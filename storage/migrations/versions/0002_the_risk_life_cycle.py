"""The risk life cycle."""

import sqlalchemy as sa
from alembic import op

from storage.database import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "rule_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
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
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("leader_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_unit_leader_id"), ["leader_id"], unique=False)
        batch_op.create_foreign_key("fk_leader_id", "person", ["leader_id"], ["id"])


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_constraint("fk_leader_id", type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_unit_leader_id"))
        batch_op.drop_column("leader_id")

    op.drop_table("process_step")
    with op.batch_alter_table("process_power", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_process_power_power_code"))

    op.drop_table("process_power")
    op.drop_table("power_post")
    with op.batch_alter_table("rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rule_unit_id"))

    op.drop_table("rule")
    with op.batch_alter_table("process", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_process_unit_id"))

    op.drop_table("process")
    with op.batch_alter_table("power", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_power_unit_id"))

    op.drop_table("power")
    op.drop_table("rule_file")
