"""The demo city, small: built through the doors that real people use, and never mistaken."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from swipe.areas.models import area_names, areas_with_boundary, demo_mark
from swipe.db import db, glance
from swipe.errors import SetupError
from swipe.insight.reading import document_of
from swipe.insight.snapshots import Press
from swipe.outreach.models import areas_told, decisions_of
from swipe.participation.models import Participation
from swipe.simulation import decks, demo, neighbours
from swipe.simulation.neighbours import EVERY, Neighbours
from swipe.simulation.scenes import Scene
from swipe.surveys.models import Survey, live_cards, surveys_of
from tests.builders import make_area

SMALL = (
    Scene("bolbro", "open", 60),
    Scene("lumby", "closed", 32),
    Scene("stige", "coming"),
    Scene("rosengaardskolen", "draft"),
    Scene("tarup", "none"),
)
PRESS = Press("Prøve", "", "Swipe 0", ZoneInfo("Europe/Copenhagen"), 7)


@contextmanager
def silent(_label: str, _length: int) -> Iterator[Callable[[int], None]]:
    yield lambda _n: None


@pytest.fixture
def small_city(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "SCENES", SMALL)
    motifs = decks.read_deck()
    few = [row for row in motifs if row["theme"] == "byliv"][:2] + motifs[:2]
    monkeypatch.setattr(demo, "read_deck", lambda: few)
    monkeypatch.setattr(decks, "read_deck", lambda: few)
    demo.build(PRESS, silent, empty=False)


def test_every_area_of_the_demo_is_drawn_on_the_map(small_city: None) -> None:
    with glance():
        assert areas_with_boundary() == len(area_names()) == 28


def test_a_round_before_is_over_and_the_next_one_looks_back_at_it(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "SCENES", (Scene("bolbro", "open", 60),))
    monkeypatch.setattr(demo, "FORMER", (Scene("bolbro", "former", 50),))
    few = decks.read_deck()[:4]
    monkeypatch.setattr(demo, "read_deck", lambda: few)
    monkeypatch.setattr(decks, "read_deck", lambda: few)
    demo.build(PRESS, silent, empty=False)
    with glance():
        newer, older = surveys_of("bolbro")
        now, then = document_of(newer.id), document_of(older.id)
    assert now is not None
    assert then is not None
    assert (now["participants"], then["participants"]) == (60, 50)
    assert now["since"]["survey"] == str(older.id)
    assert then["snapshot"]["final"] is True
    assert then["snapshot"]["day"] < now["snapshot"]["day"]
    assert then["since"] is None


def survey_of(area: str) -> Survey:
    with glance():
        return surveys_of(area)[0]


def test_every_scene_stands_as_described(small_city: None) -> None:
    with glance():
        assert demo_mark() == "demo"
        bolbro = document_of(survey_of("bolbro").id)
        lumby = document_of(survey_of("lumby").id)
        draft = live_cards(survey_of("rosengaardskolen").id)
        assert surveys_of("tarup") == []
    assert bolbro is not None
    assert lumby is not None
    assert (bolbro["participants"], bolbro["residents"]) == (60, 3540)
    assert lumby["snapshot"]["final"] is True
    assert sum(not card.alts for card in draft) == 2
    assert survey_of("rosengaardskolen").published_at is None


def test_every_page_and_export_of_a_demo_says_so(small_city: None, app: Flask) -> None:
    client = app.test_client()
    for path in ("/", "/a/bolbro", "/a/lumby", "/a/stige", "/a/x", "/privatliv", "/login"):
        assert "Prøveby · tallene er opdigtede" in client.get(path).get_data(as_text=True), path


def test_neighbours_answer_one_by_one_and_a_restart_goes_on(
    small_city: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neighbours, "AT_MOST", 3)

    def people() -> int:
        with glance():
            mine = Participation.survey == survey_of("bolbro").id
            return int(db.session.scalar(select(func.count()).where(mine)) or 0)

    before, now = people(), datetime.now(UTC)
    worker = Neighbours()
    assert worker.tick(now)
    assert not worker.tick(now), "three seconds have not passed"
    assert worker.tick(now + EVERY)
    restarted = Neighbours()
    assert restarted.tick(now + 2 * EVERY)
    assert not restarted.tick(now + 3 * EVERY), "three hundred at most, here three"
    assert people() == before + 3


def test_a_demo_is_never_built_over_a_real_city(app: Flask) -> None:
    make_area()
    with pytest.raises(SetupError, match="real city"):
        demo.refuse_real_city()


def test_an_empty_demo_has_decks_and_no_answers(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "SCENES", SMALL)
    few = decks.read_deck()[:1]
    monkeypatch.setattr(demo, "read_deck", lambda: few)
    monkeypatch.setattr(decks, "read_deck", lambda: few)
    demo.build(PRESS, silent, empty=True)
    with glance():
        assert demo_mark() == "empty"
        assert db.session.scalar(select(func.count()).select_from(Participation)) == 0
        assert surveys_of("lumby") == []
    page = app.test_client().get("/a/bolbro").get_data(as_text=True)
    assert "Prøveby" in page
    assert "opdigtede" not in page


def test_where_the_survey_is_over_people_can_read_what_was_decided(small_city: None) -> None:
    lumby = survey_of("lumby")
    with glance():
        assert areas_told() == {"lumby"}
        decided = decisions_of(lumby.id)
        document = document_of(lumby.id)
    assert {one.state for one in decided} == {"started", "decided", "rejected"}
    assert all(one.published and set(lumby.languages) <= set(one.texts) for one in decided)
    assert document is not None
    assert {one.snapshot for one in decided} == {document["snapshot"]["number"]}
