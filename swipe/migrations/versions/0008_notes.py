"""notes: what planners write beside the figures of a survey

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

from swipe.db import CompactUuid, Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of notes."""
    op.create_table(
        "note",
        sa.Column("id", CompactUuid(), nullable=False),
        sa.Column("survey", CompactUuid(), nullable=False),
        sa.Column("staff", CompactUuid(), nullable=True),
        sa.Column("staff_name", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", Moment(), nullable=False),
        sa.Column("in_report", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survey"], ["survey.id"], name=op.f("fk_note_survey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index("ix_note_survey", "note", ["survey", "written_at"])


def downgrade() -> None:
    """Remove the table."""
    op.drop_index("ix_note_survey", "note")
    op.drop_table("note")
