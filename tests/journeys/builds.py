"""One address behind which the program changes: another build, or one that does not answer."""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from shutil import copytree

from playwright.sync_api import Page

from tests.live import free_port, running_web

ROOT = Path(__file__).resolve().parents[2]


def checkout(target: Path, mark: str) -> Path:
    """Copy the program with a citizen app that differs in one line, so that its build does."""
    for folder in ("swipe", "static"):
        copytree(ROOT / folder, target / folder, dirs_exist_ok=True)
    with (target / "static" / "pwa" / "order.js").open("a", encoding="utf-8") as file:
        file.write(f'\nexport const mark = "{mark}";\n')
    return target


class Town:
    """A city at one address; what answers there is chosen anew for each `with`."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()

    @contextmanager
    def running(self, checkout: Path | None = None, **settings: str) -> Iterator[None]:
        """Run the program, of another checkout where one is named."""
        with running_web(self.data, self.port, checkout, **settings):
            yield

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Take every call and never answer, as a line that is there and too slow."""
        with socket.create_server(("127.0.0.1", self.port), backlog=64):
            yield

    @contextmanager
    def ill(self) -> Iterator[None]:
        """Answer 503 to everything."""
        with Ill(("127.0.0.1", self.port), Refusal) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            yield
            server.shutdown()
            thread.join()


class Ill(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


class Refusal(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_PUT = do_GET

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


def build_of(page: Page) -> str:
    """Return the build of the page on screen."""
    return str(page.evaluate("JSON.parse(document.getElementById('deck').textContent).build"))
