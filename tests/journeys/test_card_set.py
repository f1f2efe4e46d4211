"""The card set in a real browser: dropping, losing the line, dragging, undoing."""

import base64
from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from swipe import work
from swipe.surveys.models import Survey
from tests.builders import make_survey
from tests.decks.set_desk import cards, own_pictures, rows, trail, upload
from tests.decks.set_desk import picture as another
from tests.journeys.conftest import photo, watched

pytestmark = pytest.mark.browser
Login = Callable[[str], FlaskClient]
Files = list[tuple[str, bytes]]
THEMES = ("byliv", "foreningsliv")


@pytest.fixture
def editor(laptop: BrowserContext, login: Login, port: int) -> BrowserContext:
    return logged_in(laptop, login, port)


@pytest.fixture
def editors_phone(phone: BrowserContext, login: Login, port: int) -> BrowserContext:
    return logged_in(phone, login, port)


@pytest.fixture
def without_scripts(browser: Browser, login: Login, port: int) -> Iterator[BrowserContext]:
    address = f"http://127.0.0.1:{port}"
    context = browser.new_context(base_url=address, java_script_enabled=False)
    yield from watched(logged_in(context, login, port))


def logged_in(context: BrowserContext, login: Login, port: int) -> BrowserContext:
    held = login("editor").get_cookie("swipe")
    assert held is not None
    address = f"http://127.0.0.1:{port}"
    context.add_cookies([{"name": "swipe", "value": held.value, "url": address}])
    return context


def a_set(count: int, themes: tuple[str, ...] = THEMES) -> Survey:
    """Make a draft whose cards have a picture each, still being made."""
    survey = make_survey(state="draft", cards=count, themes=themes)
    own_pictures(survey, "pending")
    return survey


def opened(context: BrowserContext, survey: Survey) -> Page:
    page = context.new_page()
    page.goto(f"/admin/surveys/{survey.id}/cards")
    return page


def some(first: int, count: int) -> Files:
    numbers = range(first, first + count)
    return [(f"nr-{n}.jpg", photo((20 * n % 255, 90, 255 - 13 * n % 255))) for n in numbers]


def drop(page: Page, place: str, files: Files) -> None:
    """Drop files on a place of the page, as from a folder on the desk."""
    sent = [[name, base64.b64encode(data).decode()] for name, data in files]
    transfer = page.evaluate_handle(
        """files => {
          const transfer = new DataTransfer();
          for (const [name, data] of files) {
            const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
            transfer.items.add(new File([bytes], name, { type: "image/jpeg" }));
          }
          return transfer;
        }""",
        sent,
    )
    page.dispatch_event(place, "dragover", {"dataTransfer": transfer})
    page.dispatch_event(place, "drop", {"dataTransfer": transfer})


def tiles(page: Page) -> Locator:
    return page.locator("[data-cards] li.card-tile")


class Held:
    """Uploads that are stopped on their way until they are let go."""

    def __init__(self, page: Page) -> None:
        self.routes: list[Route] = []
        self.open = False
        self.page = page
        page.route("**/cards", self.take)

    def take(self, route: Route) -> None:
        if self.open or route.request.method != "POST":
            route.continue_()
        else:
            self.routes.append(route)

    def have(self, count: int) -> bool:
        """Whether exactly so many are on their way, once they had time to set out."""
        for _ in range(50):
            if len(self.routes) >= count:
                break
            self.page.wait_for_timeout(100)
        return len(self.routes) == count

    def let_go(self) -> None:
        self.open = True
        for route in self.routes:
            route.continue_()


def test_files_dropped_on_a_theme_go_three_at_a_time_into_it(editor: BrowserContext) -> None:
    survey = a_set(2)
    page = opened(editor, survey)
    held = Held(page)
    drop(page, "#panel-foreningsliv", some(0, 5))
    states = page.locator("[data-rows] .file-state")
    expect(states).to_have_text(["sendes", "sendes", "sendes", "venter", "venter"])
    assert held.have(3)
    held.let_go()
    expect(page.get_by_text("5 billeder er lagt op.")).to_be_visible()
    expect(page.locator("#panel-foreningsliv li.card-tile")).to_have_count(6)
    expect(page.locator("#count-foreningsliv")).to_contain_text("6")
    assert {theme: len(row) for theme, row in rows_by_count(survey).items()} == {
        "byliv": 1,
        "foreningsliv": 6,
    }


