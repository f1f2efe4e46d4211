"""Pure: a planned table becomes the shown one, with the opinions that may stand in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from swipe.insight.counting.counts import AGE_BANDS, REGISTERED_GENDERS, Counts, Frame, Residents
from swipe.insight.disclosure import (
    COMPLEMENTARY,
    POLICY,
    TOO_FEW,
    TWO_WAY_MINIMUM,
    Shown,
    may_show,
)
from swipe.insight.tables.backgrounds import CATEGORIES
from swipe.insight.tables.group_rows import Cell, Wants, plain_cells, shown_table, withheld_table
from swipe.insight.tables.merging import Group
from swipe.insight.tables.opinions import (
    Answers,
    Held,
    Row,
    carried,
    make_opinions,
    remembering,
    shown_by_row,
    why_none,
)
from swipe.insight.tables.reach import Cross
from swipe.insight.tables.table_plans import Plan
from swipe.insight.tables.two_way import GENDERS, TwoWay

CROSSED = ("age_band", "gender")  # what the table by age and gender, and the register, are of
BANDS = range(len(AGE_BANDS))


@dataclass(frozen=True, eq=False)
class Maker:
    """Makes the shown tables of one snapshot; `state` is what the one before kept of them."""

    headline: Counts
    figures: Any
    residents: Residents | None
    frame: Frame
    state: Mapping[str, Any]

    def one_way(self, name: str, plan: Plan | None, reason: str) -> tuple[Shown, Held | None]:
        """Return a table and its opinions to keep; withheld for the `reason` without a plan."""
        held = self.state.get(name)
        if name not in self.frame.background:
            return withheld_table([], self.residents, POLICY, POLICY), carried(held, None)
        if plan is None:
            plain = plain_cells(name, CATEGORIES[name])
            shown = withheld_table(plain, self.residents, reason, reason)
            return shown, carried(held, None)
        held = self._opinions(plan) or held
        held = carried(held, plan.split)
        found = shown_by_row(held, self._themes_shown())
        made = {key: held[key] for key in ("number", "day")} if held and found else None
        wants = Wants(found, why_none(held, found), made)
        return shown_table(plan.cells(), self.residents, wants), held

    def _opinions(self, plan: Plan) -> Held | None:
        """Return the opinions of a table made now; None where they may not be, or are too few."""
        if not plan.fresh:
            return None
        cells = {cell.key: cell.residents(self.residents) for cell in plan.cells()}
        rows = [Row(group, False, plan.people(group), cells[group]) for group in plan.split.groups]
        rest = plan.split.rest
        rows.append(Row(rest, True, plan.people(rest, rest=True), None))
        answers = Answers(self.headline, self.figures.answers, self._themes_shown())
        made = make_opinions(rows, answers, self.frame.number, self.frame.day)
        return made and remembering(made, plan.held, plan.sizes)

    def _themes_shown(self) -> dict[str, bool]:
        """Return by theme whether the area's own share may be shown."""
        themes = zip(self.headline.themes, self.figures.themes, strict=True)
        return {slug: may_show(theme) for slug, theme in themes}

    def two_way(self, split: TwoWay | None, cross: Cross) -> Shown:
        """Return the table by age and gender: who took part, and never what they want."""
        if not set(CROSSED) <= set(self.frame.background):
            return withheld_table([], self.residents, POLICY, POLICY)
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
