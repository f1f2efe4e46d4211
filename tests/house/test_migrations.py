"""The migrations and the tables in the code say the same, on both engines."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import delete, func, inspect, select, text

from swipe.db import Base, db
from swipe.insight.lines import summed_up
from swipe.insight.reading import lines
from swipe.media.models import Picture
from swipe.surveys.models import Card
from tests.builders import keep, make_picture, make_survey
from tests.reports.planner_snapshots import residents, told


def test_the_migrated_database_has_exactly_the_tables_of_the_code(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_go_down_and_up_again(app: Flask) -> None:
    db.session.remove()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert "swipe" in inspect(db.engine).get_table_names()


def test_pictures_and_cards_stay_when_the_migration_goes_down_and_up_again(app: Flask) -> None:
    """Also a card whose picture is cut around a focus of its own, with and without its middle."""
    middle, alone = (make_picture(digest=one * 32) for one in "ab")
    cuts = [keep(cut_of(one, x)) for one, x in ((middle, 10), (middle, 90), (alone, 20))]
    surveys = [make_survey(state="draft", cards=1, picture=one) for one in (middle, *cuts)]
    db.session.execute(delete(Picture).where(Picture.digest == alone.digest))
    db.session.commit()
    db.session.remove()
    downgrade(revision="0001")
    held = "select survey, picture from card join picture on picture.digest = card.picture"
    with db.engine.connect() as connection:
        shown = sorted(row[1] for row in connection.execute(text(held)))
        kept = connection.execute(text("select digest, state from picture order by digest")).all()
    assert shown == ["a" * 32] * 3 + ["b" * 32]
    assert [tuple(row) for row in kept] == [("a" * 32, "ready"), ("b" * 32, "ready")]
    upgrade()
    pictures = db.session.scalars(select(Picture).order_by(Picture.digest)).all()
    assert [(one.digest, one.master, one.state, one.focus_x) for one in pictures] == [
        (name, name, "pending", 50) for name in ("a" * 32, "b" * 32)
    ]
    assert all(one.variants for one in pictures)
    assert db.session.scalar(select(func.count()).select_from(Card)) == len(surveys)


def cut_of(picture: Picture, x: int) -> Picture:
    return Picture(
        digest=f"{picture.master[:30]}{x}",
        master=picture.master,
        focus_x=x,
        width=1500,
        height=2000,
        state="ready",
        variants=picture.variants,
        added_on=picture.added_on,
    )


def test_the_figures_of_an_older_city_are_in_its_lists_at_once(app: Flask) -> None:
    survey = make_survey()
    told(survey, 400, residents(100), number=1)
    newest = told(survey, 450, residents(100), number=2)
    identity = survey.id
    db.session.remove()
    downgrade(revision="0006")
    upgrade()
    assert lines()[identity] == summed_up(newest)
