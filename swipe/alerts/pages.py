"""The page where a member of staff chooses what she is told of, and tries whether it arrives."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Blueprint, current_app, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from swipe import web
from swipe.accounts.access import access
from swipe.accounts.login import current_staff
from swipe.accounts.models import Staff
from swipe.accounts.redirecting import done, refused
from swipe.alerts import choosing, looking, noting, troubles, trying
from swipe.alerts.alert_desk import desk_of
from swipe.alerts.alert_words import kind_hints, kind_names, short_names
from swipe.alerts.choosing import Choice
from swipe.alerts.models import WAYS
from swipe.alerts.troubles import NotDelivered
from swipe.areas.models import demo_mark
from swipe.config import Config
from swipe.db import db, glance, only_read
from swipe.errors import Conflict, Invalid, SwipeError
from swipe.hook_hosts import named

bp = Blueprint("alerts", __name__, url_prefix="/planner/alerts")
TRIALS = "6 per minute"


@bp.get("")
@access("planner")
def mine() -> str:
    """Show what I am told of, and what became of it."""
    return _page(choosing.choice_of(_me().id), {})


@bp.post("")
@access("planner")
def choose() -> Response | tuple[str, int]:
    """Keep what I want to be told of; what was typed stays where something is wrong."""
    asked, now = request.form, datetime.now(UTC)
    kinds, by_mail = asked.getlist("kinds"), "by_mail" in asked
    try:
        wanted = choosing.checked(kinds, by_mail, asked.get("webhook", ""), _settings())
        facts = _facts(now) if wanted.kinds else frozenset()  # read before anything is locked
        choosing.choose(_me().id, wanted, facts, now)
    except Invalid as error:
        only_read()
        typed = Choice(tuple(kinds), by_mail, asked.get("webhook", "")[: choosing.LONGEST])
        return _page(typed, error.facts["errors"]), 422
    except SwipeError as error:
        return refused(error, _here())
    db.session.commit()
    off = _("Du får ingen beskeder.")
    return done(
        _("Gemt. Du får besked om det, der sker fra nu af.") if wanted.kinds else off, _here()
    )


@bp.post("/trial")
@access("planner")
@web.limiter.limit(TRIALS)
def send_trial() -> Response:
    """Send me a message that only shows that messages arrive, and say what happened."""
    me, way = _me(), request.form.get("way", "")
    with glance():  # nothing is locked and no connection held while it is sent
        address, mark = choosing.choice_of(me.id).webhook, web.demo_words(demo_mark())
    try:
        if way == "webhook":
            trying.post_trial(_settings(), address, mark)
        else:
            trying.mail_trial(_settings(), me.email, mark)
    except NotDelivered as error:
        words = (troubles.reason(error.code), troubles.advice(error.code))
        return refused(Conflict(_("Prøven kom ikke afsted.") + f" {' '.join(words)}"), _here())
    if way == "webhook":
        return done(_("Prøven er sendt, og programmet i den anden ende tog imod den."), _here())
    return done(_("Prøven er sendt til %(to)s. Se i din indbakke.", to=me.email), _here())


@bp.post("/again")
@access("planner")
def send_again() -> Response:
    """Try once more what was given up."""
    count = noting.try_again(_me().id, datetime.now(UTC))
    db.session.commit()
    if not count:
        return done(_("Der er ikke noget at sende igen."), _here())
    said = ngettext(
        "Vi prøver igen med %(num)s besked.", "Vi prøver igen med %(num)s beskeder.", count
    )
    return done(said, _here())


def _page(typed: Choice, errors: Mapping[str, str]) -> str:
    settings, me = _settings(), _me()
    return render_template(
        "planner/alerts.html",
        typed=typed,
        errors=errors,
        kinds=kind_names(),
        hints=kind_hints(),
        short=short_names(),
        ways=choosing.ways_of(settings),
        starts=[f"https://{host}/" for host in named(settings.webhook_hosts)],
        saved=choosing.choice_of(me.id),
        desk=desk_of(me.id),
        way_names=dict(zip(WAYS, (_("E-mail"), _("Webhook")), strict=True)),
        troubles=troubles,
    )


def _facts(now: datetime) -> frozenset[tuple[uuid.UUID, str]]:
    settings = _settings()
    surveys = looking.watched(now, settings.timezone, settings.grace_days)
    return looking.facts_now(surveys, now)


def _me() -> Staff:
    me = current_staff()
    assert me is not None, "the guard lets nobody else in"
    return me


def _settings() -> Config:
    settings: Config = current_app.config["SWIPE"]
    return settings


def _here() -> str:
    return url_for("alerts.mine")
