"""A report as a PDF: its words and pictures in a folder, which a child of ours sets in type."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from swipe.errors import Busy
from swipe.reports.report.shape import Dress, Report, legible

PATIENCE = 60  # seconds that a busy machine may take
LEAVES = Path(__file__).with_name("report.typ")
_CHILD = str(Path(__file__).with_name("typesetting.py"))
_one_at_a_time = threading.Semaphore(1)  # many planners must not use up the memory together


def pdf(report: Report, dress: Dress, pictures: Mapping[str, bytes]) -> bytes:
    """Return the report as PDF/UA-1; `pictures` are JPEG bytes by card.

    Raises Busy with a sentence when the work was not done in time, or was ended from outside.
    """
    with tempfile.TemporaryDirectory(prefix="swipe-report-") as name:
        folder = Path(name)
        shutil.copyfile(LEAVES, folder / LEAVES.name)
        for card, data in pictures.items():
            (folder / f"{card}.jpg").write_bytes(data)
        if dress.logo:
            (folder / "logo.webp").write_bytes(dress.logo)
        words = json.dumps(_told(legible(report), dress, pictures), ensure_ascii=False)
        (folder / "report.json").write_text(words, encoding="utf-8")
        return _set_in_type(folder)


def _told(report: Report, dress: Dress, pictures: Mapping[str, bytes]) -> dict[str, Any]:
    found = asdict(report)
    found["pictures"] = {
        card: {"alt": picture["alt"], "file": f"{card}.jpg" if card in pictures else None}
        for card, picture in found["pictures"].items()
    }
    return {
        **found,
        "accent": dress.accent,
        "logo": "logo.webp" if dress.logo else None,
        "plate": dress.plate,
    }


def _set_in_type(folder: Path) -> bytes:
    try:
        with _one_at_a_time:
            ended = subprocess.run(  # noqa: S603 - our own interpreter and our own file
                [sys.executable, "-I", _CHILD, str(folder)],
                capture_output=True,
                timeout=PATIENCE,
                check=False,
                env=_surroundings(),
                start_new_session=True,  # a signal to us is not one to it
            )
    except subprocess.TimeoutExpired as error:
        raise Busy(_unfinished()) from error
    if ended.returncode < 0:
        raise Busy(_unfinished())
    if ended.returncode:
        raise RuntimeError(ended.stderr.decode("utf-8", "replace")[-2000:])
    return ended.stdout


def _surroundings() -> dict[str, str]:
    """Return what the child knows of its surroundings: nothing secret."""
    return {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}


def _unfinished() -> str:
    return _("Rapporten blev ikke færdig i tide. Prøv igen om lidt.")
