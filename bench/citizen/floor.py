"""The floor: a plain page of the same bytes with the same picture, from the same web server."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

from playwright.sync_api import Browser

from citizen.browser import Ear, phone, start
from citizen.city import AREA, serving

PROGRAM = """
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).parent
KINDS = {".html": "text/html; charset=utf-8", ".avif": "image/avif", "": "text/plain"}

def app(environ, start_response):
    path = HERE / (environ["PATH_INFO"].strip("/") or "page.html")
    if path.parent != HERE or not path.is_file():
        start_response("404 Not Found", [])
        return [b""]
    body = path.read_bytes()
    kind = KINDS.get(path.suffix, "text/plain")
    start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]
"""
HEAD = """<!doctype html>
<html lang="da"><head><meta charset="utf-8"><title>Gulvet</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Det mindste, der kan måles mod."></head>
"""
PAGE = """<body><main><h1>Gulvet</h1>
<img src="/picture.avif" alt="Et billede" width="342" height="456"></main>
<script>
document.images[0].decode().then(() => requestAnimationFrame(() => performance.mark("first-card")));
</script>
<!-- {filler} --></body></html>
"""
DRAGGED = """<body><div id="top" data-card="x" style="position: fixed; inset: 100px 24px 200px;
background: teal; touch-action: pan-y; will-change: transform"></div><script>
const div = document.getElementById("top");
let from = null;
div.addEventListener("pointerdown", (event) => { from = event.clientX; });
div.addEventListener("pointermove", (event) => {
  div.style.transform = `translateX(${event.clientX - from}px)`;
});
div.addEventListener("pointerup", () => { div.style.transform = ""; });
</script></body></html>
"""
PRESSED = """<body><button id="yes" style="font-size: 3rem">Ja</button><p id="said">0</p><script>
const said = document.getElementById("said");
document.getElementById("yes").addEventListener("click", () => { said.textContent++; });
</script></body></html>
"""


def _html_bytes(address: str) -> int:
    with urlopen(Request(address + AREA, headers={"Accept-Encoding": "br"}), timeout=60) as reply:
        return len(reply.read())


def _first_picture(browser: Browser, address: str) -> bytes:
    context = phone(browser)
    page = context.new_page()
    ear = Ear(context.new_cdp_session(page))
    start(page, address + AREA)
    asked = [event["request"]["url"] for event in ear.sent.values()]
    name = next(url for url in asked if "/media/" in url)
    context.close()
    with urlopen(name, timeout=60) as reply:
        return bytes(reply.read())


def _write(folder: Path, html: int, picture: bytes) -> None:
    (folder / "floor.py").write_text(PROGRAM, encoding="utf-8")
    (folder / "picture.avif").write_bytes(picture)
    bare = len((HEAD + PAGE.format(filler="")).encode())
    page = HEAD + PAGE.format(filler="x" * max(0, html - bare))
    pages = {"page": page, "drag": HEAD + DRAGGED, "press": HEAD + PRESSED}
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")


@contextmanager
def floor(browser: Browser, address: str, folder: Path) -> Iterator[str]:
    """Yield the address of the floor of the city that is served at `address`."""
    _write(folder, _html_bytes(address), _first_picture(browser, address))
    with serving("floor:app", "/", PYTHONPATH=str(folder)) as own:
        yield own