def test_photos_dropped_together_become_cards_in_the_order_of_their_names(
    editor: BrowserContext, login: Login
) -> None:
    survey = make_survey(state="draft", cards=0)
    page = opened(editor, survey)
    page.get_by_label("Tema", exact=True).select_option("byliv")
    held = Held(page)
    photos = [(f"hus-{9 + at}.jpg", data) for at, (_name, data) in enumerate(some(0, 5))]
    drop(page, "[data-upload]", [photos[at] for at in (3, 1, 4, 0, 2)])
    names = page.locator("[data-rows] .file-name")
    expect(names).to_have_text([f"hus-{number}.jpg" for number in range(9, 14)])
    expect(page.locator("[data-rows] .file-state")).to_have_text(["sendes"] * 3 + ["venter"] * 2)
    assert held.have(3)
    first = held.routes[:3]
    for done, route in enumerate(reversed(first), 1):
        route.continue_()
        expect(page.get_by_text(f"{done} af 5 er færdige")).to_be_visible()
        if done == 1:
            upload(login("admin"), survey, (another("red"), "imens.jpg"))
    held.routes = [route for route in held.routes if route not in first]
    held.let_go()
    expect(page.get_by_text("5 billeder er lagt op.")).to_be_visible()
    titles = [card.titles["da"] for card in cards(survey)]
    assert [title for title in titles if title != "Imens"] == [f"Hus {n}" for n in range(9, 14)]
    assert titles.index("Imens") in (1, 2, 3)  # behind those that were there, before the last


def rows_by_count(survey: Survey) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for card in cards(survey):
        found.setdefault(card.theme, []).append(str(card.id))
    return found


def test_a_lost_line_loses_no_file_and_the_same_files_again_send_what_is_missing(
    editor: BrowserContext,
) -> None:
    survey = make_survey(state="draft", cards=0)
    page = opened(editor, survey)
    page.get_by_label("Tema", exact=True).select_option("byliv")
    editor.set_offline(True)
    drop(page, "[data-upload]", some(0, 4))
    expect(page.get_by_text("Forbindelsen er væk. Vi prøver igen.")).to_be_visible()
    expect(page.locator("[data-rows] .file-state")).to_have_text(["venter"] * 4)
    editor.set_offline(False)
    expect(page.get_by_text("4 billeder er lagt op.")).to_be_visible()
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    drop(page, "[data-upload]", some(0, 5))
    expect(page.get_by_text("1 billede er lagt op. 4 billeder var her allerede.")).to_be_visible()
    assert sum(address.endswith("/cards") for address in sent) == 1
    assert sum(address.endswith("/cards/known") for address in sent) == 5
    assert len(cards(survey)) == 5


def test_files_without_a_theme_wait_for_one_and_leaving_meanwhile_warns(
    editor: BrowserContext,
) -> None:
    survey = make_survey(state="draft", cards=0)
    page = opened(editor, survey)
    page.get_by_role("heading", name="Læg billeder op").click()  # a page nobody touched warns not
    drop(page, "[data-upload]", [*some(0, 1), ("noter.txt", b"Husk Bodil.")])
    expect(page.get_by_text("Vælg et tema. Så lægges billederne op.")).to_be_visible()
    expect(page.get_by_label("Tema", exact=True)).to_be_focused()
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    page.get_by_label("Tema", exact=True).select_option("byliv")
    expect(page.get_by_text("1 billede er lagt op. 1 fil blev ikke lagt op.")).to_be_visible()
    refused = page.locator("[data-rows] li").filter(has_text="noter.txt")
    expect(refused).to_contain_text("Filen er ikke et billede")
    expect(
        page.locator("[data-said-upload]").get_by_role("link", name="Skriv det, der mangler")
    ).to_be_visible()


def test_pictures_become_ready_while_somebody_chooses(editor: BrowserContext) -> None:
    survey = make_survey(state="draft", cards=0)
    page = opened(editor, survey)
    page.get_by_label("Tema", exact=True).select_option("byliv")
    drop(page, "[data-upload]", some(0, 2))
    expect(page.get_by_text("2 billeder gøres klar.")).to_be_visible()
    page.get_by_label("Tema", exact=True).select_option("foreningsliv")
    page.get_by_label("Tema", exact=True).focus()
    assert work.make_pictures(lambda: True) == 2
    expect(page.locator("[data-waiting]")).to_have_count(0)
    expect(tiles(page).locator("img")).to_have_count(2)
    expect(page.get_by_text("gøres klar.")).to_have_count(0)
    expect(page.get_by_label("Tema", exact=True)).to_be_focused()
    expect(page.get_by_label("Tema", exact=True)).to_have_value("foreningsliv")


