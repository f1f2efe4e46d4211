"""What most people never meet: no survey, no line, a lost picture, nothing said yes to."""

from playwright.sync_api import Browser, Route

from photography.camera import answer, ready, settle, start
from photography.sheets import Shot
from photography.walks import CARDS, OPEN, Walk

FEW = "aaloekke-havnen"
COMING = "naesbyhoved-broby-allesoe"
CLOSED = "lumby"
NONE = "dalum-tingloekkeskolen"


def odd_moments(browser: Browser, address: str, look: str, lang: str) -> list[Shot]:
    """Return the screens that most people never meet."""
    walk = Walk(browser, address, look, lang)
    walk.visit("Survey to come", f"/a/{COMING}")
    walk.visit("No survey", f"/a/{NONE}")
    walk.visit("Closed survey", f"/a/{CLOSED}", whole=True)
    walk.visit("What it became", f"/a/{CLOSED}/aftryk", whole=True)
    walk.visit("No receipts yet", "/mine")
    walk.visit("No such page", "/a/findes-ikke")
    walk.page.context.close()
    moments = (_lost_picture, _no_line, _few_answers, _all_skipped)
    for moment in moments:
        walk.shots += moment(browser, address, look, lang)
    return walk.shots


def _lost_picture(browser: Browser, address: str, look: str, lang: str) -> list[Shot]:
    walk = Walk(browser, address, look, lang)
    seen: set[str] = set()

    def one_only(route: Route) -> None:
        photo = route.request.resource_type == "image" and "/static/" not in route.request.url
        if photo and not seen:
            seen.add(route.request.url)
        route.abort() if photo and route.request.url not in seen else route.fallback()

    walk.page.route("**/*", one_only)
    walk.go(f"/a/{OPEN}")
    start(walk.page)
    walk.page.locator('[data-answer="yes"]').click()
    walk.page.locator(".lost").wait_for()
    walk.page.wait_for_timeout(800)
    return _closed(walk, "Lost picture")


def _no_line(browser: Browser, address: str, look: str, lang: str) -> list[Shot]:
    walk = Walk(browser, address, look, lang)
    walk.go(f"/a/{OPEN}")
    walk.page.route("**/api/v1/participations/*", lambda route: route.abort())
    start(walk.page)
    for _ in range(8):
        answer(walk.page)
    walk.page.locator("#banner").wait_for()
    ready(walk.page)
    walk.shoot("Nothing can be sent")
    walk.go(f"/a/{OPEN}")
    walk.page.locator("#progress").wait_for()
    return _closed(walk, "Begun before")


def _few_answers(browser: Browser, address: str, look: str, lang: str) -> list[Shot]:
    walk = Walk(browser, address, look, lang)
    _finish(walk, FEW, "no")
    return _closed(walk, "Result, all no, few answers")


def _all_skipped(browser: Browser, address: str, look: str, lang: str) -> list[Shot]:
    walk = Walk(browser, address, look, lang)
    _finish(walk, OPEN, "skip")
    return _closed(walk, "Result, all skipped")


def _finish(walk: Walk, area: str, value: str) -> None:
    walk.go(f"/a/{area}")
    start(walk.page)
    for _ in range(CARDS):
        answer(walk.page, value)
    walk.page.locator("#after .pair button").first.click()
    walk.page.locator(".verdict").wait_for()
    settle(walk.page)


def _closed(walk: Walk, caption: str) -> list[Shot]:
    walk.shoot(caption)
    walk.page.context.close()
    return walk.shots
