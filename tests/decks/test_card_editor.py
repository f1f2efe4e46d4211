"""The editor of one card: its words per language, its cut, what it shows, and undoing."""

import html
from collections.abc import Callable
from unittest.mock import Mock

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from swipe.db import db, glance
from swipe.decks.card_view import cut_of
from swipe.media.models import Picture
from swipe.media.variants import crop
from swipe.surveys.models import Card
from tests.builders import cards_of, make_survey
from tests.decks.card_desk import WORDS, now, photo, save, seen, trail, undo, version

Login = Callable[[str], FlaskClient]
NAUGHTY = "<img src=x onerror=alert(1)>\"'</script>{{7*7}}"


def picture_of(card: Card) -> Picture:
    with glance():
        return db.session.get_one(Picture, now(card).picture)


def test_a_card_gets_its_words_and_saving_leads_to_the_next(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=3, themes=("byliv",)), login("editor")
    first, second, third = cards_of(survey)
    typed = WORDS | {"theme": "byliv", "facing": "left", "licence": "own", "then": "next"}
    reply = client.post(f"/admin/cards/{first.id}", data=typed | seen(first))
    assert reply.location == f"/admin/cards/{second.id}#title"  # where she goes on typing
    reply = client.post(f"/admin/cards/{third.id}", data=typed | seen(third))
    assert reply.location == f"/admin/surveys/{survey.id}/cards#card-{third.id}"
    saved = now(first)
    assert (saved.titles, saved.alts, saved.why) == (
        {"da": WORDS["title"]},
        {"da": WORDS["alt"]},
        {},
    )
    assert (saved.credit, saved.facing, saved.licence) == ("A. Holm", "left", "own")
    assert version(survey) == survey.version + 2


def test_the_key_enter_saves_and_stays_on_the_card(login: Login) -> None:
    (card,) = cards_of(make_survey(state="draft", cards=1))
    data = {"title": "Ny", "was_title": "Motiv 0", "then": "stay"}
    assert login("editor").post(f"/admin/cards/{card.id}", data=data).location == (
        f"/admin/cards/{card.id}"
    )


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "x" * 81, "Grænsen er 80 tegn"),
        ("alt", "x" * 301, "Grænsen er 300 tegn"),
        ("why", "x" * 401, "Grænsen er 400 tegn"),
        ("credit", "x" * 201, "Grænsen er 200 tegn"),
        ("title", "Bænke\u0007", "tegn, der ikke kan vises"),
        ("title", "\u202eparken", "tegn, der ikke kan vises"),
        ("theme", "findes-ikke", "Vælg et tema."),
        ("facing", "up", "Vælg en retning."),
        ("licence", "lånt", "hvem der må bruge billedet"),
        ("concept", "findes-ikke", "Vælg et kort"),
        ("focus_x", "101", "fra 0 til 100"),
        ("focus_x", "midt", "fra 0 til 100"),
    ],
)
def test_a_wrong_value_is_said_in_words_and_the_card_stays_as_it_was(
    login: Login, field: str, value: str, sentence: str
) -> None:
    survey = make_survey(state="draft", cards=1)
    (card,) = cards_of(survey)
    typed = WORDS | seen(card) | {"was_focus": "50 50", "focus_x": "50", "focus_y": "50"}
    reply = login("editor").post(f"/admin/cards/{card.id}", data=typed | {field: value})
    assert reply.status_code == 422
    assert sentence in reply.text
    assert WORDS["credit" if field == "title" else "title"] in reply.text
    assert now(card).titles == card.titles
    assert version(survey) == survey.version


def test_spaces_that_nobody_sees_are_not_stored(login: Login) -> None:
    (card,) = cards_of(make_survey(state="draft", cards=1))
    told = save(login("editor"), card, title=("Motiv 0", "  To   bænke\n")).json
    assert told["saved"] == {"title": "To bænke"}
    assert now(card).titles == {"da": "To bænke"}


