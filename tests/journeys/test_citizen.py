"""The citizen: scans, swipes, sees where she stands, and nothing she answered is lost."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, Route, expect
from sqlalchemy import select

from swipe.db import db, glance
from swipe.media.models import Picture
from swipe.participation.models import Participation, Swipe
from swipe.surveys.models import Survey
from tests.builders import make_survey

pytestmark = [pytest.mark.browser, pytest.mark.both_engines]


@pytest.fixture
def survey(app: Flask, real_picture: Picture) -> Survey:
    return make_survey(cards=6, picture=real_picture)


def start(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/a/bolbro?c=plakat")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("[data-card]")).to_be_visible()
    return page


def top_card(page: Page) -> str:
    return str(page.locator("[data-card]").first.get_attribute("data-card"))


def answered(page: Page, act: Callable[[], Any]) -> None:
    """Do something that answers the top card, and wait until another one is on top or the end."""
    before = top_card(page)
    page.wait_for_timeout(450)  # a card takes answers only once it has been seen
    act()
    expect(page.locator(f'[data-card="{before}"]')).to_have_count(0)


def press(page: Page, answer: str) -> None:
    answered(page, page.locator(f'[data-answer="{answer}"]').click)


def drag(page: Page, distance: int) -> None:
    """Drag the top card sideways with a finger at an even pace."""
    box = page.locator("[data-card]").first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page)
    moves = [("touchStart", 0.0), *(("touchMove", distance * n / 12) for n in range(1, 13))]
    for number, (kind, away) in enumerate(moves):
        point = [{"x": x + away, "y": y}]
        at = {"type": kind, "touchPoints": point, "timestamp": 1000 + number / 60}
        touch.send("Input.dispatchTouchEvent", at)
    touch.send(
        "Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": [], "timestamp": 1000.22}
    )


def stored(survey: Survey) -> list[tuple[uuid.UUID, str]]:
    with glance():
        mine = select(Swipe.card, Swipe.answer).where(Swipe.survey == survey.id)
        return [tuple(row) for row in db.session.execute(mine)]


def people(survey: Survey) -> list[Participation]:
    with glance():
        return list(
            db.session.scalars(select(Participation).where(Participation.survey == survey.id))
        )


def wait_until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait up to twice as long as a phone keeps an answer before it sends it."""
    for _ in range(120):
        if holds():
            return
        page.wait_for_timeout(250)
    raise AssertionError("it did not happen")


def test_she_answers_by_finger_button_and_key_and_every_answer_arrives_once(
    survey: Survey, phone: BrowserContext
) -> None:
    page = start(phone)
    said: dict[str, str] = {}
    acts: list[tuple[str, Callable[[], Any]]] = [
        ("yes", lambda: drag(page, 220)),
        ("no", lambda: drag(page, -220)),
        ("yes", lambda: page.keyboard.press("ArrowRight")),
        ("no", lambda: page.keyboard.press("ArrowLeft")),
        ("skip", page.locator('[data-answer="skip"]').click),
        ("yes", page.locator('[data-answer="yes"]').click),
    ]
    for answer, act in acts:
        said[top_card(page)] = answer
        answered(page, act)
    wait_until(page, lambda: {str(card): answer for card, answer in stored(survey)} == said)
    person = people(survey)[0]
    assert (len(people(survey)), person.channel, person.mode) == (1, "plakat", "phone")


def test_undo_brings_the_card_back_and_the_last_answer_counts(
    survey: Survey, phone: BrowserContext
) -> None:
    page = start(phone)
    first = top_card(page)
    press(page, "no")
    page.get_by_role("button", name="Fortryd").click()
    expect(page.locator(f'[data-card="{first}"]')).to_be_visible()
    for _ in range(6):
        press(page, "yes")
    wait_until(page, lambda: [answer for _card, answer in stored(survey)] == ["yes"] * 6)


def test_she_says_who_she_is_if_she_likes_and_sees_her_own_themes(
    survey: Survey, phone: BrowserContext
) -> None:
    page = start(phone)
    for _ in range(6):
        press(page, "yes")
    page.get_by_label("25–39").check()
    page.get_by_role("button", name="Færdig").click()
    for theme in ("Foreningsliv", "Grønne områder", "Byliv"):
        expect(page.get_by_text(theme).first).to_be_visible()
    expect(page.get_by_text("Du er blandt de første")).to_be_visible()
    wait_until(page, lambda: [person.age_band for person in people(survey)] == ["25-39"])
    assert people(survey)[0].complete


