"""The demo city with its drawn deck behind the real web program, and the floor beside it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from flask_migrate import upgrade

from swipe import create_app
from swipe.db import db
from swipe.serving import gunicorn
from swipe.simulation import demo
from swipe.work import press_of

AREA = "/a/bolbro"
CARDS = 24
STARTS_WITHIN = 60.0  # s


def say(words: str) -> None:
    """Tell how far the work is, beside the figures."""
    print(words, file=sys.stderr, flush=True)


@contextmanager
def _progress(label: str, _length: int) -> Iterator[Callable[[int], None]]:
    say(f"{label} ...")
    yield lambda _steps: None


def build(data: Path) -> None:
    """Build the demo city in a folder, unless an earlier run did."""
    if demo.is_ready(data):
        return
    app = create_app(data)
    with app.app_context():
        upgrade()
        demo.build(press_of(app.config["SWIPE"]), _progress, empty=False)
        db.session.remove()
        db.engine.dispose()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(program: str, path: str, **settings: str) -> Iterator[str]:
    """Yield the address of a WSGI program under the same gunicorn as ours; `path` answers 200."""
    port = free_port()
    command = [part.replace("swipe:create_app()", program) for part in gunicorn("127.0.0.1", port)]
    process = subprocess.Popen(command, env={**os.environ, "SWIPE_LIMITS": "off", **settings})
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address + path, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=40)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise SystemExit("the web program did not start")


@contextmanager
def city(data: Path) -> Iterator[str]:
    """Yield the address of the demo city; it is built where it is not there yet."""
    build(data)
    with serving("swipe:create_app()", "/readyz", SWIPE_DATA=str(data)) as address:
        yield address
