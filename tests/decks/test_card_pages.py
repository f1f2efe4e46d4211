"""The page of a card set: cards by theme, what they lack, and what can no longer be changed."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.builders import make_survey
from tests.decks.set_desk import (
    cards,
    change,
    page,
    picture,
    show_another_picture,
    upload,
    version,
)

Login = Callable[[str], FlaskClient]
ALL = {"da": "Bænke", "en": "Benches", "ar": "مقاعد"}


def test_the_themes_stand_with_their_numbers_and_an_uneven_set_is_pointed_out(login: Login) -> None:
    even, uneven = make_survey(state="draft", cards=6), make_survey(state="draft", cards=7)
    client = login("editor")
    assert "Der er lige mange kort i hvert tema." in page(client, even)
    shown = page(client, uneven)
    assert "Foreningsliv har 3 kort, og Grønne områder har 2." in shown
    assert "7 kort" in shown


def test_a_theme_nobody_uses_makes_no_set_uneven(login: Login) -> None:
    survey = make_survey(state="draft", cards=4, themes=("byliv", "foreningsliv"))
    assert "lige mange kort i hvert tema." in page(login("editor"), survey)


def test_each_card_says_what_it_lacks_in_every_language_offered(login: Login) -> None:
    survey = make_survey(state="draft", cards=3, themes=("byliv",), languages=["da", "en", "ar"])
    done, english, bare = cards(survey)
    change(done, titles=ALL, alts=ALL, why={}, licence="own")
    change(english, titles={"da": "Å", "ar": "ا"}, alts=ALL, why={}, licence="cc-by", credit="")
    change(bare, titles={}, alts={}, why={}, licence="")
    shown = page(login("editor"), survey)
    tiles = shown.split('class="card-tile"')[1:]
    assert "mangler" not in tiles[0]
    assert "mangler: engelsk</span>" in tiles[1]
    assert "mangler fotograf" in tiles[1]
    for words in ("mangler titel", "mangler beskrivelse", "mangler: engelsk, arabisk", "licens"):
        assert words in tiles[2]


def test_a_why_in_danish_is_wanted_in_the_other_languages_too(login: Login) -> None:
    survey = make_survey(state="draft", cards=1, languages=["da", "en"])
    change(cards(survey)[0], titles=ALL, alts=ALL, why={"da": "Derfor."}, licence="own")
    assert "mangler: engelsk" in page(login("editor"), survey)


def test_only_unfinished_cards_are_shown_when_wished(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=3, themes=("byliv",)), login("editor")
    for card in cards(survey):
        change(card, licence="own")
    unfinished = cards(survey)[1]
    change(unfinished, alts={})
    shown = page(client, survey, "?show=missing")
    assert shown.count('class="card-tile"') == 1
    assert f"card-{unfinished.id}" in shown
    assert 'value="up"' not in shown  # its neighbours are not in sight
    change(unfinished, alts={"da": "En bænk."})
    assert "Ingen kort mangler noget." in page(client, survey, "?show=missing")


def test_the_next_step_leads_to_the_first_card_without_words(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=3, themes=("byliv",)), login("editor")
    change(cards(survey)[1], titles={})
    shown = page(client, survey)
    assert f'data-next href="/admin/cards/{cards(survey)[1].id}"' in shown
    change(cards(survey)[1], titles={"da": "Bænke"})
    assert "data-next href" not in page(client, survey)


def test_an_empty_set_shows_the_ways_to_begin(login: Login) -> None:
    survey = make_survey(state="draft", cards=0)
    shown = page(login("admin"), survey)
    for words in ("Læg billeder op", "Læs et helt sæt ind", "Kopiér fra et andet område"):
        assert words in shown


@pytest.mark.parametrize("state", ["coming", "open", "closed"])
def test_the_set_of_a_published_survey_is_frozen(login: Login, state: str) -> None:
    survey, client = make_survey(state=state, cards=3, themes=("byliv",)), login("admin")
    before = [(card.id, card.theme, card.position) for card in cards(survey)]
    upload(client, survey, (picture(), "ny.jpg"))
    for what, sent in (("position", {"step": "down"}), ("theme", {"theme": "foreningsliv"})):
        client.post(f"/admin/cards/{before[0][0]}/{what}", data=sent)
    client.post(f"/admin/cards/{before[0][0]}/removal")
    assert [(card.id, card.theme, card.position) for card in cards(survey)] == before
    assert version(survey) == survey.version
    shown = page(client, survey)
    assert "kortene er låst" in shown
    assert "/removal" not in shown


def test_the_page_asks_again_only_while_a_picture_is_being_made(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=1), login("editor")
    assert "data-waiting=" not in page(client, survey).partition("data-cards")[2]
    shown = show_another_picture(cards(survey)[0], "pending")
    assert f'data-waiting="{shown.digest}"' in page(client, survey)


def test_a_script_hears_which_pictures_are_ready(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=3), login("editor")
    first, second, third = cards(survey)
    pending, failed = show_another_picture(second, "pending"), show_another_picture(third, "failed")
    told = client.get(f"/admin/surveys/{survey.id}/pictures").json
    assert told == {
        first.picture: ["ready", f"/media/{first.picture}.jpg"],
        pending.digest: ["pending", None],
        failed.digest: ["failed", None],
    }


def test_a_ready_picture_is_shown_by_its_smallest_jpeg(login: Login) -> None:
    survey = make_survey(state="draft", cards=1)
    address = f"/media/{cards(survey)[0].picture}.jpg"
    assert f'src="{address}"' in page(login("editor"), survey)
