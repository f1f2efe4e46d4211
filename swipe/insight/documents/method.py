"""Pure: the method box, what a reader must know to judge the figures.

The items follow the disclosure checklist of AAPOR (2021). Limits are codes; pages word them.
"""

from typing import Any

from swipe.insight.counting.counts import Counts, Frame, Residents
from swipe.insight.disclosure import (
    AREA_MINIMUM,
    TOO_FEW,
    Shown,
    bounded_ratio,
    may_show,
    round_count,
    round_high,
)
from swipe.insight.documents.figures import Figures
from swipe.insight.estimating.design import LARGEST_FRACTION
from swipe.insight.estimating.estimate import LEVEL, largest_spread
from swipe.insight.representing.weighting import OLD_REGISTER
from swipe.insight.representing.weighting_shown import shown_weighting
from swipe.insight.sentences import INTERVAL_LABEL

ZEAL = 0.05  # a weak correlation between taking part and saying yes
LEAST_SHIFT = 0.001  # shown as the smallest step there is
NOT_WEIGHTED = "not-weighted"
LIMITS = ("self-selected", "pictures-are-examples", NOT_WEIGHTED, "duplicates-possible")


def method_box(
    counts: Counts,
    residents: Residents | None,
    frame: Frame,
    figures: Figures,
    groups: dict[str, Shown],
) -> Shown:
    """Return the whole box; `groups` are the shown tables."""
    answers = figures.answers
    n = figures.participants
    known = residents if residents and residents.total else None
    people = _people(counts, groups)
    return {
        **_who_asked(frame),
        "population": {
            "min_age": frame.min_age,
            "residents": known.total if known else None,
            "as_of": known.as_of if known else None,
            "source": known.source if known else None,
        },
        **people,
        "response_rate": _response_rate(people, frame, known),
        "cards_per_theme": dict(zip(counts.themes, answers.deck.tolist(), strict=True)),
        "order": "random-blocks",
        "estimator": "person-average",
        "interval": {"level": LEVEL, "form": "survey-wilson", "label": INTERVAL_LABEL},
        "fpc": known is not None,
        "weighting": shown_weighting(
            figures.weighting,
            n,
            list(zip(figures.themes, figures.unweighted, strict=True)),
            cells_told=groups["age_gender"]["reason"] is None,
        ),
        "zeal": _zeal(figures, known.total if known else 0),
        "limits": [code for code in LIMITS if code != NOT_WEIGHTED or figures.design is None],
        "flags": [*_alarms(n, known.total if known else 0, groups), *_old_register(figures)],
    }


def _who_asked(frame: Frame) -> dict[str, Any]:
    return {
        "asked_by": frame.asked_by,
        "question": frame.question,
        "opens": frame.opens,
        "closes": frame.closes,
        "channels": list(frame.channels),
        "languages": list(frame.languages),
        "everyone_invited": frame.everyone_invited,
        "self_selected": True,
        "software": frame.software,
        "flag_rule": frame.flag_rule,
        "rules": frame.rules,
        "day": frame.day,
        "contact": frame.contact,
    }


def _people(counts: Counts, groups: dict[str, Shown]) -> Shown:
    """Return the counts of people, rounded; all null below twenty valid people.

    Missing backgrounds are read from the shown tables, so that they never tell what a table
    hides.
    """
    valid = ~counts.flagged
    exact = {
        "opened": counts.opened,
        "started": counts.started,
        "valid": int(valid.sum()),
        "complete": int((counts.complete & valid).sum()),
        "flagged": int(counts.flagged.sum()),
        "elsewhere": counts.elsewhere,
        "under_age": counts.under_age,
        "too_few_answers": counts.too_few,
        "withdrawn": counts.withdrawn,
        "withdrawn_after": 0,  # after the final figures; snapshots raises it in a later document
        "lives_here_unanswered": int((valid & (counts.lives_here == 0)).sum()),
    }
    missing = {name: _rest(groups[name]) for name in ("age_band", "gender")}
    if exact["valid"] < AREA_MINIMUM:
        return {**dict.fromkeys(exact), "background_missing": missing, "reason": TOO_FEW}
    shown = {name: round_count(count) for name, count in exact.items()}
    return {**shown, "background_missing": missing, "reason": None}


def _response_rate(people: Shown, frame: Frame, residents: Residents | None) -> Shown | None:
    """Return RR1 and RR2, which exist only where every resident was invited.

    The register is then the frame and nobody's eligibility is unknown, so complete ÷ residents is
    RR1 and valid ÷ residents RR2 (AAPOR, Standard Definitions). From the shown counts, each
    {rr, rr_bound} as parts are shown. None where more answered than live there: who answers
    without an invitation is a duplicate or lives elsewhere, and an alarm says so.
    """
    if not frame.everyone_invited or residents is None or people["reason"]:
        return None
    total = residents.total
    if people["valid"] > total:
        return None
    rr1, rr1_bound = bounded_ratio(people["complete"] / total, total)
    rr2, rr2_bound = bounded_ratio(people["valid"] / total, total)
    return {"rr1": rr1, "rr1_bound": rr1_bound, "rr2": rr2, "rr2_bound": rr2_bound}


def _rest(table: Shown) -> int | None:
    """Return how many did not tell; None where others stand in the same row."""
    rest = [row for row in table["rows"] if row["rest"]]
    if table["reason"] or any(row["includes"] for row in rest):
        return None
    return rest[0]["participants"] if rest else 0


def _zeal(figures: Figures, residents: int) -> Shown | None:
    """Return how far a share moves if the keen are a little more in favour.

    The error of a mean is ρ √((1-f)/f) σ (Meng, Annals of Applied Statistics 2018, equation
    2.3), for the theme with the largest spread σ between persons, as a fraction rounded up. Never
    nought, which would say that everybody answered alike; None where no share is shown.
    """
    n = figures.participants
    if not residents or n < AREA_MINIMUM or not any(map(may_show, figures.themes)):
        return None
    f = min(n / residents, 1.0)
    shift = ZEAL * ((1 - f) / f) ** 0.5 * largest_spread(figures.answers)
    return {"correlation": ZEAL, "shift": round_high(max(shift, LEAST_SHIFT), n)}


def _old_register(figures: Figures) -> list[str]:
    return [OLD_REGISTER] if OLD_REGISTER in figures.weighting.refused else []


def _alarms(n: int, residents: int, groups: dict[str, Shown]) -> list[str]:
    """Return the codes of what cannot be right; a reach above 100 % is shown, not clipped."""
    if n < AREA_MINIMUM or not residents:
        return []
    rows = [row for table in groups.values() for row in table["rows"]]
    shown = [row for row in rows if row["participants"] is not None and row["residents"]]
    people = round_count(n)  # the exact number must not follow from an alarm
    over = people > residents or any(row["participants"] > row["residents"] for row in shown)
    clamped = people > LARGEST_FRACTION * residents
    codes = (("reach-over-100", over), ("fraction-clamped", clamped))
    return [code for code, holds in codes if holds]
