"""One phone for many: the next person starts afresh, and sees nothing of the one before."""

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from swipe.media.models import Picture
from swipe.surveys.models import Survey
from tests.builders import make_survey
from tests.journeys.test_citizen import people, press, stored, wait_until
from tests.journeys.test_result import finished

pytestmark = pytest.mark.browser
HAND_ON = "Lad den næste svare på denne telefon"


@pytest.fixture
def survey(app: Flask, real_picture: Picture) -> Survey:
    return make_survey(cards=6, picture=real_picture)


def hand_on(page: Page) -> None:
    page.get_by_role("button", name=HAND_ON).click()
    page.get_by_role("button", name="Ja, en anden svarer nu").click()
    expect(page.get_by_role("button", name="Start")).to_be_visible()


def answer_all(page: Page, answer: str) -> None:
    page.get_by_role("button", name="Start").click()
    for _ in range(6):
        press(page, answer)
    page.locator("#after").get_by_role("button", name="Spring over").click()
    expect(page.locator(".verdict")).to_be_visible()


def test_two_people_on_one_phone_are_counted_as_two(survey: Survey, phone: BrowserContext) -> None:
    page = finished(phone, "yyyyyy")
    hand_on(page)
    answer_all(page, "no")
    wait_until(page, lambda: len(stored(survey)) == 12)
    assert sorted(str(person.mode) for person in people(survey)) == ["phone", "shared"]


def test_a_phone_that_is_loaded_anew_between_two_people_still_knows_that_it_is_shared(
    survey: Survey, phone: BrowserContext
) -> None:
    page = finished(phone, "yyyyyy")
    hand_on(page)
    page.close()
    page = phone.new_page()
    page.goto("/a/bolbro")
    answer_all(page, "no")
    wait_until(page, lambda: len(stored(survey)) == 12)
    assert sorted(str(person.mode) for person in people(survey)) == ["phone", "shared"]


def test_who_deletes_her_answer_and_answers_again_is_alone_on_her_phone(
    survey: Survey, phone: BrowserContext
) -> None:
    page = finished(phone, "yyyyyy")
    page.get_by_role("button", name="Slet mit svar").click()
    page.get_by_role("button", name="Ja, slet mit svar").click()
    expect(page.get_by_text("Dit svar er slettet.").first).to_be_visible()
    answer_all(page, "no")
    wait_until(page, lambda: len(stored(survey)) == 6)
    assert {str(person.mode) for person in people(survey) if person.status != "withdrawn"} == {
        "phone"
    }


def test_nothing_of_the_first_is_left_on_the_page_nor_behind_it(
    survey: Survey, phone: BrowserContext
) -> None:
    page = finished(phone, "ynynyn")
    said = page.inner_text(".verdict")
    hand_on(page)
    assert said not in page.content()
    assert page.inner_text("#status") == ""
    page.go_back()
    expect(page.get_by_role("button", name="Start")).to_be_visible()
    assert page.locator(".verdict").count() == 0
    assert said not in page.content()


def test_nobody_answers_twice_by_mistake(survey: Survey, phone: BrowserContext) -> None:
    page = finished(phone, "ynynyn")
    page.get_by_role("button", name=HAND_ON).click()
    expect(page.get_by_text("Hver person svarer én gang.")).to_be_visible()
    page.get_by_role("button", name="Nej, gå tilbage").click()
    expect(page.locator(".verdict")).to_be_visible()
    assert len(people(survey)) == 1


def test_what_the_first_said_without_a_line_is_sent_while_the_next_one_answers(
    survey: Survey, phone: BrowserContext
) -> None:
    page = finished(phone, "yyyyyy")
    wait_until(page, lambda: len(stored(survey)) == 6)
    hand_on(page)
    page.wait_for_load_state("networkidle")
    phone.set_offline(True)
    answer_all(page, "no")
    hand_on(page)
    assert len(stored(survey)) == 6
    phone.set_offline(False)
    wait_until(page, lambda: len(stored(survey)) == 12)


def test_an_old_tab_forgets_the_first_when_it_is_looked_at_again(
    survey: Survey, phone: BrowserContext
) -> None:
    old = finished(phone, "ynynyn")
    page = phone.new_page()
    page.goto("/a/bolbro")
    hand_on(page)
    old.evaluate("dispatchEvent(new Event('pageshow'))")
    expect(old.get_by_role("button", name="Start")).to_be_visible()
    assert old.locator(".verdict").count() == 0
