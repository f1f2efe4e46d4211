"""Under the finger: frames while a card is dragged, and the time a move takes to handle."""

from statistics import median

from playwright.sync_api import Browser, CDPSession, Page

from citizen.browser import phone, slow_processor, start
from citizen.city import AREA, say
from citizen.table import Row

DRAGS, ROUNDS = 20, 3
FAR, SPEED = 220, 400  # px, px/s
SMOOTH = 18.0  # ms
SLOWER = 4
# Frames from the first move of a finger until it is lifted.
GAPS = """() => {
  const gaps = (window.gaps = []);
  let last = null;
  let down = false;
  const tick = (now) => {
    if (last !== null) gaps.push(now - last);
    last = down ? now : null;
    if (down) requestAnimationFrame(tick);
  };
  addEventListener("pointermove", () => {
    if (!down) requestAnimationFrame(tick);
    down = true;
  });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { down = false; });
}"""
# How long every listener for moves takes, while a card is held.
TIMED = """(() => {
  const add = EventTarget.prototype.addEventListener;
  window.took = [];
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const timed = type !== "pointermove" ? listener : (event) => {
      const from = performance.now();
      listener(event);
      if (document.querySelector(".card.held")) window.took.push(performance.now() - from);
    };
    add.call(this, type, timed, options);
  };
})()"""


def drag(page: Page, wire: CDPSession, number: int) -> None:
    """Drag what is on top to a side with a finger, at the browser's own pace, and let go."""
    box = page.locator("[data-card]").first.bounding_box()
    assert box
    wire.send(
        "Input.synthesizeScrollGesture",
        {
            "x": box["x"] + box["width"] / 2,
            "y": box["y"] + box["height"] / 2,
            "xDistance": -FAR if number % 3 == 1 else FAR,
            "speed": SPEED,
            "gestureSourceType": "touch",
            "preventFling": True,
        },
    )


def _ours(browser: Browser, address: str, times: int) -> Page:
    context = phone(browser)
    context.add_init_script(TIMED)
    page = context.new_page()
    start(page, address + AREA)
    page.wait_for_load_state("networkidle")  # frames are looked at, not the line
    slow_processor(context.new_cdp_session(page), times)
    return page


def _answered(page: Page, wire: CDPSession, number: int) -> None:
    page.locator("[data-card] img.seen").first.wait_for()
    page.wait_for_timeout(500)
    name = page.locator("[data-card]").first.get_attribute("data-card")
    drag(page, wire, number)
    page.locator(f'[data-card="{name}"]').wait_for(state="detached")


def share_smooth(gaps: list[float]) -> float:
    """Return the percent of frames that came in time."""
    return 100 * sum(gap <= SMOOTH for gap in gaps) / len(gaps)


def _round(browser: Browser, address: str) -> float:
    page = _ours(browser, address, 1)
    page.evaluate(GAPS)
    wire = page.context.new_cdp_session(page)
    for number in range(DRAGS):
        _answered(page, wire, number)
    found = share_smooth(page.evaluate("gaps"))
    page.context.close()
    return found


def _floor_round(browser: Browser, floor: str) -> float:
    page = phone(browser).new_page()
    page.goto(f"{floor}/drag.html")
    page.evaluate(GAPS)
    wire = page.context.new_cdp_session(page)
    for number in range(DRAGS):
        page.wait_for_timeout(300)
        drag(page, wire, number)
    found = share_smooth(page.evaluate("gaps"))
    page.context.close()
    return found


def frames(browser: Browser, address: str, floor: str) -> list[Row]:
    """Return the row of frames in time, the best of three rounds, ours and the floor in turn."""
    ours, least = [], []
    for number in range(ROUNDS):
        say(f"frames while dragging, {number + 1} of {ROUNDS} ...")
        ours.append(_round(browser, address))
        least.append(_floor_round(browser, floor))
    what = f"frames within {SMOOTH:.0f} ms while dragging"
    return [Row(what, "%", max(ours), 99.5, 99, max(least), more=True)]


def handler(browser: Browser, address: str) -> list[Row]:
    """Return the rows of what a move of the finger costs on a slow processor."""
    say("what a move costs ...")
    page = _ours(browser, address, SLOWER)
    wire = page.context.new_cdp_session(page)
    for number in range(DRAGS):
        _answered(page, wire, number)
    took = page.evaluate("took")
    page.context.close()
    return [
        Row(f"a move handled at {SLOWER}×, median", "ms", median(took), 2, 4),
        Row("  the slowest of " + str(len(took)), "ms", max(took)),
    ]
