"""The sentences that stand first: what the area prefers, who was reached, who is missing."""

from collections.abc import Mapping, Sequence
from typing import Any

from swipe.reports import wording
from swipe.reports.missing import Gap
from swipe.reports.standing import Standing
from swipe.reports.tongue import gettext as _
from swipe.reports.tongue import ngettext
from swipe.surveys.lifecycle import State

Document = Mapping[str, Any]


def answer(standing: Standing | None, document: Document | None) -> str:
    """Return the one sentence an area's page begins with."""
    if standing is None:
        return _("Her er endnu ingen undersøgelse.")
    if document is None:
        return _without_figures(standing)
    if document["participants"] is None:
        if standing.state is State.FINAL:
            return _("Under 20 svarede. Derfor vises der ingen tal.")
        return _("Under 20 har svaret. Tallene kommer, når 20 er med.")
    sentence = document["verdict"]["sentence"]
    if sentence:
        return str(sentence)
    if standing.over:
        return _("Der var for få svar til at kåre et tema.")
    return _("Der er for få svar til at kåre et tema endnu.")


def _without_figures(standing: Standing) -> str:
    opens = wording.day(standing.opens)
    return {
        State.DRAFT: _("Undersøgelsen er en kladde. Den kan åbne %(day)s.", day=opens),
        State.COMING: _("Undersøgelsen åbner %(day)s.", day=opens),
        State.OPEN: _("Tallene kommer, når 20 har svaret."),
        State.GRACE: _("Tallene kommer, når de sidste svar er talt med."),
        State.FINAL: _("Undersøgelsen er slut. Tallene er på vej."),
    }[standing.state]


def reached(document: Document) -> str | None:
    """Return how many of how many took part, and which share; None below twenty people."""
    if document["participants"] is None:
        return None
    taking_part = wording.number(document["participants"])
    if not document["residents"]:
        return _("%(participants)s har svaret.", participants=taking_part)
    share = wording.reach(document["reach"], document["participants"], document["residents"])
    residents = wording.number(document["residents"])
    if share is None:
        return _(
            "%(participants)s af %(residents)s har svaret.",
            participants=taking_part,
            residents=residents,
        )
    return _(
        "%(participants)s af %(residents)s har svaret. Det er %(share)s.",
        participants=taking_part,
        residents=residents,
        share=share,
    )


def preference(document: Document, names: Mapping[str, str]) -> tuple[str, str | None]:
    """Return what an area prefers, as a lead and, where one theme is first, its name and share."""
    verdict = document["verdict"]
    if verdict["sentence"] is None:
        return _("For få svar til at vise"), None
    if not (verdict["first"] and verdict["clear"]):
        return str(verdict["sentence"]), None
    first = verdict["first"]
    return _("Mest ønsket:"), f"{names.get(first, first)} {wording.share(_theme(document, first))}"


def _theme(document: Document, slug: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(one for one in document["themes"] if one["theme"] == slug)
    return found


def city(document: Document | None) -> str | None:
    """Return how many of the city were reached, None until it can be told."""
    found = document["city"] if document else None
    if not found:
        return None
    taking_part = wording.number(found["participants"])
    areas = ngettext("%(num)s område", "%(num)s områder", found["areas"])
    share = wording.reach(found["reach"], found["participants"], found["residents"])
    if share is None or not found["residents"]:
        return _("I alt har %(n)s svaret i %(areas)s med tal.", n=taking_part, areas=areas)
    return _(
        "I alt har %(n)s af %(residents)s svaret i %(areas)s med tal. Det er %(share)s.",
        n=taking_part,
        residents=wording.number(found["residents"]),
        areas=areas,
        share=share,
    )


def overview(counts: Mapping[str, int]) -> list[str]:
    """Return the sentences the overview begins with, from `overview.counted`."""
    said = [
        ngettext("%(num)s område er åbent.", "%(num)s områder er åbne.", counts["open"])
        if counts["open"]
        else _("Ingen områder er åbne lige nu.")
    ]
    if counts["figures"]:
        said.append(
            ngettext("%(num)s har nået sit mål.", "%(num)s har nået deres mål.", counts["reached"])
            if counts["reached"]
            else _("Ingen har nået deres mål endnu.")
        )
    return said


def closing(counts: Mapping[str, int]) -> str | None:
    """Return how many surveys close within a week, None for none."""
    if not counts["closing"]:
        return None
    return ngettext(
        "%(num)s lukker inden for en uge.", "%(num)s lukker inden for en uge.", counts["closing"]
    )


def most_missing(gaps: Sequence[Gap], over: bool) -> tuple[str, str] | None:
    """Return the group that most people are missing from, and how many; or were, once `over`."""
    if not gaps:
        return None
    gap = gaps[0]
    who = wording.gender(gap.gender) if gap.gender else wording.ages(gap.bands)
    number = wording.number(gap.number)
    return who, _("manglede ca. %(n)s", n=number) if over else _("ca. %(n)s", n=number)
