"""Her first deck: from a ZIP with a table out of Excel to a survey that citizens can answer."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, FilePayload, Page, expect
from sqlalchemy import select

from swipe import work
from swipe.accounts.audit import AuditEvent
from swipe.db import db, glance
from swipe.media.models import Picture
from tests.builders import PASSWORD, make_staff, make_survey
from tests.decks.deck_making import zipped
from tests.journeys.conftest import photo, settle

pytestmark = [pytest.mark.browser, pytest.mark.both_engines]
HEAD = "file;theme;title_da;alt_da;credit;licence"
MOTIFS = {
    "Foreningsliv": ("Boldbane", "Øvelokale", "Fællesspisning"),
    "Grønne områder": ("Vilde blomster", "Træer langs vejen", "Lille skov"),
    "Byliv": ("Torvedag", "Café udenfor", "Udebiograf"),
}


def deck(byliv: str) -> FilePayload:
    """Return nine photos and the table as Excel saves it; the cinema has no description yet."""
    lines, files = [], {}
    for row, (theme, titles) in enumerate(MOTIFS.items()):
        for column, title in enumerate(titles):
            name = f"IMG_{row}{column}.jpg"
            files[name] = photo((90 + 20 * column, 120 + 10 * row, 110))
            alt = "" if title == "Udebiograf" else f"{title} set fra stien."
            called = byliv if theme == "Byliv" else theme
            lines.append(f"{name};{called};{title};{alt};Bodil Hansen;own")
    table = "\r\n".join((HEAD, *lines)).encode("cp1252")
    data = zipped({"kort/cards.csv": table, **{f"kort/{name}": files[name] for name in files}})
    return FilePayload(name="kort.zip", mimeType="application/zip", buffer=data.getvalue())


def log_in(page: Page) -> None:
    page.goto("/login")
    page.get_by_label("Mailadresse").fill("ada@by.dk")
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind").click()


def check_the_zip(page: Page, byliv: str) -> None:
    page.get_by_label("ZIP-fil").set_input_files(deck(byliv))
    page.get_by_role("button", name="Tjek ZIP-filen").click()


def bring_the_deck(page: Page) -> None:
    """A theme that is misspelt is named by its lines; the mended file goes in whole."""
    page.get_by_role("link", name="Vælg filen").click()
    check_the_zip(page, "Bylivv")
    expect(page.get_by_role("alert")).to_contain_text("Linje 8:")
    expect(page.get_by_role("heading", name="6 kort kan lægges op")).to_be_visible()
    check_the_zip(page, "Byliv")
    expect(page.get_by_role("heading", name="9 kort kan lægges op")).to_be_visible()
    expect(page.get_by_text("Windows-1252")).to_be_visible()
    page.get_by_role("button", name="Læg 9 kort op").first.click()
    expect(page.get_by_text("9 kort er lagt op.")).to_be_visible()


def make_ready(page: Page) -> None:
    expect(page.locator("[data-waiting]")).to_have_count(9)
    assert work.make_pictures(lambda: True) == 9
    expect(page.locator("[data-waiting]")).to_have_count(0)


def write_what_is_missing(page: Page) -> None:
    """The check leads to the one field; the words save themselves."""
    page.locator(".path").get_by_role("link", name="Eftersyn").click()
    page.get_by_role("link", name="Udebiograf").first.click()
    words = page.get_by_label("Hvad viser billedet?")
    words.fill("Stole står foran et stort lærred på en plads.")
    words.blur()
    expect(page.get_by_text("Gemt", exact=True)).to_be_visible()
    page.get_by_role("link", name="Alle kort").first.click()


def try_it(page: Page, phone: BrowserContext) -> None:
    page.locator(".path").get_by_role("link", name="Offentliggør").click()
    page.get_by_role("link", name="Prøv den på en telefon").first.click()
    link = page.get_by_label("Link til prøven").input_value()
    citizen = phone.new_page()
    citizen.goto(link)
    expect(citizen.get_by_text("Prøve · intet bliver gemt")).to_be_visible()
    answer_the_first_card(citizen)
    expect(citizen.get_by_text("2 af 9", exact=True)).to_be_visible()


def answer_the_first_card(citizen: Page) -> None:
    citizen.get_by_role("button", name=re.compile("^Start")).click()
    expect(citizen.get_by_text("1 af 9", exact=True)).to_be_visible()
    citizen.wait_for_timeout(450)  # a card takes answers only once it has been seen
    citizen.locator("[data-answer=yes]").click()


def publish(page: Page) -> None:
    page.locator(".path").get_by_role("link", name="Offentliggør").click()
    page.get_by_role("button", name="Offentliggør").click()
    expect(page.get_by_role("status").filter(has_text="åben")).to_be_visible()
    expect(page.get_by_label("Borgernes adresse")).to_have_value(re.compile("/a/bolbro$"))
    page.get_by_role("button", name="Kopiér adressen").click()
    expect(page.get_by_text("Adressen er kopieret.")).to_be_visible()


def actions() -> list[str]:
    with glance():
        return list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.at)))


def test_a_zip_becomes_a_survey_that_citizens_answer(
    app: Flask, laptop: BrowserContext, phone: BrowserContext
) -> None:
    make_staff(role="admin", email="ada@by.dk", name="Ada Admin")
    opens = datetime.now(UTC) - timedelta(hours=1)
    survey = make_survey(state="draft", cards=0, opens_at=opens)
    page = laptop.new_page()
    log_in(page)
    page.goto(f"/admin/surveys/{survey.id}/cards")
    bring_the_deck(page)
    make_ready(page)
    page.goto(f"/admin/surveys/{survey.id}/cards")
    write_what_is_missing(page)
    try_it(page, phone)
    publish(page)
    citizen = phone.new_page()
    citizen.goto("/a/bolbro")
    answer_the_first_card(citizen)
    expect(citizen.get_by_text("2 af 9", exact=True)).to_be_visible()
    settle(citizen)
    assert actions() == ["deck.imported", "card.changed", "survey.published"]
    with glance():
        pictures = db.session.scalars(select(Picture)).all()
    assert {(one.state, one.looks is not None) for one in pictures if one.upload} == {
        ("ready", True)
    }
