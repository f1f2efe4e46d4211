"""What `swipe demo` builds and prints."""

import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import segno
from flask import Flask
from flask_migrate import upgrade

from swipe.accounts.demo_logins import DEMO_LOGINS
from swipe.db import db
from swipe.simulation import demo
from swipe.simulation.scenes import SCENES
from swipe.work import press_of

EVERYWHERE = "0.0.0.0"  # noqa: S104 - only when the visitor asks for it


def build_demo(app: Flask, empty: bool) -> None:
    """Build the demo city in its folder unless an earlier run did; half a city is begun anew."""
    settings = app.config["SWIPE"]
    demo.refuse_real_city()
    if demo.is_ready(settings.data):
        upgrade()
        return
    if settings.sqlite:
        _forget(settings.data)
    upgrade()
    demo.build(press_of(settings), _progress, empty)


def _forget(data: Path) -> None:
    """Remove what an interrupted build left; only a marked or empty database comes here."""
    db.session.remove()
    db.engine.dispose()
    for name in (
        "swipe.sqlite3",
        "swipe.sqlite3-journal",
        "swipe.sqlite3-wal",
        "swipe.sqlite3-shm",
    ):
        (data / name).unlink(missing_ok=True)
    shutil.rmtree(data / "pictures", ignore_errors=True)


@contextmanager
def _progress(label: str, length: int) -> Iterator[Callable[[int], None]]:
    with click.progressbar(length=length, label=f"{label:<20}", show_eta=False) as bar:
        yield bar.update


def own_address(host: str, port: int) -> str:
    """Return the address that others reach us under."""
    return f"http://{_own_ip() if host == EVERYWHERE else host}:{port}"


def _own_ip() -> str:
    """Return this machine's address on its network, without sending anything."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # reserved for documentation; only picks a route
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def demo_lines(address: str, snapshot_line: str, empty: bool) -> Iterator[str]:
    """Yield what the demo says when it is ready: links, logins, and the line to type."""
    citizen = f"{address}/a/{SCENES[0].area}"
    yield ""
    yield "The demo city is running. " + ("" if empty else "All its figures are made up.")
    yield f"  citizen         {citizen}"
    yield f"  planner         {address}/planner"
    yield f"  administrator   {address}/admin"
    yield ""
    for login in DEMO_LOGINS:
        yield f"  {login.role:<8} {login.email}   password: {login.password}"
    yield ""
    yield "Figures follow answers within a minute. Not to wait:"
    yield f"  {snapshot_line}"
    yield "Stop with Ctrl+C."
    if "127.0.0.1" not in address and "localhost" not in address:
        yield ""
        yield "Try it on your own phone:"
        yield from _qr(citizen)


def _qr(text: str) -> Iterator[str]:
    code = segno.make(text, error="m")
    rows = [list(row) for row in code.matrix_iter(border=2)]
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    blocks = {(0, 0): "█", (0, 1): "▀", (1, 0): "▄", (1, 1): " "}  # dark on a light ground
    for upper, lower in zip(rows[::2], rows[1::2], strict=True):
        yield "".join(blocks[bool(a), bool(b)] for a, b in zip(upper, lower, strict=True))