def test_each_language_has_its_own_words_and_says_what_is_missing(login: Login) -> None:
    survey = make_survey(state="draft", cards=1, languages=["da", "en", "ar"])
    (card,) = cards_of(survey)
    client = login("editor")
    page = client.get(f"/admin/cards/{card.id}?sprog=ar").text
    assert 'lang="ar"' in page
    assert 'dir="rtl"' in page
    assert "Motiv 0" in page
    words = {"title": ("", "مقاعد"), "alt": ("", "مقعدان"), "why": ("", "لماذا")}
    told = save(client, card, "ar", **words).json
    assert told["lacks"] == ["en"]
    assert now(card).titles == {"da": "Motiv 0", "ar": "مقاعد"}
    assert save(client, card, "ar", title=("مقاعد", "")).json["lacks"] == ["en", "ar"]
    assert now(card).titles == {"da": "Motiv 0"}


def test_a_language_the_survey_does_not_offer_is_refused(login: Login) -> None:
    (card,) = cards_of(make_survey(state="draft", cards=1))
    client = login("editor")
    assert save(client, card, "pl", title=("", "Ławki")).status_code == 409
    assert 'name="language" value="da"' in client.get(f"/admin/cards/{card.id}?sprog=pl").text


def test_another_focus_point_is_the_same_picture_cut_anew(login: Login) -> None:
    survey = make_survey(state="draft", cards=1)
    (card,) = cards_of(survey)
    assert save(login("editor"), card, focus=("50 50", "20 80")).json["saved"] == {"focus": "20 80"}
    picture = picture_of(card)
    assert (picture.master, picture.focus_x, picture.focus_y) == (card.picture, 20, 80)
    assert picture.state == "pending"
    assert trail(card)[-1].after == {"focus": "20 80"}
    page = login("editor").get(f"/admin/cards/{card.id}").text
    assert "Gøres klar" in page
    assert "data-waiting" in page


@given(
    width=st.integers(480, 4000),
    height=st.integers(480, 4000),
    x=st.integers(0, 100),
    y=st.integers(0, 100),
)
def test_the_page_draws_the_very_cut_that_is_made(width: int, height: int, x: int, y: int) -> None:
    drawn = cut_of(Picture(width=width, height=height, focus_x=x, focus_y=y))
    whole = Mock(width=width, height=height)
    crop(whole, (x, y))
    box = (drawn.left, drawn.top, drawn.left + drawn.width, drawn.top + drawn.height)
    whole.crop.assert_called_once_with(box)


def test_two_cards_can_show_the_same_thing_and_a_third_joins_them(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=3), login("editor")
    first, second, third = cards_of(survey)
    assert save(client, first, concept=("", str(second.id))).status_code == 200
    assert save(client, third, concept=("", str(first.id))).status_code == 200
    assert len({now(card).concept for card in (first, second, third)}) == 1
    assert save(client, first, concept=(str(second.id), "")).status_code == 200
    assert now(first).concept is None
    page = client.get(f"/admin/cards/{second.id}").text
    assert "Viser det samme:" in page
    assert f'/admin/cards/{third.id}">Motiv 2</a>' in page
    assert save(client, first, concept=("", str(first.id))).status_code == 422


def test_a_script_that_sends_nonsense_hears_it(login: Login) -> None:
    (card,) = cards_of(make_survey(state="draft", cards=1))
    client, address = login("editor"), f"/admin/cards/{card.id}/changes"
    for body in (
        [],
        {},
        {"language": 1, "changes": {}},
        {"language": "da", "changes": {"title": 1}},
    ):
        assert client.post(address, json=body).status_code == 422
    assert save(client, card, survey=("", "x")).status_code == 422
    assert client.post(address, data="x", content_type="text/plain").status_code == 415
    assert client.post(address, data="{", content_type="application/json").status_code == 400


def test_advice_on_a_title_comes_with_the_reply_and_never_stops_it(login: Login) -> None:
    (card,) = cards_of(make_survey(state="draft", cards=1))
    client = login("editor")
    title = "En rigtig hyggelig og meget lang titel om bænke"
    told = save(client, card, title=("Motiv 0", title)).json
    assert told["saved"] == {"title": title}
    assert told["advice"]["title"]
    assert html.escape(told["advice"]["title"][0], quote=False) in html.unescape(
        client.get(f"/admin/cards/{card.id}").text
    )


