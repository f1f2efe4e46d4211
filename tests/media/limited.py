"""The decoding child, run by hand, so that what it used can be read."""

import os
import subprocess
import sys
from typing import NamedTuple

from swipe.media import decoding


class Ended(NamedTuple):
    """What the child said and how much memory it had at its highest."""

    word: str
    master: bytes
    peak: int


def run(data: bytes) -> Ended:
    """Decode with the real limits; `word` is the reason, or width and height."""
    child = subprocess.Popen(
        [sys.executable, "-I", decoding._CHILD, *map(str, decoding.limits())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=decoding.child_environment(),
    )
    assert child.stdin is not None
    assert child.stdout is not None
    with child.stdin, child.stdout:
        child.stdin.write(data)
        child.stdin.close()
        said = child.stdout.read()
    _pid, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    word, _newline, master = said.partition(b"\n")
    return Ended(word.decode(), master, used.ru_maxrss * 1024)
