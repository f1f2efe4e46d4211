"""An uploaded logo to a small picture of fresh pixels, made in a process with limits."""

import hashlib
from pathlib import Path
from typing import NamedTuple

from flask_babel import gettext as _

from swipe.errors import Invalid
from swipe.media.decoding import limited

MAX_BYTES = 2 * 1024 * 1024
DIGITS = 32
_CHILD = str(Path(__file__).with_name("logo_pixels.py"))


class Logo(NamedTuple):
    """A safe logo: WebP bytes, their digest, their size, and the plate it needs, if any."""

    data: bytes
    digest: str
    width: int
    height: int
    plate: str


def read(data: bytes) -> Logo:
    """Return the safe logo of an upload; the database is not touched.

    Raises Invalid with a sentence for what is no logo we take, and Busy when the work was ended
    from outside.
    """
    if not data:
        raise Invalid(_("Vælg en fil først."))
    if len(data) > MAX_BYTES:
        raise Invalid(too_large())
    word, made = limited(_CHILD, data)
    if not made:
        raise Invalid(_sentence(word))
    width, height, plate = word.split()
    digest = hashlib.sha256(made).hexdigest()[:DIGITS]
    return Logo(made, digest, int(width), int(height), "" if plate == "none" else plate)


def too_large() -> str:
    """Return the sentence about a file above the limit."""
    return _("Filen er for stor. Grænsen er 2 MB.")


def _sentence(word: str) -> str:
    known = {
        "svg": _("SVG kan ikke bruges her, for filen kan rumme programmer. Gem logoet som PNG."),
        "unknown": _("Filen er ikke et billede, vi kan læse. Brug PNG, JPEG eller WebP."),
        "pixels": _("Logoet har for mange punkter. Gem det, så det er under 16 megapixel."),
        "small": _("Logoet er for lille. Det skal være mindst 48 punkter højt."),
        "invisible": _("Logoet er helt gennemsigtigt. Vælg en fil, hvor man kan se det."),
        "heavy": _("Logoet er for tungt at læse. Gem det igen i en mindre størrelse."),
    }
    return known.get(word, _("Filen er beskadiget. Find logoet igen, eller vælg en anden fil."))
