"""How firm the order of the themes is, and what weighting did to it, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from swipe.reports.method_codes import refusal
from swipe.reports.tongue import gettext as _

Shown = Mapping[str, Any]


@dataclass(frozen=True)
class Weights:
    """Whether the headline is weighted and far from the plain figures; else `why_not`."""

    weighted: bool
    differs: bool
    said: str
    why_not: list[str]


def certainty(themes: Sequence[Shown], names: Mapping[str, str], clear: bool) -> str | None:
    """Return whether the leading theme is first among all residents; None where it is not told.

    `themes` stand best first; below `likely` no theme is named. Where the verdict is not
    `clear` the sentence says that the first place is shared all the same. What it rests on is
    part of it: who chose to take part can move the order without any figure showing it.
    """
    words = {theme["theme"]: theme["truly_first"] for theme in themes if theme["truly_first"]}
    for slug, word in words.items():
        said = _named(word, names.get(slug, slug))
        if said:
            shared = "" if clear else " " + _("Det er ikke nok til at kåre én vinder.")
            return said + shared + " " + _("De, der er med, valgte det selv.")
    return _("Det er for tæt til at sige, hvad der er nr. 1 i hele området.") if words else None


def _named(word: str, theme: str) -> str | None:
    return {
        "very-likely": _(
            "Hvis deltagerne var tilfældigt udvalgt, er %(theme)s meget sandsynligt nr. 1 i hele "
            "området.",
            theme=theme,
        ),
        "likely": _(
            "Hvis deltagerne var tilfældigt udvalgt, er %(theme)s sandsynligvis nr. 1 i hele "
            "området.",
            theme=theme,
        ),
    }.get(word)


def weights(weighting: Shown) -> Weights:
    """Return what the page says of the weighting of a completed document."""
    if not weighting["weighted"]:
        said = _("Tallene er ikke vægtet. Alle tæller lige meget.")
        return Weights(False, False, said, [refusal(code) for code in weighting["refused"]])
    said = {
        "raked": _("Tallene er vægtet, så alder og køn hver for sig passer med området."),
    }.get(weighting["kind"], _("Tallene er vægtet, så alder og køn passer med området."))
    return Weights(True, bool(weighting["differs"]), said, [])
