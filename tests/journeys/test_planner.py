"""The planner: logs in, reads what an area wants and who is missing, and takes the figures home."""

import csv
import io
import json
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Download, Page, expect

from swipe import work
from swipe.areas.models import Residents
from swipe.areas.words import AGE_BANDS, GENDERS
from swipe.db import db
from swipe.insight.snapshots import Press
from swipe.media.models import Picture
from swipe.participation import parsing, receiving
from swipe.participation.receiving import Clock
from swipe.surveys.models import Survey
from tests.builders import PASSWORD, THEMES, cards_of, document, make_staff, make_survey
from tests.journeys.test_citizen import press, start, stored, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.both_engines]
ZONE = ZoneInfo("Europe/Copenhagen")
PRESS = Press("Odense Kommune", "borger@by.dk", "Swipe 0", ZONE, 7)
SHARE_OF_YES = {"foreningsliv": 4, "groenne-omraader": 9, "byliv": 5}  # of ten people
# Sixty people of six hundred; few of them are young, and few are men.
GROUPS = [("25-39", 10), ("40-54", 20), ("55-66", 15), ("67-79", 15)]


@pytest.fixture
def survey(app: Flask, real_picture: Picture) -> Survey:
    survey = make_survey(cards=12, picture=real_picture)
    settle_residents()
    return survey


def settle_residents() -> None:
    """Give the area fifty people of every age band and gender."""
    as_of = date(2026, 1, 1)
    for age_band in AGE_BANDS:
        for gender in GENDERS:
            facts = {"age_band": age_band, "gender": gender, "count": 50, "as_of": as_of}
            db.session.add(Residents(area="bolbro", source="Opdigtede tal", **facts))
    db.session.commit()


def backgrounds() -> Iterator[dict[str, str]]:
    for age_band, people in GROUPS:
        for place in range(people):
            gender = "male" if place % 3 == 0 else "female"
            yield {"lives_here": "yes", "age_band": age_band, "gender": gender}


def body(survey: Survey, person: int, background: dict[str, str] | None = None) -> dict[str, Any]:
    """Return what this person's phone sends: yes by a share that each theme has of its own."""
    cards = cards_of(survey)
    yes = [
        (7 * person + 3 * place) % 10 < SHARE_OF_YES[card.theme] for place, card in enumerate(cards)
    ]
    answers = ["yes" if one else "no" for one in yes]
    return document(survey, cards=cards, answers=answers, background=background or {})


def sixty_answer(survey: Survey) -> None:
    now = Clock(datetime.now(UTC), ZONE, 7)
    with db.engine.begin() as connection:
        for person, background in enumerate(backgrounds()):
            parsed = parsing.parse(body(survey, person, background))
            receiving.put(connection, uuid.uuid4(), parsed, now)


def count_now() -> list[str]:
    """Do what the worker does when the minute is over."""
    return [work.sentence(one) for one in work.take_due(PRESS, lambda: True, patient=False)]


def logged_in(context: BrowserContext, address: str = "/planner") -> Page:
    """Come to an address as a stranger, and log in at the form one is led to."""
    planner = make_staff(role="planner", name="Pia Planlægger")
    page = context.new_page()
    page.goto(address)
    page.get_by_label("Mailadresse").fill(planner.email)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind").click()
    expect(page).to_have_url(address)
    return page


def summary(context: BrowserContext) -> dict[str, Any]:
    told: dict[str, Any] = context.request.get("/api/v1/areas/bolbro/summary").json()
    return told


def percent(share: float) -> str:
    return f"{round(100 * share)} %"


def read(download: Download) -> str:
    return download.path().read_text(encoding="utf-8-sig")


def test_she_finds_her_area_and_its_answer_stands_first(
    survey: Survey, laptop: BrowserContext
) -> None:
    sixty_answer(survey)
    assert count_now() == ["bolbro: snapshot 1"]
    page = logged_in(laptop)
    told = summary(laptop)
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 område er åbent.")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="Bolbro"))
    expect(row).to_contain_text("60 af 600")
    row.get_by_role("link", name="Bolbro").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(told["verdict"]["sentence"])
    first = page.locator("main h1, main table, main h2").first
    assert first.evaluate("element => element.tagName") == "H1"
    reached = f"60 af 600 har svaret. Det er {percent(told['reach']['share'])}."
    expect(page.locator("main")).to_contain_text(reached)


def test_she_reads_the_same_percentages_as_the_public_figures(
    survey: Survey, laptop: BrowserContext
) -> None:
    sixty_answer(survey)
    count_now()
    page = logged_in(laptop, "/planner/areas/bolbro")
    table = page.get_by_role("table", name="Så ofte siger folk ja til hvert tema")
    themes = [theme for theme in summary(laptop)["themes"] if theme["share"] is not None]
    assert {theme["theme"] for theme in themes} == set(THEMES)
    names = {"foreningsliv": "Foreningsliv", "groenne-omraader": "Grønne", "byliv": "Byliv"}
    for theme in themes:
        row = table.get_by_role("row").filter(has_text=names[theme["theme"]])
        low, high = round(100 * theme["low"]), percent(theme["high"])
        expect(row).to_contain_text(f"{percent(theme['share'])} ({low}–{high})")


