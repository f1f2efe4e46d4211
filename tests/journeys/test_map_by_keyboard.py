"""The map in a real browser: one stop for Tab, arrows between areas, and nothing axe objects to."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import null, update

from swipe.areas.models import Area
from swipe.areas.shapes import drawn
from swipe.db import db
from tests.builders import make_area
from tests.journeys.test_axe import faults
from tests.journeys.test_planner import logged_in

pytestmark = pytest.mark.browser
NAMES = {
    "nord": "Norden",
    "oest": "Østerby",
    "syd": "Sydby",
    "vest": "Vesterby",
    "midt": "Midtbyen",
}
PLACES = {"nord": (1, 0), "oest": (2, 1), "syd": (1, 2), "vest": (0, 1), "midt": (1, 1)}


@pytest.fixture
def city(app: Flask) -> Flask:
    """Five areas, one in the middle of the others."""
    outlines = {}
    for slug, (x, y) in PLACES.items():
        make_area(slug=slug, name=NAMES[slug])
        outlines[slug] = [[(x, y), (x + 1.0, y), (x + 1.0, y + 1.0), (x, y + 1.0)]]
    for slug, boundary in drawn(outlines, "metres").items():
        db.session.execute(update(Area).where(Area.slug == slug).values(boundary=boundary))
    db.session.commit()
    return app


def area(page: Page, name: str):
    return page.locator("svg.map").get_by_role("link", name=re.compile(f"^{name}"))


def test_arrows_lead_from_area_to_area_and_tab_leads_on(
    city: Flask, laptop: BrowserContext
) -> None:
    page = logged_in(laptop, "/planner/map")
    page.get_by_role("link", name="Spring over kortet").focus()
    page.keyboard.press("Tab")
    expect(area(page, "Midtbyen")).to_be_focused()  # the first by name
    for key, name in (("Up", "Norden"), ("Down", "Midtbyen"), ("Left", "Vesterby")):
        page.keyboard.press(f"Arrow{key}")
        expect(area(page, name)).to_be_focused()
    page.keyboard.press("ArrowLeft")  # nothing lies there
    expect(area(page, "Vesterby")).to_be_focused()
    expect(page.locator("[data-said]")).to_have_text("Vesterby: ingen undersøgelse")
    expect(page.locator(".map-list tr.marked")).to_have_count(1)
    page.keyboard.press("Tab")
    assert not page.evaluate("document.querySelector('svg.map').contains(document.activeElement)")
    page.keyboard.press("Shift+Tab")
    expect(area(page, "Vesterby")).to_be_focused()  # where she left
    page.keyboard.press("Enter")
    expect(page).to_have_url("/planner/areas/vest")


def test_without_scripts_every_area_is_a_link_in_the_order_of_the_list(
    city: Flask, browser: Browser, port: int
) -> None:
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{port}", java_script_enabled=False, locale="da-DK"
    )
    page = logged_in(context, "/planner/map")
    on_map = page.locator("svg.map a").evaluate_all(
        "found => found.map(a => a.getAttribute('href'))"
    )
    listed = page.locator(".map-list tbody a")
    assert on_map == listed.evaluate_all("found => found.map(a => a.getAttribute('href'))")
    page.get_by_role("link", name="Spring over kortet").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(area(page, "Norden")).to_be_focused()
    context.close()


@pytest.mark.parametrize("kept", [5, 2, 0])
def test_no_map_and_no_tiles_break_a_rule(
    city: Flask, open_laptop: BrowserContext, kept: int
) -> None:
    lost = list(NAMES)[kept:]
    db.session.execute(update(Area).where(Area.slug.in_(lost)).values(boundary=null()))
    db.session.commit()
    page = logged_in(open_laptop, "/planner/map")
    page.evaluate(AXE_SCRIPT)
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 844})
        assert faults(page, f"{kept} of {len(NAMES)} at {width}") == []


def test_on_a_phone_nothing_has_to_be_scrolled_sideways(city: Flask, phone: BrowserContext) -> None:
    page = logged_in(phone, "/planner/map")
    for width in (320, 390, 768):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == width
