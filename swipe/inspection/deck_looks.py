"""Pure: pictures that please by light and colour rather than by what they show.

Sun, season and light sway answers to pictures (the criticism of Nelessen's visual preference
surveys: "blue sky wins"), and pictures narrow what is judged (Couper and Tourangeau). So a theme
must not look different from the others as a whole, and no picture from its set.

A theme is pointed out when its mean differs from that of all other pictures by all three of:
more than 5 %, which is what our own deck is drawn to; more than 2 points, because a difference in
lightness below about 2.3 is hardly seen (Mahy, Van Eycken and Oosterlinck 1994); and more than 0.8
of the ordinary spread within themes, a large effect in Cohen's words (1988), because the means of
eight ordinary photos differ a little by chance. One test alone cries wolf over a hue of weather
or over two very even sets. The most different theme is found first and then left out, so that one
sunny theme does not make the rest "dark".

A picture is pointed out when it lies more than three scaled median deviations from the median of
its set (Leys and others 2013), and far enough to be seen at once in a set where all are alike.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import inf, sqrt
from statistics import fmean, median
from typing import NamedTuple

MEASURES = ("brightness", "saturation", "contrast")
RELATIVE, SEEN, LARGE = 0.05, 2.0, 0.8
DEVIATIONS, LIKE_A_SPREAD = 3.0, 1.4826  # the second turns a median deviation into a spread
FAR: Mapping[str, float] = {"brightness": 10.0, "saturation": 12.0, "contrast": 6.0}


class Look(NamedTuple):
    """How one card's picture looks: mean lightness L*, mean saturation, spread of lightness."""

    key: str
    theme: str
    brightness: float
    saturation: float
    contrast: float


class Difference(NamedTuple):
    """A theme that differs, with the pictures to lay side by side.

    `striking` is the most extreme picture of the theme and `typical` the most ordinary one of the
    others; `more` says that the theme has more of the measure than they have.
    """

    measure: str
    theme: str
    mean: float
    others: float
    striking: str
    typical: str

    @property
    def more(self) -> bool:
        """Whether the theme has more of the measure than the others."""
        return self.mean > self.others


class Outlier(NamedTuple):
    """One picture far from its set, and what is usual there."""

    measure: str
    key: str
    value: float
    usual: float


def theme_means(looks: Sequence[Look]) -> dict[str, dict[str, float]]:
    """Return the mean of every measure by theme."""
    return {
        theme: {measure: fmean(getattr(look, measure) for look in row) for measure in MEASURES}
        for theme, row in _by_theme(looks).items()
    }


def theme_differences(looks: Sequence[Look]) -> list[Difference]:
    """Return the themes that differ from the others, by measure, the most different first."""
    found = []
    for measure in MEASURES:
        left = sorted(looks)
        while one := _most_different(left, measure):
            found.append(one)
            left = [look for look in left if look.theme != one.theme]
    return found


def outliers(looks: Sequence[Look]) -> list[Outlier]:
    """Return the pictures that lie far from their set, by measure, the farthest first."""
    found = []
    for measure in MEASURES:
        values = {look.key: getattr(look, measure) for look in looks}
        if not values:
            break
        usual = median(values.values())
        spread = LIKE_A_SPREAD * median(abs(value - usual) for value in values.values())
        limit = max(DEVIATIONS * spread, FAR[measure])
        far = [
            Outlier(measure, key, value, usual)
            for key, value in values.items()
            if abs(value - usual) > limit
        ]
        found += sorted(far, key=lambda one: (-abs(one.value - one.usual), one.key))
    return found


def _most_different(looks: Sequence[Look], measure: str) -> Difference | None:
    themes = _by_theme(looks)
    if len(themes) < 2:
        return None
    spread = _spread_within(themes.values(), measure)
    candidates = []
    for theme in themes:
        mean = fmean(getattr(look, measure) for look in themes[theme])
        others = fmean(getattr(look, measure) for look in looks if look.theme != theme)
        apart = abs(mean - others)
        effect = apart / spread if spread else inf
        if apart > max(RELATIVE * others, SEEN) and effect > LARGE:
            candidates.append((apart, mean, theme, others))
    if not candidates:
        return None
    _apart, mean, theme, others = max(candidates)
    return _with_pictures(looks, measure, theme, mean, others)


def _with_pictures(
    looks: Sequence[Look], measure: str, theme: str, mean: float, others: float
) -> Difference:
    sign = 1 if mean > others else -1
    row = [look for look in looks if look.theme == theme]
    rest = [look for look in looks if look.theme != theme]
    middle = median(getattr(look, measure) for look in rest)
    striking = max(row, key=lambda look: (sign * getattr(look, measure), look.key))
    typical = min(rest, key=lambda look: (abs(getattr(look, measure) - middle), look.key))
    return Difference(measure, theme, mean, others, striking.key, typical.key)


def _spread_within(rows: Iterable[Sequence[Look]], measure: str) -> float:
    """Return the ordinary spread of a measure inside a theme, pooled over the themes."""
    squares, freedom = 0.0, 0
    for row in rows:
        mean = fmean(getattr(look, measure) for look in row)
        squares += sum((getattr(look, measure) - mean) ** 2 for look in row)
        freedom += len(row) - 1
    return sqrt(squares / freedom) if freedom else 0.0


def _by_theme(looks: Iterable[Look]) -> dict[str, list[Look]]:
    themes: dict[str, list[Look]] = {}
    for look in looks:
        themes.setdefault(look.theme, []).append(look)
    return themes