def test_what_is_typed_in_one_sitting_is_one_line_in_the_trail(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=1), login("editor")
    (card,) = cards_of(survey)
    save(client, card, title=("Motiv 0", "Bæ"))
    save(client, card, title=("Bæ", "Bænke"))
    save(client, card, alt=("Et motiv med nummer 0.", "To bænke."))
    save(client, card, title=("Bænke", "Bænke i parken"))
    assert [(line.before, line.after) for line in trail(card)] == [
        ({"titles": {"da": "Motiv 0"}}, {"titles": {"da": "Bænke"}}),
        ({"alts": {"da": "Et motiv med nummer 0."}}, {"alts": {"da": "To bænke."}}),
        ({"titles": {"da": "Bænke"}}, {"titles": {"da": "Bænke i parken"}}),
    ]
    assert trail(card)[-1].label == "Bænke i parken"


def test_typing_and_taking_it_back_at_once_leaves_no_line(login: Login) -> None:
    (card,) = cards_of(make_survey(state="draft", cards=1))
    client = login("editor")
    save(client, card, title=("Motiv 0", "Bæ"))
    save(client, card, title=("Bæ", "Motiv 0"))
    assert trail(card) == []


def test_two_people_get_a_line_each(login: Login) -> None:
    (card,) = cards_of(make_survey(state="draft", cards=1))
    one, other = login("editor"), login("admin")
    save(one, card, title=("Motiv 0", "A"))
    save(other, card, title=("A", "B"))
    save(one, card, title=("B", "C"))
    assert [line.after for line in trail(card)] == [{"titles": {"da": text}} for text in "ABC"]


def test_undo_walks_back_through_ones_own_changes(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=2, languages=["da", "en"]), login("editor")
    card, other = cards_of(survey)
    save(client, card, title=("Motiv 0", "Bænke"), facing=("neutral", "left"))
    save(client, card, "en", title=("", "Benches"))
    save(client, card, focus=("50 50", "10 50"))
    save(client, card, concept=("", str(other.id)))
    assert now(card).concept
    said = [undo(client, card).json["said"] for _step in range(4)]
    assert set(said.pop().removeprefix("Fortrudt: ").removesuffix(".").split(", ")) == {
        "titlen",
        "hvilken vej motivet peger",
    }
    assert said == [
        "Fortrudt: samme motiv.",
        "Fortrudt: udsnittet.",
        "Fortrudt: titlen (English).",
    ]
    back = now(card)
    assert (back.titles, back.facing, back.concept) == ({"da": "Motiv 0"}, "neutral", None)
    assert back.picture == card.picture
    refused = undo(client, card)
    assert refused.status_code == 409
    assert "ikke mere at fortryde" in refused.json["detail"]


def test_after_an_undo_the_next_change_is_what_is_undone(login: Login) -> None:
    (card,) = cards_of(make_survey(state="draft", cards=1))
    client = login("editor")
    save(client, card, title=("Motiv 0", "A"))
    save(client, card, credit=("", "Holm"))
    undo(client, card)
    save(client, card, facing=("neutral", "left"))
    assert undo(client, card).json["fields"]["facing"] == "neutral"
    assert undo(client, card).json["fields"]["title"] == "Motiv 0"


def test_undo_without_a_script_leads_back_to_the_card(login: Login) -> None:
    (card,) = cards_of(make_survey(state="draft", cards=1))
    client = login("editor")
    save(client, card, title=("Motiv 0", "Bænke"))
    reply = client.post(f"/admin/cards/{card.id}/undo", data={"language": "da"})
    assert reply.location == f"/admin/cards/{card.id}"
    assert "Fortrudt: titlen." in client.get(reply.location).text
    assert now(card).titles == {"da": "Motiv 0"}


def test_a_draft_card_gets_another_picture_and_keeps_its_words(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=1), login("editor")
    (card,) = cards_of(survey)
    reply = client.post(f"/admin/cards/{card.id}/picture", data={"picture": (photo(), "ny.jpg")})
    assert reply.location == f"/admin/cards/{card.id}"
    assert now(card).picture != card.picture
    assert now(card).titles == card.titles
    assert picture_of(card).state == "pending"
    assert undo(client, card).json["said"] == "Fortrudt: billedet."
    assert now(card).picture == card.picture


