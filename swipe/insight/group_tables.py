"""Pure: the tables by age, gender, household, and by age and gender; none of them hides a cell.

What they have in common is decided here: over whom they are made, and what is withheld
because together they would tell of a group that none of them shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from swipe.insight import opinions
from swipe.insight.backgrounds import BOTH, CATEGORIES, categories, choose_base
from swipe.insight.counts import AGE_BANDS, REGISTERED_GENDERS, Counts, Frame, Residents
from swipe.insight.disclosure import (
    COMPLEMENTARY,
    ONE_WAY_MINIMUM,
    POLICY,
    TOO_FEW,
    TWO_WAY_MINIMUM,
    Shown,
    may_show,
)
from swipe.insight.group_rows import (
    Cell,
    Wants,
    plain_cells,
    shown_table,
    withheld_table,
)
from swipe.insight.merging import Group
from swipe.insight.reach import cross_count
from swipe.insight.solver import is_safe
from swipe.insight.table_plans import Plan, plan_of
from swipe.insight.two_way import GENDERS, TwoWay, cross_split, one_way_blocks

TABLES = ("age_band", "gender", "household")
CROSSED = ("age_band", "gender")  # what the table by age and gender, and the register, are of
State = dict[str, Any]
Cross = NDArray[np.int64]
BANDS = range(len(AGE_BANDS))


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
    maker = _Maker(headline, figures, residents, frame, state)
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


@dataclass(frozen=True, eq=False)
class _Maker:
    """Makes the shown tables of one snapshot."""

    headline: Counts
    figures: Any
    residents: Residents | None
    frame: Frame
    state: Mapping[str, Any]

    def one_way(
        self, name: str, plan: Plan | None, reason: str
    ) -> tuple[Shown, opinions.Held | None]:
        """Return a table and its opinions to keep; withheld for the `reason` without a plan."""
        held = self.state.get(name)
        if name not in self.frame.background:
            return withheld_table([], self.residents, POLICY, POLICY), held
        if plan is None:
            plain = plain_cells(name, CATEGORIES[name])
            shown = withheld_table(plain, self.residents, reason, reason)
            return shown, opinions.carried(held, None)
        held = self._opinions(plan) or held
        held = opinions.carried(held, plan.split)
        found = opinions.shown_by_row(held, self._themes_shown())
        made = {key: held[key] for key in ("number", "day")} if held and found else None
        wants = Wants(found, opinions.why_none(held, found), made)
        return shown_table(plan.cells(), self.residents, wants), held

    def _opinions(self, plan: Plan) -> opinions.Held | None:
        """Return the opinions of a table made now; None where they may not be, or are too few."""
        if not plan.fresh:
            return None
        cells = {cell.key: cell.residents(self.residents) for cell in plan.cells()}
        rows = [
            opinions.Row(group, False, plan.people(group), cells[group])
            for group in plan.split.groups
        ]
        rest = plan.split.rest
        rows.append(opinions.Row(rest, True, plan.people(rest, rest=True), None))
        answers = opinions.Answers(self.headline, self.figures.answers, self._themes_shown())
        return opinions.make(rows, answers, self.frame.number, self.frame.day)

    def _themes_shown(self) -> dict[str, bool]:
        """Return by theme whether the area's own share may be shown."""
        themes = zip(self.headline.themes, self.figures.themes, strict=True)
        return {slug: may_show(theme) for slug, theme in themes}

    def two_way(self, split: TwoWay | None, cross: Cross) -> Shown:
        """Return the table by age and gender: who took part, and never what they want."""
        if split is None:
            few = cross.sum() < TWO_WAY_MINIMUM
            cells = [_cell(((band,), one), 0) for band in BANDS for one in GENDERS]
            reason = TOO_FEW if few else COMPLEMENTARY
            return withheld_table(cells, self.residents, reason, POLICY)
        cells = [_cell(row, int(cross[list(row[0]), row[1]].sum())) for row in split.rows]
        rest = int(cross.sum()) - sum(cell.participants for cell in cells)
        if rest:
            cells.append(Cell(rest, rest=True, includes=_words(split.in_rest)))
        return shown_table(cells, self.residents, Wants({}, POLICY))


def _cell(row: tuple[Group, int], participants: int) -> Cell:
    *bands, gender = _words(row)
    return Cell(participants, tuple(bands), gender, key=(*row[0], row[1]))


def _words(row: tuple[Group, int] | None) -> tuple[str, ...]:
    """Return the bands of a row and then its gender; nothing for no row."""
    if row is None:
        return ()
    bands, gender = row
    return (*(AGE_BANDS[band] for band in bands), REGISTERED_GENDERS[gender])
