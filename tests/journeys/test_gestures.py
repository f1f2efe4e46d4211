"""The swipe: what is an answer and what is not, and nothing a hand does is lost or counts twice."""

import time
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, Route, expect

from swipe.media.models import Picture
from swipe.surveys.models import Survey
from tests.builders import keep, make_card, make_picture, make_survey
from tests.journeys.conftest import photo, settle
from tests.journeys.fingers import Finger, middle, on_card
from tests.journeys.test_citizen import start, top_card, wait_until

pytestmark = pytest.mark.browser
READY = 350  # ms until a card that came up takes an answer by finger, button and key


@pytest.fixture
def survey(app: Flask, real_picture: Picture) -> Survey:
    return make_survey(cards=12, picture=real_picture)


@pytest.fixture
def page(survey: Survey, phone: BrowserContext) -> Page:
    page = start(phone)
    page.wait_for_timeout(READY)
    return page


@pytest.fixture
def desk(survey: Survey, laptop: BrowserContext) -> Page:
    page = start(laptop)
    page.wait_for_timeout(READY)
    return page


def answers(page: Page, act: Callable[[], object]) -> int:
    """Return how many answers an act gave, seen after everything that moves has come to rest."""
    before = _answered(page)
    act()
    page.wait_for_timeout(READY)
    return _answered(page) - before


def _answered(page: Page) -> int:
    return page.locator("#steps .done").count()


def stands(page: Page) -> bool:
    """Say whether the top card lies still in its place."""
    card = page.locator("[data-card]").first
    place = "card => [card.getAnimations().length, getComputedStyle(card).transform]"
    return bool(card.evaluate(place) == [0, "none"])


def test_far_or_fast_answers_and_anything_less_goes_back(page: Page) -> None:
    hands: dict[str, tuple[Callable[[], object], int]] = {
        "far and slow": (lambda: on_card(page).move(140, ms=600).up(), 1),
        "a flick": (lambda: on_card(page).move(50, ms=60).up(), 1),
        "a flick to the left": (lambda: on_card(page).move(-50, ms=60).up(), 1),
        "a little upwards": (lambda: on_card(page).move(120, -60, ms=300).up(), 1),
        "from the words": (lambda: on_card(page, ".caption").move(140, ms=300).up(), 1),
        "a nudge": (lambda: on_card(page).move(30, ms=200).up(), 0),
        "not far and slow": (lambda: on_card(page).move(85, ms=600).up(), 0),
        "a flick that rests": (lambda: on_card(page).move(60, ms=60).rest(120).up(), 0),
        "far, then pulled back": (lambda: on_card(page).move(150).move(-50, ms=130).up(), 0),
        "halfway to both sides": (lambda: on_card(page).move(130).move(-110, ms=300).up(), 0),
        "as steep as wide": (lambda: on_card(page).move(120, 120, ms=200).up(), 0),
        "taken by the phone": (lambda: on_card(page).move(150).lost(), 0),
    }
    seen = {name: answers(page, hand) for name, (hand, _expected) in hands.items()}
    assert seen == {name: expected for name, (_hand, expected) in hands.items()}
    assert stands(page)


def test_right_is_yes_and_left_is_no(page: Page) -> None:
    said = []
    for way in (160, -160):
        hand = on_card(page).move(way, ms=200)
        said.append(page.locator("[data-card] .stamp:visible").evaluate_all(SHOWN))
        hand.lost()
        page.wait_for_timeout(READY)
    assert said == [["Ja tak"], ["Nej tak"]]


SHOWN = """stamps => stamps.filter((stamp) => getComputedStyle(stamp).opacity > 0.9)
  .map((stamp) => stamp.textContent.trim())"""


def test_a_touch_at_the_edge_belongs_to_the_phone(page: Page) -> None:
    _x, y = middle(page)
    page.locator("[data-card]").evaluate(FROM_EDGE_TO_EDGE)
    assert answers(page, lambda: Finger(page).down(20, y).move(200, ms=200).up()) == 0
    assert answers(page, lambda: Finger(page).down(30, y).move(200, ms=200).up()) == 1


