"""Every public page speaks the reader's language, and says which that is."""

import json
import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from swipe.surveys.languages import LANGUAGES, direction
from tests.builders import make_area, make_survey

PLACES = {
    "/": "areas",
    "/privatliv": "privacy",
    "/a/coming": "coming",
    "/a/closed": "closed",
    "/a/none": "none",
    "/a/nowhere": "missing",
    "/nothing/here": "error",
}
STATUS = {"missing": 404, "error": 404}
GERMAN = {"Accept-Language": "fr, de-AT;q=0.9, en;q=0.8"}


@pytest.fixture
def town(app: Flask) -> None:
    make_survey(area="open", cards=6, languages=["da", "en"])
    make_survey(area="coming", state="coming", cards=3)
    make_survey(area="closed", state="closed", cards=3)
    make_area(slug="none", name="Nonne")


def spoken(page: str) -> tuple[str, str]:
    found = re.search(r'<html lang="(\w+)" dir="(\w+)">', page)
    assert found
    return found[1], found[2]


def menu(page: str) -> dict[str, str]:
    """Return the addresses of the language menu by what they say their language is."""
    items = re.findall(r'<a href="([^"]*)" lang="(\w+)" hreflang="(\w+)"', page)
    assert all(one == other for _address, one, other in items)
    return {code: address.replace("&amp;", "&") for address, code, _same in items}


@pytest.mark.parametrize("address", PLACES)
@pytest.mark.parametrize("language", ["da", "ar", "uk"])
def test_a_page_is_in_the_language_that_was_asked_for(
    town: None, client: FlaskClient, address: str, language: str
) -> None:
    reply = client.get(f"{address}?lang={language}", headers=GERMAN)
    assert reply.status_code == STATUS.get(PLACES[address], 200)
    assert spoken(reply.text) == (language, direction(language))


@pytest.mark.parametrize("address", PLACES)
def test_without_asking_it_is_the_first_of_the_readers_languages_that_we_speak(
    town: None, client: FlaskClient, address: str
) -> None:
    assert spoken(client.get(address, headers=GERMAN).text) == ("de", "ltr")
    assert spoken(client.get(address, headers={"Accept-Language": "fr, *"}).text)[0] == "da"
    assert spoken(client.get(address).text) == ("da", "ltr")
    assert spoken(client.get(f"{address}?lang=tlh").text) == ("da", "ltr")


def test_a_survey_speaks_only_the_languages_it_is_offered_in(
    town: None, client: FlaskClient
) -> None:
    assert spoken(client.get("/a/open", headers=GERMAN).text)[0] == "en"
    assert spoken(client.get("/a/open?lang=de").text)[0] == "da"
    assert spoken(client.get("/a/open?lang=da", headers=GERMAN).text)[0] == "da"
    assert list(menu(client.get("/a/open").text)) == ["da", "en"]


@pytest.mark.parametrize("address", PLACES)
def test_every_page_offers_itself_in_all_languages_by_their_own_names(
    town: None, client: FlaskClient, address: str
) -> None:
    page = client.get(f"{address}?lang=pl").text
    assert list(menu(page)) == list(LANGUAGES)
    assert all(f">{name}</a>" in page for name in LANGUAGES.values())
    assert re.findall(r'lang="(\w+)" hreflang="\w+" aria-current="true"', page) == ["pl"]


def test_another_language_keeps_the_way_people_came(town: None, client: FlaskClient) -> None:
    links = menu(client.get("/a/open?c=plakat&lang=en&utm=x").text)
    assert links == {"da": "?lang=da&c=plakat", "en": "?lang=en&c=plakat"}


@pytest.mark.parametrize("address", PLACES)
def test_the_choice_goes_along_the_links_only_where_it_was_made(
    town: None, client: FlaskClient, address: str
) -> None:
    asked = re.findall(r'href="(/(?!static)[^"]*)"', client.get(f"{address}?lang=so").text)
    assert asked
    assert all(link.endswith("?lang=so") for link in asked)
    heard = re.findall(r'href="(/(?!static)[^"]*)"', client.get(address, headers=GERMAN).text)
    assert not any("lang=" in link for link in heard)


@pytest.mark.parametrize("address", ["/", "/privatliv", "/a/open", "/a/coming", "/a/closed"])
def test_caches_are_told_that_a_page_varies_with_the_reader(
    town: None, client: FlaskClient, address: str
) -> None:
    varies = client.get(address, headers={"Accept-Encoding": "br"}).headers["Vary"]
    assert {one.strip() for one in varies.split(",")} >= {"Accept-Encoding", "Accept-Language"}


def test_nothing_is_stored_of_the_choice(town: None, client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get("/?lang=ar").headers
    assert spoken(client.get("/").text)[0] == "da"


def test_danish_texts_of_a_survey_say_so_on_pages_in_other_languages(
    town: None, client: FlaskClient
) -> None:
    for address in ("/a/coming", "/a/closed"):
        page = client.get(f"{address}?lang=ar").text
        assert re.search(r'<h1[^>]* lang="da" dir="ltr">Vil du have mere af det her\?</h1>', page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_are_written_as_the_language_does_with_latin_digits(
    app: Flask, client: FlaskClient, language: str
) -> None:
    survey = make_survey(area="coming", state="coming", cards=3)
    local = survey.opens_at.astimezone(app.config["SWIPE"].timezone)
    page = client.get(f"/a/coming?lang={language}").text
    shown = re.search(r'<p class="date">.*?<b>(.*?)</b>', page)
    assert shown
    assert str(local.day) in shown[1].split(".")[0].split()
    assert not re.search("[٠-٩]", page)
    assert datetime.now(UTC) < survey.opens_at


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "da"])
def test_the_app_finds_its_words_beside_its_scripts(
    app: Flask, client: FlaskClient, language: str
) -> None:
    make_survey(cards=6, languages=list(LANGUAGES))
    page = client.get(f"/a/bolbro?lang={language}").text
    words = r'id="strings" data-src="(/static/pwa/[0-9a-f]{8}/words/\w+\.json)">(.+?)<'
    place = re.search(words, page)
    assert place
    first = json.loads(place[2])
    assert first["{n} af {total}"] != "{n} af {total}"
    with client.get(place[1]) as reply:
        every = reply.get_json()
        assert "immutable" in reply.headers["Cache-Control"]
    assert every["Spring over"]
    assert "Spring over" not in first
    assert first.items() <= every.items()


def test_the_staffs_pages_stay_danish_whatever_the_browser_wishes(
    town: None, client: FlaskClient
) -> None:
    page = client.get("/login?lang=de", headers=GERMAN).text
    assert '<html lang="da"' in page
    assert "Adgangskode" in page
