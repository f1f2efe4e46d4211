"""how the people of a survey are invited

Revision ID: 0003
Revises: 0002
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Cards and snapshots refer to the table: on SQLite it must be changed in place, not made anew.
INVITED = (
    "invited varchar(16) not null default 'open'"
    " constraint ck_survey_invited check (invited in ('open', 'everyone'))"
)


def upgrade() -> None:
    """Change the table forward: every survey so far was open to whoever came by."""
    op.execute(f"alter table survey add column {INVITED}")


def downgrade() -> None:
    """Change the table back."""
    op.execute("alter table survey drop column invited")