FROM_EDGE_TO_EDGE = (
    """card => Object.assign(card.style, { inlineSize: "100vw", left: "-24px", right: "-24px" })"""
)


def test_a_second_finger_ends_the_drag_wherever_it_comes_down(page: Page) -> None:
    for x, y in (middle(page), middle(page, "#ask")):
        hand = on_card(page).move(150)
        assert answers(page, lambda hand=hand, x=x, y=y: hand.second(x + 20, y).move(60)) == 0
        hand.others = []
        hand.up()
        assert stands(page)


def test_up_and_down_scrolls_a_page_that_is_longer_than_the_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 400})
    x, y = middle(page)
    given = answers(page, lambda: Finger(page).down(x, y).move(0, -150, ms=200).up())
    assert given == 0
    assert page.evaluate("scrollY") > 50


def test_a_phone_that_is_turned_in_the_middle_of_a_drag_asks_again(page: Page) -> None:
    hand = on_card(page).move(150)
    page.set_viewport_size({"width": 844, "height": 390})
    assert answers(page, hand.up) == 0
    assert stands(page)


def test_a_card_on_its_way_back_can_be_caught(page: Page) -> None:
    on_card(page).move(90, ms=600).up()
    assert answers(page, lambda: Finger(page).down(*middle(page)).move(140, ms=250).up()) == 1


def test_the_next_card_can_be_taken_while_the_last_one_still_flies(page: Page) -> None:
    slow_motion(page, 0.05)
    on_card(page).move(140, ms=200).up()
    expect(page.locator(".card.leaving")).to_have_count(1)
    page.wait_for_timeout(READY)
    on_card(page).move(60, ms=300)
    follows = page.locator("[data-card]").evaluate("card => new DOMMatrix(card.style.transform).e")
    assert follows == pytest.approx(60, abs=1)
    assert page.locator(".card.leaving").count() == 1


def slow_motion(page: Page, rate: float) -> None:
    wire = page.context.new_cdp_session(page)
    wire.send("Animation.enable")
    wire.send("Animation.setPlaybackRate", {"playbackRate": rate})


def test_an_answer_taken_back_in_the_air_comes_back_once(page: Page) -> None:
    first = top_card(page)
    slow_motion(page, 0.05)
    page.locator('[data-answer="yes"]').click()
    page.locator("#undo").click()
    expect(page.locator(f'[data-card="{first}"]')).to_have_count(1)
    assert page.locator(".card.leaving").count() == 0
    assert _answered(page) == 0


def test_a_double_tap_on_yes_is_one_answer(page: Page) -> None:
    x, y = middle(page, '[data-answer="yes"]')

    def twice() -> None:
        now = time.time()
        Finger(page, now).down(x, y).up()
        page.wait_for_timeout(READY)  # another card is up, and seen, when the second tap arrives
        Finger(page, now + 0.2).down(x, y).up()

    assert answers(page, twice) == 1
    assert answers(page, lambda: Finger(page).down(x, y).up()) == 1


def test_a_key_that_is_held_down_is_one_answer(desk: Page) -> None:
    def held() -> None:
        for _ in range(12):  # what has no key up in between repeats
            desk.keyboard.down("ArrowRight")
            desk.wait_for_timeout(60)
        desk.keyboard.up("ArrowRight")

    assert answers(desk, held) == 1


def test_keys_pressed_without_looking_are_not_as_many_answers(desk: Page) -> None:
    def hammer() -> None:
        for _ in range(8):
            desk.keyboard.press("ArrowLeft")

    assert answers(desk, hammer) <= 2


def test_a_mouse_let_go_outside_the_window_or_with_the_other_button_is_understood(
    desk: Page,
) -> None:
    x, y = middle(desk)

    def outside() -> None:
        desk.mouse.move(x, y)
        desk.mouse.down()
        desk.mouse.move(x + 300, y, steps=8)
        desk.mouse.move(1500, y, steps=8)
        desk.mouse.up()

    def other_button() -> None:
        desk.mouse.move(x, y)
        desk.mouse.down()
        desk.mouse.move(x + 200, y, steps=8)
        desk.mouse.down(button="right")
        desk.mouse.up()
        desk.mouse.move(x + 210, y)
        desk.mouse.up(button="right")

    assert answers(desk, outside) == 1
    assert answers(desk, other_button) == 0
    assert stands(desk)


