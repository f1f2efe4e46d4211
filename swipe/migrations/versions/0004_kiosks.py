"""kiosks: the shared tablets of an area

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables forward."""
    op.create_table(
        "kiosk",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("area", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=True),
        sa.Column("pin", sa.String(length=4), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["area"], ["area.slug"], name=op.f("fk_kiosk_area"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_kiosk")),
    )
    op.create_index("ix_kiosk_area", "kiosk", ["area"], unique=False)


def downgrade() -> None:
    """Change the tables back."""
    op.drop_index("ix_kiosk_area", table_name="kiosk")
    op.drop_table("kiosk")
