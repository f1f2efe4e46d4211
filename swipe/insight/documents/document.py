"""Pure: one survey's answers become the document that everything shows, and its basis."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from swipe.insight.canonical import digest
from swipe.insight.comparing.agreement import agreement
from swipe.insight.comparing.rounds import round_basis, since
from swipe.insight.counting.counts import Counts, Frame, Residents
from swipe.insight.disclosure import (
    AREA_MINIMUM,
    SHARE_MINIMUM,
    TOO_FEW,
    Shown,
    may_show,
    round_count,
    show_part,
    show_share,
    withheld_share,
)
from swipe.insight.documents.cards_shown import shown_cards
from swipe.insight.documents.figures import Figures, all_figures, basis
from swipe.insight.documents.method import method_box
from swipe.insight.documents.quality import quality
from swipe.insight.estimating.comparison import LEAST_CHANCE, chance_word
from swipe.insight.estimating.estimate import largest_spread
from swipe.insight.representing.representativeness import representativeness
from swipe.insight.representing.weighting import weigh
from swipe.insight.sentences import verdict_sentence
from swipe.insight.tables.group_tables import group_tables
from swipe.insight.tables.reach import area_reach
from swipe.insight.tables.with_flagged import with_flagged


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
    everyone, flagged = with_flagged(counts, figures, frame)
    own_round = round_basis(headline, residents, frame, figures.design)
    told = figures.participants >= AREA_MINIMUM
    edition = {"number": frame.number, "day": frame.day}
    before = (frame.previous or {}).get("quality")
    seen, ways = quality(counts, before, frame.final, edition, frame.channel_names)
    document: dict[str, Any] = {
        "area": frame.area,
        "survey": frame.survey,
        "snapshot": _snapshot(frame),
        "participants": round_count(figures.participants) if told else None,
        "residents": total,
        "reason": None if told else TOO_FEW,
        "reach": area_reach(figures.participants, figures.lives_here, residents),
        "themes": [_theme(figures, everyone, t, told) for t in range(len(counts.themes))],
        "verdict": _verdict(figures, frame, told),
        "cards": shown_cards(figures.cards, told),
        "groups": groups,
        "agreement": agreement(opinions, list(counts.cards)),
        "representativeness": representativeness(
            groups, residents, largest_spread(figures.answers)
        ),
        "quality": seen,
        "since": since(own_round, frame.earlier, told),
        "method": method_box(counts, residents, frame, figures, groups),
    }
    document["snapshot"]["digest"] = digest(document)
    kept = basis(figures, frame.number, frame.rules)
    kept |= {"opinions": opinions, "with_flagged": flagged}
    kept |= {"round": own_round, "quality": ways}
    return document, {**kept, "funnel": counts.funnel, "frame": frame.unshown}


def _snapshot(frame: Frame) -> dict[str, Any]:
    return {
        "number": frame.number,
        "day": frame.day,
        "final": frame.final,
        "rules": frame.rules,
    }


def _theme(figures: Figures, everyone: Mapping[str, Shown | None], t: int, told: bool) -> Shown:
    """Return a theme's row; the headline is the estimate without the flagged.

    It is weighted where the gates let it be, and `unweighted` always stands beside it.
    """
    shown = show_share(figures.themes[t]) if told else withheld_share(TOO_FEW)
    plain = show_share(figures.unweighted[t]) if shown["reason"] is None else shown
    return {
        "theme": figures.slugs[t],
        **shown,
        "weighted": figures.design is not None,
        "unweighted": {key: plain[key] for key in ("share", "low", "high", "bound")},
        "all": everyone[figures.slugs[t]],
        **show_part("first_choice", figures.first_choice[t], figures.first_choice_n),
        "truly_first": _truly_first(figures, t, told),
    }


def _truly_first(figures: Figures, t: int, told: bool) -> str | None:
    """Return how likely it is, in a word, that a theme which may be first truly is.

    Null for the others, and wherever the verdict is not shown.
    """
    chance = figures.truly_first[t]
    enough = figures.first_choice_n >= SHARE_MINIMUM and _verdict_may_show(figures, told)
    if chance is None or chance < LEAST_CHANCE or not enough or t not in figures.verdict.tied:
        return None
    return chance_word(chance)


def _verdict(figures: Figures, frame: Frame, told: bool) -> Shown:
    """Return the verdict, null where a theme that has cards may not be shown."""
    if not _verdict_may_show(figures, told):
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


def _verdict_may_show(figures: Figures, told: bool) -> bool:
    decks = zip(figures.themes, figures.answers.deck, strict=True)
    return told and all(may_show(theme) for theme, cards in decks if cards)
