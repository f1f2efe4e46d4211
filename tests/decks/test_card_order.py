"""The order of the cards: by steps, by theme, by drag; two people at once; removal and undo."""

import json
import re
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from swipe.db import db
from swipe.decks.card_order import version_of
from swipe.media.models import Picture
from swipe.surveys.models import Card, Survey, Theme
from tests.builders import make_survey, make_theme
from tests.decks.set_desk import (
    cards,
    change,
    keep_focus,
    own_pictures,
    page,
    rows,
    show_another_picture,
    trail,
    version,
)

Login = Callable[[str], FlaskClient]
TWO = ("byliv", "foreningsliv")


def arrange(client: FlaskClient, survey: Survey, wanted: dict[str, list[str]], **more: Any) -> Any:
    """Send an order as the script does; the numbers are those of the cards' titles."""
    by_number = {card.titles["da"].removeprefix("Motiv "): str(card.id) for card in cards(survey)}
    order = [
        {"theme": theme, "cards": [by_number.get(number, number) for number in row]}
        for theme, row in wanted.items()
    ]
    seen = {"version": version_of(cards(survey)), "order": json.dumps(order)}
    return client.post(f"/admin/surveys/{survey.id}/order", data=seen | more)


def test_moving_swaps_neighbours_within_their_theme(login: Login) -> None:
    survey, client = (
        make_survey(state="draft", cards=6, themes=("byliv", "foreningsliv")),
        login("editor"),
    )
    row = [card.id for card in cards(survey) if card.theme == "byliv"]
    client.post(f"/admin/cards/{row[2]}/position", data={"step": "up"})
    client.post(f"/admin/cards/{row[0]}/position", data={"step": "up"})
    client.post(f"/admin/cards/{row[0]}/position", data={"step": "sideways"})
    now = [card.id for card in cards(survey) if card.theme == "byliv"]
    assert now == [row[0], row[2], row[1]]
    client.post(f"/admin/cards/{row[0]}/position", data={"step": "down"})
    now = [card.id for card in cards(survey) if card.theme == "byliv"]
    assert now == [row[2], row[0], row[1]]


def test_a_step_is_written_down_with_the_places(login: Login) -> None:
    survey = make_survey(state="draft", cards=3, themes=("byliv",))
    first = cards(survey)[0]
    login("editor").post(f"/admin/cards/{first.id}/position", data={"step": "down"})
    (event,) = trail(survey)
    assert (event.action, event.label, event.thing) == ("card.moved", "Motiv 0", str(first.id))
    assert (event.before, event.after) == ({"position": 1}, {"position": 2})


def test_a_card_moves_to_the_end_of_another_theme(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=6, themes=TWO), login("editor")
    card = cards(survey)[0]
    reply = client.post(f"/admin/cards/{card.id}/theme", data={"theme": "foreningsliv"})
    assert reply.location.endswith(f"#card-{card.id}")
    assert rows(survey) == {"byliv": ["2", "4"], "foreningsliv": ["1", "3", "5", "0"]}
    (event,) = trail(survey)
    assert (event.before, event.after) == ({"theme": "byliv"}, {"theme": "foreningsliv"})
    client.post(f"/admin/cards/{card.id}/theme", data={"theme": "findes-ikke"})
    assert "Vælg et tema." in page(client, survey)
    assert len(trail(survey)) == 1


def test_a_whole_order_is_kept_within_and_between_themes(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=6, themes=TWO), login("editor")
    wanted = {"byliv": ["4", "0"], "foreningsliv": ["1", "2", "5", "3"]}
    reply = arrange(client, survey, wanted)
    assert reply.json == {"version": version_of(cards(survey))}
    assert rows(survey) == wanted
    assert version(survey) == survey.version + 1


def test_the_trail_names_the_card_that_was_dragged_and_not_those_that_made_room(
    login: Login,
) -> None:
    survey, client = make_survey(state="draft", cards=4, themes=("byliv",)), login("editor")
    dragged = cards(survey)[3]
    arrange(client, survey, {"byliv": ["3", "0", "1", "2"]}, moved=str(dragged.id))
    (event,) = trail(survey)
    assert (event.label, event.before, event.after) == ("Motiv 3", {"position": 4}, {"position": 1})
    arrange(client, survey, {"byliv": ["3", "0", "1", "2"]}, moved=str(dragged.id))
    assert len(trail(survey)) == 1  # nothing moved
    assert version(survey) == survey.version + 1


