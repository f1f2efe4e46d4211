"""Pure: one survey's answers become the document that everything shows, and its basis."""

from datetime import date
from typing import Any

from swipe.insight.agreement import agreement
from swipe.insight.canonical import digest
from swipe.insight.cards import CardEstimate
from swipe.insight.counts import Counts, Frame, Residents
from swipe.insight.disclosure import (
    AREA_MINIMUM,
    FLAGGED_MINIMUM,
    TOO_FEW,
    Shown,
    may_show,
    round_count,
    show_part,
    show_share,
    withheld_share,
)
from swipe.insight.figures import Figures, all_figures, basis
from swipe.insight.method import method_box
from swipe.insight.quality import quality
from swipe.insight.reach import area_reach, group_tables
from swipe.insight.representativeness import representativeness
from swipe.insight.rounds import round_basis, since
from swipe.insight.sentences import verdict_sentence
from swipe.insight.weighting import weigh


def build(
    counts: Counts, residents: Residents | None, frame: Frame
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return (document, basis): what may be shown, and the unrounded figures behind it.

    The same persons in another order give the same document, bit for bit.
    Without residents, or with none in their rows, nothing is corrected for a finite
    population and reach is null for the reason no-residents. The basis is never shown.
    """
    total = (residents.total if residents else 0) or None
    counts = counts.in_fixed_order()
    headline = counts.of(~counts.flagged)
    weighting = weigh(headline, residents, date.fromisoformat(frame.day))
    figures = all_figures(counts, headline, total, weighting)
    groups, opinions = group_tables(headline, figures, residents, frame)
    own_round = round_basis(headline, residents, frame)
    told = figures.participants >= AREA_MINIMUM
    document: dict[str, Any] = {
        "area": frame.area,
        "survey": frame.survey,
        "snapshot": _snapshot(frame),
        "participants": round_count(figures.participants) if told else None,
        "residents": total,
        "reason": None if told else TOO_FEW,
        "reach": area_reach(figures.participants, figures.lives_here, residents),
        "themes": [_theme(figures, t, told) for t in range(len(counts.themes))],
        "verdict": _verdict(figures, frame, told),
        "cards": [_card(card, told) for card in figures.cards],
        "groups": groups,
        "agreement": agreement(opinions, list(counts.cards)),
        "representativeness": representativeness(figures.cross, residents),
        "quality": quality(counts),
        "since": since(own_round, frame.earlier, told),
        "method": method_box(counts, residents, frame, figures, groups),
    }
    document["snapshot"]["digest"] = digest(document)
    kept = basis(figures, frame.number, frame.rules)
    return document, {**kept, "opinions": opinions, "round": own_round}


def _snapshot(frame: Frame) -> dict[str, Any]:
    return {
        "number": frame.number,
        "day": frame.day,
        "final": frame.final,
        "rules": frame.rules,
    }


def _theme(figures: Figures, t: int, told: bool) -> Shown:
    """Return a theme's row; the headline is the unweighted estimate without the flagged."""
    shown = show_share(figures.themes[t]) if told else withheld_share(TOO_FEW)
    return {
        "theme": figures.slugs[t],
        **shown,
        "weighted": False,
        "unweighted": {key: shown[key] for key in ("share", "low", "high", "bound")},
        "all": _with_flagged(figures, t, told),
        **show_part("first_choice", figures.first_choice[t], figures.first_choice_n),
    }


def _with_flagged(figures: Figures, t: int, told: bool) -> Shown | None:
    """Return the share with the flagged, where they are many enough not to be told apart."""
    both = may_show(figures.themes[t]) and may_show(figures.everyone[t])
    if not told or not both or figures.flagged < FLAGGED_MINIMUM:
        return None
    return show_share(figures.everyone[t])


def _verdict(figures: Figures, frame: Frame, told: bool) -> Shown:
    """Return the verdict, null where a theme that has cards may not be shown."""
    decks = zip(figures.themes, figures.answers.deck, strict=True)
    if not told or not all(may_show(theme) for theme, cards in decks if cards):
        keys = ("first", "clear", "runner_up", "tied", "sentence")
        return {**dict.fromkeys(keys), "reason": TOO_FEW}
    verdict, slugs = figures.verdict, figures.slugs
    names = [frame.theme_name(slugs[t]) for t in verdict.tied]
    return {
        "first": None if verdict.first is None else slugs[verdict.first],
        "clear": verdict.clear,
        "runner_up": None if verdict.runner_up is None else slugs[verdict.runner_up],
        "tied": [slugs[t] for t in verdict.tied],
        "sentence": verdict_sentence(names, verdict.clear),
        "reason": None,
    }


def _card(card: CardEstimate, told: bool) -> Shown:
    shown = show_share(card.estimate) if told else withheld_share(TOO_FEW)
    skipped = show_part("skipped", card.skipped, card.shown)
    return {"card": card.card, "theme": card.theme, **shown, **skipped}
