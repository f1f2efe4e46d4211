"""what the municipality decided after a survey

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from swipe.db import CompactUuid

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATES = "state in ('decided', 'started', 'done', 'rejected')"


def upgrade() -> None:
    """Add the table of decisions."""
    op.create_table(
        "decision",
        sa.Column("id", CompactUuid(), nullable=False),
        sa.Column("survey", CompactUuid(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("cards", sa.JSON(), nullable=False),
        sa.Column("snapshot", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.CheckConstraint(STATES, name=op.f("ck_decision_state")),
        sa.ForeignKeyConstraint(["survey"], ["survey.id"], name=op.f("fk_decision_survey")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_survey_position", "decision", ["survey", "position"])


def downgrade() -> None:
    """Remove the table."""
    op.drop_index("ix_decision_survey_position", "decision")
    op.drop_table("decision")
