"""Pictures into the card set: one request per file with scripts, up to ten in one form without."""

import re
import uuid
from collections.abc import Sequence

from flask import Blueprint, jsonify, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from swipe.accounts.access import access
from swipe.accounts.redirecting import done, refused
from swipe.db import db
from swipe.decks import card_adding, set_pages
from swipe.decks.card_adding import AlreadyHere, Rights
from swipe.decks.card_placing import Spot, spot_from
from swipe.decks.set_pages import Refused
from swipe.errors import Invalid, SwipeError
from swipe.media.parts import contents

bp = Blueprint("uploads", __name__)
_DIGEST = re.compile(r"[0-9a-f]{64}")


@bp.post("/surveys/<uuid:survey_id>/cards")
@access("editor")
def upload(survey_id: uuid.UUID) -> Response | str:
    """Take pictures in. A file that cannot be used is named with its reason; the others stay."""
    files = [file for file in request.files.getlist("pictures") if file.filename]
    theme = request.form.get("theme", "")
    taken, left_out = _take(survey_id, files, theme)
    if request.accept_mimetypes.best == "application/json":
        return _told(taken, left_out)
    if left_out:
        return set_pages.drawn(survey_id, left_out, taken)
    if not files:
        here = url_for("decks.set.cards", survey_id=survey_id)
        return refused(Invalid(_("Vælg et eller flere billeder først.")), here)
    again = url_for("decks.set.cards", survey_id=survey_id, theme=theme)
    said = ngettext("%(num)s billede er lagt op.", "%(num)s billeder er lagt op.", taken)
    return done(said, again)


@bp.post("/surveys/<uuid:survey_id>/cards/known")
@access("editor")
def known(survey_id: uuid.UUID) -> Response:
    """Add a card without any bytes when the same file came before; `known` says whether it did."""
    digest, name = request.form.get("digest", ""), request.form.get("name", "")
    theme = request.form.get("theme", "")
    if not _DIGEST.fullmatch(digest):
        return jsonify(known=False)
    try:
        card = card_adding.add_known(survey_id, digest, name, theme, _rights(), _spot())
    except SwipeError as error:
        db.session.rollback()
        return _told(0, [_refusal(name, error)], known=True)
    db.session.commit()
    return _told(1, [], known=True) if card else jsonify(known=False)


def _take(
    survey_id: uuid.UUID, files: Sequence[FileStorage], theme: str
) -> tuple[int, list[Refused]]:
    """Add a card for every file that can be used, each kept before the next is begun.

    Decoding takes a good part of a second: no lock may be held meanwhile, or citizens wait.
    """
    taken, left_out = 0, []
    for file in files:
        name = file.filename or _("Uden navn")
        db.session.rollback()
        try:
            card_adding.add_card(survey_id, contents(file), name, theme, _rights(), _spot())
        except OperationalError:
            db.session.rollback()
            left_out.append(Refused(name, _("Der er travlt lige nu. Prøv igen om lidt.")))
            continue
        except SwipeError as error:
            db.session.rollback()
            left_out.append(_refusal(name, error))
            continue
        db.session.commit()
        taken += 1
    return taken, left_out


def _rights() -> Rights:
    return Rights(request.form.get("licence", ""), request.form.get("credit", ""))


def _spot() -> Spot | None:
    return spot_from(request.form.get("batch", ""), request.form.get("place", type=int))


def _refusal(name: str, error: SwipeError) -> Refused:
    return Refused(name, error.detail, isinstance(error, AlreadyHere))


def _told(taken: int, left_out: Sequence[Refused], **facts: bool) -> Response:
    return jsonify(taken=taken, refused=[one._asdict() for one in left_out], **facts)
