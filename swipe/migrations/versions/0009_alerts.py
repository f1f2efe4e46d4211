"""alerts: what each member of staff wants to be told of, and what was told

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

from swipe.db import CompactUuid, Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STATES = "state in ('known', 'waiting', 'sent', 'given-up')"


def upgrade() -> None:
    """Add the choices and the alerts themselves."""
    op.create_table(
        "alert_choice",
        sa.Column("staff", CompactUuid(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.Column("webhook", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff"], ["staff.id"], name=op.f("fk_alert_choice_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("staff", name=op.f("pk_alert_choice")),
    )
    op.create_table(
        "alert",
        sa.Column("staff", CompactUuid(), nullable=False),
        sa.Column("survey", CompactUuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", Moment(), nullable=False),
        sa.Column("trouble", sa.String(length=16), nullable=False),
        sa.CheckConstraint(STATES, name=op.f("ck_alert_state")),
        sa.CheckConstraint("way in ('mail', 'webhook')", name=op.f("ck_alert_way")),
        sa.ForeignKeyConstraint(
            ["staff"], ["staff.id"], name=op.f("fk_alert_staff"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["survey"], ["survey.id"], name=op.f("fk_alert_survey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("staff", "survey", "kind", "way", name=op.f("pk_alert")),
    )
    op.create_index("ix_alert_state", "alert", ["state", "next_at"])


def downgrade() -> None:
    """Remove both tables."""
    op.drop_index("ix_alert_state", "alert")
    op.drop_table("alert")
    op.drop_table("alert_choice")
