"""Until a card can be swiped: time on slow lines and with the service worker, bytes, requests.

Start is pressed as soon as it listens. The first card can be swiped when it is in the hand of the
gestures with its picture decoded; an answer counts 150 ms after that at the earliest. Bytes and
requests are of what had come by then: all else was asked for and had yet to come. The icon of the
tab is the browser's own wish and is left out.
"""

from statistics import median
from typing import NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from citizen.browser import SLOW_3G, SLOW_4G, Ear, Line, phone, slow_line, start
from citizen.city import AREA, say
from citizen.relay import relay
from citizen.table import Row

MARKS = """(() => {
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, ...rest) {
    add.call(this, type, ...rest);
    if (type === "click" && this.id === "start") setTimeout(() => this.click());
  };
  const look = () => {
    if (!document.querySelector("[data-card] img.seen")) return;
    watch.disconnect();
    requestAnimationFrame(() => performance.mark("first-card"));
  };
  const watch = new MutationObserver(look);
  watch.observe(document, { subtree: true, childList: true, attributes: true });
})()"""
MARKED = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => {
    for (const mark of list.getEntriesByName("first-card")) resolve(mark.startTime);
  }).observe({ type: "mark", buffered: true });
})"""
CAPS = {"slow 4G": (1.2, 1.5), "slow 3G": (3.0, 3.5)}  # s
KIB = 1024


class Seen(NamedTuple):
    """One opening: seconds to the first card; requests and KiB till then, of scripts their text."""

    seconds: float
    requests: int
    size: float
    scripts: float
    hosts: set[str | None]


def marked(page: Page, address: str) -> float:
    """Open an address and return the milliseconds until the first card."""
    page.goto(address, wait_until="commit")
    return float(page.evaluate(MARKED))


def opened(browser: Browser, address: str, line: Line | None) -> Seen:
    """Open a survey for the first time in a browser's life."""
    context = phone(browser)
    context.add_init_script(MARKS)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    ear = Ear(wire)
    if line:
        slow_line(wire, line)
    ms = marked(page, address)
    urls = {request: ear.sent[request]["request"]["url"] for request in ear.sent}
    needed = [request for request, url in urls.items() if "/icon" not in url]
    came = {request: size for request in needed if (size := ear.bytes_of(request, ms))}
    scripts = sum(ear.body_of(one) for one in came if urls[one].endswith(".js"))
    hosts = {urlsplit(url).hostname for url in urls.values()}
    context.close()
    return Seen(ms / 1000, len(came), sum(came.values()) / KIB, scripts / KIB, hosts)


def cold(browser: Browser, address: str, floor: str, runs: int) -> list[Row]:
    """Return the rows of a phone that was never here."""
    rows, by_line = [], {}
    for line in (SLOW_4G, SLOW_3G):
        say(f"first card, {line.name} ...")
        ours, least = [], []
        for _ in range(runs):  # in turn, so that a noisy machine hurts both
            ours.append(opened(browser, address + AREA, line))
            least.append(opened(browser, floor, line))
        by_line[line] = ours
        middle = median(one.seconds for one in ours)
        beneath = median(one.seconds for one in least)
        rows.append(Row(f"first card, {line.name}", "s", middle, *CAPS[line.name], beneath))
    return rows + _wire([*by_line[SLOW_4G], *by_line[SLOW_3G]])


def _wire(seen: list[Seen]) -> list[Row]:
    """Return what went over the wire until the first card, at most."""
    others = {host for one in seen for host in one.hosts} - {"127.0.0.1"}
    return [
        Row("bytes to the first card", "KiB", max(one.size for one in seen), 45, 60),
        Row("requests to the first card", "", max(one.requests for one in seen), 3, 4),
        Row("scripts to the first card", "KiB", max(one.scripts for one in seen), 8, 12),
        Row("other hosts asked", "", len(others), 0, 0),
    ]


KEPT = """async () => {
  const worker = (await navigator.serviceWorker.getRegistration())?.active;
  const pictures = await (await caches.open("swipe-pictures")).keys();
  return Boolean(worker) && pictures.length >= document.querySelectorAll("#steps span").length;
}"""


def warm(browser: Browser, address: str, runs: int) -> list[Row]:
    """Return the row of a phone that comes again, on a slow line, its service worker awake.

    The line between is ours: a page's own limits do not hold for a service worker.
    """
    times = []
    say("first card, warm with service worker ...")
    with relay(address) as (near, line):
        context = phone(browser, workers="allow")
        page = context.new_page()
        start(page, near + AREA)
        while not page.evaluate(KEPT):
            page.wait_for_timeout(500)
        context.add_init_script(MARKS)
        line.line = SLOW_4G
        for _ in range(runs):
            page.close()
            page = context.new_page()
            times.append(marked(page, near + AREA) / 1000)
            page.wait_for_load_state("networkidle")
        context.close()
    return [Row("first card, warm, slow 4G", "s", median(times), 0.4, 0.8)]
