"""Two people at one survey, a deck used in other areas, and the look of a theme."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from swipe.accounts.models import Staff
from swipe.db import db, glance
from swipe.media.models import Picture
from swipe.surveys.models import Survey, Theme
from tests.builders import PASSWORD, make_area, make_staff, make_survey

pytestmark = pytest.mark.browser
ANNA, BODIL = "anna@by.dk", "bodil@by.dk"


@pytest.fixture
def staff(app: Flask) -> list[Staff]:
    named = ((ANNA, "Anna"), (BODIL, "Bodil"))
    return [make_staff(role="admin", email=email, name=name) for email, name in named]


@pytest.fixture
def without_scripts(browser: Browser, port: int) -> Iterator[BrowserContext]:
    address = f"http://127.0.0.1:{port}"
    context = browser.new_context(locale="da-DK", base_url=address, java_script_enabled=False)
    yield context
    context.close()


def logged_in(context: BrowserContext, email: str, path: str) -> Page:
    page = context.new_page()
    page.goto(f"/login?next={path}")
    page.get_by_label("Mailadresse").fill(email)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind").click()
    return page


def save(page: Page) -> None:
    page.get_by_role("button", name="Gem", exact=True).click()


def test_the_second_to_save_sees_the_words_of_the_first_and_chooses(
    staff: list[Staff], browser: Browser, port: int
) -> None:
    survey = make_survey(state="draft", cards=0)
    address, path = f"http://127.0.0.1:{port}", f"/admin/surveys/{survey.id}"
    contexts = [browser.new_context(locale="da-DK", base_url=address) for _who in staff]
    anna, bodil = (
        logged_in(context, email, path)
        for context, email in zip(contexts, (ANNA, BODIL), strict=True)
    )
    bodil.get_by_label("Titel", exact=True).fill("Bodils titel")
    save(bodil)
    expect(bodil.get_by_role("status")).to_contain_text("Undersøgelsen er gemt.")
    anna.get_by_label("Titel", exact=True).fill("Annas titel")
    save(anna)
    alert = anna.get_by_role("alert")
    expect(alert).to_contain_text("Intet er overskrevet.")
    alert.get_by_role("link", name="Titel").click()
    field = anna.get_by_label("Titel", exact=True)
    expect(field).to_have_value("Annas titel")
    expect(field).to_have_accessible_description(re.compile("Bodil har skrevet: »Bodils titel«"))
    save(anna)
    expect(anna.get_by_role("status")).to_contain_text("Undersøgelsen er gemt.")
    with glance():
        assert db.session.get_one(Survey, survey.id).title == {"da": "Annas titel"}
    for context in contexts:
        context.close()


def test_a_deck_is_used_in_all_free_areas_in_one_go(
    staff: list[Staff], laptop: BrowserContext, real_picture: Picture
) -> None:
    make_area(slug="stige", name="Stige")
    make_area(slug="tarup", name="Tarup")
    title = {"da": "Hvad mangler Bolbro?"}
    survey = make_survey(cards=6, picture=real_picture, title=title)
    page = logged_in(laptop, ANNA, f"/admin/surveys/{survey.id}")
    page.get_by_role("link", name="Brug sættet i andre områder").click()
    chosen = page.locator("[data-count]")
    page.get_by_role("link", name="Vælg alle ledige").click()
    expect(chosen).to_have_text("2 valgt")
    page.get_by_role("link", name="Vælg ingen").click()
    expect(chosen).to_have_text("0 valgt")
    page.get_by_label("Stige").check()
    page.get_by_role("button", name="Se, hvad der vil ske").click()
    expect(page.get_by_role("cell", name="Hvad mangler Stige?")).to_be_visible()
    page.get_by_role("button", name="Lav 1 kladde").click()
    expect(page.get_by_role("status")).to_contain_text("1 kladde er lavet.")
    expect(page.get_by_role("link", name="Hvad mangler Stige?")).to_be_visible()


def test_without_scripts_all_free_areas_are_chosen_by_a_link(
    staff: list[Staff], without_scripts: BrowserContext
) -> None:
    make_area(slug="stige", name="Stige")
    survey = make_survey(cards=0)
    page = logged_in(without_scripts, ANNA, f"/admin/surveys/{survey.id}/copies")
    page.get_by_role("link", name="Vælg alle ledige").click()
    expect(page.get_by_label("Stige")).to_be_checked()
    expect(page.get_by_label("Bolbro")).not_to_be_checked()


def test_a_theme_shows_its_look_while_it_is_chosen_with_the_keyboard(
    staff: list[Staff], laptop: BrowserContext
) -> None:
    page = logged_in(laptop, ANNA, "/admin/themes/byliv")
    sample = page.locator("[data-patterned] [data-pattern]:visible rect").first
    page.get_by_label("Violet").focus()
    page.keyboard.press("Space")
    expect(sample).to_have_attribute("fill", "oklch(52% .125 295)")
    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    expect(sample).to_have_attribute("fill", "oklch(52% .125 296)")
    expect(page.get_by_label("Egen farve", exact=True)).to_be_checked()
    page.get_by_label("Striber").check()
    expect(page.locator('[data-patterned] [data-pattern="lines"]')).to_be_visible()
    page.get_by_role("button", name="Gem temaet").click()
    expect(page.get_by_role("status")).to_contain_text("Temaet er gemt.")
    with glance():
        found = db.session.get_one(Theme, "byliv")
    assert (found.hue, found.pattern) == (296, "lines")


def test_unsaved_words_are_not_left_without_a_question_and_saving_leads_on(
    staff: list[Staff], laptop: BrowserContext
) -> None:
    survey = make_survey(state="draft", cards=0)
    page = logged_in(laptop, ANNA, f"/admin/surveys/{survey.id}")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_label("Hvilken pulje").fill("2 mio. kr. til området.")
    page.get_by_role("link", name="Eftersyn").click(no_wait_after=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    expect(page.get_by_label("Hvilken pulje")).to_have_value("2 mio. kr. til området.")
    page.get_by_role("button", name="Gem, og gå til billeder").click()
    expect(page.get_by_role("status").filter(has_text="Undersøgelsen er gemt.")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/cards$"))
    assert asked == ["beforeunload"]
