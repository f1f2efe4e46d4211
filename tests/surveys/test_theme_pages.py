"""The themes that all areas share."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete

from swipe.accounts.audit import AuditEvent
from swipe.db import db, glance
from swipe.surveys.models import Theme, all_themes
from swipe.surveys.theme_looks import ALIKE, Look, alike, apart
from swipe.surveys.theming import LOOKS
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


def theme(slug: str) -> Theme:
    with glance():
        return db.session.get_one(Theme, slug)


def order() -> list[str]:
    with glance():
        return [one.slug for one in all_themes()]


def changes_written() -> list[tuple[str, str, Any, Any]]:
    with glance():
        found = db.session.query(AuditEvent).order_by(AuditEvent.at)
        return [(one.action, one.label, one.before, one.after) for one in found]


def test_names_look_and_pattern_are_changed_together_and_written_down(login: Login) -> None:
    typed = {
        "name-en": "Town",
        "name-ar": "المدينة",
        "look": "295",
        "hue": "45",
        "pattern": "lines",
    }
    reply = login("admin").post("/admin/themes/byliv", data=typed)
    assert reply.location == "/admin/themes"
    found = theme("byliv")
    assert (found.hue, found.pattern) == (295, "lines")
    assert found.names == {"da": "Byliv", "en": "Town", "ar": "المدينة"}
    ((action, label, before, after),) = changes_written()
    assert (action, label, before["hue"], after["hue"]) == ("theme.changed", "Byliv", 45, 295)


def test_a_hue_of_ones_own_is_taken_from_the_slider(login: Login) -> None:
    login("admin").post("/admin/themes/byliv", data={"look": "own", "hue": "77"})
    assert theme("byliv").hue == 77


@pytest.mark.parametrize(
    "typed",
    [
        {"name": ""},
        {"name-en": "x" * 41},
        {"look": "own", "hue": "361"},
        {"pattern": "stars"},
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    login: Login, typed: dict[str, str]
) -> None:
    reply = login("admin").post("/admin/themes/byliv", data={"name-pl": "Miasto"} | typed)
    assert reply.status_code == 422
    assert 'value="Miasto"' in reply.text
    assert (theme("byliv").hue, theme("byliv").pattern) == (45, "solid")
    assert "pl" not in theme("byliv").names


def test_a_theme_citizens_have_read_still_changes_its_look_and_other_languages(
    login: Login,
) -> None:
    make_survey(state="open", themes=("byliv",), cards=2)
    client = login("admin")
    assert "Låst, for borgere har svaret" in client.get("/admin/themes/byliv").text
    client.post("/admin/themes/byliv", data={"name": "Byliv", "name-en": "City", "look": "105"})
    assert (theme("byliv").hue, theme("byliv").names["en"]) == (105, "City")


def test_an_emptied_name_in_another_language_falls_back_to_danish(login: Login) -> None:
    login("admin").post("/admin/themes/byliv", data={"name-en": " "})
    assert theme("byliv").names == {"da": "Byliv"}


def test_themes_are_put_in_order_and_nothing_falls_off_the_ends(login: Login) -> None:
    client = login("admin")
    client.post("/admin/themes/byliv/position", data={"step": "up"})
    assert order() == ["foreningsliv", "byliv", "groenne-omraader"]
    client.post("/admin/themes/foreningsliv/position", data={"step": "up"})
    client.post("/admin/themes/groenne-omraader/position", data={"step": "down"})
    assert order() == ["foreningsliv", "byliv", "groenne-omraader"]
    assert [written[0] for written in changes_written()] == ["theme.changed"]


def test_every_act_on_a_theme_is_written_down(login: Login) -> None:
    client = login("admin")
    client.post("/admin/themes", data={"name": "Trafik"})
    client.post("/admin/themes/trafik/removal")
    assert [written[:2] for written in changes_written()] == [
        ("theme.added", "Trafik"),
        ("theme.removed", "Trafik"),
    ]


def test_the_usual_themes_have_their_english_names_and_looks(login: Login) -> None:
    db.session.execute(delete(Theme))
    db.session.commit()
    login("editor").post("/admin/themes/usual")
    found = theme("groenne-omraader")
    assert (found.names["en"], found.hue, found.pattern) == ("Green areas", 150, "lines")


def test_two_that_a_colour_blind_person_may_mix_up_are_pointed_out(login: Login) -> None:
    client = login("admin")
    assert "farveblind. Vælg" not in client.get("/admin/themes").text
    client.post("/admin/themes/byliv", data={"look": "own", "hue": "160", "pattern": "lines"})
    assert "Kan ligne Grønne områder for en farveblind" in client.get("/admin/themes").text
    assert "kan ligne Grønne områder" in client.get("/admin/themes/byliv").text


def test_an_unknown_theme_has_no_page(login: Login) -> None:
    assert login("admin").get("/admin/themes/nowhere").status_code == 404


def test_any_two_of_the_eight_looks_differ_in_pattern_or_clearly_in_colour() -> None:
    assert len({look.hue for look in LOOKS}) == len(LOOKS) == 8
    for one, other in combinations(LOOKS, 2):
        assert one.pattern != other.pattern or apart(one.hue, other.hue) > 1.5 * ALIKE
        turn = abs(one.hue - other.hue)
        assert min(turn, 360 - turn) >= 30  # for eyes that see every colour


def test_red_and_green_look_alike_to_many_and_another_pattern_helps() -> None:
    assert alike(Look(28, "dots"), Look(145, "dots"))
    assert not alike(Look(28, "dots"), Look(145, "lines"))


@given(one=st.integers(0, 360), other=st.integers(0, 360))
def test_how_far_apart_two_hues_are_does_not_depend_on_their_order(one: int, other: int) -> None:
    assert apart(one, other) == apart(other, one) >= 0
    assert apart(one, one) == 0
