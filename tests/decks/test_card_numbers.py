"""A card has one number everywhere, and the path says how many cards lack something."""

import re
from collections.abc import Callable

from flask.testing import FlaskClient

from swipe.surveys.models import Survey
from tests.builders import make_survey
from tests.decks.set_desk import cards, change, page

Login = Callable[[str], FlaskClient]


def step(text: str) -> str:
    """Return the step of the path that leads to the pictures."""
    steps = text.split('class="path"')[1].split("</ol>")[0].split("<li>")[1:]
    return next(one for one in steps if "Billeder<small>" in one)


def numbered(text: str, survey: Survey) -> dict[str, str]:
    """Return the number that a page says of each card without a title."""
    found = re.findall(r'<a href="/admin/cards/([0-9a-f-]+)#title">Kort (\d+) uden titel</a>', text)
    return dict(found)


def test_a_card_without_a_title_has_the_same_number_on_every_page(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=9), login("admin")
    bare = [card for card in cards(survey) if card.position % 2]
    for card in bare:
        change(card, titles={})
    expected = {}
    for card in bare:
        shown = client.get(f"/admin/cards/{card.id}").text
        place = re.search(r"Kort (\d+) af 9", shown)
        assert place
        expected[str(card.id)] = place[1]
    for name in ("check", "publication"):
        text = client.get(f"/admin/surveys/{survey.id}/{name}").text
        found = numbered(text, survey)
        assert found
        assert found.items() <= expected.items()
        if name == "publication":
            assert found == expected
            assert list(found.values()) == sorted(found.values(), key=int)


def test_the_path_ticks_the_pictures_only_when_no_card_lacks_anything(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=9), login("editor")
    whole = step(page(client, survey))
    assert "data-done" in whole
    assert "<small>9 kort</small>" in whole
    first, second, *_rest = cards(survey)
    change(first, titles={}, licence="")
    change(second, alts={})
    for name in ("cards", "check", "preview"):
        lacking = step(client.get(f"/admin/surveys/{survey.id}/{name}").text)
        assert "data-done" not in lacking
        assert "<small>9 kort · 2 mangler noget</small>" in lacking
    change(second, alts={"da": "En bænk."})
    assert "<small>9 kort · 1 mangler noget</small>" in step(page(client, survey))


def test_a_public_set_keeps_its_tick(login: Login) -> None:
    survey = make_survey(state="open", cards=9)
    change(cards(survey)[0], licence="")
    assert "data-done" in step(page(login("editor"), survey))


def test_a_set_in_one_theme_is_told_to_use_two(login: Login) -> None:
    client = login("editor")
    shown = page(client, make_survey(state="draft", cards=6, themes=("byliv",)))
    assert "Alle kort er i ét tema. Brug mindst to." in shown
    assert "lige mange kort i hvert tema." not in shown
    assert 'class="balance uneven"' in shown
    two = page(client, make_survey(state="draft", cards=6, themes=("byliv", "foreningsliv")))
    assert "lige mange kort i hvert tema." in two
