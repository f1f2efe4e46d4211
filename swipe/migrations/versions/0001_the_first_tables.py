"""the first tables

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

from swipe.db import CompactUuid, Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

THEMES = [
    {
        "slug": "foreningsliv",
        "names": {"da": "Foreningsliv", "en": "Clubs and associations"},
        "hue": 265,
        "pattern": "dots",
        "position": 1,
    },
    {
        "slug": "groenne-omraader",
        "names": {"da": "Grønne områder", "en": "Green areas"},
        "hue": 150,
        "pattern": "lines",
        "position": 2,
    },
    {
        "slug": "byliv",
        "names": {"da": "Byliv", "en": "Town life"},
        "hue": 45,
        "pattern": "solid",
        "position": 3,
    },
]


def upgrade() -> None:
    """Change the tables forward."""
    op.create_table(
        "area",
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("boundary", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_area")),
    )
    op.create_table(
        "city",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.String(length=8), nullable=False),
        sa.CheckConstraint("mark in ('demo', 'empty')", name=op.f("ck_city_mark")),
        sa.CheckConstraint("id = 1", name=op.f("ck_city_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city")),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("holder", sa.String(length=36), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "participation",
        sa.Column("survey", CompactUuid(), nullable=False),
        sa.Column("uuid", CompactUuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("pending", sa.SmallInteger(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("at", CompactUuid(), nullable=True),
        sa.Column("lives_here", sa.String(length=8), nullable=True),
        sa.Column("age_band", sa.String(length=8), nullable=True),
        sa.Column("gender", sa.String(length=8), nullable=True),
        sa.Column("household", sa.String(length=8), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("channel", sa.String(length=64), nullable=True),
        sa.Column("mode", sa.String(length=8), nullable=False),
        sa.Column("code_verified", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("flags", sa.String(length=32), nullable=True),
        sa.CheckConstraint(
            "age_band in ('0-14', '15-24', '25-39', '40-54', '55-66', '67-79', '80+')",
            name=op.f("ck_participation_age_band"),
        ),
        sa.CheckConstraint(
            "gender in ('female', 'male', 'other')", name=op.f("ck_participation_gender")
        ),
        sa.CheckConstraint(
            "household in ('alone', 'couple', 'children', 'shared', 'other')",
            name=op.f("ck_participation_household"),
        ),
        sa.CheckConstraint(
            "lives_here in ('yes', 'uses', 'no')", name=op.f("ck_participation_lives_here")
        ),
        sa.CheckConstraint(
            "mode in ('phone', 'shared', 'kiosk', 'paper', 'room')",
            name=op.f("ck_participation_mode"),
        ),
        sa.CheckConstraint(
            "status = 'live' or (age_band is null and gender is null and household is null"
            " and lives_here is null and channel is null and day is null and at is null"
            " and language is null)",
            name=op.f("ck_participation_withdrawn_is_empty"),
        ),
        sa.CheckConstraint("status in ('live', 'withdrawn')", name=op.f("ck_participation_status")),
        sa.CheckConstraint("revision >= 0", name=op.f("ck_participation_revision")),
        sa.PrimaryKeyConstraint("survey", "uuid", name=op.f("pk_participation")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.create_index(
            "ix_participation_pending",
            ["survey"],
            unique=False,
            sqlite_where=sa.text("pending > 0"),
            postgresql_where=sa.text("pending > 0"),
        )

    op.create_table(
        "picture",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("placeholder", sa.Text(), nullable=True),
        sa.Column("variants", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.CheckConstraint(
            "state in ('pending', 'ready', 'failed')", name=op.f("ck_picture_state")
        ),
        sa.CheckConstraint("width > 0 and height > 0", name=op.f("ck_picture_size")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_picture")),
    )
    op.create_table(
        "staff",
        sa.Column("id", CompactUuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.CheckConstraint("role in ('planner', 'editor', 'admin')", name=op.f("ck_staff_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
    )
    op.create_table(
        "theme",
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("hue", sa.Integer(), nullable=False),
        sa.Column("pattern", sa.String(length=8), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("pattern in ('dots', 'lines', 'solid')", name=op.f("ck_theme_pattern")),
        sa.CheckConstraint("hue between 0 and 360", name=op.f("ck_theme_hue")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_theme")),
    )
    op.create_table(
        "residents",
        sa.Column("area", sa.String(length=64), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("age_band", sa.String(length=8), nullable=False),
        sa.Column("gender", sa.String(length=8), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "age_band in ('15-24', '25-39', '40-54', '55-66', '67-79', '80+')",
            name=op.f("ck_residents_age_band"),
        ),
        sa.CheckConstraint("gender in ('female', 'male')", name=op.f("ck_residents_gender")),
        sa.CheckConstraint("count >= 0", name=op.f("ck_residents_count")),
        sa.ForeignKeyConstraint(["area"], ["area.slug"], name=op.f("fk_residents_area")),
        sa.PrimaryKeyConstraint("area", "as_of", "age_band", "gender", name=op.f("pk_residents")),
    )
    op.create_table(
        "survey",
        sa.Column("id", CompactUuid(), nullable=False),
        sa.Column("area", sa.String(length=64), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("question", sa.JSON(), nullable=False),
        sa.Column("yes_label", sa.JSON(), nullable=False),
        sa.Column("no_label", sa.JSON(), nullable=False),
        sa.Column("pot", sa.JSON(), nullable=False),
        sa.Column("decided_by", sa.JSON(), nullable=False),
        sa.Column("can_change", sa.JSON(), nullable=False),
        sa.Column("cannot_change", sa.JSON(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("opens_at", Moment(), nullable=False),
        sa.Column("closes_at", Moment(), nullable=False),
        sa.Column("published_at", Moment(), nullable=True),
        sa.Column("reach_goal", sa.Integer(), nullable=False),
        sa.Column("background", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("results", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "results in ('live', 'after_close', 'staff')", name=op.f("ck_survey_results")
        ),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_survey_times")),
        sa.CheckConstraint("reach_goal between 1 and 100", name=op.f("ck_survey_reach_goal")),
        sa.ForeignKeyConstraint(["area"], ["area.slug"], name=op.f("fk_survey_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
    )
    with op.batch_alter_table("survey", schema=None) as batch_op:
        batch_op.create_index("ix_survey_area_opens_at", ["area", "opens_at"], unique=False)

    op.create_table(
        "swipe",
        sa.Column("survey", CompactUuid(), nullable=False),
        sa.Column("participation", CompactUuid(), nullable=False),
        sa.Column("card", CompactUuid(), nullable=False),
        sa.Column("answer", sa.String(length=4), nullable=False),
        sa.Column("ms", sa.Integer(), nullable=True),
        sa.Column("input", sa.String(length=8), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=True),
        sa.Column("undone", sa.SmallInteger(), nullable=True),
        sa.CheckConstraint("answer in ('no', 'yes', 'skip')", name=op.f("ck_swipe_answer")),
        sa.CheckConstraint("input in ('swipe', 'button', 'key')", name=op.f("ck_swipe_input")),
        sa.CheckConstraint("ms between 0 and 600000", name=op.f("ck_swipe_ms")),
        sa.ForeignKeyConstraint(
            ["survey", "participation"],
            ["participation.survey", "participation.uuid"],
            name=op.f("fk_swipe_survey_participation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("survey", "participation", "card", name=op.f("pk_swipe")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "card",
        sa.Column("id", CompactUuid(), nullable=False),
        sa.Column("survey", CompactUuid(), nullable=False),
        sa.Column("theme", sa.String(length=64), nullable=False),
        sa.Column("concept", sa.String(length=64), nullable=True),
        sa.Column("picture", sa.String(length=64), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("alts", sa.JSON(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("facing", sa.String(length=8), nullable=False),
        sa.Column("focus_x", sa.Float(), nullable=False),
        sa.Column("focus_y", sa.Float(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", Moment(), nullable=True),
        sa.CheckConstraint("facing in ('left', 'right', 'neutral')", name=op.f("ck_card_facing")),
        sa.CheckConstraint(
            "focus_x between 0 and 1 and focus_y between 0 and 1", name=op.f("ck_card_focus")
        ),
        sa.ForeignKeyConstraint(["picture"], ["picture.digest"], name=op.f("fk_card_picture")),
        sa.ForeignKeyConstraint(["survey"], ["survey.id"], name=op.f("fk_card_survey")),
        sa.ForeignKeyConstraint(["theme"], ["theme.slug"], name=op.f("fk_card_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card")),
    )
    with op.batch_alter_table("card", schema=None) as batch_op:
        batch_op.create_index("ix_card_survey_position", ["survey", "position"], unique=False)

    op.create_table(
        "channel",
        sa.Column("survey", CompactUuid(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["survey"], ["survey.id"], name=op.f("fk_channel_survey")),
        sa.PrimaryKeyConstraint("survey", "slug", name=op.f("pk_channel")),
    )
    op.create_table(
        "snapshot",
        sa.Column("id", CompactUuid(), nullable=False),
        sa.Column("survey", CompactUuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("taken_at", Moment(), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("rules", sa.SmallInteger(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("basis", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["survey"], ["survey.id"], name=op.f("fk_snapshot_survey")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
    )
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.create_index(
            "uq_snapshot_city_number",
            ["number"],
            unique=True,
            sqlite_where=sa.text("survey is null"),
            postgresql_where=sa.text("survey is null"),
        )
        batch_op.create_index("uq_snapshot_survey_number", ["survey", "number"], unique=True)
    themes = sa.table(
        "theme",
        sa.column("slug", sa.String),
        sa.column("names", sa.JSON),
        sa.column("hue", sa.Integer),
        sa.column("pattern", sa.String),
        sa.column("position", sa.Integer),
    )
    op.bulk_insert(themes, THEMES)


def downgrade() -> None:
    """Change the tables back."""
    with op.batch_alter_table("snapshot", schema=None) as batch_op:
        batch_op.drop_index("uq_snapshot_survey_number")
        batch_op.drop_index(
            "uq_snapshot_city_number",
            sqlite_where=sa.text("survey is null"),
            postgresql_where=sa.text("survey is null"),
        )

    op.drop_table("snapshot")
    op.drop_table("channel")
    with op.batch_alter_table("card", schema=None) as batch_op:
        batch_op.drop_index("ix_card_survey_position")

    op.drop_table("card")
    op.drop_table("swipe")
    with op.batch_alter_table("survey", schema=None) as batch_op:
        batch_op.drop_index("ix_survey_area_opens_at")

    op.drop_table("survey")
    op.drop_table("residents")
    op.drop_table("theme")
    op.drop_table("staff")
    op.drop_table("picture")
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_participation_pending",
            sqlite_where=sa.text("pending > 0"),
            postgresql_where=sa.text("pending > 0"),
        )

    op.drop_table("participation")
    op.drop_table("lease")
    op.drop_table("city")
    op.drop_table("area")
