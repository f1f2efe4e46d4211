"""How far those who answered are like the residents, in words that promise nothing more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal

from swipe.reports import reasons, wording
from swipe.reports.method_making import swapped, zeal
from swipe.reports.tongue import gettext as _

Shown = Mapping[str, Any]


@dataclass(frozen=True)
class Likeness:
    """`level` is green, amber, red or grey; `facts` are (name, figure) for statisticians."""

    level: str
    verdict: str
    swapped: str | None
    zeal: str | None
    facts: list[tuple[str, str]]


def likeness(document: Shown) -> Likeness:
    """Return what the page says of a completed document."""
    found = document["representativeness"]
    level = found["level"] or "grey"
    return Likeness(
        level=level,
        verdict=_verdict(level, found),
        swapped=swapped(found),
        zeal=zeal(document["method"]["zeal"]),
        facts=[*_facts(found), *_zeal_facts(document["method"]["zeal"])],
    )


def _verdict(level: str, found: Shown) -> str:
    if found["reason"] and level == "grey":
        return {
            "too-few": _("For få har svaret til at sige, om deltagerne ligner området."),
            "background-missing": _(
                "Mange har ikke sagt deres alder eller køn. Derfor kan vi ikke sige, om deltagerne "
                "ligner området."
            ),
        }.get(found["reason"], reasons.reason(found["reason"]))
    traits = {"age_band": _("alderen"), "gender": _("kønnet")}.get(found["by"], _("alder og køn"))
    return {
        "green": _("Deltagerne ligner området, når man ser på %(traits)s."),
        "amber": _("Deltagerne ligner området nogenlunde, når man ser på %(traits)s."),
        "red": _("Deltagerne ligner ikke området, når man ser på %(traits)s."),
    }.get(level, _("For få har svaret til at sige, om deltagerne ligner området.")) % {
        "traits": traits
    }


def _facts(found: Shown) -> list[tuple[str, str]]:
    """Return the figures behind the words, each with its name."""
    facts = (
        (_("Ulighed (D)"), found["dissimilarity"], format_decimal),
        (_("R-indikator"), found["r_indicator"], format_decimal),
        (_("Variation mellem grupper (CV)"), found["cv"], format_decimal),
        (_bias(found["by"]), found["bias_bound"], wording.points),
    )
    return [(name, str(say(figure))) for name, figure, say in facts if figure is not None]


def _bias(by: str | None) -> str:
    """Return what `bias_bound` bounds: the traits that are looked at, and nothing else."""
    return {
        "age_band": _("Skæv alder kan højst flytte et tal uden vægt"),
        "gender": _("Skævt køn kan højst flytte et tal uden vægt"),
    }.get(by or "", _("Skæv alder og køn kan højst flytte et tal uden vægt"))


def _zeal_facts(found: Shown | None) -> list[tuple[str, str]]:
    """Return what the sentence on the keen rests on; it is another figure than the bias."""
    if not found or not found["shift"]:
        return []
    return [
        (_("Iver kan flytte et tal"), wording.points(found["shift"])),
        (_("Iver: sammenhæng, vi regner med"), str(format_decimal(found["correlation"]))),
    ]
