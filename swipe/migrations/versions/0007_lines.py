"""lines: what lists need of each survey's newest snapshot

Revision ID: 0007
Revises: 0006
"""

import json
import uuid

import sqlalchemy as sa
from alembic import op

from swipe.db import CompactUuid
from swipe.insight.lines import summed_up

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table and fill it from the documents there are."""
    lines = op.create_table(
        "snapshot_line",
        sa.Column("survey", CompactUuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("reach", sa.Float(), nullable=True),
        sa.Column("shares", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["survey"], ["survey.id"], name=op.f("fk_snapshot_line_survey")),
        sa.PrimaryKeyConstraint("survey", name=op.f("pk_snapshot_line")),
    )
    connection = op.get_bind()
    for newest in connection.execute(_newest()).all():
        document = json.loads(connection.execute(_document(*newest)).scalar_one())
        known = {"survey": newest[0], "number": newest[1]}
        connection.execute(lines.insert().values(known | summed_up(document)._asdict()))


_snapshots = sa.table(
    "snapshot",
    sa.column("survey", CompactUuid()),
    sa.column("number", sa.Integer()),
    sa.column("document", sa.Text()),
)


def _newest() -> sa.Select[uuid.UUID, int]:
    survey, number = _snapshots.c.survey, sa.func.max(_snapshots.c.number)
    return sa.select(survey, number).where(survey.is_not(None)).group_by(survey)


def _document(survey: uuid.UUID, number: int) -> sa.Select[str]:
    one = (_snapshots.c.survey == survey) & (_snapshots.c.number == number)
    return sa.select(_snapshots.c.document).where(one)


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("snapshot_line")
