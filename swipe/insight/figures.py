"""Pure: every figure of one survey, exact and unrounded, and the basis kept of them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from swipe.insight.cards import CardEstimate, estimate_cards
from swipe.insight.comparison import Verdict, compare, paired_difference
from swipe.insight.counts import AGE_BANDS, GENDERS, Counts
from swipe.insight.estimate import (
    Estimate,
    ThemeAnswers,
    estimate_theme,
    first_choice,
    theme_answers,
)
from swipe.insight.reach import cross_count
from swipe.insight.weighting import Weighting


@dataclass(frozen=True, eq=False)
class Figures:
    """The headline's figures (without the flagged), and `everyone` with them.

    `cross` is participants by age band and gender, `lives_here` those who said they live in
    the area, `residents` those aged 15+ or None where not known or none.
    """

    slugs: tuple[str, ...]
    residents: int | None
    answers: ThemeAnswers
    themes: list[Estimate]
    everyone: list[Estimate]
    first_choice: list[float | None]
    first_choice_n: int
    verdict: Verdict
    cards: list[CardEstimate]
    cross: NDArray[np.int64]
    lives_here: int
    flagged: int
    weighting: Weighting

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
    with_flagged = theme_answers(counts, np.ones_like(counts.flagged))
    numbers = range(len(counts.themes))
    themes = [estimate_theme(answers, t, residents) for t in numbers]
    first, first_n = first_choice(answers)
    return Figures(
        slugs=counts.themes,
        residents=residents,
        answers=answers,
        themes=themes,
        everyone=[estimate_theme(with_flagged, t, residents) for t in numbers],
        first_choice=first,
        first_choice_n=first_n,
        verdict=compare(answers, themes, residents),
        cards=estimate_cards(headline, everybody, answers, residents),
        cross=cross_count(headline, everybody),
        lives_here=int((headline.lives_here == 1).sum()),
        flagged=int(counts.flagged.sum()),
        weighting=weighting,
    )


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
        "first_choice": figures.first_choice[t],
        "all": _unrounded(figures.everyone[t]),
    }


def _card(card: CardEstimate) -> dict[str, Any]:
    names = {"card": card.card, "theme": card.theme}
    return {**names, **_unrounded(card.estimate), "skipped": card.skipped, "shown": card.shown}


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
            pair = paired_difference(figures.answers, t, u, figures.residents)
            if pair:
                named = {"theme": slug, "other": other, "n": pair.n}
                rows.append({**named, "d": pair.difference, "v": pair.variance})
    return rows
