"""The method box in words: eleven fields, none of them optional, in the order people ask.

The fields follow the disclosure checklist of AAPOR (2021): who asked, whom, when, how, what, how
many, in which order, who was left out, how it was worked out, what it cannot say, which edition.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from swipe.reports import wording
from swipe.reports.method_making import cards, estimate, limits
from swipe.reports.method_people import left_out, people
from swipe.reports.tongue import gettext as _

Shown = Mapping[str, Any]


class Place(NamedTuple):
    """What a box says of its area besides the document: its name, where the deck can be seen."""

    area: str
    deck: str


class Entry(NamedTuple):
    """One field of the box; `deck` is the address of all cards, in the field of the question."""

    number: int
    heading: str
    sentences: list[str]
    deck: str | None = None


def method_entries(document: Shown, names: Mapping[str, str], place: Place) -> list[Entry]:
    """Return the eleven fields of a completed document; `names` are the themes' by slug."""
    method = document["method"]
    said = [
        (_("Hvem spurgte"), _who_asked(method)),
        (_("Hvem kunne svare"), _population(method["population"], place.area)),
        (_("Hvornår"), _when(method)),
        (_("Hvordan folk blev inviteret"), _invited(method)),
        (_("Spørgsmålet"), _question(method)),
        (_("Hvor mange svarede"), people(document)),
        (_("Kortene"), cards(method, names)),
        (_("Hvem er talt fra"), left_out(method)),
        (_("Sådan er der regnet"), estimate(method)),
        (_("Det kan tallene ikke sige"), limits(document)),
        (_("Udgave"), _edition(document)),
    ]
    return [
        Entry(number, heading, sentences, place.deck if number == 5 else None)
        for number, (heading, sentences) in enumerate(said, 1)
    ]


def method_headings(area: str) -> dict[str, str]:
    """Return the words around the box on a page of its own."""
    return {
        "title": _("Sådan er tallene lavet"),
        "lead": _("Metoden bag tallene fra %(area)s, felt for felt.", area=area),
        "deck": _("Se hele kortsættet"),
        "table": _("Hent som regneark"),
        "nothing": _("Her er endnu ingen tal at fortælle om."),
    }


def _who_asked(method: Shown) -> list[str]:
    return [
        _("%(municipality)s spurgte og har regnet tallene ud.", municipality=method["asked_by"])
    ]


def _population(population: Shown, area: str) -> list[str]:
    said = [
        _(
            "Alle i %(area)s, der er fyldt %(age)s år.",
            area=area,
            age=population["min_age"],
        )
    ]
    if population["residents"] is None:
        return [*said, _("Indbyggertallet mangler.")]
    said.append(_("Det er %(number)s.", number=wording.number(population["residents"])))
    return [*said, wording.sources(population) or ""]


def _when(method: Shown) -> list[str]:
    opens, closes = wording.day(method["opens"]), wording.day(method["closes"])
    return [_("Fra %(opens)s til %(closes)s.", opens=opens, closes=closes)]


def _invited(method: Shown) -> list[str]:
    said = []
    if method["channels"]:
        said.append(
            _("Folk hørte om det her: %(channels)s.", channels=", ".join(method["channels"]))
        )
    if method["everyone_invited"]:
        said.append(_("Alle indbyggere fik en invitation."))
    if method["self_selected"]:
        said.append(_("De valgte selv, om de ville svare."))
    return said


def _question(method: Shown) -> list[str]:
    said = [_("”%(question)s”", question=method["question"])]
    languages = [wording.language(code) for code in method["languages"]]
    return [*said, _("På %(languages)s.", languages=", ".join(languages))] if languages else said


def _edition(document: Shown) -> list[str]:
    method, snapshot = document["method"], document["snapshot"]
    said = [
        _(
            "Opsamling %(number)s, regnet ud %(day)s.",
            number=snapshot["number"],
            day=wording.day(method["day"]),
        ),
        _(
            "Program %(software)s, regler %(rules)s, regel for hurtige svar %(flag_rule)s.",
            software=method["software"],
            rules=method["rules"],
            flag_rule=method["flag_rule"],
        ),
    ]
    if method["contact"]:
        said.append(_("Spørgsmål: %(contact)s", contact=method["contact"]))
    return said
