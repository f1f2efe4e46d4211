"""Swipe: a local area says in two minutes what it wants more of."""

import os
from datetime import timedelta
from pathlib import Path

from flask import Flask, has_request_context, request
from flask_babel import Babel
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from swipe import about, config, static, web
from swipe.accounts import access, login
from swipe.accounts import pages as accounts_pages
from swipe.areas import pages as areas_pages
from swipe.areas.models import demo_mark
from swipe.db import db, prepare
from swipe.insight import api as insight_api
from swipe.media import pages as media_pages
from swipe.participation import api as participation_api
from swipe.participation import pages as participation_pages
from swipe.participation import shell
from swipe.reports import pages as reports_pages
from swipe.surveys import api as surveys_api
from swipe.surveys import pages as surveys_pages

__version__ = "0.1.0"
MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def create_app(data: str | os.PathLike[str] | None = None) -> Flask:
    """Build the web program from the settings; `data` overrides SWIPE_DATA."""
    settings = config.load(data)
    app = Flask(__name__, static_folder=None)
    app.config.update(flask_settings(settings))
    _database(app)
    style = shell.read_css(static.source())
    web.init_app(app, shell.csp_hash(style))
    static.init_app(app)
    Babel(app, locale_selector=language, timezone_selector=lambda: settings.timezone.key)
    web.limiter.init_app(app)
    csrf = CSRFProtect(app)
    access.guard(app, login.current_staff)
    api = web.ProblemApi(app)
    for blueprint in (participation_api.bp, surveys_api.bp, insight_api.bp):
        api.register_blueprint(blueprint)
        csrf.exempt(blueprint)
    app.extensions["swipe-api"] = api
    for pages in (
        about,
        participation_pages,
        media_pages,
        accounts_pages,
        areas_pages,
        surveys_pages,
        reports_pages,
    ):
        app.register_blueprint(pages.bp)
    app.context_processor(lambda: page_facts(app, style))
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    return app


def flask_settings(settings: config.Config) -> dict[str, object]:
    """Return what Flask and its libraries want to know, from our own settings."""
    return {
        "SWIPE": settings,
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SESSION_COOKIE_NAME": "__Host-swipe" if settings.secure else "swipe",
        "SESSION_COOKIE_SECURE": settings.secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "MAX_CONTENT_LENGTH": 151 * 1024 * 1024,
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
        "dir": "ltr",
        "municipality": settings.municipality,
        "contact": settings.contact,
        "demo": web.demo_words(demo_mark()),
        "staff": login.current_staff,
        "static_url": static.url,
        "lang": language(),
    }


def language() -> str:
    """Return the language of this reply; Danish until a survey offers others."""
    return str(request.environ.get("swipe.language", "da")) if has_request_context() else "da"


def _database(app: Flask) -> None:
    settings: config.Config = app.config["SWIPE"]
    if settings.sqlite:
        settings.data.mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    Migrate(app, db, directory=str(MIGRATIONS))
    with app.app_context():
        prepare(db.engine)
