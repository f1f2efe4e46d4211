"""What a phone must fetch before its first card, in bytes on the wire."""

import json
import re
import uuid
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from swipe.db import db
from swipe.media import adding
from swipe.media.models import Picture
from swipe.media.variants import WIDTHS, Cut, Variant
from swipe.simulation.decks import read_deck, read_words
from swipe.static import joined_app, lighter
from swipe.surveys.languages import LANGUAGES
from swipe.surveys.models import Card, Survey
from tests.builders import keep, make_survey, make_theme

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "static" / "pwa"
PAGE_LIMIT = 13 * 1024  # what ten TCP segments carry in the first round trip, less the headers
FIRST_LIMIT, SWIPED_LIMIT, ALL_LIMIT = 1024, 12 * 1024, 25 * 1024
SWIPED = {"app.js", "journey.js"}  # until a card can be swiped
ALL = SWIPED | {"rest.js", "sw.js"}  # and to the end, with the service worker
STATIC_IMPORT = re.compile(r'^(?:import|export)\b[^;"(]*"\./([\w-]+\.js)"', re.MULTILINE)
LATER = re.compile(r'\bimport\("\./([\w-]+\.js)"\)')
# The texts of the demo's survey, longer in Danish: as long as an editor may make them.
LONGER = {
    "question": "Vil du have mere af det her i Bolbro og omegn?",
    "pot": "Områdets egen pulje på 2 mio. kr. i 2027 og 2028.",
    "decided_by": "Byrådet, sammen med en gruppe fra området, når svarene er talt op.",
    "can_change": "hvad puljen bliver brugt på i området, og hvad der bliver lavet først.",
    "cannot_change": "skoler, skat og de store veje, som byrådet har besluttet før.",
}


@pytest.fixture
def survey(app: Flask) -> Survey:
    """The seeds' own deck: real words, and a picture of its own for every card."""
    words = read_words()
    mandate = {name: words[name] | {"da": text} for name, text in LONGER.items()}
    survey = make_survey(cards=0, languages=list(LANGUAGES), **mandate)
    cards = [card_of(survey, place, row) for place, row in enumerate(read_deck())]
    db.session.add_all(cards)
    db.session.commit()
    return survey


TODAY = date(2026, 1, 1)


def card_of(survey: Survey, place: int, row: dict[str, str]) -> Card:
    make_theme(slug=row["theme"])

    def spoken(text: str) -> dict[str, str]:
        return {language: row[f"{text}_{language}"] for language in LANGUAGES}

    return Card(
        id=uuid.uuid4(),
        survey=survey.id,
        theme=row["theme"],
        picture=picture_of_its_own().digest,
        titles=spoken("title"),
        alts=spoken("alt"),
        why=spoken("why"),
        credit=row["credit"],
        position=place,
    )


def picture_of_its_own() -> Picture:
    """Make a picture whose variants are named as real ones are: no name compresses another.

    It is as heavy as they come, with a lighter file for each width should it be the first.
    """
    kinds = (("image/avif", "avif"), ("image/webp", "webp"), ("image/jpeg", "jpg"))
    variants = [
        Variant(kind, ending, width, width * 4 // 3, uuid.uuid4().bytes, first)
        for kind, ending in kinds
        for width in WIDTHS
        for first in ((False, True) if ending == "avif" else (False,))
    ]
    cut = Cut(variants, "data:image/webp;base64,AA==", {})
    rows, placeholder, _looks = adding.kept(cut)
    digest = uuid.uuid4().hex
    facts = {"width": 1500, "height": 2000, "state": "ready", "placeholder": placeholder}
    return keep(Picture(digest=digest, master=digest, variants=rows, added_on=TODAY, **facts))


def wire(names: Iterable[str]) -> int:
    """Return how many bytes files of the app take together, compressed once and for good."""
    files = {**joined_app(APP), "sw.js": (APP / "sw.js").read_text(encoding="utf-8")}
    published = lighter({name: files[name] for name in names})
    return sum(len(brotli.compress(text.encode(), quality=11)) for text in published.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_with_24_cards_fits_in_the_first_round_trip(
    client: FlaskClient, survey: Survey, language: str
) -> None:
    reply = client.get(f"/a/bolbro?lang={language}", headers={"Accept-Encoding": "br"})
    assert reply.headers["Content-Encoding"] == "br"
    page = brotli.decompress(reply.data).decode()
    deck = re.search(r'<script type="application/json" id="deck">(.*?)</script>', page)
    assert deck
    assert len(json.loads(deck[1])["cards"]) == 24
    assert len(reply.data) <= PAGE_LIMIT


def test_the_first_picture_is_the_light_one_on_the_page_and_in_its_deck(
    client: FlaskClient, survey: Survey
) -> None:
    """So it is one download, and one within the bytes of a first picture."""
    light = {
        f"/media/{variant['name']}"
        for picture in db.session.query(Picture).all()
        for variant in picture.variants
        if variant.get("first")
    }
    db.session.rollback()
    page = client.get("/a/bolbro").text
    preload = re.search(r'<link rel="preload" as="image"[^>]* imagesrcset="([^"]+)"', page)
    deck = re.search(r'<script type="application/json" id="deck">(.*?)</script>', page)
    first = re.search(r'data-first="([^"]+)"', page)
    assert preload
    assert deck
    assert first
    asked = {one.split()[0] for one in preload[1].split(", ")}
    assert len(asked) == 2
    assert asked <= light
    for card in json.loads(deck[1])["cards"]:
        urls = {one["url"] for one in card["picture"]["sources"] if one["type"] == "image/avif"}
        assert (urls == asked) if card["id"] == first[1] else not (urls & light)
        assert (card["picture"]["width"], card["picture"]["height"]) == (750, 1000)


def test_the_script_before_the_first_card_is_small(client: FlaskClient, survey: Survey) -> None:
    page = client.get("/a/bolbro").text
    asked = re.findall(r'<(?:script|link)[^>]+(?:src|href)="[^"]*/([\w-]+\.js)"', page)
    assert len(asked) in (1, 2)
    assert wire(asked) <= FIRST_LIMIT


def test_the_whole_citizen_app_is_small() -> None:
    assert wire(SWIPED) <= SWIPED_LIMIT
    assert wire(ALL) <= ALL_LIMIT


def test_every_module_the_app_imports_is_there() -> None:
    texts = [module.read_text(encoding="utf-8") for module in APP.glob("*.js")]
    named = {
        name for text in texts for name in [*STATIC_IMPORT.findall(text), *LATER.findall(text)]
    }
    assert {"journey.js", "review.js"} & named
    assert {name for name in named if not (APP / name).is_file()} == set()
