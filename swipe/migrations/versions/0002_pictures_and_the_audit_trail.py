"""pictures with a focus point, and the audit trail

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

from swipe.db import CompactUuid, Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# The table is referenced by cards, so on SQLite it must be changed in place and not made anew.
PICTURE = (
    "master varchar(64) not null default ''",
    "focus_x integer not null default 50"
    " constraint ck_picture_focus_x check (focus_x between 0 and 100)",
    "focus_y integer not null default 50"
    " constraint ck_picture_focus_y check (focus_y between 0 and 100)",
    "upload varchar(64)",
    "looks json",
    "added_on date not null default '2026-11-21'",
    "unused_since date",
)
# The middle of a master may have no row. It gets what was made around another focus, so that a card
# shows a picture whichever program runs.
MIDDLE = """
    insert into picture (digest, master, width, height, upload, placeholder, variants, state)
    select master, master, width, height, upload, placeholder, variants, state from picture as held
    where not exists (select 1 from picture as mid where mid.digest = held.master)
    and digest = (select min(digest) from picture as one where one.master = held.master)
"""
LICENCE = "licence in ('', 'own', 'permission', 'cc0', 'cc-by', 'cc-by-sa', 'other')"


def upgrade() -> None:
    """Change the tables forward."""
    for column in PICTURE:
        op.execute(f"alter table picture add column {column}")
    # What was made before has no WebP, no light first picture and no looks: it is made again.
    op.execute("update picture set master = digest, state = 'pending'")
    op.create_index("ix_picture_upload", "picture", ["upload"])
    op.create_index("ix_picture_master", "picture", ["master"])
    with op.batch_alter_table("card", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_card_focus"), type_="check")
        batch_op.drop_column("focus_x")
        batch_op.drop_column("focus_y")
        batch_op.add_column(
            sa.Column("licence", sa.String(length=16), nullable=False, server_default="")
        )
        batch_op.create_check_constraint(op.f("ck_card_licence"), LICENCE)
    op.create_table(
        "audit_event",
        sa.Column("id", CompactUuid(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("staff", CompactUuid(), nullable=True),
        sa.Column("staff_name", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("survey", CompactUuid(), nullable=True),
        sa.Column("thing", sa.String(length=64), nullable=True),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    op.create_index("ix_audit_event_at", "audit_event", ["at"])
    op.create_index("ix_audit_event_survey_at", "audit_event", ["survey", "at"])
    op.create_index("ix_audit_event_thing", "audit_event", ["thing"])


def downgrade() -> None:
    """Change the tables back. Cards with another focus get their picture cut at the middle."""
    op.drop_table("audit_event")
    op.execute(MIDDLE)
    op.execute("update card set picture = (select master from picture where digest = card.picture)")
    op.execute("delete from picture where digest <> master")
    with op.batch_alter_table("card", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_card_licence"), type_="check")
        batch_op.drop_column("licence")
        for name in ("focus_x", "focus_y"):
            batch_op.add_column(sa.Column(name, sa.Float(), nullable=False, server_default="0.5"))
        batch_op.create_check_constraint(
            op.f("ck_card_focus"), "focus_x between 0 and 1 and focus_y between 0 and 1"
        )
    op.drop_index("ix_picture_master", "picture")
    op.drop_index("ix_picture_upload", "picture")
    for column in PICTURE:
        name = column.partition(" ")[0]
        op.execute(f"alter table picture drop column {name}")
