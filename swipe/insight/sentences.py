"""Pure: the few Danish sentences that stand in a document itself."""

from collections.abc import Sequence
from gettext import NullTranslations

# Marks the texts for the catalogue without translating: a document is written once, in
# Danish, and its digest covers the sentence. Pages in other languages translate the ids.
_ = NullTranslations().gettext

INTERVAL_LABEL = _("Usikkerhed, hvis deltagerne var tilfældigt udvalgt")
_CLEAR = _("%(first)s ligger klart først.")
_SHARED = _("Delt førsteplads: %(themes)s.")
_AND = _("%(themes)s og %(last)s")
_NO_CHOICE = _("Der er ikke flere temaer at vælge mellem.")


def verdict_sentence(names: Sequence[str], clear: bool) -> str:
    """Return the verdict in words; `names` are the themes that may be first, best first."""
    if not names:
        return _NO_CHOICE
    if clear:
        return _CLEAR % {"first": names[0]}
    *some, last = names
    return _SHARED % {"themes": _AND % {"themes": ", ".join(some), "last": last}}
