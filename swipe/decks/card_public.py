"""What a card of a published survey may never lack, whoever writes it. Never commits."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from swipe.errors import Invalid
from swipe.inspection.deck_pictures import NAMING_LICENCES
from swipe.surveys.lacking import lacking

Facts = Mapping[str, Any]
FIELDS = ("title", "alt", "licence", "credit")


def refuse_lacking(before: Facts | None, after: Facts) -> None:
    """Raise Invalid, with `errors` by field, where a public card comes to lack what it needs.

    Both are whole rows of a card, `before` None for a new one. What was lacking before is no
    reason to refuse a change of something else.
    """
    known = _lacks(before) if before is not None else set()
    errors = {field: _sentences()[field] for field in FIELDS if field in _lacks(after) - known}
    if errors:
        raise Invalid(" ".join(dict.fromkeys(errors.values())), errors=errors)


def _lacks(row: Facts) -> set[str]:
    texts = (row["titles"], row["alts"], row["why"])
    found = lacking(texts, (), row["licence"], row["credit"])
    named = row["licence"] in NAMING_LICENCES
    return {field for field in FIELDS if getattr(found, field) and (named or field != "credit")}


def _sentences() -> dict[str, str]:
    empty = _("Feltet må ikke stå tomt, når undersøgelsen er offentlig.")
    return {
        "title": empty,
        "alt": empty,
        "licence": _("Vælg, hvem der må bruge billedet. Undersøgelsen er offentlig."),
        "credit": _("Skriv, hvem der har taget billedet. Undersøgelsen er offentlig."),
    }