def test_without_a_network_she_finishes_and_it_is_sent_when_it_comes_back(
    survey: Survey, phone: BrowserContext
) -> None:
    page = start(phone)
    page.wait_for_load_state("networkidle")
    phone.set_offline(True)
    for _ in range(6):
        press(page, "yes")
    page.wait_for_timeout(500)
    assert stored(survey) == []
    phone.set_offline(False)
    wait_until(page, lambda: len(stored(survey)) == 6)


def test_replies_that_get_lost_on_the_way_count_once(survey: Survey, phone: BrowserContext) -> None:
    lost = {"left": 3}

    def lose(route: Route) -> None:
        if lost["left"] and route.request.method == "PUT":
            lost["left"] -= 1
            route.fetch()  # the server has stored it; the phone never hears
            route.abort()
        else:
            route.continue_()

    phone.route("**/api/v1/participations/*", lose)
    page = start(phone)
    for _ in range(6):
        press(page, "no")
    wait_until(page, lambda: len(stored(survey)) == 6 and not lost["left"])
    assert len(people(survey)) == 1


def test_a_reload_half_way_goes_on_at_the_next_card(survey: Survey, phone: BrowserContext) -> None:
    page = start(phone)
    seen = [top_card(page)]
    press(page, "yes")
    seen.append(top_card(page))
    press(page, "no")
    third = top_card(page)
    page.reload()
    page.get_by_role("button", name="Fortsæt").click()
    expect(page.locator(f'[data-card="{third}"]')).to_be_visible()
    for _ in range(4):
        press(page, "yes")
    wait_until(page, lambda: len(stored(survey)) == 6)
    answers = {str(card): answer for card, answer in stored(survey)}
    assert [answers[card] for card in seen] == ["yes", "no"]
    assert len(people(survey)) == 1


def test_she_deletes_her_answer_and_nothing_is_left(survey: Survey, phone: BrowserContext) -> None:
    page = start(phone)
    for _ in range(6):
        press(page, "yes")
    page.locator("#after").get_by_role("button", name="Spring over").click()
    wait_until(page, lambda: len(stored(survey)) == 6)
    page.get_by_role("button", name="Slet mit svar").click()
    page.get_by_role("button", name="Ja, slet").click()
    wait_until(page, lambda: stored(survey) == [])
    assert [person.status for person in people(survey)] == ["withdrawn"]


def test_an_answer_remembers_the_language_of_the_deck_it_was_given_to(
    app: Flask, phone: BrowserContext, real_picture: Picture
) -> None:
    survey = make_survey(cards=6, picture=real_picture, languages=["da", "en"])
    page = phone.new_page()
    page.goto("/a/bolbro?lang=en")
    page.get_by_role("button", name="Start").click()
    press(page, "yes")
    wait_until(page, lambda: [person.language for person in people(survey)] == ["en"])


def test_no_cookie_is_set_and_nobody_else_is_asked(survey: Survey, phone: BrowserContext) -> None:
    asked: set[str] = set()
    phone.on("request", lambda request: asked.add(request.url.split("/")[2]))
    page = start(phone)
    press(page, "yes")
    assert phone.cookies() == []
    assert len(asked) == 1


def test_to_the_first_card_it_takes_one_picture_and_at_most_two_modules(
    survey: Survey, phone: BrowserContext
) -> None:
    before: list[str] = []
    page = phone.new_page()
    page.on("request", lambda request: before.append(request.url))
    page.goto("/a/bolbro", wait_until="commit")
    page.locator("[data-first] img").evaluate("picture => picture.decode()")
    modules = page.locator('script[type="module"]').count()
    preloaded = page.locator('link[rel="modulepreload"]').count()
    assert modules + preloaded <= 2
    assert sum("/media/" in url for url in before) >= 1


@pytest.mark.parametrize(
    ("state", "says"), [("coming", "åbner"), ("closed", "slut"), ("draft", "spørger vi ikke")]
)
def test_an_area_that_is_not_open_says_where_it_stands(
    app: Flask, phone: BrowserContext, real_picture: Picture, state: str, says: str
) -> None:
    make_survey(state=state, cards=6, picture=real_picture)
    page = phone.new_page()
    assert page.goto("/a/bolbro").status == 200
    assert says in page.inner_text("main").lower()


def test_an_unknown_area_is_a_friendly_404_with_the_areas(
    survey: Survey, phone: BrowserContext
) -> None:
    page = phone.new_page()
    page.on("console", lambda _said: None)
    reply = phone.request.get("/a/findesikke")
    assert reply.status == 404
    page.set_content(reply.text())
    expect(page.get_by_role("link", name="Bolbro")).to_be_visible()