def test_a_picture_that_cannot_be_used_leaves_the_card_as_it_was(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=2), login("editor")
    card, other = cards_of(survey)
    address = f"/admin/cards/{card.id}/picture"
    for data in ({}, {"picture": (photo(size=(90, 90)), "lille.jpg")}):
        client.post(address, data=data)
        assert "alert error" in client.get(f"/admin/cards/{card.id}").text
    client.post(f"/admin/cards/{other.id}/picture", data={"picture": (photo("red"), "a.jpg")})
    client.post(address, data={"picture": (photo("red"), "b.jpg")})
    assert "allerede på kortet »Motiv 1«" in client.get(f"/admin/cards/{card.id}").text
    assert now(card).picture == card.picture


def test_naughty_strings_are_shown_as_text_to_staff_and_to_citizens(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=6, languages=["da", "en"]), login("admin")
    card = cards_of(survey)[0]
    words = {
        name: (seen(card)[f"was_{name}"], NAUGHTY) for name in ("title", "alt", "why", "credit")
    }
    assert save(client, card, **words).status_code == 200
    save(client, card, "en", title=("", NAUGHTY))
    pages = [f"/admin/cards/{card.id}", f"/admin/cards/{card.id}?sprog=en"]
    pages += [f"/admin/cards/{cards_of(survey)[1].id}"]
    client.post(f"/admin/surveys/{survey.id}/publication")
    for address in (*pages, "/a/bolbro"):
        page = client.get(address).text
        assert "<img src=x" not in page, address
        assert "49" not in page.split("<main")[-1].split("onerror")[-1][:40], address
        assert "'</script>{{" not in page, address


def test_sharing_a_motif_is_written_down_for_both_cards_and_taken_back_from_both(
    login: Login,
) -> None:
    one, other = cards_of(make_survey(state="draft", cards=2))
    client = login("editor")
    assert save(client, one, concept=("", str(other.id))).status_code == 200
    shared = now(one).concept
    for card in (one, other):
        (line,) = trail(card)
        assert (line.action, line.before) == ("card.changed", {"concept": None})
        assert line.after == {"concept": shared}
    assert undo(client, one).json["said"] == "Fortrudt: samme motiv."
    assert (now(one).concept, now(other).concept) == (None, None)
    for card in (one, other):
        assert trail(card)[-1].before == {"concept": shared}
        assert trail(card)[-1].after["concept"] is None
    assert undo(client, other).status_code == 409


def test_a_third_card_that_stops_sharing_leaves_the_two_others_as_they_were(login: Login) -> None:
    one, other, third = cards_of(make_survey(state="draft", cards=3))
    client = login("editor")
    save(client, one, concept=("", str(other.id)))
    save(client, third, concept=("", str(one.id)))
    assert undo(client, third).status_code == 200
    assert now(third).concept is None
    assert now(one).concept == now(other).concept is not None


def test_a_motif_that_came_with_a_table_stays_when_another_card_stops_sharing_it(
    login: Login,
) -> None:
    one, other = cards_of(make_survey(state="draft", cards=2))
    with db.session.begin():
        db.session.get_one(Card, other.id).concept = "baenk"
    client = login("editor")
    save(client, one, concept=("", str(other.id)))
    assert undo(client, one).status_code == 200
    assert (now(one).concept, now(other).concept) == (None, "baenk")
    assert trail(other) == []


def test_undo_brings_no_picture_back_that_another_card_shows_meanwhile(login: Login) -> None:
    one, other = cards_of(make_survey(state="draft", cards=2))
    client = login("editor")

    def put(card: Card, colour: str) -> None:
        sent = {"picture": (photo(colour), "ny.jpg")}
        client.post(f"/admin/cards/{card.id}/picture", data=sent)

    put(one, "red")
    put(one, "blue")
    put(other, "red")
    blue = now(one).picture
    reply = undo(client, one)
    assert reply.status_code == 409
    assert "allerede på kortet »Motiv 1«" in reply.json["detail"]
    assert now(one).picture == blue
