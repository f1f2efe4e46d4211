"""Swipe: a local area says in two minutes what it wants more of."""

import gc
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from flask import Flask, g, has_request_context, request
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.middleware.proxy_fix import ProxyFix

from swipe import about, catalogues, config, hearing, static, web
from swipe.accounts import access, login
from swipe.accounts import pages as accounts_pages
from swipe.alerts import pages as alerts_pages
from swipe.areas import pages as areas_pages
from swipe.areas.models import demo_mark
from swipe.brand import pages as brand_pages
from swipe.brand.logo import MAX_BYTES as LOGO_BYTES
from swipe.brand.look import Look
from swipe.brand.models import USUAL, shown
from swipe.db import db, engine_options, make_private, prepare, reading
from swipe.decks import pages as decks_pages
from swipe.insight import api as insight_api
from swipe.inspection import pages as inspection_pages
from swipe.media import pages as media_pages
from swipe.media import parts
from swipe.media.decoding import MAX_BYTES
from swipe.outreach import api as outreach_api
from swipe.outreach import pages as outreach_pages
from swipe.participation import api as participation_api
from swipe.participation import (
    kiosk_pages,
    kiosk_staff_pages,
    mine_pages,
    offline_pages,
    preview_pages,
    shell,
    strings,
)
from swipe.participation import pages as participation_pages
from swipe.reports import api as reports_api
from swipe.reports import pages as reports_pages
from swipe.reports.screen import pages as screen_pages
from swipe.surveys import api as surveys_api
from swipe.surveys import pages as surveys_pages
from swipe.surveys.languages import LANGUAGES, direction

__version__ = "0.1.0"
MIGRATIONS = Path(__file__).resolve().parent / "migrations"
MIB = 1024 * 1024
T = TypeVar("T")
# Where every file of a form has its own limit, in bytes.
FILE_VIEWS = {
    "decks.uploads.upload": MAX_BYTES,
    "decks.cards.pictures.put": MAX_BYTES,
    "decks.cards.pictures.choose": MAX_BYTES,
    "decks.deck_import.check": 150 * MIB,
    "brand.put_logo": LOGO_BYTES,
}
# The views that take more than MAX_CONTENT_LENGTH, from those who may use them. A form with files
# is read to its end and what is beyond a file's limit dropped: only so the sentence arrives.
BODY_LIMITS = {
    **dict.fromkeys(FILE_VIEWS, 1024 * MIB),
    "areas_admin.imports.areas": 5 * MIB,
    "areas_admin.imports.residents": 5 * MIB,
    "areas_admin.boundaries.put": 12 * MIB,
}


def create_app(data: str | os.PathLike[str] | None = None) -> Flask:
    """Build the web program from the settings; `data` overrides SWIPE_DATA."""
    settings = config.load(data)
    app = Flask(__name__, static_folder=None)
    app.config.update(flask_settings(settings))
    _database(app)
    static.init_app(app, strings.files())
    style = shell.read_css(static.published(app, "pwa"))
    web.init_app(app, shell.csp_hash(style))
    catalogues.Speech(app, locale_selector=locale, timezone_selector=lambda: settings.timezone.key)
    web.limiter.init_app(app)
    parts.init_app(app, FILE_VIEWS)
    hearing.init_app(app)
    access.guard(app, login.current_staff, BODY_LIMITS)  # before anything reads a form
    csrf = CSRFProtect(app)
    app.before_request(web.refuse_nul)
    api = web.ProblemApi(app)
    for blueprint in (
        participation_api.bp,
        surveys_api.bp,
        insight_api.bp,
        reports_api.bp,
        outreach_api.bp,
    ):
        api.register_blueprint(blueprint)
        csrf.exempt(blueprint)
    app.extensions["swipe-api"] = api
    for pages in (
        about,
        participation_pages,
        media_pages,
        accounts_pages,
        areas_pages,
        brand_pages,
        surveys_pages,
        inspection_pages,
        decks_pages,
        preview_pages,
        kiosk_pages,
        kiosk_staff_pages,
        mine_pages,
        offline_pages,
        outreach_pages,
        alerts_pages,
        reports_pages,
        screen_pages,
    ):
        app.register_blueprint(pages.bp)
    app.context_processor(lambda: page_facts(app, style))
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    # What is there now stays for good. Looking through it for garbage, again and again, made a
    # page of three thousand areas half as slow again.
    gc.freeze()
    return app


def flask_settings(settings: config.Config) -> dict[str, object]:
    """Return what Flask and its libraries want to know, from our own settings."""
    return {
        "SWIPE": settings,
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.sqlite),
        "SESSION_COOKIE_NAME": "__Host-swipe" if settings.secure else "swipe",
        "SESSION_COOKIE_SECURE": settings.secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "MAX_CONTENT_LENGTH": MIB,
        "MAX_FORM_MEMORY_SIZE": 500_000,
        "MAX_FORM_PARTS": 400,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "RATELIMIT_ENABLED": settings.limits,
        "RATELIMIT_STORAGE_URI": settings.limit_storage,
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": settings.limit_storage != "memory://",
        "RATELIMIT_HEADERS_ENABLED": False,
        "BABEL_DEFAULT_LOCALE": "da",
        "API_TITLE": "Swipe",
        "API_VERSION": "v1",
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": None,
    }


def page_facts(app: Flask, style: str) -> dict[str, object]:
    """Return what every page may show: municipality, demo mark, language, our own files."""
    settings: config.Config = app.config["SWIPE"]
    return {
        "css": style,
        "build": app.extensions["builds"]["pwa"],
        "dir": direction(language()),
        "municipality": settings.municipality,
        "contact": settings.contact,
        "demo": web.demo_words(last_read(app, "demo-mark", demo_mark)),
        "look": Look(last_read(app, "look", shown) or USUAL, allow_style),
        "staff": login.current_staff,
        "static_url": static.url,
        "lang": language(),
        "language_names": LANGUAGES,
        "offered": [one for one in LANGUAGES if one in catalogues.spoken()],
    }


def allow_style(text: str) -> None:
    """Let this reply carry one more style block."""
    web.allow_style(shell.csp_hash(text))


def last_read(app: Flask, name: str, read: Callable[[], T]) -> T | None:
    """Return what every page reads; the page of a fault shows the last one and asks nobody.

    A database that does not answer must never keep the page that says so from being shown.
    """
    status = g.get("error_status", 200)
    if status < 500:
        try:
            with reading():
                app.extensions[name] = read()
        except SQLAlchemyError:
            if status < 400:
                raise
            db.session.rollback()
    known: T | None = app.extensions.get(name)
    return known


def language() -> str:
    """Return the language of this reply: Danish, unless a page says that it speaks another."""
    return str(request.environ.get("swipe.language", "da")) if has_request_context() else "da"


def locale() -> str:
    """Return how this reply writes days and numbers."""
    return catalogues.locale_of(language())


def _database(app: Flask) -> None:
    settings: config.Config = app.config["SWIPE"]
    if settings.sqlite:
        try:
            make_private(settings.database_file)
        except OSError as error:
            raise config.unwritable(settings.data, error) from error
    db.init_app(app)
    Migrate(app, db, directory=str(MIGRATIONS))
    with app.app_context():
        prepare(db.engine)