def test_she_sees_who_is_missing_and_how_the_figures_were_made(
    survey: Survey, laptop: BrowserContext
) -> None:
    sixty_answer(survey)
    count_now()
    page = logged_in(laptop, "/planner/areas/bolbro")
    missing = page.get_by_role("region", name="Hvem mangler")
    expect(missing.get_by_role("listitem").first).to_be_visible()
    most = max(row["missing"] or 0 for row in summary(laptop)["groups"]["age_band"]["rows"])
    expect(missing).to_contain_text(str(most))
    box = page.locator("details.method")
    expect(box.get_by_text("Hvem er talt fra")).to_be_hidden()
    box.locator("summary").click()
    expect(box.get_by_text("Hvem er talt fra")).to_be_visible()
    expect(box).to_contain_text("Folk valgte selv at svare.")


def test_she_takes_the_same_figures_home_in_two_kinds_of_file(
    survey: Survey, laptop: BrowserContext
) -> None:
    sixty_answer(survey)
    count_now()
    page = logged_in(laptop, "/planner/areas/bolbro")
    told = summary(laptop)
    with page.expect_download() as as_json:
        page.get_by_role("link", name="Hent som JSON").click()
    assert json.loads(read(as_json.value)) == told
    with page.expect_download() as as_csv:
        page.get_by_role("link", name="Hent som regneark").click()
    assert as_csv.value.suggested_filename == "bolbro-1.csv"
    rows = list(csv.DictReader(io.StringIO(read(as_csv.value)), delimiter=";"))
    shares = {row["id"]: int(row["procent"]) for row in rows if row["del"] == "tema"}
    assert shares == {theme["theme"]: round(100 * theme["share"]) for theme in told["themes"]}


def test_she_takes_the_whole_report_home_with_one_press(
    survey: Survey, laptop: BrowserContext
) -> None:
    sixty_answer(survey)
    count_now()
    page = logged_in(laptop, "/planner/areas/bolbro")
    for name, ending, lead in (
        ("Hent rapporten (PDF)", "pdf", b"%PDF-1.7"),
        ("Hent til Word", "docx", b"PK"),
        ("Hent til Excel", "xlsx", b"PK"),
    ):
        with page.expect_download() as report:
            page.get_by_role("link", name=name).click()
        assert report.value.suggested_filename == f"bolbro-1.{ending}"
        assert Path(report.value.path()).read_bytes().startswith(lead)


AREA = "/planner/areas/bolbro"
PAGES = ["/planner", AREA, f"{AREA}/quality", f"{AREA}/method", f"{AREA}/method?lang=en"]


@pytest.mark.parametrize("address", PAGES)
def test_on_her_phone_nothing_has_to_be_scrolled_sideways(
    survey: Survey, phone: BrowserContext, address: str
) -> None:
    sixty_answer(survey)
    count_now()
    page = logged_in(phone, address)
    page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
    for width in (320, 390, 768):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_she_reads_how_well_the_answers_were_given(survey: Survey, laptop: BrowserContext) -> None:
    sixty_answer(survey)
    count_now()
    page = logged_in(laptop, AREA)
    page.get_by_role("link", name="Se på svarenes kvalitet").click()
    quality = summary(laptop)["quality"]
    heading = "Vi ser intet galt i svarene." if not quality["notes"] else "værd at se på."
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    rule = page.get_by_text("under 0,4 sekund hver")
    expect(rule).to_be_hidden()
    page.get_by_text("Sådan er reglen").click()
    expect(rule).to_be_visible()


def test_she_sends_a_colleague_abroad_the_method_in_english(
    survey: Survey, laptop: BrowserContext
) -> None:
    sixty_answer(survey)
    count_now()
    page = logged_in(laptop, f"{AREA}/method")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How the figures were made")
    expect(page.get_by_role("heading", level=2)).to_have_count(11)
    expect(page.locator("article")).to_have_attribute("lang", "en")
    with page.expect_download() as table:
        page.get_by_role("link", name="Take as a spreadsheet").click()
    assert table.value.suggested_filename == "bolbro-1.en.csv"


def test_with_the_keyboard_she_jumps_over_the_menu(survey: Survey, laptop: BrowserContext) -> None:
    sixty_answer(survey)
    count_now()
    page = logged_in(laptop, "/planner/areas/bolbro")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Gå til indholdet")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_an_answer_from_a_phone_and_ten_more_move_her_number(
    survey: Survey, phone: BrowserContext, laptop: BrowserContext
) -> None:
    now = datetime.now(UTC) - timedelta(hours=1)
    with db.engine.begin() as connection:
        for person in range(24):
            parsed = parsing.parse(body(survey, person))
            receiving.put(connection, uuid.uuid4(), parsed, Clock(now, ZONE, 7))
    assert count_now() == ["bolbro: snapshot 1"]
    planner = logged_in(laptop, "/planner/areas/bolbro")
    expect(planner.locator("main")).to_contain_text("25 af 600 har svaret.")
    citizen = start(phone)
    for answer in ("yes", "no") * 6:  # the same answer so fast, twelve times, would not count
        press(citizen, answer)
    citizen.locator("#after").get_by_role("button", name="Spring over").click()
    wait_until(citizen, lambda: len(stored(survey)) == 25 * 12)
    assert count_now() == ["bolbro: not yet: 1 of 10"]
    for person in range(10):
        address = f"/api/v1/participations/{uuid.uuid4()}"
        assert phone.request.put(address, data=body(survey, person)).ok
    assert count_now() == ["bolbro: snapshot 2"]
    planner.reload()
    expect(planner.locator("main")).to_contain_text("35 af 600 har svaret.")