def test_of_two_people_who_order_at_once_the_second_is_told(login: Login) -> None:
    survey = make_survey(state="draft", cards=3, themes=("byliv",))
    seen = version_of(cards(survey))
    bodil, anders = login("editor"), login("admin")
    assert arrange(bodil, survey, {"byliv": ["2", "1", "0"]}, version=seen).status_code == 200
    reply = arrange(anders, survey, {"byliv": ["1", "0", "2"]}, version=seen)
    assert reply.status_code == 409
    assert "Nogen har flyttet kort imens." in reply.json["detail"]
    assert rows(survey) == {"byliv": ["2", "1", "0"]}


def test_words_that_somebody_wrote_meanwhile_stop_no_drag(login: Login) -> None:
    survey = make_survey(state="draft", cards=2, themes=("byliv",))
    seen = version_of(cards(survey))
    change(cards(survey)[0], alts={"da": "En anden beskrivelse."})
    reply = arrange(login("editor"), survey, {"byliv": ["1", "0"]}, version=seen)
    assert reply.status_code == 200


@pytest.mark.parametrize(
    "wanted",
    [
        {"byliv": ["0"]},
        {"byliv": ["0", "1", "1"]},
        {"byliv": ["0", "1", str(uuid.uuid4())]},
        {"byliv": []},
    ],
)
def test_an_order_of_other_cards_than_there_are_is_refused(
    login: Login, wanted: dict[str, list[str]]
) -> None:
    survey = make_survey(state="draft", cards=2, themes=("byliv",))
    assert arrange(login("editor"), survey, wanted).status_code == 409
    assert rows(survey) == {"byliv": ["0", "1"]}


@pytest.mark.parametrize(
    "order", ["", "nej", "{}", "[1]", '[{"theme": "byliv"}]', '[{"cards": []}]']
)
def test_an_order_nobody_can_read_is_refused_in_words(login: Login, order: str) -> None:
    survey = make_survey(state="draft", cards=2, themes=("byliv",))
    reply = arrange(login("editor"), survey, {}, order=order)
    assert reply.status_code in (400, 422)
    assert reply.json["detail"]


def test_an_order_with_an_unknown_theme_is_refused(login: Login) -> None:
    survey = make_survey(state="draft", cards=2, themes=("byliv",))
    reply = arrange(login("editor"), survey, {"byliv": ["1"], "findes-ikke": ["0"]})
    assert reply.status_code == 422
    assert rows(survey) == {"byliv": ["0", "1"]}


def test_a_published_set_keeps_its_order(login: Login) -> None:
    survey = make_survey(state="coming", cards=2, themes=("byliv",))
    assert arrange(login("admin"), survey, {"byliv": ["1", "0"]}).status_code == 409


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_order_of_any_cards_comes_back_as_it_was_sent(login: Login, data: Any) -> None:
    survey = make_survey(state="draft", cards=7, themes=TWO)
    numbers = data.draw(st.permutations([str(number) for number in range(7)]))
    cut = data.draw(st.integers(0, 7))
    wanted = {"byliv": numbers[:cut], "foreningsliv": numbers[cut:]}
    assert arrange(login("editor"), survey, wanted).status_code == 200
    assert rows(survey) == {theme: row for theme, row in wanted.items() if row}


def remove(client: FlaskClient, card: Card) -> str:
    """Remove a card; return the page that follows."""
    reply = client.post(f"/admin/cards/{card.id}/removal")
    assert reply.status_code == 303
    return client.get(reply.location).text


def test_a_removed_card_comes_back_with_everything_on_it(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=3, themes=("byliv",)), login("editor")
    own_pictures(survey)
    card = cards(survey)[1]
    more = {"credit": "A. Holm", "licence": "cc-by", "facing": "left", "concept": "baenk"}
    change(card, titles={"da": "Bænke", "en": "Benches"}, **more)
    before = [facts(one) for one in cards(survey)]
    shown = remove(client, card)
    assert "Kortet ‘Bænke’ er fjernet." in shown
    assert len(cards(survey)) == 2
    undo = re.search(r'action="(/admin/cards/[^"]+/restoration)"', shown)
    assert undo is not None
    assert client.post(undo[1]).location.endswith(f"#card-{card.id}")
    assert [facts(one) for one in cards(survey)] == before
    assert [event.action for event in trail(survey)] == ["card.removed", "card.restored"]
    assert version(survey) == survey.version + 2


