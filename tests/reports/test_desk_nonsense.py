"""Whatever stands in an address or a form, the pages answer: with a page, a file or a refusal."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from note_desk import make_note
from planner_city import area_of, counted_city

from swipe.accounts.models import Staff
from swipe.db import db
from tests.builders import make_staff

AREA = "/planner/areas/bolbro"
PAGES = (
    "/planner",
    "/planner/map",
    "/planner/compare",
    AREA,
    f"{AREA}/quality",
    f"{AREA}/method",
    f"{AREA}/export.csv",
    f"{AREA}/export.json",
    f"{AREA}/export.xlsx",
    f"{AREA}/notes/new",
    "/screen/bolbro",
    "/api/v1/areas/bolbro/summary.csv",
)
WORDS = {
    "survey": ["", "x", "{survey}", "00000000-0000-0000-0000-000000000000"],
    "theme": ["byliv", "BYLIV", "-"],
    "group": ["gender:female", "age_band:15-24", "age_band:80+", "age_band:٣", "gender:", ":"],
    "cards": ["1", "-1", "9" * 5000, "٣"],
    "areas": ["bolbro", "bolbro,vollsmose", ",,,", "a," * 300],
    "sort": ["name", "-share", "--share", "-"],
    "page": ["0", "2", "-1", "9" * 30, "9" * 5000],
    "show": ["first", "reach"],
    "state": ["open", "all"],
    "q": ["%", "_", "Bolbro", "\u202e"],
    "lang": ["da", "en", "ar", "xx"],
    "decimal": ["comma", "point"],
    "choose": ["1"],
    "c": ["plakat", "skaerm"],
}
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=40)


@st.composite
def questions(draw: st.DrawFn) -> list[tuple[str, str]]:
    names = draw(st.lists(st.sampled_from(sorted(WORDS)), max_size=5))
    return [(name, draw(st.sampled_from(WORDS[name]) | ANYTHING)) for name in names]


def _sent(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


@pytest.fixture
def city(app: Flask) -> Iterator[tuple[Any, FlaskClient]]:
    """Return a survey of two areas with figures, and an administrator's client."""
    survey = area_of("bolbro")
    area_of("vollsmose")
    counted_city()
    make_note(survey=survey)
    me: Staff = make_staff(role="admin")
    client = app.test_client()
    with client.session_transaction() as session:
        session["staff"], session["epoch"] = str(me.id), me.epoch
    db.session.remove()
    return survey, client


WHILE_IT_STANDS = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=150,
)


@WHILE_IT_STANDS
@given(st.sampled_from(PAGES), questions())
def test_no_question_in_an_address_ends_in_a_fault(
    city: tuple[Any, FlaskClient], page: str, asked: list[tuple[str, str]]
) -> None:
    survey, client = city
    query = [(name, _sent(text).replace("{survey}", str(survey.id))) for name, text in asked]
    assert client.get(page, query_string=query).status_code < 500, (page, query)


FORMS = {
    "/planner/alerts": ["kinds", "by_mail", "webhook"],
    "/planner/alerts/trial": ["way"],
    "/planner/alerts/again": [],
    f"{AREA}/notes/new?survey={{survey}}": ["text", "in_report"],
    f"{AREA}/notes/{{note}}": ["text", "in_report", "seen"],
    "/admin/areas/boundaries/import": ["step", "text", "given"],
}
TYPED = st.sampled_from(
    ["", "import", "webhook", "mail", "https://[", "https://x:99999/", "opened"]
)


@st.composite
def forms(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    address = draw(st.sampled_from(sorted(FORMS)))
    return address, {name: draw(TYPED | ANYTHING) for name in FORMS[address]}


@WHILE_IT_STANDS
@given(forms())
def test_no_form_ends_in_a_fault(
    city: tuple[Any, FlaskClient], form: tuple[str, dict[str, str]]
) -> None:
    survey, client = city
    note = make_note(survey=survey)
    address = form[0].format(survey=survey.id, note=note.id)
    data = {name: _sent(text) for name, text in form[1].items()}
    assert client.post(address, data=data).status_code < 500, form


@WHILE_IT_STANDS
@given(st.binary(max_size=200))
def test_no_file_of_boundaries_ends_in_a_fault(city: tuple[Any, FlaskClient], data: bytes) -> None:
    _survey, client = city
    file = {"file": (io.BytesIO(data), "x.geojson")}
    assert client.post("/admin/areas/boundaries/import", data=file).status_code < 500
