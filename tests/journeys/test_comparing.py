"""A planner compares areas in a real browser: chooses, sends the address on, reads on a phone."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, expect

from swipe.areas.models import Area
from swipe.db import db
from tests.journeys.test_axe import faults
from tests.journeys.test_planner import logged_in
from tests.reports.planner_city import DISLIKED, LIKED, area_of, counted_city

pytestmark = pytest.mark.browser
LIST = "/planner/compare"
FOUR = f"{LIST}?areas=bolbro,lumby,stige,korup"


@pytest.fixture
def city(app: Flask) -> Flask:
    """Five areas with figures and one with too few, of which one has a long name."""
    area_of("bolbro", yes=LIKED)
    area_of("lumby", yes=DISLIKED)
    for slug in ("stige", "tarup", "vollsmose"):
        area_of(slug)
    area_of("korup", 25)
    db.session.get_one(Area, "stige").name = "Langenæsstibakkekvarteret" * 8
    db.session.commit()
    counted_city()
    return app


def test_a_planner_ticks_areas_up_to_four_and_compares_them(
    city: Flask, laptop: BrowserContext
) -> None:
    page = logged_in(laptop, LIST)
    said = page.locator("[data-said]")
    expect(said).to_have_text("Vælg op til fire områder.")
    for name in ("Bolbro", "Lumby", "Tarup"):
        page.get_by_role("checkbox", name=f"Vælg {name}").check()
    expect(said).to_have_text("Du har valgt 3 af 4.")
    page.get_by_role("checkbox", name="Vælg Vollsmose").check()
    expect(said).to_have_text("Du har valgt fire. Fjern et for at vælge et andet.")
    expect(page.get_by_role("checkbox", name="Vælg Korup")).to_be_disabled()
    page.get_by_role("checkbox", name="Vælg Tarup").uncheck()
    page.get_by_role("link", name="Byliv").click()  # the choice comes along to another theme
    expect(page.get_by_role("checkbox", name="Vælg Vollsmose")).to_be_checked()
    page.get_by_role("button", name="Sammenlign de valgte").click()
    expect(page).to_have_url(f"{LIST}?areas=bolbro,lumby,vollsmose&theme=byliv")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bolbro, Lumby og Vollsmose")


def test_without_scripts_the_same_form_leads_to_the_same_address(
    city: Flask, browser: Browser, port: int
) -> None:
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{port}", java_script_enabled=False, locale="da-DK"
    )
    page = logged_in(context, f"{LIST}?theme=byliv")
    for name in ("Bolbro", "Lumby"):
        page.get_by_role("checkbox", name=f"Vælg {name}").check()
    page.get_by_role("button", name="Sammenlign de valgte").click()
    expect(page).to_have_url(f"{LIST}?areas=bolbro,lumby&theme=byliv")
    page.get_by_label("Tilføj et område").select_option("tarup")
    page.get_by_role("button", name="Tilføj").click()
    expect(page).to_have_url(f"{LIST}?areas=bolbro,lumby,tarup&theme=byliv")
    page.get_by_role("link", name="Fjern Bolbro").click()
    expect(page).to_have_url(f"{LIST}?areas=lumby,tarup&theme=byliv")
    context.close()


def test_no_view_breaks_a_rule_or_has_to_be_scrolled_sideways(
    city: Flask, open_laptop: BrowserContext
) -> None:
    page = logged_in(open_laptop, LIST)
    for view in (LIST, FOUR, f"{LIST}?areas=nowhere&theme=sludder"):
        for width in (320, 390, 768, 1440):
            page.set_viewport_size({"width": width, "height": 844})
            page.goto(view)
            page.evaluate(AXE_SCRIPT)
            assert faults(page, f"{view} at {width}") == []
            assert page.evaluate("document.documentElement.scrollWidth") == width, (view, width)


def test_the_percents_in_the_head_stand_above_their_ticks(
    city: Flask, laptop: BrowserContext
) -> None:
    page = logged_in(laptop, FOUR)
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        table = page.locator(".theme-plot").first
        heads = table.locator(".axis-line text").evaluate_all(
            "found => found.filter(one => one.getBoundingClientRect().width)"
            ".map(one => one.getBoundingClientRect()).map(box => box.x + box.width / 2)"
        )
        ticks = (
            table.locator("tbody .plot")
            .first.locator(".tick")
            .evaluate_all("found => found.map(one => one.getBoundingClientRect().x)")
        )
        assert len(heads) > 2
        assert max(min(abs(head - tick) for tick in ticks) for head in heads) < 2
