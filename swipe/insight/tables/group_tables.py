"""Pure: the tables by age, gender, household, and by age and gender; none of them hides a cell.

What they have in common is decided here: over whom they are made, and what is withheld
because together they would tell of a group that none of them shows.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from swipe.insight.counting.counts import Counts, Frame, Residents
from swipe.insight.disclosure import (
    COMPLEMENTARY,
    ONE_WAY_MINIMUM,
    TOO_FEW,
    TWO_WAY_MINIMUM,
    Shown,
)
from swipe.insight.tables.backgrounds import BOTH, categories, choose_base
from swipe.insight.tables.reach import Cross, cross_count
from swipe.insight.tables.solver import is_safe
from swipe.insight.tables.table_making import CROSSED, Maker
from swipe.insight.tables.table_plans import Plan, plan_of
from swipe.insight.tables.two_way import TwoWay, cross_split, one_way_blocks

TABLES = ("age_band", "gender", "household")
State = dict[str, Any]


def group_tables(
    headline: Counts, figures: Any, residents: Residents | None, frame: Frame
) -> tuple[dict[str, Shown], State]:
    """Return the shown tables, and what the next snapshot must know of them.

    `headline` has the persons of the figures. The state has `base`, over whom the tables by
    age and gender are made, fixed when tables are first shown; and by table the opinions
    last shown, or None. It is read from `frame.previous` under "opinions".
    """
    state = (frame.previous or {}).get("opinions") or {}
    cross = cross_count(headline, np.ones_like(headline.flagged))
    base = state.get("base")
    plans: dict[str, Plan] = {}
    if len(headline.flagged) >= ONE_WAY_MINIMUM:
        base = base or choose_base(cross, frame.background)
        codes = categories(headline, base)
        for name in (one for one in TABLES if one in frame.background):
            plan = plan_of(name, codes[name], state.get(name), headline, frame.final)
            plans |= {name: plan} if plan.stands else {}
    both = _crossed(plans, base, cross)
    unsafe = _unsafe(plans, both, base or BOTH, cross)
    maker = Maker(headline, figures, residents, frame, state)
    kept: State = {"base": base}
    tables = {}
    for name in TABLES:
        shown = None if name in unsafe else plans.get(name)
        reason = COMPLEMENTARY if name in unsafe else TOO_FEW
        tables[name], kept[name] = maker.one_way(name, shown, reason)
    tables["age_gender"] = maker.two_way(None if "age_gender" in unsafe else both, cross)
    return tables, kept


def _crossed(plans: Mapping[str, Plan], base: str | None, cross: Cross) -> TwoWay | None:
    """Return the split by age and gender; None where there can be none."""
    if base != BOTH or cross.sum() < TWO_WAY_MINIMUM or not plans.keys() >= set(CROSSED):
        return None
    return cross_split(cross, plans["age_band"].split, plans["gender"].split)


def _unsafe(plans: Mapping[str, Plan], both: TwoWay | None, base: str, cross: Cross) -> set[str]:
    """Return which tables must be withheld so that the others expose nobody.

    The table by age and gender goes first, then the one by gender; one table alone, with ten
    people in every row, exposes nobody.
    """
    families = {
        name: one_way_blocks(base, name, plans[name].split) for name in CROSSED if name in plans
    }
    if both:
        families["age_gender"] = both.blocks()
    unsafe: set[str] = set()
    for name in ("age_gender", "gender"):
        shown = [blocks for one, blocks in families.items() if one not in unsafe]
        if len(shown) > 1 and not is_safe(shown, cross):
            unsafe.add(name)
    return unsafe & families.keys()
