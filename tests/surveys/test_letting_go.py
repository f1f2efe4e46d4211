"""A page that is only drawn again holds no lock, so that no citizen waits for it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask, before_render_template
from flask.testing import FlaskClient
from sqlalchemy import update

from swipe.db import db
from swipe.surveys.models import Survey, Theme
from tests.builders import make_area, make_survey
from tests.surveys.test_survey_pages import FORM

Login = Callable[[str], FlaskClient]
COPIES = {"opens_at": "2031-01-06T08:00", "closes_at": "2031-02-02T23:59", "areas": ["stige"]}


@pytest.fixture
def drawn(whole_app: Flask) -> Iterator[list[str]]:
    """Return the templates that were drawn while somebody else could write."""
    names: list[str] = []

    def somebody_writes(_app: Flask, template: Any, **_facts: Any) -> None:
        with db.engine.connect() as other:
            other.execute(update(Theme).values(position=1))
            other.rollback()
        names.append(template.name)

    with before_render_template.connected_to(somebody_writes, whole_app):
        yield names


@pytest.fixture
def survey(app: Flask) -> Survey:
    make_area(slug="stige", name="Stige")
    return make_survey(state="draft", cards=6, languages=["da", "en"])


@pytest.mark.parametrize(
    ("path", "data", "template"),
    [
        ("/admin/surveys", FORM | {"title": ""}, "survey_new"),
        ("/admin/surveys/{}", FORM | {"title": ""}, "survey"),
        ("/admin/surveys/{}/texts/en", {"title": "x" * 121}, "texts"),
        ("/admin/themes/byliv", {"name": ""}, "theme"),
        ("/admin/themes", {"name": ""}, "themes"),
        ("/admin/staff", {"name": ""}, "staff"),
        ("/admin/areas", {"name": ""}, "areas"),
        ("/admin/areas/stige", {"name": ""}, "area"),
        ("/admin/surveys/{}/copies", COPIES, "copies_preview"),
        ("/admin/surveys/{}/copies", COPIES | {"step": "back"}, "copies"),
        ("/admin/surveys/{}/copies", COPIES | {"areas": []}, "copies"),
    ],
)
def test_somebody_else_can_write_while_a_page_is_drawn_again(
    login: Login, survey: Survey, drawn: list[str], path: str, data: dict[str, Any], template: str
) -> None:
    reply = login("admin").post(path.format(survey.id), data=data)
    assert reply.status_code in (200, 422)
    assert drawn == [f"admin/{template}.html"]