def facts(card: Card) -> dict[str, Any]:
    return {column.name: getattr(card, column.name) for column in Card.__table__.columns}


def test_undo_is_offered_only_while_the_card_is_away(login: Login) -> None:
    survey, other = make_survey(state="draft", cards=2), make_survey(state="draft", cards=1)
    own_pictures(survey)
    client, card = login("editor"), cards(survey)[0]
    remove(client, card)
    assert "restoration" in page(client, survey, f"?removed={card.id}")
    assert "restoration" not in page(client, other, f"?removed={card.id}")
    assert "restoration" not in page(client, survey, f"?removed={uuid.uuid4()}")
    assert "restoration" not in page(client, survey, "?removed=vrøvl")
    client.post(f"/admin/cards/{card.id}/restoration")
    assert "restoration" not in page(client, survey, f"?removed={card.id}")


def test_undo_twice_is_one_card_and_a_sentence(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=2), login("editor")
    own_pictures(survey)
    card = cards(survey)[0]
    remove(client, card)
    for _time in range(2):
        reply = client.post(f"/admin/cards/{card.id}/restoration")
    assert "Kortet er her allerede." in client.get(reply.location).text
    assert len(cards(survey)) == 2


def test_a_card_does_not_come_back_into_a_published_survey(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=2), login("editor")
    card = cards(survey)[0]
    remove(client, card)
    with db.session.begin():
        db.session.get_one(Survey, survey.id).published_at = survey.opens_at
    client.post(f"/admin/cards/{card.id}/restoration")
    assert "kan ikke ændres" in page(client, survey)
    assert len(cards(survey)) == 1


def test_a_card_whose_picture_or_theme_is_gone_says_so(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=2), login("editor")
    first, second = cards(survey)
    shown = show_another_picture(first)
    make_theme(slug="leg")
    change(second, theme="leg")
    for card in (first, second):
        remove(client, card)
    with db.session.begin():
        db.session.delete(db.session.get_one(Picture, shown.digest))
        db.session.delete(db.session.get_one(Theme, "leg"))
    client.post(f"/admin/cards/{first.id}/restoration")
    assert "Læg det op igen." in page(client, survey)
    client.post(f"/admin/cards/{second.id}/restoration")
    assert "Kortets tema er slettet." in page(client, survey)


def test_a_card_does_not_come_back_beside_its_own_picture(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=2), login("editor")
    first, second = cards(survey)
    shown = show_another_picture(first)
    remove(client, first)
    change(second, picture=shown.digest)
    keep_focus(cards(survey)[0], "f")  # the same picture cut elsewhere
    reply = client.post(f"/admin/cards/{first.id}/restoration")
    assert "Billedet er allerede i undersøgelsen" in client.get(reply.location).text
    assert len(cards(survey)) == 1


def test_what_is_done_to_a_card_that_is_gone_leads_back_to_its_set(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=2), login("editor")
    card = cards(survey)[0]
    remove(client, card)
    reply = client.post(f"/admin/cards/{card.id}/position", data={"step": "up"})
    assert reply.location == f"/admin/surveys/{survey.id}/cards"
    assert "Kortet findes ikke." in client.get(reply.location).text
    nowhere = client.post(f"/admin/cards/{uuid.uuid4()}/restoration")
    assert nowhere.location == "/admin"


@pytest.mark.parametrize("way", ["position", "theme", "removal"])
def test_a_card_that_was_taken_out_while_public_stays_out_of_a_draft(
    login: Login, way: str
) -> None:
    survey, client = make_survey(state="draft", cards=6, themes=TWO), login("editor")
    gone = cards(survey)[0]
    change(gone, retired_at=datetime.now(UTC))
    reply = client.post(f"/admin/cards/{gone.id}/{way}", data={"step": "up", "theme": TWO[1]})
    assert reply.status_code == 303
    assert "Kortet er taget ud" in page(client, survey)
    assert trail(survey) == []
