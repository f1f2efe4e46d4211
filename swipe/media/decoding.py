"""Any bytes to safe pixels, in a process with limits on memory and time."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from flask_babel import gettext as _

from swipe.errors import Busy, Invalid

MAX_BYTES = 15 * 1024 * 1024
MEMORY = 512 * 1024 * 1024
MOST_MEMORY = 1024 * 1024 * 1024  # for WebP, HEIC and AVIF of 40 megapixels, see pixels.HEAVY
SECONDS = 10
FEW_SECONDS = 4  # for JPEG and PNG, which need no more
PATIENCE = 60  # what a busy machine may take for those seconds
NICE = 10  # citizens are answered first
FROM_OUTSIDE = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT)
_CHILD = str(Path(__file__).with_name("pixels.py"))
_one_at_a_time = threading.Semaphore(1)  # many editors must not use up the memory together


def decode(data: bytes) -> tuple[int, int, bytes]:
    """Return width, height and the safe JPEG master of an upload.

    Raises Invalid with a sentence in words: too large, no picture, too many pixels, too small;
    Busy when the work was ended from outside, which says nothing about the picture.
    """
    if len(data) > MAX_BYTES:
        raise Invalid(_("Filen er for stor. Grænsen er 15 MB."))
    word, master = limited(_CHILD, data)
    if not master:
        raise Invalid(_sentence(word))
    width, height = word.split()
    return int(width), int(height), master


def limited(child: str, data: bytes) -> tuple[str, bytes]:
    """Let a child of ours, named by its path, decode an upload; return its word and its bytes.

    There are no bytes when it refused, and the word says why. Raises Busy when the work was ended
    from outside.
    """
    try:
        with _one_at_a_time:
            ended = subprocess.run(  # noqa: S603 - our own interpreter and our own file
                [sys.executable, "-I", child, *map(str, limits())],
                input=data,
                capture_output=True,
                timeout=PATIENCE,
                check=False,
                env=child_environment(),
                start_new_session=True,  # a signal to us is not one to it
            )
    except subprocess.TimeoutExpired as error:  # its own time is shorter: the machine is busy
        raise Busy(_interrupted()) from error
    word, _newline, made = ended.stdout.partition(b"\n")
    if -ended.returncode in FROM_OUTSIDE:
        raise Busy(_interrupted())
    if ended.returncode != 0 or not made:
        heavy = ended.returncode < 0  # ended by a limit, before it could say so
        return "heavy" if heavy else word.decode("ascii", "replace"), b""
    return word.decode("ascii"), made


def limits() -> tuple[int, ...]:
    """Return what the decoding child is told, in its order."""
    return MEMORY, MOST_MEMORY, SECONDS, FEW_SECONDS, NICE


def child_environment() -> dict[str, str]:
    """Return what a child that works on pictures knows of its surroundings: nothing secret.

    Two arenas, because the allocator else reserves room for every thread and meets the limit.
    """
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "MALLOC_ARENA_MAX": "2"}


def _interrupted() -> str:
    return _("Billedet blev ikke læst færdigt. Prøv igen.")


def _sentence(word: str) -> str:
    known = {
        "empty": _("Filen er tom. Vælg billedet igen."),
        "unknown": _(
            "Filen er ikke et billede, vi kan læse. Brug JPEG, PNG, WebP, HEIC eller AVIF."
        ),
        "pixels": _("Billedet har for mange punkter. Gem det, så det er under 40 megapixel."),
        "small": _("Billedet er for lille. Det skal være mindst 480 punkter på hver led."),
        "heavy": _("Billedet er for tungt at læse. Gem det igen i en mindre størrelse."),
    }
    return known.get(word, _("Filen er beskadiget. Find billedet igen, eller vælg et andet."))
