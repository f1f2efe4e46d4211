"""One safe master to its variants, in a nice process of its own."""

import subprocess
import sys
from pathlib import Path

from swipe.media.decoding import NICE, child_environment
from swipe.media.variants import Cut, read

SECONDS = 120
_CHILD = str(Path(__file__).with_name("variants.py"))


def encode(master: bytes, focus: tuple[int, int]) -> Cut:
    """Return the variants of a master around a focus point (percents).

    Raises ValueError when they cannot be made.
    """
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and our own file
            [sys.executable, "-I", _CHILD, *map(str, (*focus, NICE))],
            input=master,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env=child_environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise ValueError("encoding took too long") from error
    if child.returncode != 0:
        last = child.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise ValueError(f"encoding ended with {child.returncode}: {last}")
    return read(child.stdout)
