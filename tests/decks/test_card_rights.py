"""The same right on many cards at once: only where it is missing, written down card by card."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from swipe.db import db
from swipe.decks import card_rights
from swipe.errors import Conflict, Invalid
from swipe.surveys.models import Survey
from tests.builders import make_survey
from tests.decks.set_desk import cards, change, page, trail, version

Login = Callable[[str], FlaskClient]


def fill(client: FlaskClient, survey: Survey, licence: str, credit: str = "") -> str:
    address = f"/admin/surveys/{survey.id}/rights"
    sent = {"licence": licence, "credit": credit}
    reply = client.post(address, data=sent)
    assert reply.status_code == 303
    return client.get(reply.location).text


def said(survey: Survey) -> list[tuple[str, str]]:
    return [(card.licence, card.credit) for card in cards(survey)]


def test_a_right_reaches_every_card_that_has_none_and_no_other(login: Login) -> None:
    survey = make_survey(state="draft", cards=4)
    first, second, third, fourth = cards(survey)
    change(first, licence="", credit="")
    change(second, licence="", credit="B. Dam")
    change(third, licence="own", credit="")
    change(fourth, licence="cc0", credit="C. Eg")
    before = version(survey)
    shown = fill(login("editor"), survey, "permission", " A.  Holm ")
    assert "2 kort har fået retten." in shown
    assert said(survey) == [
        ("permission", "A. Holm"),
        ("permission", "B. Dam"),
        ("own", ""),
        ("cc0", "C. Eg"),
    ]
    assert version(survey) > before


def test_each_card_has_its_own_line_in_the_trail_with_what_changed(login: Login) -> None:
    survey = make_survey(state="draft", cards=3)
    for card in cards(survey)[:2]:
        change(card, licence="", credit="")
    fill(login("editor"), survey, "permission", "A. Holm")
    lines = [line for line in trail(survey) if line.action == "card.changed"]
    assert {line.thing for line in lines} == {str(card.id) for card in cards(survey)[:2]}
    for line in lines:
        assert line.before == {"licence": "", "credit": ""}
        assert line.after == {"licence": "permission", "credit": "A. Holm"}


def test_a_retired_card_is_left_as_it_was(login: Login) -> None:
    survey = make_survey(state="draft", cards=3)
    out = cards(survey)[0]
    change(out, licence="", retired_at=survey.opens_at)
    assert "Alle kort har en ret." in fill(login("editor"), survey, "own")
    assert not [line for line in trail(survey) if line.action == "card.changed"]


@pytest.mark.parametrize("licence", ["", "none"])
def test_without_a_right_to_give_nothing_changes(login: Login, licence: str) -> None:
    survey = make_survey(state="draft", cards=3)
    change(cards(survey)[0], licence="")
    assert "Vælg, hvem der må bruge billederne." in fill(login("editor"), survey, licence)
    assert said(survey)[0][0] == ""


@pytest.mark.parametrize("credit", ["x" * 201, "A\u202eB"])
def test_a_name_that_cannot_be_kept_changes_nothing(app: object, credit: str) -> None:
    survey = make_survey(state="draft", cards=3)
    change(cards(survey)[0], licence="")
    with pytest.raises(Invalid):
        card_rights.fill(survey.id, "own", credit)
    db.session.rollback()
    assert said(survey)[0][0] == ""


def test_a_published_set_is_locked(app: object) -> None:
    survey = make_survey(state="coming", cards=3)
    with pytest.raises(Conflict):
        card_rights.fill(survey.id, "own", "")
    db.session.rollback()


def test_a_planner_gives_no_rights(login: Login) -> None:
    survey = make_survey(state="draft")
    assert login("planner").post(f"/admin/surveys/{survey.id}/rights").status_code == 403


def test_the_set_offers_one_right_for_all_only_where_some_is_missing(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=3), login("editor")
    offer = f'action="/admin/surveys/{survey.id}/rights"'
    assert offer not in page(client, survey)
    change(cards(survey)[0], licence="")
    assert offer in page(client, survey)
    assert '<details class="panel fill-rights" id="rights">' in page(client, survey)
    assert '<details class="panel fill-rights" id="rights" open>' in page(
        client, survey, "?rights=1"
    )
    with db.session.begin():
        db.session.get_one(Survey, survey.id).published_at = survey.opens_at
    assert offer not in page(client, survey)


def test_the_check_leads_to_one_right_for_all(login: Login) -> None:
    survey, client = make_survey(state="draft"), login("editor")
    address = f"/admin/surveys/{survey.id}/check"
    way = f'href="/admin/surveys/{survey.id}/cards?rights=1#rights"'
    assert way not in client.get(address).text
    change(cards(survey)[0], licence="")
    assert way in client.get(address).text
