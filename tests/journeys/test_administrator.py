"""The administrator: from an empty city to a survey that citizens can answer."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect
from sqlalchemy import func, select

from swipe import work
from swipe.accounts.models import Staff
from swipe.areas.models import Residents
from swipe.areas.words import AGE_BANDS, GENDERS
from swipe.db import db, glance
from swipe.media.models import Picture
from tests.builders import PASSWORD, make_staff, make_survey
from tests.journeys.conftest import photo

pytestmark = [pytest.mark.browser, pytest.mark.both_engines]
MANDATE = {
    "Hvilken pulje": "2 mio. kr. til området.",
    "Hvem beslutter": "Byrådet",
    "Det kan svaret ændre": "hvad puljen bruges på.",
    "Det kan svaret ikke ændre": "skat og skoler.",
}
MOTIFS = ["Bænke", "Boldbane", "Gadefest", "Gynger", "Køkkenhave", "Udebiograf"]
# A refused form comes with its own status, which the browser notes as an error of the page.
REFUSED = re.compile(r"status of (401|422)\b")


@pytest.fixture
def desk(browser: Browser, port: int) -> Iterator[BrowserContext]:
    """A laptop whose forms may be refused; any other error of a page fails its test."""
    faults: list[str] = []
    address = f"http://127.0.0.1:{port}"
    size = {"width": 1440, "height": 900}
    context = browser.new_context(viewport=size, locale="da-DK", base_url=address)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    context.set_default_timeout(20_000)
    yield context
    context.close()
    assert [fault for fault in faults if not REFUSED.search(fault)] == []


@pytest.fixture
def admin(app: Flask) -> Staff:
    return make_staff(role="admin", email="ada@by.dk", name="Ada Admin")


def try_to_log_in(page: Page, email: str, password: str) -> int:
    """Fill in the real form; return the status of the answer."""
    page.goto("/login")
    page.get_by_label("Mailadresse").fill(email)
    page.get_by_label("Adgangskode").fill(password)
    with page.expect_response("**/session") as answer:
        page.get_by_role("button", name="Log ind").click()
    page.wait_for_load_state()
    return answer.value.status


def take_step(page: Page, title: str) -> None:
    """Go where the list of five steps says that one goes now."""
    page.goto("/admin")
    now = page.locator('.steps > [data-state="now"]')
    expect(now.get_by_role("heading")).to_have_text(title)
    now.get_by_role("link").click()


def add_area(page: Page) -> None:
    page.get_by_label("Navn", exact=True).fill("Nørre Åby")
    expect(page.get_by_label("Adresse", exact=True)).to_have_value("noerre-aaby")
    page.get_by_role("button", name="Opret", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nørre Åby")


def residents_file(last_count: str) -> FilePayload:
    """Return a file with every age band and gender; the last row has this count."""
    counts = ["100"] * 11 + [last_count]
    cells = [(band, gender) for band in AGE_BANDS for gender in GENDERS]
    rows = [
        f"noerre-aaby;{band};{gender};{count};2026-01-01;Statistikken"
        for (band, gender), count in zip(cells, counts, strict=True)
    ]
    text = "\n".join(["area;age_band;gender;count;as_of;source", *rows])
    return {"name": "indbyggere.csv", "mimeType": "text/csv", "buffer": text.encode()}


def residents_stored() -> int:
    with glance():
        return db.session.scalar(select(func.count()).select_from(Residents)) or 0


def import_residents(page: Page) -> None:
    form = page.locator("form#residents")
    form.get_by_label("Indbyggere (CSV)").set_input_files(residents_file("mange"))
    form.get_by_role("button", name="Tjek filen").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Linje 13: antallet 'mange' er ikke et helt tal uden punktum.")
    expect(alert).to_contain_text("Ingen linjer er læst ind.")
    assert residents_stored() == 0
    page.get_by_label("Den rettede fil (CSV)").set_input_files(residents_file("100"))
    page.get_by_role("button", name="Tjek filen").click()
    expect(page.get_by_text("Filen har 12 rækker.")).to_be_visible()
    assert residents_stored() == 0
    page.get_by_role("button", name="Læs filen ind").click()
    expect(page.get_by_role("status").filter(has_text="12 nye rækker")).to_be_visible()
    assert residents_stored() == 12


def add_survey(page: Page) -> None:
    page.get_by_label("Lokalområde", exact=True).select_option("Nørre Åby")
    page.get_by_label("Titel", exact=True).fill("Hvad mangler Nørre Åby?")
    page.get_by_label("Spørgsmål", exact=True).fill("Skal vi have mere af det her?")
    for label, words in MANDATE.items():
        page.get_by_label(label, exact=True).fill(words)
    today = datetime.now(ZoneInfo("Europe/Copenhagen"))
    for label, days in (("Åbner", -1), ("Slutter", 20)):
        moment = (today + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")
        page.get_by_label(label, exact=True).fill(moment)
    page.get_by_role("button", name="Gem kladden").click()
    expect(page.get_by_text("Kladden er gemt. Læg nu billeder op.")).to_be_visible()


def jpeg(place: int) -> FilePayload:
    return {
        "name": f"IMG_{place}.jpg",
        "mimeType": "image/jpeg",
        "buffer": photo((40 * place, 120, 200 - 30 * place)),
    }


def upload(page: Page, theme: str, files: Sequence[FilePayload]) -> None:
    page.get_by_label("Tema", exact=True).select_option(theme)
    page.get_by_label("Billeder", exact=True).set_input_files(files)
    page.get_by_role("button", name="Læg op", exact=True).click()


def upload_one_that_is_no_picture(page: Page) -> None:
    text = {"name": "noter.jpg", "mimeType": "image/jpeg", "buffer": b"Husk at ringe til Bodil."}
    upload(page, "Foreningsliv", [jpeg(0), jpeg(1), text, jpeg(2), jpeg(3), jpeg(4)])
    refused = page.locator("[data-progress] li").filter(has_text="noter.jpg")
    expect(refused).to_contain_text("Filen er ikke et billede")
    expect(page.locator("[data-cards] li.card-tile")).to_have_count(5)


def list_of_what_is_missing(page: Page) -> None:
    page.get_by_role("link", name="Videre til listen").click()
    blocked = page.locator('.checks > [data-state="blocked"]')
    for sentence in (
        "Der er 5 kort. Der skal være mindst 6, og 24 er et godt antal.",
        "Disse billeder gøres klar lige nu.",
        "Disse kort mangler en titel eller en beskrivelse af billedet:",
    ):
        expect(blocked.filter(has_text=sentence)).to_be_visible()
    expect(page.get_by_role("button", name="Offentliggør")).to_have_count(0)


def add_the_sixth(page: Page) -> None:
    page.get_by_role("link", name="Ret kortene").first.click()
    upload(page, "Foreningsliv", [jpeg(5)])
    expect(page.locator("[data-cards] li.card-tile")).to_have_count(6)
    assert work.make_pictures(lambda: True) == 6
    expect(page.locator("[data-waiting]")).to_have_count(0)


def write_on_every_card(page: Page) -> None:
    page.get_by_role("link", name="Uden titel").first.click()
    for place, motif in enumerate(MOTIFS, 1):
        expect(page.get_by_text(f"Kort {place} af 6")).to_be_visible()
        page.get_by_label("Titel", exact=True).fill(motif)
        page.get_by_label("Hvad viser billedet?").fill(f"{motif} i et grønt område.")
        page.get_by_label("Kommunens eget").check()
        onward = "Gem, og gå til næste" if place < len(MOTIFS) else "Gem"
        page.get_by_role("button", name=onward, exact=True).click()
    expect(page.locator("[data-cards] li.card-tile")).to_have_count(6)  # back at the set
    expect(page.get_by_text("mangler titel")).to_have_count(0)


def publish(page: Page, said: str) -> None:
    expect(page.locator('.checks > [data-state="blocked"]')).to_have_count(0)
    page.get_by_role("button", name="Offentliggør").click()
    expect(page.get_by_role("status").filter(has_text=said)).to_be_visible()


def test_the_five_steps_lead_her_from_an_empty_city_to_an_open_survey(
    admin: Staff, desk: BrowserContext, phone: BrowserContext
) -> None:
    page = desk.new_page()
    assert try_to_log_in(page, admin.email, PASSWORD) == 303
    take_step(page, "Opret lokalområder")
    add_area(page)
    take_step(page, "Læs indbyggertal ind")
    import_residents(page)
    take_step(page, "Lav en undersøgelse")
    add_survey(page)
    take_step(page, "Læg billeder op")
    upload_one_that_is_no_picture(page)
    list_of_what_is_missing(page)
    add_the_sixth(page)
    write_on_every_card(page)
    take_step(page, "Offentliggør")
    publish(page, "Undersøgelsen er åben.")
    citizen = phone.new_page()
    citizen.goto("/a/noerre-aaby")
    expect(citizen.get_by_role("button", name="Start")).to_be_visible()
    expect(citizen.get_by_role("heading", level=1)).to_have_text("Skal vi have mere af det her?")
    assert citizen.locator("[data-first] img").evaluate("picture => picture.decode()") is None


def test_a_survey_that_opens_later_is_announced_and_can_be_taken_back(
    admin: Staff, desk: BrowserContext, phone: BrowserContext, real_picture: Picture
) -> None:
    survey = make_survey(state="draft", cards=6, picture=real_picture)
    page, citizen = desk.new_page(), phone.new_page()
    try_to_log_in(page, admin.email, PASSWORD)
    page.goto(f"/admin/surveys/{survey.id}/publication")
    publish(page, "Den er offentlig og åbner af sig selv.")
    citizen.goto("/a/bolbro")
    expect(citizen.locator("main")).to_contain_text(re.compile("åbner", re.IGNORECASE))
    expect(citizen.get_by_role("button", name="Start")).to_have_count(0)
    page.get_by_role("button", name="Træk tilbage til kladde").click()
    expect(page.get_by_text("Undersøgelsen er en kladde igen.")).to_be_visible()
    citizen.reload()
    expect(citizen.locator("main")).not_to_contain_text(re.compile("åbner", re.IGNORECASE))


def test_a_wrong_password_and_an_unknown_account_look_the_same(
    admin: Staff, desk: BrowserContext
) -> None:
    page = desk.new_page()
    seen = set()
    for email in (admin.email, "ingen@by.dk"):
        status = try_to_log_in(page, email, "en helt forkert adgangskode")
        expect(page.get_by_role("alert")).to_contain_text("passer ikke sammen")
        expect(page.get_by_label("Mailadresse")).to_have_value(email)
        seen.add((status, page.inner_text("body"), page.title()))
    assert len(seen) == 1
    assert next(iter(seen))[0] == 401
    page.goto("/admin")
    expect(page.get_by_role("heading", level=1)).to_have_text("Log ind")
