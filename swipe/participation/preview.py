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

    While variants are not made, or where they cannot be, it is the file at `placeholder`: what a
    cut leaves out is for editors alone, and a link may reach anybody.
    """
    source = {"type": "image/svg+xml", "width": 480, "url": placeholder}
    calm = {"width": 480, "height": 640, "sources": [source]}
    cards = [
        card if card["picture"]["sources"] else {**card, "picture": card["picture"] | calm}
        for card in deck["cards"]
    ]
    return {**deck, "cards": cards}
