"""The city as the worker takes it: areas beside each other, a whole municipality, two rounds."""

from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient
from test_snapshots import PRESS, answer, newest, taken

from swipe.areas.models import Residents, register, residents_by_area
from swipe.areas.words import AGE_BANDS, GENDERS
from swipe.db import db, glance
from swipe.insight import snapshots
from tests.builders import make_area, make_picture, make_survey


def live_in(area: str, per_cell: int) -> None:
    """Let the register have residents in every cell of an area, more of them when older."""
    for step, band in enumerate(AGE_BANDS, 1):
        for gender in GENDERS:
            db.session.add(
                Residents(
                    area=area,
                    age_band=band,
                    gender=gender,
                    count=per_cell * step,
                    as_of=datetime(2026, 1, 1, tzinfo=UTC).date(),
                    source="Opdigtet",
                )
            )
    db.session.commit()


def asked(area: str, people: int, per_cell: int, *answers: str) -> None:
    survey = make_survey(area=area)
    live_in(area, per_cell)
    answer(survey, people, list(answers) or None)
    taken(survey)


def summary(client: FlaskClient) -> dict:
    snapshots.take_city(PRESS, datetime.now(UTC))
    found = client.get("/api/v1/summary").json
    assert found is not None
    return found


# Two yes and two no to every theme of the deck, which has its themes in turn.
HALF = (["yes"] * 3 + ["no"] * 3) * 4
NONE = ["no"] * 24


def test_the_register_has_every_cell_of_the_newest_date(app: Flask) -> None:
    make_area(slug="bolbro")
    live_in("bolbro", 10)
    old = {"area": "bolbro", "age_band": "80+", "gender": "female", "source": "Opdigtet"}
    db.session.add(Residents(**old, count=9999, as_of=datetime(2020, 1, 1, tzinfo=UTC).date()))
    db.session.commit()
    with glance():
        cells = register()["bolbro"]
        assert residents_by_area() == {"bolbro": sum(cells.values())} == {"bolbro": 420}
    assert cells["80+", "female"] == 60
    assert len(cells) == 12


def test_the_areas_stand_beside_the_city(client: FlaskClient) -> None:
    for area, answers in (("bolbro", HALF), ("stige", HALF), ("korup", NONE)):
        asked(area, 60, 10, *answers)
    shown = summary(client)
    themes = {row["theme"]: row for row in shown["city"]["themes"]}
    assert {row["areas"] for row in themes.values()} == {3}
    assert {row["share"] for row in themes.values()} == {0.33}
    korup = next(row for row in shown["areas"] if row["area"] == "korup")
    assert {one["differs"] for one in korup["compared"]} == {"below"}
    assert {tuple(one["rank"]) for one in korup["compared"]} == {(3, 3)}
    assert shown["city"]["notes"] == []


def test_the_whole_municipality_keeps_its_row_and_stands_in_no_total(client: FlaskClient) -> None:
    for area in ("bolbro", "stige"):
        asked(area, 60, 10, *HALF)
    asked("kommunen", 90, 20, *NONE)
    shown = summary(client)
    assert [row["area"] for row in shown["areas"]] == ["bolbro", "kommunen", "stige"]
    assert (shown["city"]["participants"], shown["city"]["residents"]) == (120, 840)
    assert shown["city"]["notes"] == ["whole-left-out"]
    assert {row["share"] for row in shown["city"]["themes"]} == {0.5}


def test_a_round_tells_what_changed_since_the_one_before(app: Flask) -> None:
    picture = make_picture()
    before = make_survey(state="closed", picture=picture)
    answer(before, 120, HALF)
    snapshots.take(before, PRESS, datetime.now(UTC), lambda: True, final=True)
    survey = make_survey(picture=picture)
    answer(survey, 120, NONE)
    since = taken(survey)["since"]
    assert (since["reason"], since["survey"]) == (None, str(before.id))
    assert {theme["anchors"] for theme in since["themes"]} == {8}
    assert {theme["change"] for theme in since["themes"]} == {-0.45}  # from a half to "under 5"
    assert all(theme["clear"] for theme in since["themes"])


def test_a_first_round_and_one_with_other_pictures_tell_no_change(app: Flask) -> None:
    before = make_survey(state="closed")
    answer(before, 120, HALF)
    snapshots.take(before, PRESS, datetime.now(UTC), lambda: True, final=True)
    assert newest(before)["since"] is None
    survey = make_survey()
    answer(survey, 120, NONE)
    assert taken(survey)["since"]["reason"] == "too-few-anchors"
