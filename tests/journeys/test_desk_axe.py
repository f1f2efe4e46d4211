"""The page of one area against the rules a machine can check: whole, as a view, and its notes."""

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page

from swipe.media.models import Picture
from swipe.surveys.models import Survey
from tests.builders import PASSWORD, make_staff, make_survey
from tests.journeys.test_axe import faults, open_phone
from tests.reports.note_desk import make_note
from tests.reports.planner_snapshots import residents, told

pytestmark = pytest.mark.browser
__all__ = ["open_phone"]
AREA = "/planner/areas/bolbro"


@pytest.fixture
def survey(app: Flask, real_picture: Picture) -> Survey:
    older = make_survey(picture=real_picture, state="closed")
    told(older, 300, residents(100))
    survey = make_survey(picture=real_picture)
    told(survey, 400, residents(100))
    make_note(survey=survey, in_report=True)
    return survey


def desk(context: BrowserContext) -> Page:
    planner = make_staff(role="planner")
    page = context.new_page()
    page.goto("/login")
    page.get_by_label("Mailadresse").fill(planner.email)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind").click()
    return page


def test_no_view_of_an_area_and_no_form_of_a_note_breaks_a_rule(
    open_phone: BrowserContext,
    survey: Survey,
) -> None:
    page, broken = desk(open_phone), []
    views = ("", "?theme=byliv&group=gender:female", "?theme=sludder&group=household:shared")
    for view in views:
        page.goto(f"{AREA}{view}")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        broken += faults(page, view or "whole")
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, view
    page.goto(f"{AREA}#notes")
    page.locator(".write-note summary").click()
    page.get_by_role("button", name="Gem noten").click()
    page.get_by_text("Skriv noget i noten først.").first.wait_for()
    broken += faults(page, "a note refused")
    assert broken == []
