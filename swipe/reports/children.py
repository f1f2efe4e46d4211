"""Work that takes much memory, done by a child program of ours: a folder in, one file out."""

import os
import subprocess
import sys
import threading
from pathlib import Path

from swipe.errors import Busy

_one_at_a_time = threading.Semaphore(1)  # many planners must not use up the memory together


def output_of(program: Path, folder: Path, patience: float, unfinished: str) -> bytes:
    """Return what a program writes to its standard output when it is handed a folder.

    Raises Busy with the sentence `unfinished` when it was not done in so many seconds, or was
    ended from outside; RuntimeError with its last words when it failed.
    """
    try:
        with _one_at_a_time:
            ended = subprocess.run(  # noqa: S603 - our own interpreter and our own file
                [sys.executable, "-I", str(program), str(folder)],
                capture_output=True,
                timeout=patience,
                check=False,
                env=_surroundings(),
                start_new_session=True,  # a signal to us is not one to it
            )
    except subprocess.TimeoutExpired as error:
        raise Busy(unfinished) from error
    if ended.returncode < 0:
        raise Busy(unfinished)
    if ended.returncode:
        raise RuntimeError(ended.stderr.decode("utf-8", "replace")[-2000:])
    return ended.stdout


def _surroundings() -> dict[str, str]:
    """Return what the child knows of its surroundings: nothing secret."""
    return {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
