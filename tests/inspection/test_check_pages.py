"""The deck doctor's page: calm over a good set, a way to the fix for every point of another."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from swipe.db import db, glance
from swipe.surveys.models import Card, Survey
from tests.builders import cards_of, make_picture, make_survey

Login = Callable[[str], FlaskClient]


def page(client: FlaskClient, survey: Survey) -> str:
    reply = client.get(f"/admin/surveys/{survey.id}/check")
    assert reply.status_code == 200
    return reply.text


def change(survey: Survey, many: int = 1, **values: Any) -> list[Card]:
    """Change the first cards and return them."""
    with glance():
        cards = cards_of(survey)[:many]
    ids = [card.id for card in cards]
    db.session.execute(update(Card).where(Card.id.in_(ids)).values(**values))
    db.session.commit()
    return cards


def test_a_good_set_is_said_to_be_in_order_in_one_line(login: Login) -> None:
    text = page(login("editor"), make_survey(state="draft"))
    assert "Sættet er i orden" in text
    assert 'data-state="warning"' not in text
    assert 'data-state="blocked"' not in text


def test_every_point_leads_to_the_field_of_its_card(login: Login) -> None:
    survey = make_survey(state="draft")
    (card,) = change(survey, licence="", titles={"da": "Flere bænke"})
    text = page(login("editor"), survey)
    assert "Én ting skal rettes, én bør overvejes" in text
    assert f'href="/admin/cards/{card.id}#licence"' in text
    assert f'href="/admin/cards/{card.id}#title"' in text
    assert "Skriv bare »Bænke«." in text


def test_a_missing_language_leads_into_its_tab_and_to_the_texts(login: Login) -> None:
    survey = make_survey(state="draft", languages=["da", "en"])
    with glance():
        card = cards_of(survey)[0]
    client = login("editor")
    text = page(client, survey)
    assert f'href="/admin/cards/{card.id}?sprog=en#title"' in text
    address = f"/admin/surveys/{survey.id}/texts/en"
    assert f'href="{address}#question"' in text
    assert client.get(address).status_code == 200


def test_a_theme_without_a_name_leads_only_an_administrator_to_the_themes(login: Login) -> None:
    survey = make_survey(state="draft", languages=["da", "so"], themes=("byliv", "foreningsliv"))
    for role, links in (("editor", 0), ("admin", 2)):
        text = page(login(role), survey).split("<main")[1]
        assert "Navnet på temaet Byliv" in text
        assert text.count('href="/admin/themes"') == links


def test_what_the_frame_lacks_is_said_too_with_the_way_there_for_an_administrator(
    login: Login,
) -> None:
    survey, whole = make_survey(state="draft", pot={}), make_survey(area="stige", state="draft")
    way = f'<a href="/admin/surveys/{survey.id}">Rammer</a>'
    admin, editor = login("admin"), login("editor")
    assert f"Én ting skal rettes i {way}." in page(admin, survey)
    change(survey, licence="")
    text = page(admin, survey)
    assert "Én ting skal rettes</h2>" in text
    assert f"Og én ting i {way}." in text
    listed = admin.get(f"/admin/surveys/{survey.id}/publication").text
    assert "2 ting skal rettes først." in listed
    assert way not in page(editor, survey)
    assert "Og én ting i Rammer." in page(editor, survey)
    assert "ting i" not in page(admin, whole)
    assert "rettes i" not in page(admin, whole)


def test_a_sunnier_theme_is_shown_beside_an_ordinary_picture(login: Login) -> None:
    survey = make_survey(state="draft", cards=6)
    sunny = make_picture(looks={"brightness": 72.0, "saturation": 30.0, "contrast": 20.0})
    with glance():
        city = [card.id for card in cards_of(survey) if card.theme == "byliv"]
    db.session.execute(update(Card).where(Card.id.in_(city)).values(picture=sunny.digest))
    db.session.commit()
    text = page(login("editor"), survey)
    assert "Temaet Byliv er lysere end de andre." in text
    assert "Et lysere tema får let flere ja’er" in text
    assert "Skiller sig mest ud · lys 72" in text
    assert "Som de fleste · lys 55" in text


def test_the_figures_stand_in_a_table_with_bars_that_need_no_style(login: Login) -> None:
    text = page(login("editor"), make_survey(state="draft"))
    assert text.count("<tr><th scope=") == 3 + 24 + 2  # themes, cards, two heads
    assert 'width="55.0%"' in text
    assert "style=" not in text.split("<body>")[1]


@pytest.mark.parametrize("state", ["coming", "open", "closed"])
def test_a_published_set_can_be_looked_over_and_not_changed(login: Login, state: str) -> None:
    text = page(login("editor"), make_survey(state=state))
    assert "billederne er låst" in text
    assert text.count("<form") == 1  # the way out


def test_a_set_that_is_still_empty_or_being_made_breaks_nothing(login: Login) -> None:
    client = login("editor")
    assert "Der er 0 kort." in page(client, make_survey(state="draft", cards=0))
    waiting = make_survey(area="stige", state="draft", picture=make_picture(state="pending"))
    assert "gøres klar lige nu" in page(client, waiting)


def test_the_steps_lead_an_editor_to_pictures_and_doctor_alone(login: Login) -> None:
    survey = make_survey(state="draft")
    for role, steps in (("editor", 2), ("admin", 4)):
        path = page(login(role), survey).split('class="path"')[1].split("</ol>")[0]
        assert path.count("<li>") == steps
        assert 'aria-current="page"' in path


def test_a_planner_and_a_stranger_are_kept_out(login: Login, client: FlaskClient) -> None:
    survey = make_survey(state="draft")
    assert login("planner").get(f"/admin/surveys/{survey.id}/check").status_code == 403
    assert client.get(f"/admin/surveys/{survey.id}/check").status_code == 302
