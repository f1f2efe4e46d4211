"""What the big screen says, in every language that citizens read."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import format_date, format_decimal, ngettext
from flask_babel import gettext as _

from swipe.hearing import day_of
from swipe.reports.screen.scene import Scene
from swipe.reports.wording import number, percent
from swipe.surveys.lifecycle import State

Shown = Mapping[str, Any]
ENOUGH = 30  # people, before any share may be shown
CARDS_A_MINUTE = 15  # as the citizen's own pages say


def share(shown: Shown) -> str | None:
    """Return a share, or the bound that stands for it; None where it is withheld."""
    if shown["share"] is not None:
        return percent(shown["share"])
    if shown.get("bound") == ">0.95":
        return _("over %(share)s", share=percent(0.95))
    if shown.get("bound") == "<0.05":
        return _("under %(share)s", share=percent(0.05))
    return None


def interval(shown: Shown) -> str | None:
    """Return the ends of an interval: 69–73 %; None where they are withheld."""
    if shown["low"] is None or shown["high"] is None:
        return None
    low = format_decimal(round(100 * shown["low"]))
    return _("%(low)s–%(high)s", low=low, high=percent(shown["high"]))


def length(cards: int) -> str:
    """Return how many pictures there are to answer, and how long that takes, in whole minutes."""
    minutes = max(1, -(-cards // CARDS_A_MINUTE))
    return ngettext(
        "%(n)s billeder · 1 minut · intet login",
        "%(n)s billeder · %(num)s minutter · intet login",
        minutes,
        n=cards,
    )


def figures_day(document: Shown) -> str:
    """Return from which day the figures are; the day alone is known of a snapshot."""
    from_day = _day(document["snapshot"]["day"])
    if document["snapshot"]["final"]:
        return _("Endelige tal fra %(day)s", day=from_day)
    return _("Tal fra %(day)s", day=from_day)


def _day(iso: str) -> str:
    return str(format_date(date.fromisoformat(iso), "long"))


def standing(scene: Scene) -> str:
    """Return in a few words where the survey stands."""
    if scene.state is State.COMING:
        return _("Undersøgelsen åbner %(day)s", day=day_of(scene.survey.opens_at))
    if scene.answering:
        return _("Åben til %(day)s", day=day_of(scene.survey.closes_at))
    return _("Undersøgelsen er slut")


def people(document: Shown | None) -> str | None:
    """Return how many have answered, as it may be told; None where nothing may be."""
    if document is None or document["participants"] is None:
        return None
    return number(document["participants"])


def waiting(scene: Scene) -> str | None:
    """Return why no result can be shown, and when there will be one; None where there is one."""
    if scene.state is State.COMING or scene.withheld is None:
        return None
    if scene.withheld == "policy":
        if scene.survey.results == "staff":
            return _("Kommunen fortæller selv om resultatet, når den har set på svarene.")
        return _("Resultatet bliver vist, når undersøgelsen er slut, og alle svar er talt med.")
    if scene.over:
        few = scene.withheld == "too-few"
        return _("For få svarede til at vise et resultat.") if few else _("Resultatet er på vej.")
    if ((scene.document or {}).get("participants") or 0) < ENOUGH:
        return _("Resultatet kan vises, når 30 har svaret.")
    return _("Der er for få svar til at vise et resultat endnu.")


def distance(one: Shown) -> tuple[str, str | None]:
    """Return how an area's share lies beside the city's, and which way: up, down or None.

    Without points: two rounded shares and their rounded difference often do not add up.
    """
    if not one["differs"] or not round(100 * (one["difference"] or 0)):
        return _("Ligner byen"), None
    return (_("Over byen"), "up") if one["differs"] == "above" else (_("Under byen"), "down")


def group(named: Shown) -> str:
    """Return the name of a group of people: Kvinder 15–39 år."""
    if named.get("rest"):
        return _("Øvrige og uoplyst")
    words = [_gender(named["gender"])] if named["gender"] else []
    words += [_ages(named["age_band"])] if named["age_band"] else []
    words += [_household(named["household"])] if named.get("household") else []
    return " ".join(words)


def _ages(bands: Sequence[str]) -> str:
    first, last = bands[0].rstrip("+").split("-")[0], bands[-1]
    if last.endswith("+"):
        return _("%(first)s år og ældre", first=first)
    return _("%(first)s–%(last)s år", first=first, last=last.split("-")[1])


def _gender(code: str) -> str:
    return {"female": _("Kvinder"), "male": _("Mænd")}.get(code, code)


def _household(code: str) -> str:
    return {
        "alone": _("Bor alene"),
        "couple": _("Bor med partner"),
        "children": _("Familie med børn"),
        "shared": _("Bor med bofæller"),
        "other": _("Bor med andre"),
    }.get(code, code)
