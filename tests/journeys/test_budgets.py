"""What a phone pays: bytes and requests until a card can be swiped, and for a whole session.

Times are measured by bench/citizen_app.py, since a busy machine would make them say nothing.
"""

import os
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from swipe.db import db
from swipe.media import adding
from swipe.media.models import Picture
from swipe.media.variants import Cut
from swipe.simulation.decks import read_deck, seeds
from swipe.surveys.languages import LANGUAGES
from swipe.surveys.models import Card, Survey
from tests.builders import keep, make_survey
from tests.journeys.conftest import watched
from tests.journeys.phones import sharp_phone_of
from tests.journeys.test_citizen import answered, drag

pytestmark = pytest.mark.browser
KIB = 1024
FIRST_BYTES, FIRST_REQUESTS = 60 * KIB, 4
SESSION_BYTES, SAVING_BYTES = 850 * KIB, 450 * KIB
HEAVIEST = "traeer-langs-vejen"
# Together as heavy as the whole deck of the seeds, and a sixth of its time to encode.
MIXED = (HEAVIEST, "cafe-udenfor", "multibane", "kunst-paa-muren")


@pytest.fixture(scope="session")
def drawn() -> dict[str, Cut]:
    """Some pictures of the seeds as phones get them, really decoded and encoded, once."""
    files = [(seeds() / "images" / f"{name}.png").read_bytes() for name in MIXED]
    with ThreadPoolExecutor(2) as pool:  # each is a process of its own
        masters = pool.map(adding.decode, files)
        cuts = pool.map(lambda found: adding.encode(found[2], (50, 50)), masters)
        return dict(zip(MIXED, cuts, strict=True))


def other_file(data: bytes) -> bytes:
    """Return the same AVIF under another digest: with a free box of noise, which says nothing."""
    noise = os.urandom(16)
    return data + (8 + len(noise)).to_bytes(4) + b"free" + noise


def picture_of_its_own(cut: Cut) -> Picture:
    """Store one more picture that looks like a cut; no phone knows its files yet."""
    variants = [
        one._replace(data=other_file(one.data)) if one.type == "image/avif" else one
        for one in cut.variants
    ]
    rows, placeholder, _looks = adding.kept(cut._replace(variants=variants))
    digest, today = uuid.uuid4().hex, datetime.now(UTC).date()
    facts: dict[str, Any] = {"width": 1500, "height": 2000, "state": "ready", "variants": rows}
    return keep(
        Picture(digest=digest, master=digest, placeholder=placeholder, added_on=today, **facts)
    )


def deck_of(cuts: list[Cut]) -> Survey:
    """Make a survey with the words of the seeds' deck and these pictures in turn."""
    survey = make_survey(cards=0, languages=list(LANGUAGES))
    rows = read_deck()
    for place, row in enumerate(rows):
        texts = {
            f"{name}s" if name != "why" else name: {
                language: row[f"{name}_{language}"] for language in LANGUAGES
            }
            for name in ("title", "alt", "why")
        }
        picture = picture_of_its_own(cuts[place % len(cuts)]).digest
        facts = {"survey": survey.id, "theme": row["theme"], "position": place, **texts}
        db.session.add(Card(id=uuid.uuid4(), picture=picture, credit=row["credit"], **facts))
    db.session.commit()
    return survey


@pytest.fixture
def sharp_phone(browser: Browser, port: int) -> Iterator[BrowserContext]:
    """A phone with three pixels where others have one: it asks for the large pictures."""
    yield from watched(sharp_phone_of(browser, port))


@dataclass
class Line:
    """What comes to a page over the line: bytes, headers and all, by address in order."""

    page: Page
    urls: dict[str, str] = field(default_factory=dict)
    whole: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.wire = self.page.context.new_cdp_session(self.page)
        self.wire.on("Network.requestWillBeSent", self._asked)
        self.wire.on("Network.loadingFinished", self._came)
        self.wire.send("Network.enable")

    def _asked(self, event: dict[str, Any]) -> None:
        self.urls[event["requestId"]] = event["request"]["url"]

    def _came(self, event: dict[str, Any]) -> None:
        self.whole[event["requestId"]] = int(event["encodedDataLength"])

    @property
    def bytes(self) -> int:
        """Return all that came."""
        return sum(self.whole.values())

    @property
    def hosts(self) -> set[str | None]:
        """Return everybody who was asked for something."""
        asked = [url for url in self.urls.values() if url.startswith("http")]
        return {urlsplit(url).hostname for url in asked}


@pytest.mark.parametrize("language", ["da", "ar"])
def test_a_card_is_swiped_after_four_requests_and_60_kilobytes(
    app: Flask, drawn: dict[str, Cut], sharp_phone: BrowserContext, language: str
) -> None:
    """Nothing else ever comes, nor the icon of the tab; the card is there and takes an answer."""
    deck_of([drawn[HEAVIEST]])
    asked: list[str] = []

    def four(route: Route) -> None:
        url = route.request.url
        if len(asked) < FIRST_REQUESTS and "/icon" not in url:
            asked.append(url)
            route.continue_()
        else:
            route.abort()

    page = sharp_phone.new_page()
    line = Line(page)
    page.route("**/*", four)
    page.goto(f"/a/bolbro?lang={language}", wait_until="commit")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("[data-card] img.seen")).to_be_visible()
    answered(page, lambda: drag(page, 220))
    came = [line.whole[one] for one, url in line.urls.items() if url in asked]
    assert len(came) == FIRST_REQUESTS
    assert sum(came) <= FIRST_BYTES
    assert line.hosts == {"127.0.0.1"}


@pytest.mark.parametrize(("saving", "limit"), [(False, SESSION_BYTES), (True, SAVING_BYTES)])
def test_a_whole_session_is_light_and_half_as_heavy_where_data_is_dear(
    app: Flask, drawn: dict[str, Cut], sharp_phone: BrowserContext, saving: bool, limit: int
) -> None:
    deck_of([drawn[name] for name in MIXED])
    page = sharp_phone.new_page()
    line = Line(page)
    line.wire.send("Emulation.setDataSaverOverride", {"dataSaverEnabled": saving})
    page.goto("/a/bolbro")
    page.get_by_role("button", name="Start").click()
    for _ in read_deck():
        expect(page.locator("[data-card] img.seen")).to_be_visible()
        answered(page, lambda: page.keyboard.press("ArrowRight"))
    page.locator("#after").get_by_role("button", name="Spring over").click()
    expect(page.locator("#after .state")).to_have_text("Sendt")
    page.wait_for_load_state("networkidle")
    shown = [url for url in line.urls.values() if url.endswith(".avif")]
    assert len(set(shown)) >= len(read_deck())
    assert line.bytes <= limit
    assert line.hosts == {"127.0.0.1"}
