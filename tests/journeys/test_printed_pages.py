"""The planner's pages on paper: the figures with their edition on every page, nothing to press."""

import io
import re
import unicodedata

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext
from pypdf import PdfReader

from swipe.media.models import Picture
from swipe.surveys.models import Survey
from tests.builders import make_survey
from tests.journeys.test_planner import logged_in
from tests.reports.note_desk import make_note
from tests.reports.planner_snapshots import residents, told

pytestmark = pytest.mark.browser
PAGES = ("/planner", "/planner/areas/bolbro", "/planner/areas/bolbro/quality")
BESIDE = (
    ("/planner/compare", "Sammenlign områder"),
    ("/planner/compare?areas=bolbro", "Sammenlign områder"),
    ("/planner/map", "Kort: Dækning"),
    ("/planner/areas/bolbro/decisions", "Bolbro"),
)
TO_PRESS = ("Log ud", "Gem noten", "Hent rapporten", "Ret eller slet", "Vis alt", "Vælg tema")


@pytest.fixture
def survey(app: Flask, real_picture: Picture) -> Survey:
    survey = make_survey(picture=real_picture)
    told(survey, 400, residents(100))
    make_note(survey=survey, text="Til rapporten.", in_report=True)
    make_note(survey=survey, text="Kun til kolleger.")
    return survey


def printed(laptop: BrowserContext, address: str, scheme: str = "light") -> list[str]:
    """Return the words of each sheet of paper, with single plain spaces."""
    page = laptop.pages[0]
    page.emulate_media(media="print", color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address)
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert {tuple(round(float(side)) for side in one.mediabox[2:]) for one in paper.pages} == {
        (595, 842)
    }
    # A face may write two letters as one sign, also in the code of an edition.
    read = [unicodedata.normalize("NFKC", one.extract_text()) for one in paper.pages]
    return [re.sub(r"\s+", " ", text) for text in read]


@pytest.mark.parametrize("address", [*PAGES, *(one for one, _head in BESIDE)])
def test_nothing_to_press_and_no_address_stands_on_paper(
    laptop: BrowserContext, survey: Survey, address: str
) -> None:
    logged_in(laptop, "/planner")
    sheets = printed(laptop, address)
    whole = " ".join(sheets)
    assert [words for words in TO_PRESS if words in whole] == []
    assert "http" not in whole
    assert "Bolbro" in whole


def test_every_sheet_says_area_survey_edition_day_and_code(
    laptop: BrowserContext, survey: Survey
) -> None:
    document = told(survey, 450, residents(100), number=4)
    logged_in(laptop, "/planner")
    sheets = printed(laptop, PAGES[1], "dark")
    assert len(sheets) > 2
    code = document["snapshot"]["digest"].removeprefix("sha256:")[:12]
    for at, sheet in enumerate(sheets, 1):
        assert re.search(r"Bolbro · undersøgelse \d", sheet), at
        assert "Tal fra 20. november 2026, opsamling 4" in sheet, at
        assert f"kode {code}" in sheet, at
        assert f"{at} / {len(sheets)}" in sheet


@pytest.mark.parametrize(("address", "head"), BESIDE)
def test_a_page_beside_an_areas_says_on_every_sheet_whose_it_is(
    laptop: BrowserContext, survey: Survey, address: str, head: str
) -> None:
    logged_in(laptop, "/planner")
    for sheet in printed(laptop, address):
        assert f"Odense Kommune · {head}" in sheet


def test_every_card_is_on_paper_and_only_the_notes_of_the_report(
    laptop: BrowserContext, survey: Survey
) -> None:
    logged_in(laptop, "/planner")
    whole = " ".join(printed(laptop, PAGES[1]))
    assert {f"Motiv {number}" for number in range(24)} <= set(re.findall(r"Motiv \d+", whole))
    assert "Til rapporten." in whole
    assert "Kun til kolleger." not in whole


def test_what_is_chosen_is_said_on_paper_too(laptop: BrowserContext, survey: Survey) -> None:
    logged_in(laptop, "/planner")
    sheets = printed(laptop, f"{PAGES[1]}?theme=byliv&group=gender:female")
    assert "Bolbro · Byliv · Kvinder" in sheets[0]
    assert "Kvinder ved siden af alle" in " ".join(sheets)
