"""The edge of the program: body to values, error to answer, headers on every reply."""

import traceback
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import brotli
import orjson
from flask import Flask, Request, Response, current_app, g, render_template, request
from flask.json.provider import JSONProvider
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_babel import gettext as _
from flask_limiter import Limiter
from flask_limiter.errors import RateLimitExceeded
from flask_limiter.util import get_remote_address
from flask_smorest import Api
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException, NotFound

from swipe import strictjson
from swipe.db import db, described, mark_reading
from swipe.errors import Busy, Invalid, Malformed, SwipeError, TooLarge, WrongType
from swipe.errors import NotFound as NoSuchThing

limiter = Limiter(key_func=get_remote_address)
BODY_LIMIT = 64 * 1024
DISCARD_LIMIT = 16 * 1024 * 1024
UNLIMITED = 1 << 40
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
CSP = {
    "default-src": "'self'",
    "img-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}


class OrjsonProvider(JSONProvider):
    """Replies through orjson; what it cannot write is a programming error."""

    def dumps(self, obj: Any, **_kwargs: Any) -> str:
        return orjson.dumps(obj).decode()

    def loads(self, s: str | bytes, **_kwargs: Any) -> Any:
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Response:
        return Response(
            orjson.dumps(self._prepare_response_obj(args, kwargs)), mimetype="application/json"
        )


class Sessions(SecureCookieSessionInterface):
    """Signed cookies that never ride on a reply which any cache may keep for others."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie where it changed and the reply is for one person only."""
        super().save_session(app, session, response)
        if response.cache_control.public:
            response.headers.pop("Set-Cookie", None)


class ProblemApi(Api):
    """One shape for every error of the API; the library's own would drop headers."""

    def handle_http_exception(self, error: HTTPException) -> Any:
        return answer_http_error(error)


def read_json(incoming: Request) -> Any:
    """Return the parsed body of a JSON request.

    Raises WrongType (415), TooLarge (413, after reading the rest away so that the answer
    arrives) or Malformed (400).
    """
    if incoming.mimetype != "application/json":
        raise WrongType(_("Send indholdet som application/json."))
    incoming.max_content_length = UNLIMITED  # counted here, so that the rest can be read away
    if (incoming.content_length or 0) > BODY_LIMIT:
        _discard(incoming)
        raise TooLarge(_("Indholdet er for stort. Grænsen er 64 KiB."))
    body = incoming.stream.read(BODY_LIMIT + 1)
    if len(body) > BODY_LIMIT:
        _discard(incoming)
        raise TooLarge(_("Indholdet er for stort. Grænsen er 64 KiB."))
    return strictjson.parse(body)


def _discard(incoming: Request) -> None:
    left = DISCARD_LIMIT
    while left > 0 and (chunk := incoming.stream.read(min(left, 1 << 16))):
        left -= len(chunk)


def problem(status: int, slug: str, detail: str, **facts: Any) -> Response:
    """Build a problem document (RFC 9457)."""
    body = {
        "type": f"/problems/{slug}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **facts,
    }
    reply = Response(orjson.dumps(body), status, mimetype="application/problem+json")
    reply.headers["Cache-Control"] = "no-store"
    return reply


def wants_json() -> bool:
    """Whether the reader of this answer is a program."""
    return request.path.startswith("/api/")


def refuse_nul() -> None:
    """Refuse the character NUL, which PostgreSQL cannot store, in address and form.

    Raises Malformed (400); NotFound (404) for an address of the API, which names nothing. What
    the API is sent is read, and looked through, by read_json alone.
    """
    if "\0" in request.path and wants_json():
        raise NoSuchThing(_("Der er ikke noget på denne adresse."))
    if any("\0" in text for text in _texts_sent()):
        raise Malformed(_("Teksten indeholder tegnet NUL."))


def _texts_sent() -> Iterator[str]:
    yield request.path
    for name, text in request.args.items(multi=True):
        yield name + text
    if request.mimetype in FORMS and not wants_json():
        for name, text in request.form.items(multi=True):
            yield name + text
        for name, file in request.files.items(multi=True):
            yield name + (file.filename or "")


def _page(status: int, title: str, sentence: str) -> Response:
    g.error_status = status  # the page is drawn without what may be broken
    page = render_template("citizen/error.html", title=title, sentence=sentence, status=status)
    reply = Response(page, status)
    reply.headers["Cache-Control"] = "no-store"
    return reply


def answer_error(error: SwipeError) -> Response:
    """Answer one of our own refusals."""
    if wants_json():
        facts = {key: value for key, value in error.facts.items() if value is not None}
        reply = problem(error.status, error.slug, error.detail, **facts)
    else:
        reply = _page(error.status, _("Det gik ikke"), error.detail)
    if error.status == 503:
        reply.headers["Retry-After"] = "2"
    return reply


def answer_http_error(error: HTTPException) -> Response:
    """Answer an error of the framework in our shape, keeping its headers (Allow, Retry-After)."""
    status = error.code or 500
    title, sentence = _words(error)
    reply = problem(status, "http", sentence) if wants_json() else _page(status, title, sentence)
    for name, value in error.get_headers(request.environ):
        if name.lower() not in ("content-type", "content-length"):
            reply.headers[name] = value
    if isinstance(error, RateLimitExceeded):
        reply.headers.setdefault("Retry-After", "10")
    return reply


def _words(error: HTTPException) -> tuple[str, str]:
    if isinstance(error, NotFound):
        return _("Siden findes ikke"), _("Der er ikke noget på denne adresse.")
    if isinstance(error, CSRFError):
        return _("Prøv igen"), _("Siden var åben for længe. Gå tilbage, genindlæs og prøv igen.")
    if isinstance(error, RateLimitExceeded):
        return _("Vent lidt"), _("Der kom for mange forsøg på kort tid. Prøv igen om lidt.")
    if error.code == 413:
        return _("For stort"), _("Det, du sendte, er for stort.")
    if error.code == 401:
        return _("Du er logget ud"), _(
            "Log ind i et nyt vindue. Gå så tilbage hertil, og prøv igen. Dine ord står der endnu."
        )
    if error.code == 403:
        return _("Du har ikke adgang"), _("Din konto kan ikke åbne siden. Spørg en administrator.")
    if error.code == 405:
        return _("Det går ikke"), _("Adressen kan ikke bruges på den måde.")
    return _("Det gik ikke"), _("Vi kunne ikke svare på det. Prøv igen.")


def _answer_locked(error: SQLAlchemyError) -> Response:
    """A database that let us wait too long is busy, not broken; anything else is a fault."""
    db.session.rollback()
    current_app.logger.warning("database: %s", described(error))
    return answer_error(Busy(_("Der er travlt lige nu. Prøv igen om lidt.")))


def _answer_fault(error: Exception) -> Response:
    db.session.rollback()
    _log_fault(error)
    if wants_json():
        return problem(500, "fault", _("Der skete en fejl hos os. Prøv igen om lidt."))
    return _page(500, _("Fejl hos os"), _("Der skete en fejl hos os. Prøv igen om lidt."))


def _log_fault(error: Exception) -> None:
    """Log where it went wrong; of a database error never the text, which may hold an answer."""
    source = next((one for one in _causes(error) if isinstance(one, SQLAlchemyError)), None)
    if source is None:
        current_app.logger.error("unexpected fault", exc_info=error)
        return
    places = "".join(traceback.format_tb(source.__traceback__))
    kind = type(error).__name__
    current_app.logger.error("unexpected fault: %s: %s\n%s", kind, described(source), places)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def allow_style(source: str) -> None:
    """Let this reply carry one more style block, by its source expression (`'sha256-…'`)."""
    g.styles = f"{g.get('styles', current_app.extensions['inline-style'])} {source}"


def policy(styles: str) -> str:
    """Return the content security policy with these sources of inline style."""
    whole = CSP | {"style-src": f"'self' {styles}"}
    return "; ".join(f"{kind} {value}" for kind, value in whole.items())


def _headers(reply: Response) -> Response:
    styles = g.get("styles", current_app.extensions["inline-style"])
    reply.headers.setdefault("Content-Security-Policy", policy(styles))
    reply.headers.setdefault("X-Content-Type-Options", "nosniff")
    reply.headers.setdefault("Referrer-Policy", "no-referrer")
    reply.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    reply.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if current_app.config["SWIPE"].secure:
        reply.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return reply


def compress(reply: Response) -> Response:
    """Send a public text reply in brotli where the phone takes it; never one with a secret."""
    if "br" in request.accept_encodings and len(reply.get_data()) > 600:
        reply.set_data(brotli.compress(reply.get_data(), quality=5))
        reply.headers["Content-Encoding"] = "br"
    reply.headers["Vary"] = "Accept-Encoding"
    return reply


def to_everybody(reply: Response) -> Response:
    """Hand out public figures: kept for ten seconds, known again by ETag, under their licence."""
    reply.headers["Cache-Control"] = "public, max-age=10"
    if licence := current_app.config["SWIPE"].licence_address:
        reply.headers["Link"] = f'<{licence}>; rel="license"'
    reply.add_etag()
    compress(reply).make_conditional(request)
    return reply


def demo_words(mark: str | None) -> str | None:
    """Return what every page of a demo city says, None in a real one."""
    if mark == "demo":
        return _("Prøveby · tallene er opdigtede")
    return _("Prøveby") if mark == "empty" else None


def invalid(errors: dict[str, Any]) -> Invalid:
    """Build the refusal of a document whose `errors` name each wrong place."""
    return Invalid(_("Noget i indholdet er ikke gyldigt."), errors=errors)


def init_app(app: Flask, inline_style: str) -> None:
    """Install the handlers, headers and the reading mark.

    `inline_style` is the source expression (`'sha256-…'`) of the style block of all citizen pages.
    """
    app.extensions["inline-style"] = inline_style
    app.json = OrjsonProvider(app)
    app.session_interface = Sessions()
    app.register_error_handler(SwipeError, answer_error)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(OperationalError, _answer_locked)
    app.register_error_handler(NoConnection, _answer_locked)
    app.register_error_handler(Exception, _answer_fault)
    app.before_request(lambda: mark_reading(request.method in ("GET", "HEAD", "OPTIONS")))
    app.after_request(_headers)
