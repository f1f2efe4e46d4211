"""Who made the figures and what others may do with them, as every file and page says it."""

from collections.abc import Mapping
from typing import Any

from flask import current_app

from swipe.areas.models import demo_mark
from swipe.reports import wording
from swipe.reports.standing import Standing
from swipe.reports.tongue import gettext as _

Shown = Mapping[str, Any]


def source(area: str, standing: Standing, document: Shown) -> str:
    """Return whom to name: municipality, area, period of the survey, and edition.

    In a demo city it begins with what every page of one says.
    """
    notice = wording.demo(demo_mark())
    named = _(
        "%(municipality)s: %(area)s, %(opens)s til %(closes)s. %(edition)s.",
        municipality=current_app.config["SWIPE"].municipality,
        area=area,
        opens=wording.day(standing.opens),
        closes=wording.day(standing.closes),
        edition=wording.edition(document["snapshot"]),
    )
    return f"{notice}. {named}" if notice else named


def licence(standing: Standing) -> str:
    """Return what may be done with the figures, in a sentence.

    A licence is the municipality's to give: without the setting it is to be asked, and figures
    that citizens may not see yet have none.
    """
    settings = current_app.config["SWIPE"]
    owner = f"{settings.municipality} ({settings.contact})".replace(" ()", "")
    if not standing.public:
        return _("Tallene er ikke offentlige. Spørg %(owner)s, før du udgiver dem.", owner=owner)
    if not settings.data_licence:
        return _("Spørg %(owner)s, før du udgiver tallene et andet sted.", owner=owner)
    named = " ".join(filter(None, (settings.data_licence, settings.licence_address)))
    return _("Licens: %(licence)s. Nævn kilden.", licence=named)


def said(area: str, standing: Standing | None, document: Shown | None) -> list[tuple[str, str]]:
    """Return (name, fact) of source and licence, for people; empty without figures."""
    if standing is None or document is None:
        return []
    return [
        (_("Kilde"), source(area, standing, document)),
        (_("Brug af tallene"), licence(standing)),
    ]


def edition(area: str, standing: Standing | None, document: Shown | None) -> dict[str, Any]:
    """Return what tells one file's figures from all others, by the names that programs read.

    Empty without figures.
    """
    if standing is None or document is None:
        return {}
    snapshot = document["snapshot"]
    return {
        "area": document["area"],
        "survey": document["survey"],
        "snapshot": snapshot["number"],
        "day": snapshot["day"],
        "digest": snapshot["digest"],
        "source": source(area, standing, document),
        "licence": licence(standing),
    }
