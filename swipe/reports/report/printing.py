"""A report as a PDF: its words and pictures in a folder, which a child of ours sets in type."""

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from swipe.reports.children import output_of
from swipe.reports.report.shape import Dress, Report, legible

PATIENCE = 60  # seconds that a busy machine may take
LEAVES = Path(__file__).with_name("report.typ")
_CHILD = Path(__file__).with_name("typesetting.py")


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
        return output_of(_CHILD, folder, PATIENCE, _unfinished())


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


def _unfinished() -> str:
    return _("Rapporten blev ikke færdig i tide. Prøv igen om lidt.")