def centre(place: Locator) -> tuple[float, float]:
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_card_is_dragged_to_another_theme_with_the_mouse(editor: BrowserContext) -> None:
    survey = a_set(6)
    page = opened(editor, survey)
    page.set_viewport_size({"width": 1440, "height": 1800})
    tile = page.locator("#panel-byliv li.card-tile").first
    page.mouse.move(*centre(tile.locator(".to-card")))
    page.mouse.down()
    x, y = centre(page.locator("#panel-foreningsliv li.card-tile").nth(1).locator(".to-card"))
    page.mouse.move(x, y, steps=8)
    page.mouse.move(x - 60, y, steps=4)  # before the second card
    page.mouse.up()
    expect(page.get_by_text("Kortet er nu nummer 2 i Foreningsliv.")).to_be_visible()
    expect(page.locator("#count-foreningsliv")).to_contain_text("4")
    assert rows(survey) == {"byliv": ["2", "4"], "foreningsliv": ["1", "0", "3", "5"]}
    assert [event.label for event in trail(survey)] == ["Motiv 0"]
    assert page.url.endswith("/cards")  # letting go opened no card


def test_a_finger_drags_by_the_grip_and_escape_puts_it_back(
    editors_phone: BrowserContext,
) -> None:
    survey = a_set(3, ("byliv",))
    page = opened(editors_phone, survey)
    grips = page.locator(".grip")
    (x, y), (_x, below) = centre(grips.nth(0)), centre(grips.nth(1))
    y = centre(grips.nth(0))[1]
    touch = page.context.new_cdp_session(page)

    def finger(kind: str, *points: tuple[float, float]) -> None:
        place = [{"x": left, "y": top} for left, top in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": place})

    finger("touchStart", (x, y))
    for step in range(1, 11):
        finger("touchMove", (x, y + (below + 30 - y) * step / 10))
    expect(page.locator(".drop-place")).to_have_count(1)
    finger("touchEnd")
    expect(page.get_by_text("Kortet er nu nummer 2 i Byliv.")).to_be_visible()
    assert rows(survey) == {"byliv": ["1", "0", "2"]}
    x, y = centre(grips.nth(0))
    finger("touchStart", (x, y))
    finger("touchMove", (x, y + 30))
    finger("touchMove", (x, y + 200))
    page.keyboard.press("Escape")
    finger("touchEnd")
    expect(page.locator(".lifted, .drop-place, .ghost")).to_have_count(0)
    assert rows(survey) == {"byliv": ["1", "0", "2"]}


def test_the_keyboard_moves_removes_and_undoes_without_losing_its_place(
    editor: BrowserContext,
) -> None:
    survey = a_set(6)
    page = opened(editor, survey)
    later = page.get_by_role("button", name="Flyt senere: Motiv 0")
    later.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kortet er flyttet.")).to_be_visible()
    expect(later).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Flyt tidligere: Motiv 0")).to_be_focused()
    assert rows(survey)["byliv"] == ["2", "4", "0"]
    page.get_by_label("Mere: Motiv 2").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Fjern: Motiv 2").press("Enter")
    expect(page.get_by_text("Kortet ‘Motiv 2’ er fjernet.")).to_be_visible()
    expect(page.get_by_role("button", name="Fortryd")).to_be_focused()
    assert rows(survey)["byliv"] == ["4", "0"]
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kortet er tilbage.")).to_be_visible()
    expect(page.get_by_role("link", name="Motiv 2")).to_be_focused()
    assert rows(survey)["byliv"] == ["2", "4", "0"]


def test_everything_works_without_scripts(without_scripts: BrowserContext) -> None:
    survey = a_set(6)
    page = opened(without_scripts, survey)
    page.get_by_label("Tema", exact=True).select_option("byliv")
    sent = [{"name": n, "mimeType": "image/jpeg", "buffer": data} for n, data in some(0, 2)]
    page.get_by_label("Billeder", exact=True).set_input_files(sent)  # type: ignore[arg-type]
    page.get_by_role("button", name="Læg op", exact=True).click()
    expect(page.get_by_text("2 billeder er lagt op.")).to_be_visible()
    page.get_by_role("button", name="Flyt senere: Motiv 0").click()
    expect(page.get_by_text("Kortet er flyttet.")).to_be_visible()
    more = page.locator(".card-tile").filter(has_text="Motiv 1")
    more.locator("summary").click()
    more.get_by_label("Flyt til tema").select_option("byliv")
    more.get_by_role("button", name="Flyt: Motiv 1").click()
    expect(page.locator("#panel-byliv")).to_contain_text("Motiv 1")
    more = page.locator(".card-tile").filter(has_text="Motiv 4")
    more.locator("summary").click()
    more.get_by_role("button", name="Fjern: Motiv 4").click()
    expect(page.locator("#panel-byliv")).not_to_contain_text("Motiv 4")
    page.get_by_role("button", name="Fortryd").click()
    expect(page.locator("#panel-byliv")).to_contain_text("Motiv 4")
