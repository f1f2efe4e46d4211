"""One safe master to its variants, in a nice process of its own."""

import subprocess
import sys
import threading
from pathlib import Path

from swipe.media.decoding import NICE, child_environment
from swipe.media.variants import Cut, read

SECONDS = 120
_CHILD = str(Path(__file__).with_name("variants.py"))
_running: set[subprocess.Popen[bytes]] = set()
_lock = threading.Lock()


class Interrupted(Exception):
    """The work was ended from outside, which says nothing about the picture."""


def encode(master: bytes, focus: tuple[int, int]) -> Cut:
    """Return the variants of a master around a focus point (percents).

    Raises ValueError when they cannot be made, Interrupted when the child did not get to say so.
    """
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and our own file
        [sys.executable, "-I", _CHILD, *map(str, (*focus, NICE))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=child_environment(),
        start_new_session=True,  # a signal to us is not one to it
    )
    with _lock:
        _running.add(child)
    try:
        with child:
            made, said = _talk(child, master)
    finally:
        with _lock:
            _running.discard(child)
    last = said.decode("utf-8", "replace").strip().rpartition("\n")[2]
    if child.returncode < 0 or last == "KeyboardInterrupt":
        raise Interrupted(f"encoding ended by signal {-child.returncode}")
    if child.returncode != 0:
        raise ValueError(f"encoding ended with {child.returncode}: {last}")
    return read(made)


def end_all() -> None:
    """End every child that is at work; each `encode` that waits for one raises Interrupted."""
    with _lock:
        for child in _running:
            child.kill()


def _talk(child: subprocess.Popen[bytes], master: bytes) -> tuple[bytes, bytes]:
    try:
        return child.communicate(master, SECONDS)
    except subprocess.TimeoutExpired as error:
        child.kill()
        raise Interrupted("encoding took too long") from error
    except BaseException:
        child.kill()
        raise
