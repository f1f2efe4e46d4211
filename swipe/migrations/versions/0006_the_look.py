"""the municipality's colour and logo

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of one row."""
    op.create_table(
        "brand",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("accent", sa.String(length=7), nullable=True),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("logo_digest", sa.String(length=32), nullable=True),
        sa.Column("logo_width", sa.Integer(), nullable=True),
        sa.Column("logo_height", sa.Integer(), nullable=True),
        sa.Column("logo_plate", sa.String(length=8), nullable=False),
        sa.Column("logo_named", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_brand_one_row")),
        sa.CheckConstraint("logo_plate in ('', 'light', 'dark')", name=op.f("ck_brand_logo_plate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brand")),
    )


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("brand")
