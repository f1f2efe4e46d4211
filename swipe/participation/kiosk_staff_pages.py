"""The staff pages about kiosks: the list of an area, and each with its address, code and help."""

from datetime import date, datetime

from flask import Blueprint, current_app, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from swipe.accounts.access import access
from swipe.accounts.redirecting import done, refused
from swipe.areas.editing import area_or_404
from swipe.db import db, only_read
from swipe.errors import Invalid, SwipeError
from swipe.participation import kiosks
from swipe.participation.kiosk_models import Kiosk, kiosks_of
from swipe.surveys import sharing

bp = Blueprint("kiosks", __name__, url_prefix="/admin/areas/<area>/kiosks")


@bp.get("")
@access("editor")
def all_of(area: str) -> str:
    """Show the kiosks of an area, and the form for another."""
    return _list(area)


@bp.post("")
@access("editor")
def add(area: str) -> Response | tuple[str, int]:
    """Set up a kiosk, and lead to its page."""
    name, channel = request.form.get("name", ""), request.form.get("channel", "")
    try:
        token = kiosks.add_kiosk(area, name, channel, today=_today()).token
    except Invalid as error:
        only_read()
        return _list(area, typed=name, wrong=error.detail), 422
    db.session.commit()
    sentence = _("Kiosken er klar. Åbn nu adressen på tabletten.")
    return done(sentence, url_for("kiosks.one", area=area, token=token))


@bp.get("/<token>")
@access("editor")
def one(area: str, token: str) -> str:
    """Show how a tablet becomes this kiosk."""
    return _one(kiosks.kiosk_or_404(area, token))


@bp.post("/<token>")
@access("editor")
def rename(area: str, token: str) -> Response | tuple[str, int]:
    """Give a kiosk another name."""
    name = request.form.get("name", "")
    try:
        kiosks.rename_kiosk(area, token, name)
    except Invalid as error:
        only_read()
        return _one(kiosks.kiosk_or_404(area, token), typed=name, wrong=error.detail), 422
    db.session.commit()
    return done(_("Navnet er ændret."), url_for("kiosks.one", area=area, token=token))


@bp.post("/<token>/withdrawal")
@access("editor")
def withdraw(area: str, token: str) -> Response:
    """Let a kiosk's address lead nowhere."""
    try:
        name = kiosks.withdraw_kiosk(area, token, today=_today()).name
    except SwipeError as error:
        return refused(error, url_for("kiosks.all_of", area=area))
    db.session.commit()
    return done(_("Kiosken %(name)s er lukket.", name=name), url_for("kiosks.all_of", area=area))


def _today() -> date:
    return datetime.now(current_app.config["SWIPE"].timezone).date()


def _list(area: str, typed: str = "", wrong: str = "") -> str:
    return render_template(
        "admin/kiosks.html",
        area=area_or_404(area),
        kiosks=kiosks_of(area),
        channels=kiosks.channels_of(area),
        typed=typed,
        wrong=wrong,
    )


def _one(kiosk: Kiosk, typed: str | None = None, wrong: str = "") -> str:
    address = sharing.whole_address("kiosk.kiosk", token=kiosk.token)
    return render_template(
        "admin/kiosk.html",
        area=area_or_404(kiosk.area),
        kiosk=kiosk,
        channel=kiosks.channels_of(kiosk.area).get(kiosk.channel or ""),
        address=address,
        code=sharing.code_of(address),
        here_only=sharing.here_only(address),
        typed=kiosk.name if typed is None else typed,
        wrong=wrong,
    )
