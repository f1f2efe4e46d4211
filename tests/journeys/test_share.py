"""The own result as a picture with its words: made on the phone, and her own themes alone."""

import io
import re
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from swipe.media.models import Picture
from swipe.surveys.models import Survey
from tests.builders import cards_of, make_survey
from tests.journeys.test_citizen import press
from tests.journeys.test_result import finished
from tests.reports.planner_snapshots import residents, told

pytestmark = pytest.mark.browser
SHARES = """
navigator.canShare = ({ files }) => files.every((file) => file.type === "image/png");
navigator.share = async ({ files, text }) => { window.shared = { name: files[0].name, text }; };
"""
REFUSES = """fault => {
  navigator.canShare = () => true;
  navigator.share = () => Promise.reject(new DOMException("", fault));
}"""
WHITE = (255, 255, 255)


@pytest.fixture
def survey(app: Flask, real_picture: Picture) -> Survey:
    return make_survey(cards=6, picture=real_picture, languages=["da", "ar"])


def opened(page: Page) -> Any:
    page.locator(".tools button").click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("img")).to_be_visible()
    return sheet


def picture_of(page: Page, sheet: Any) -> Image.Image:
    with page.expect_download() as download:
        sheet.get_by_role("link", name="Hent billedet").click()
    assert download.value.suggested_filename == "bolbro.png"
    return Image.open(io.BytesIO(download.value.path().read_bytes())).convert("RGB")


def answered(phone: BrowserContext, survey: Survey, wanted: str, address: str) -> Page:
    """Say yes to the cards of one theme and no to all others."""
    theme_of = {str(card.id): card.theme for card in cards_of(survey)}
    page = phone.new_page()
    page.goto(address)
    page.locator("#start").click()
    for _ in range(6):
        card = str(page.locator("[data-card]").first.get_attribute("data-card"))
        press(page, "yes" if theme_of[card] == wanted else "no")
    page.locator("#after .pair button").first.click()
    expect(page.locator(".verdict")).to_be_visible()
    return page


def test_the_picture_and_its_words_hold_her_own_themes_and_the_address_and_no_more(
    survey: Survey, phone: BrowserContext
) -> None:
    told(survey, 265, residents(192))
    page = answered(phone, survey, "byliv", "/a/bolbro")
    expect(page.get_by_text("265 af 2.304 har svaret.")).to_be_visible()
    sheet = opened(page)
    words = sheet.locator(".words").inner_text()
    for part in ("Jeg vil især have byliv.", "Byliv: 2 ja af 2.", "Foreningsliv: 0 ja af 2."):
        assert part in words
    assert re.search(r"http://127\.0\.0\.1:\d+/a/bolbro$", words, re.MULTILINE)
    assert "%" not in words
    assert "265" not in words
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", words)
    assert sheet.get_by_role("img").get_attribute("alt") == words
    picture = picture_of(page, sheet)
    assert picture.size == (1080, 1350)
    assert picture.getpixel((705, 312)) == WHITE  # the round ground of the tick
    assert picture.getpixel((130, 1262)) == WHITE  # the ground of the address


def test_where_the_phone_can_share_it_gets_picture_and_words_in_one(
    survey: Survey, phone: BrowserContext
) -> None:
    phone.add_init_script(SHARES)
    page = finished(phone, "ynynyn")
    sheet = opened(page)
    sheet.get_by_role("button", name="Del billede og tekst").click()
    shared = page.evaluate("window.shared")
    assert shared == {"name": "bolbro.png", "text": sheet.locator(".words").inner_text()}


def test_a_phone_that_cannot_share_after_all_says_so_and_lets_her_take_the_picture(
    survey: Survey, phone: BrowserContext
) -> None:
    page = finished(phone, "ynynyn")
    page.evaluate(REFUSES, "NotAllowedError")
    sheet = opened(page)
    sheet.get_by_role("button", name="Del billede og tekst").click()
    expect(sheet.get_by_role("status")).to_have_text(
        "Billedet kunne ikke deles. Hent det i stedet."
    )
    assert picture_of(page, sheet).size == (1080, 1350)


def test_who_thinks_better_of_sharing_is_told_nothing(
    survey: Survey, phone: BrowserContext
) -> None:
    page = finished(phone, "ynynyn")
    page.evaluate(REFUSES, "AbortError")
    sheet = opened(page)
    sheet.get_by_role("button", name="Del billede og tekst").click()
    expect(sheet.get_by_role("status")).to_contain_text("Kun dine egne svar")
    assert sheet.get_by_role("link").count() == 0


def test_a_picture_that_cannot_be_made_leaves_the_words(
    survey: Survey, phone: BrowserContext
) -> None:
    page = finished(phone, "ynynyn")
    page.route("**/share.svg", lambda route: route.abort())
    page.get_by_role("button", name="Del dit resultat").click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("status")).to_have_text(
        "Billedet kunne ikke laves. Kopiér teksten i stedet."
    )
    expect(sheet.get_by_role("img")).to_have_count(0)
    expect(sheet.get_by_role("button", name="Kopiér teksten")).to_be_visible()


def test_the_words_can_be_copied(survey: Survey, phone: BrowserContext) -> None:
    phone.grant_permissions(["clipboard-read", "clipboard-write"])
    page = finished(phone, "ynynyn")
    sheet = opened(page)
    sheet.get_by_role("button", name="Kopiér teksten").click()
    expect(sheet.get_by_text("Teksten er kopieret.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == sheet.locator(".words").inner_text()


def test_nothing_leaves_the_phone_while_the_picture_is_made(
    survey: Survey, phone: BrowserContext
) -> None:
    page = finished(phone, "ynynyn")
    expect(page.locator("#after .state")).to_have_text("Sendt")
    asked: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append((request.method, request.url)))
    opened(page)
    elsewhere = [one for one in asked if "/static/pwa/" not in one[1] and "blob:" not in one[1]]
    assert elsewhere == []


def test_in_arabic_the_picture_is_drawn_from_the_right(
    survey: Survey, phone: BrowserContext
) -> None:
    page = answered(phone, survey, "byliv", "/a/bolbro?lang=ar")
    sheet = opened(page)
    with page.expect_download() as download:
        sheet.locator("a[download]").click()
    picture = Image.open(io.BytesIO(download.value.path().read_bytes())).convert("RGB")
    ground = picture.getpixel((20, 700))
    assert picture.getpixel((1080 - 705, 312)) == WHITE
    assert picture.getpixel((900, 312)) == ground
