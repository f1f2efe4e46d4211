"""Pure: every figure of one survey, exact and unrounded, and the basis kept of them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from swipe.insight.counting.counts import AGE_BANDS, GENDERS, Counts
from swipe.insight.estimating.cards import CardEstimate, estimate_cards
from swipe.insight.estimating.comparison import Verdict, chances_first, compare, paired_difference
from swipe.insight.estimating.design import Design
from swipe.insight.estimating.estimate import (
    Estimate,
    ThemeAnswers,
    estimate_theme,
    theme_answers,
)
from swipe.insight.estimating.first_choice import first_choice
from swipe.insight.representing.weighting import Weighting
from swipe.insight.tables.reach import cross_count


@dataclass(frozen=True, eq=False)
class Figures:
    """The headline's figures (without the flagged), and `everyone` with them.

    `themes`, `everyone`, `first_choice`, `verdict` and `truly_first`, the chances of being
    first, are weighted as `weighting` says; `unweighted` are the same themes without weights.
    `cross` is participants by age band and gender, `lives_here` those who said they live in
    the area, `residents` those aged 15+ or None where not known or none.
    """

    slugs: tuple[str, ...]
    residents: int | None
    answers: ThemeAnswers
    themes: list[Estimate]
    unweighted: list[Estimate]
    everyone: list[Estimate]
    first_choice: list[float | None]
    first_choice_n: int
    verdict: Verdict
    truly_first: list[float | None]
    cards: list[CardEstimate]
    cross: NDArray[np.int64]
    lives_here: int
    flagged: int
    weighting: Weighting
    design: Design | None

    @property
    def participants(self) -> int:
        """The valid persons of the headline."""
        return len(self.answers.seen)


def all_figures(
    counts: Counts, headline: Counts, residents: int | None, weighting: Weighting
) -> Figures:
    """Return the figures of all persons and of the `headline`, who are all but the flagged."""
    everybody = np.ones_like(headline.flagged)
    answers = theme_answers(headline, everybody)
    flagged = int(counts.flagged.sum())
    design = weighting.design(headline)
    themes = _estimates(answers, residents, design)
    first, first_n = first_choice(answers, design)
    return Figures(
        slugs=counts.themes,
        residents=residents,
        answers=answers,
        themes=themes,
        unweighted=_estimates(answers, residents, None) if design else themes,
        everyone=_with_flagged(counts, residents, weighting) if flagged else themes,
        first_choice=first,
        first_choice_n=first_n,
        verdict=compare(answers, themes, residents, design),
        truly_first=chances_first(answers, themes, residents, design),
        cards=estimate_cards(headline, everybody, answers, residents),
        cross=cross_count(headline, everybody),
        lives_here=int((headline.lives_here == 1).sum()),
        flagged=flagged,
        weighting=weighting,
        design=design,
    )


def _with_flagged(counts: Counts, residents: int | None, weighting: Weighting) -> list[Estimate]:
    answers = theme_answers(counts, np.ones_like(counts.flagged))
    return _estimates(answers, residents, weighting.design(counts))


def _estimates(
    answers: ThemeAnswers, residents: int | None, design: Design | None
) -> list[Estimate]:
    themes = range(len(answers.deck))
    return [estimate_theme(answers, t, residents, design) for t in themes]


def basis(figures: Figures, number: int, rules: int) -> dict[str, Any]:
    """Return the unrounded figures as JSON: the ground of the city's total, never shown.

    A variance is null below two persons; `cells.participants` has one row per age band and
    one column per gender, the last of each unknown.
    """
    n, residents = figures.participants, figures.residents
    return {
        "rules": rules,
        "number": number,
        "participants": n,
        "flagged": figures.flagged,
        "lives_here": figures.lives_here,
        "residents": residents,
        "reach": n / residents if residents else None,
        "themes": [_theme(figures, t) for t in range(len(figures.slugs))],
        "weighted": figures.weighting.kind,
        "first_choice_n": figures.first_choice_n,
        "differences": _differences(figures),
        "cards": [_card(card) for card in figures.cards],
        "cells": {
            "age_band": [*AGE_BANDS, None],
            "gender": [*GENDERS, None],
            "participants": figures.cross.tolist(),
        },
    }


def _theme(figures: Figures, t: int) -> dict[str, Any]:
    return {
        "theme": figures.slugs[t],
        **_unrounded(figures.themes[t]),
        "unweighted": _unrounded(figures.unweighted[t]),
        "first_choice": figures.first_choice[t],
        "truly_first": figures.truly_first[t],
        "all": _unrounded(figures.everyone[t]),
    }


def _card(card: CardEstimate) -> dict[str, Any]:
    names = {"card": card.card, "theme": card.theme}
    parts = ("skipped", "shown", "undone", "left", "met", "exits")
    return {**names, **_unrounded(card.estimate), **{name: getattr(card, name) for name in parts}}


def _unrounded(estimate: Estimate) -> dict[str, float | int | None]:
    return {
        "p": estimate.share,
        "v": estimate.variance,
        "n": estimate.n,
        "n_eff": estimate.n_eff,
        "low": estimate.low,
        "high": estimate.high,
    }


def _differences(figures: Figures) -> list[dict[str, Any]]:
    """Return every pair of themes, first minus second in display order."""
    rows = []
    for t, slug in enumerate(figures.slugs):
        for u, other in enumerate(figures.slugs[t + 1 :], t + 1):
            pair = paired_difference(figures.answers, t, u, figures.residents, figures.design)
            if pair:
                named = {"theme": slug, "other": other, "n": pair.n}
                rows.append({**named, "d": pair.difference, "v": pair.variance})
    return rows
