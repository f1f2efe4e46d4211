"""A simulated city in a real database: through the door of real answers, and only once."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from simulated_city import FRAME, motifs, towns_of
from sqlalchemy import func, select

from swipe.areas.models import City, demo_mark
from swipe.db import db, glance
from swipe.errors import SetupError
from swipe.insight import snapshots
from swipe.insight.documents.document import build
from swipe.insight.reading import document_of
from swipe.insight.snapshots import Press
from swipe.participation.models import Participation, Swipe
from swipe.participation.receiving import Clock
from swipe.simulation import settling
from swipe.simulation.city import Plan
from swipe.simulation.town_counts import counts_of, residents_of
from swipe.simulation.towns import Town
from swipe.simulation.truth import truth_of
from swipe.surveys.models import Survey, live_cards
from tests.builders import keep

ZONE = ZoneInfo("Europe/Copenhagen")
PRESS = Press("Prøve", "", "Swipe 0", ZONE, 7)
PLAN = Plan(seed=6, areas=2, residents=2_400)


def move_in(plan: Plan, towns: Sequence[Town]) -> list[int]:
    """Load everything as the command does; return what was told of progress."""
    told: list[int] = []
    now = datetime.now(UTC)
    settling.add_areas(towns)
    db.session.commit()
    if settling.lacks_surveys(plan, towns):
        settling.add_surveys(plan, towns, motifs(), now, ZONE)
        db.session.commit()
    settling.add_answers(plan, towns, Clock(now, ZONE, 7), told.append)
    return told


def stored() -> tuple[int, int]:
    with glance():
        return tuple(
            int(db.session.scalar(select(func.count()).select_from(table)) or 0)
            for table in (Participation, Swipe)
        )


def test_a_loaded_city_is_marked_and_holds_every_visit_in_its_own_survey(app: Flask) -> None:
    towns = towns_of(PLAN)
    told = move_in(PLAN, towns)
    visits = [len(town.resident) for town in towns]
    assert sum(told) == sum(visits)
    assert stored() == (sum(visits), sum(int(town.visits.seen.sum()) for town in towns))
    with glance():
        assert demo_mark() == "demo"
        survey = db.session.get(Survey, PLAN.identity("omraade-01"))
        cards = {str(card.id) for card in live_cards(survey.id)}
    assert cards == {card for card, _theme in towns[0].site.place.cards}


def test_a_snapshot_of_a_loaded_city_shows_its_truth_and_the_known_error_of_reach(
    app: Flask,
) -> None:
    towns = towns_of(PLAN)
    move_in(PLAN, towns)
    raw = true = 0
    for town in towns:
        truth = truth_of(town)
        with glance():
            survey = db.session.get(Survey, PLAN.identity(town.site.slug))
        snapshots.take(survey, PRESS, datetime.now(UTC), lambda: True)
        with glance():
            document = document_of(survey.id)
        assert document["residents"] == truth["residents"]
        assert document["participants"] == pytest.approx(truth["counted"], abs=2.5)
        assert document["reach"]["share"] == pytest.approx(
            truth["counted"] / truth["residents"], abs=0.01
        )
        for row in document["themes"]:
            assert row["share"] == pytest.approx(truth["themes"][row["theme"]], abs=0.06)
        raw, true = raw + document["participants"], true + truth["participants"]
    assert raw / true == pytest.approx(1.09, abs=0.02)


def test_a_demo_without_answers_says_that_its_figures_are_made_up_once_it_has_some(
    app: Flask,
) -> None:
    keep(City(id=1, mark="empty"))
    settling.add_areas(towns_of(Plan(seed=7, areas=1, residents=20)))
    db.session.commit()
    with glance():
        assert demo_mark() == "demo"


def test_loading_again_changes_nothing(app: Flask) -> None:
    plan = Plan(seed=7, areas=1, residents=150)
    towns = towns_of(plan)
    move_in(plan, towns)
    before = stored()
    move_in(plan, towns)
    assert stored() == before


def test_another_city_of_the_same_seed_is_refused_in_a_sentence(app: Flask) -> None:
    plan = Plan(seed=8, areas=1, residents=150)
    move_in(plan, towns_of(plan))
    other = Plan(seed=8, areas=1, residents=150, leaves_per_card=0.5)
    with pytest.raises(SetupError, match="same seed"):
        move_in(other, towns_of(other))


def test_a_city_of_another_seed_is_refused_and_nothing_is_added(app: Flask) -> None:
    plan, other = (Plan(seed=seed, areas=1, residents=150) for seed in (8, 9))
    move_in(plan, towns_of(plan))
    before = stored(), surveys()
    with pytest.raises(SetupError, match=r"another city already \(omraade-01\)"):
        settling.refuse_another_city(other, towns_of(other))
    settling.refuse_another_city(plan, towns_of(plan))
    assert (stored(), surveys()) == before


def test_a_smaller_city_is_refused_where_a_larger_one_stands(app: Flask) -> None:
    plan, smaller = (Plan(seed=8, areas=areas, residents=150) for areas in (2, 1))
    settling.add_areas(towns_of(plan))
    db.session.commit()
    with pytest.raises(SetupError, match=r"\(omraade-02\)"):
        settling.refuse_another_city(smaller, towns_of(smaller))
    settling.refuse_another_city(plan, towns_of(plan))  # what was broken off can go on


def surveys() -> set[tuple[str, uuid.UUID]]:
    with glance():
        found = db.session.execute(select(Survey.area, Survey.id)).all()
    return {(row.area, row.id) for row in found}


def test_the_way_through_the_database_changes_no_figure(app: Flask) -> None:
    plan = Plan(seed=9, areas=1, residents=1_200)
    town = towns_of(plan)[0]
    move_in(plan, [town])
    with glance():
        survey = db.session.get(Survey, plan.identity("omraade-01"))
    now = datetime.now(UTC)
    snapshots.take(survey, PRESS, now, lambda: True)
    with glance():
        shown = document_of(survey.id)
    day = now.astimezone(ZONE).date().isoformat()
    frame = replace(FRAME, survey=str(survey.id), number=1, day=day, theme_names={})
    frame = replace(frame, channel_names=shown["quality"]["channel_names"])
    straight, _basis = build(counts_of(town), residents_of(town), frame)
    for name in ("participants", "residents", "reach", "groups", "representativeness"):
        assert shown[name] == straight[name], name
    for name, key in (("themes", "theme"), ("cards", "card")):
        assert {row[key]: row for row in shown[name]} == {row[key]: row for row in straight[name]}
    assert shown["quality"] == straight["quality"]
    assert sum(row["channel"] is not None for row in shown["quality"]["channels"]) >= 2
