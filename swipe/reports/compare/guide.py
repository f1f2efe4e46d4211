"""How the compare pages are to be read: what was tested, and what cannot be said."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from swipe.reports import wording
from swipe.reports.compare.beside import View
from swipe.reports.compare.city_side import City
from swipe.reports.compare.dots import Axis
from swipe.reports.compare.naming import together
from swipe.reports.compare.pairs import LEVEL


def lead(view: View, names: Sequence[str]) -> str | None:
    """Return the sentence that stands first; `names` are those of the themes that differ."""
    if not view.tests:
        return None
    if names:
        return _("Områderne er uens i %(themes)s.", themes=together(names))
    return _("Ingen forskel mellem områderne er stor nok til at være sikker på.")


def alone(areas: int, city: City | None) -> str:
    """Return what one area is shown beside, in a municipality of so many."""
    if areas == 1:
        return _("Der er kun ét område. Det kan kun læses for sig selv.")
    if city:
        return _("Her er området mod hele byen. Tilføj et område mere for at sammenligne.")
    return _("Tilføj et område mere for at sammenligne.")


def beside(view: View, city: City | None) -> list[str]:
    """Return how the chosen areas are to be read beside each other."""
    tested = _tested(view.tests) if view.tests else []
    return [_interval(view.axis), *tested, *_cards(), *_beside_city(city)]


def _interval(axis: Axis) -> str:
    return _(
        "Mærket er, hvor ofte folk siger ja. Stregen viser usikkerheden (%(level)s), hvis "
        "deltagerne var tilfældigt udvalgt. Men de valgte selv at være med. Aksen går fra %(low)s "
        "til %(high)s.",
        level=wording.percent(1 - LEVEL),
        low=wording.percent(axis.low / 100),
        high=wording.percent(axis.high / 100),
    )


def _tested(tests: int) -> list[str]:
    looked = ngettext(
        "To streger kan overlappe, selv om områderne er uens. Derfor er forskellen testet.",
        "To streger kan overlappe, selv om områderne er uens. Derfor er hver af de %(num)s "
        "forskelle testet.",
        tests,
    )
    chance = _(
        "Hvis de var ens i alt, er der højst %(chance)s risiko for, at siden alligevel siger, at "
        "to af dem er uens.",
        chance=wording.percent(LEVEL),
    )
    return [
        f"{looked} {chance}",
        _(
            "Testen er forsigtig. Den bruger kun de afrundede tal, som alle kan se. En lille "
            "forskel kan være der, selv om den ikke nævnes."
        ),
        _(
            "Testen ved ikke, hvorfor du valgte netop de områder. Vælger du dem, der ligger "
            "længst fra hinanden, ser forskellen let for stor ud."
        ),
    ]


def _cards() -> list[str]:
    return [
        _(
            "Hvert område har sine egne billeder og sin egen periode. Vi sammenligner temaer. Et "
            "tema kan ligge lavt, fordi billederne var dårlige."
        )
    ]


def _beside_city(city: City | None) -> list[str]:
    if city is None:
        return []
    like = _(
        "Forskelle til byen er testet for alle områder og temaer på én gang. ”Ligner byen” "
        "betyder, at forskellen er for lille til at være sikker på."
    )
    return [" ".join([like, *city.remarks])]


def of_all(axis: Axis, city: City | None, smoothed: bool, sort: str) -> list[str]:
    """Return how the list of all areas is to be read; `smoothed` where a small area is in it."""
    found = [_interval(axis), *_cards()]
    if city:
        found.append(_("Pladsen er et spænd, fordi tallene er usikre."))
        found += _beside_city(city)
    if smoothed:
        found.append(
            _(
                "Under 100 svar er et tal usikkert. ”Udjævnet” er tallet, når det er trukket lidt "
                "mod de andre områders."
            )
        )
    if smoothed and sort.removeprefix("-") == "share":
        found.append(_("Små områder står efter det udjævnede tal."))
    return found
