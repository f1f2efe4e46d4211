"""In which language a citizen's page answers: the one asked for, else one that the reader speaks.

Nothing is stored. `?lang=` says what was asked for and follows along the links of a page; without
it the browser's own wish counts, so such a reply varies with Accept-Language.
"""

from collections.abc import Collection
from datetime import datetime
from urllib.parse import urlencode

from babel.dates import format_skeleton
from flask import Flask, Response, request
from flask_babel import get_locale, refresh, to_user_timezone

from swipe import catalogues
from swipe.catalogues import SOURCE_LANGUAGE

CARRIED = ("c", "preview", "kiosk")  # of an address, from one language to the next


def asked(offered: Collection[str]) -> str | None:
    """Return the language that the address asks for, None where it names none that is offered."""
    named = request.args.get("lang")
    return named if named in offered else None


def choose(offered: Collection[str]) -> str:
    """Return the offered language that suits the reader best; Danish where none does.

    That is the one asked for, else the first that the browser names: "de-AT" is German to us.
    """
    named = (one.lower().partition("-")[0] for one, quality in request.accept_languages if quality)
    wished = (SOURCE_LANGUAGE if one == "*" else one for one in named)
    return asked(offered) or next((one for one in wished if one in offered), SOURCE_LANGUAGE)


def speak(language: str) -> str:
    """Let the rest of this reply use a language's words; Danish where it has no catalogue.

    Returns the language that is spoken from here on.
    """
    spoken = language if language in catalogues.spoken() else SOURCE_LANGUAGE
    request.environ["swipe.language"] = spoken
    refresh()
    return spoken


def hear() -> str:
    """Speak the language that suits the reader best of all we have words in; return it."""
    return speak(choose(catalogues.spoken()))


def init_app(app: Flask) -> None:
    """Give templates what a page in any language needs, and unknown addresses a reader."""
    app.before_request(_hear_strangers)
    app.add_template_filter(day_of)
    app.add_template_global(along)
    app.add_template_global(address_in)


def _hear_strangers() -> None:
    """Answer in the reader's language where there is nothing at an address."""
    if request.endpoint is None:
        hear()


def day_of(moment: datetime, parts: str = "MMMMd") -> str:
    """Return the local day of a moment as the language writes it: "21. november".

    Digits are Latin in every language, also in Arabic, where both kinds are read: figures look
    alike on the page, in the app and on paper.
    """
    locale = get_locale()
    assert locale is not None
    said: str = format_skeleton(parts, to_user_timezone(moment), locale=locale)
    return said


def varies(reply: Response) -> Response:
    """Tell caches that a page may come in another language to another reader."""
    reply.vary.add("Accept-Language")
    return reply


def along(path: str) -> str:
    """Return one of our addresses in the language that was asked for, if one was."""
    language = asked(catalogues.spoken())
    return f"{path}?lang={language}" if language else path


def address_in(language: str) -> str:
    """Return this very address in another language; what else it carries stays."""
    carried = {name: request.args[name] for name in CARRIED if name in request.args}
    return "?" + urlencode({"lang": language, **carried})
