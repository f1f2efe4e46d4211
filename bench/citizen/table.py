"""The table of what was measured: a row for each figure, with what it should and must be."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure. Less is better unless `more`; a row without a cap is there to be read."""

    what: str
    unit: str
    measured: float
    target: float | None = None
    cap: float | None = None
    floor: float | None = None
    more: bool = False

    @property
    def over(self) -> bool:
        """Whether the figure is beyond its hard cap."""
        if self.cap is None:
            return False
        return self.measured < self.cap if self.more else self.measured > self.cap

    @property
    def cells(self) -> list[str]:
        """Return the row as text: what, target, cap, measured, floor, ratio, verdict."""
        met = self.target is None or (
            self.measured >= self.target if self.more else self.measured <= self.target
        )
        verdict = "" if self.cap is None else "OVER" if self.over else "ok" if met else "under cap"
        ratio = self.measured / self.floor if self.floor else None
        figures = (_short(one) for one in (self.target, self.cap, self.measured, self.floor, ratio))
        return [f"{self.what} ({self.unit})" if self.unit else self.what, *figures, verdict]


HEAD = ["what", "target", "hard cap", "measured", "floor", "ratio", ""]


def _short(figure: float | None) -> str:
    if figure is None:
        return "–"
    return f"{figure:,.0f}" if abs(figure) >= 100 else f"{figure:.3g}"


def table(rows: Iterable[Row]) -> str:
    """Return the rows under their heads, in columns."""
    lines = [HEAD, *(row.cells for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEAD))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if 0 < place < len(HEAD) - 1 else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