def test_a_right_click_starts_nothing(desk: Page) -> None:
    x, y = middle(desk)
    desk.mouse.move(x, y)
    desk.mouse.down(button="right")
    desk.mouse.move(x + 300, y, steps=8)
    expect(desk.locator(".card.held")).to_have_count(0)
    assert answers(desk, lambda: desk.mouse.up(button="right")) == 0


def test_a_pen_answers_as_a_finger_does(desk: Page) -> None:
    x, y = middle(desk)
    wire = desk.context.new_cdp_session(desk)

    def pen(kind: str, away: int, **more: object) -> None:
        said = {"type": kind, "x": x + away, "y": y, "pointerType": "pen", **more}
        wire.send("Input.dispatchMouseEvent", said)

    def drag() -> None:
        pen("mousePressed", 0, button="left", buttons=1, clickCount=1)
        for away in range(20, 161, 20):
            pen("mouseMoved", away, button="left", buttons=1)
        pen("mouseReleased", 160, button="left", clickCount=1)

    assert answers(desk, drag) == 1


def test_pictures_come_one_by_one_and_none_before_the_first_is_there(
    app: Flask, phone: BrowserContext
) -> None:
    survey = make_survey(cards=0)
    for number in range(8):
        own = make_card(survey=survey, theme="byliv", number=number, picture=make_picture())
        keep(own)
    asked: list[str] = []
    first: list[Route] = []
    body = photo(size=(90, 120))

    def serve(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            first.append(route)
        else:
            route.fulfill(body=body, content_type="image/jpeg")

    phone.route("**/media/**", serve)
    page = phone.new_page()
    page.goto("/a/bolbro", wait_until="commit")
    page.get_by_role("button", name="Start").wait_for()
    page.wait_for_timeout(1000)
    assert len(asked) == 1
    first.pop().fulfill(body=body, content_type="image/jpeg")
    page.get_by_role("button", name="Start").click()
    wait_until(page, lambda: len(asked) >= 8)
    settle(page)
    assert len(asked) == len(set(asked)) == 8


def test_nobody_answers_a_card_before_its_picture_is_there(
    survey: Survey, phone: BrowserContext
) -> None:
    page = phone.new_page()
    page.goto("/a/bolbro")
    page.locator("[data-first] img").evaluate("picture => picture.decode()")
    page.get_by_role("button", name="Start").wait_for()
    page.evaluate("() => { HTMLImageElement.prototype.decode = () => new Promise(() => {}); }")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("[data-card]")).to_be_visible()
    page.wait_for_timeout(READY)
    acts: list[Callable[[], object]] = [
        on_card(page).move(200, ms=200).up,
        page.locator('[data-answer="yes"]').click,
        page.locator('[data-answer="skip"]').click,
    ]
    assert [answers(page, act) for act in acts] == [0, 0, 0]
    page.wait_for_timeout(2000)  # whoever has waited may go on without it
    assert answers(page, page.locator('[data-answer="yes"]').click) == 0
    assert answers(page, page.locator('[data-answer="skip"]').click) == 1


def test_with_reduced_motion_a_card_follows_the_finger_and_then_fades(
    survey: Survey, phone: BrowserContext
) -> None:
    page = phone.new_page()
    page.emulate_media(reduced_motion="reduce")
    page.goto("/a/bolbro")
    page.get_by_role("button", name="Start").click()
    page.wait_for_timeout(READY)
    hand = on_card(page).move(140, ms=200)
    assert "translate(140px" in (page.locator("[data-card]").get_attribute("style") or "")
    slow_motion(page, 0.05)
    hand.up()
    frames = page.locator(".card.leaving").evaluate(
        "card => card.getAnimations()[0].effect.getKeyframes().map((frame) => frame.opacity)"
    )
    assert frames == ["1", "0"]
