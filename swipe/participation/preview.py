"""The link to a preview, signed: a draft is seen by those who were given it, and by nobody else.

Reads and signs; writes nothing.
"""

import uuid
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from itsdangerous import BadData, URLSafeTimedSerializer

from swipe.db import db
from swipe.errors import NotFound
from swipe.media.models import Picture
from swipe.media.reading import address
from swipe.media.variants import SHAPE
from swipe.surveys.models import Survey

SALT = "swipe.preview"  # a signature made for anything else opens no preview
DAYS = 14


def token_for(survey_id: uuid.UUID) -> str:
    """Return what opens the preview of a survey for DAYS days; nothing is stored."""
    return _signer().dumps(survey_id.hex)


def survey_behind(token: str, area: str) -> Survey:
    """Return the survey a token was signed for, whatever its state.

    Raises NotFound, with one and the same sentence, for a token that is wrong or too old, for
    another area's, and where the survey is gone: the answer tells nobody that a draft is there.
    """
    try:
        survey = db.session.get(Survey, uuid.UUID(_signer().loads(token, max_age=DAYS * 86_400)))
    except BadData:
        survey = None
    if survey is None or survey.area != area:
        raise NotFound(_("Linket til prøven virker ikke længere. Bed om et nyt."))
    return survey


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SWIPE"].secret_key, salt=SALT)


def with_stand_ins(deck: dict[str, Any], placeholder: str) -> dict[str, Any]:
    """Return a deck in which every card has a picture to show.

    While variants are not made it is the whole safe picture, which the page cuts itself: `at`
    says where. Where the picture cannot be used it is the file at `placeholder`.
    """
    bare = [card["picture"]["digest"] for card in deck["cards"] if not card["picture"]["sources"]]
    found = db.session.query(Picture).where(Picture.digest.in_(bare)).all() if bare else []
    stand_ins = {picture.digest: _stand_in(picture, placeholder) for picture in found}
    cards = [
        {**card, "picture": card["picture"] | stand_ins.get(card["picture"]["digest"], {})}
        for card in deck["cards"]
    ]
    return {**deck, "cards": cards}


def _stand_in(picture: Picture, placeholder: str) -> dict[str, Any]:
    if picture.state == "failed":
        source = {"type": "image/svg+xml", "width": 480, "url": placeholder}
        return {"width": 480, "height": 640, "sources": [source]}
    url = address(f"{picture.master}.jpg")
    return {"sources": [{"type": "image/jpeg", "width": picture.width, "url": url}]} | _cut(picture)


def _cut(picture: Picture) -> dict[str, Any]:
    """Return where a card cuts the whole picture, as the worker will: the focus in the middle.

    `at` is a CSS position: the part of what is left over that falls away before the cut.
    """
    wide, high = SHAPE
    width = min(picture.width, picture.height * wide // high)
    height = min(picture.height, picture.width * high // wide)
    across = _part_before(picture.width, width, picture.focus_x)
    down = _part_before(picture.height, height, picture.focus_y)
    return {"at": f"{across}% {down}%"}


def _part_before(whole: int, cut: int, focus: int) -> int:
    spare = whole - cut
    before = min(max(whole * focus / 100 - cut / 2, 0), spare)
    return round(100 * before / spare) if spare else 50
