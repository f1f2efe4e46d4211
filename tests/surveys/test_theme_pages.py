"""The themes that all areas share."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete

from swipe.db import db, glance
from swipe.surveys.models import Theme, all_themes
from tests.builders import make_survey

Login = Callable[[str], FlaskClient]


def themes() -> dict[str, str]:
    with glance():
        return {theme.slug: theme.names["da"] for theme in all_themes()}


def test_a_new_theme_looks_unlike_the_others(login: Login) -> None:
    login("admin").post("/admin/themes", data={"name": "Trafik & veje"})
    assert themes()["trafik-veje"] == "Trafik & veje"
    with glance():
        hues = [theme.hue for theme in all_themes()]
    assert len(set(hues)) == len(hues) == 4


@pytest.mark.parametrize("name", ["", "!!!", "x" * 41, "Byliv"])
def test_a_theme_needs_a_name_of_its_own(login: Login, name: str) -> None:
    before = themes()
    reply = login("admin").post("/admin/themes", data={"name": name})
    assert reply.status_code == 422
    assert themes() == before


def test_a_theme_citizens_have_read_keeps_its_name(login: Login) -> None:
    make_survey(state="open", themes=("byliv",))
    make_survey(area="stige", state="draft", themes=("foreningsliv",))
    client = login("admin")
    client.post("/admin/themes/byliv", data={"name": "Andet"})
    client.post("/admin/themes/foreningsliv", data={"name": "Klubber"})
    assert themes()["byliv"] == "Byliv"
    assert themes()["foreningsliv"] == "Klubber"


def test_only_a_theme_without_cards_can_be_removed(login: Login) -> None:
    make_survey(state="draft", themes=("byliv",))
    client = login("admin")
    client.post("/admin/themes/byliv/removal")
    client.post("/admin/themes/foreningsliv/removal")
    assert set(themes()) == {"byliv", "groenne-omraader"}


def test_the_usual_themes_come_back_where_they_were_missing(login: Login) -> None:
    survey = make_survey(state="draft", cards=0)
    db.session.execute(delete(Theme))
    db.session.commit()
    client, here = login("editor"), f"/admin/surveys/{survey.id}/cards"
    assert "Først temaer" in client.get(here).text
    assert client.post("/admin/themes/usual", data={"next": here}).location == here
    assert set(themes()) == {"foreningsliv", "groenne-omraader", "byliv"}
    assert 'name="pictures"' in client.get(here).text
