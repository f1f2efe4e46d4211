"""Names inside sentences: put together with commas, and each kept in its own direction."""

import unicodedata
from collections.abc import Sequence

from flask_babel import gettext as _

_OPEN, _CLOSE = "\u2068", "\u2069"  # first strong isolate, and its end
_RIGHT_TO_LEFT = ("R", "AL")


def isolated(name: str) -> str:
    """Return a name that moves nothing beside it, even where it is written from the right."""
    turned = any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in name)
    return f"{_OPEN}{name}{_CLOSE}" if turned else name


def together(names: Sequence[str]) -> str:
    """Return names as people say them in a row: Bolbro, Lumby og Stige."""
    told = [isolated(name) for name in names]
    if len(told) < 2:
        return "".join(told)
    return _("%(several)s og %(last)s", several=", ".join(told[:-1]), last=told[-1])
