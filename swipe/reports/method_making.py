"""The method box on the making: the cards, the arithmetic, the weights, and what is left open."""

from collections.abc import Mapping
from typing import Any

from flask_babel import format_decimal

from swipe.reports import wording
from swipe.reports.method_codes import limit, refusal, warning_help
from swipe.reports.tongue import gettext as _
from swipe.reports.tongue import ngettext

Shown = Mapping[str, Any]


def cards(method: Shown, names: Mapping[str, str]) -> list[str]:
    """Return how many cards each theme has, and their order."""
    per_theme = [
        f"{names.get(slug, slug)}: {ngettext('%(num)s kort', '%(num)s kort', number)}"
        for slug, number in method["cards_per_theme"].items()
    ]
    order = {
        "random-blocks": _("Rækkefølgen er tilfældig. Hver runde har ét kort fra hvert tema.")
    }.get(method["order"], _("Rækkefølgen er ikke beskrevet."))
    return [f"{', '.join(per_theme)}.", order]


def estimate(method: Shown) -> list[str]:
    """Return how a share and its interval come about, and what was weighted."""
    interval = method["interval"]
    return [
        {
            "person-average": _(
                "Personer tæller, ikke svar. Den, der stoppede før tid, tæller også med."
            )
        }.get(method["estimator"], _("Regnemåden er ikke beskrevet.")),
        _("Tallet er snittet af, hvor ofte hver person sagde ja."),
        _(
            "Spændet er på %(level)s. %(label)s.",
            level=wording.percent(interval["level"]),
            label=_(interval["label"]),
        ),
        {"survey-wilson": _("Det er regnet med Wilsons metode for personer.")}.get(
            interval["form"], _("Formen er ikke beskrevet.")
        ),
        _("Spændet er mindre, jo større en del af området der er med.")
        if method["fpc"]
        else _("Spændet er ikke gjort smallere for områdets størrelse."),
        *weighting(method["weighting"]),
    ]


def weighting(found: Shown) -> list[str]:
    """Return whether the figures are weighted, how much, and else why not."""
    if not found["weighted"]:
        why = [refusal(code) for code in found["refused"]]
        return [_("Tallene er ikke vægtet. Alle tæller lige meget."), *why]
    said = [
        {
            "raked": _("Tallene er vægtet, så alder og køn hver for sig passer med området."),
        }.get(found["kind"], _("Tallene er vægtet, så alder og køn passer med området.")),
    ]
    if found["largest_weight"] is not None:
        said.append(
            _("Største vægt: ca. %(weight)s.", weight=format_decimal(found["largest_weight"]))
        )
    if found["n_eff"] is not None:
        said.append(_("De svarer til ca. %(n)s svar uden vægt.", n=wording.number(found["n_eff"])))
    if found["differs"]:
        said.append(_("Vægtene flytter mindst ét tema mere end 2 point."))
    return said


def limits(document: Shown) -> list[str]:
    """Return what the figures cannot say, from who chose to answer to what looks wrong."""
    method = document["method"]
    said = [limit(code) for code in method["limits"]]
    said += filter(None, [swapped(document["representativeness"]), zeal(method["zeal"])])
    return said + [warning_help(code) for code in method["flags"]]


def swapped(likeness: Shown) -> str | None:
    """Return how many of a hundred would have to be others, None where it is not known."""
    if likeness["replaced_of_100"] is None:
        return None
    say = {
        "age_band": lambda n: _(
            "%(n)s af 100 deltagere skulle være skiftet ud, før alderen passer med området.", n=n
        ),
        "gender": lambda n: _(
            "%(n)s af 100 deltagere skulle være skiftet ud, før kønnet passer med området.", n=n
        ),
    }.get(
        likeness["by"],
        lambda n: _(
            "%(n)s af 100 deltagere skulle være skiftet ud, før alder og køn passer med området.",
            n=n,
        ),
    )
    return say(wording.number(likeness["replaced_of_100"]))


def zeal(found: Shown | None) -> str | None:
    """Return how far the figures move if the keen are a little more in favour, if it is known."""
    if not found or not found["shift"]:
        return None
    return _(
        "Hvis de ivrige er lidt mere for, kan tallene rykke sig op til %(points)s.",
        points=wording.points(found["shift"]),
    )
