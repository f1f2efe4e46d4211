"""Which area is the whole municipality is read from the register alone."""

from hypothesis import given
from hypothesis import strategies as st

from swipe.areas.words import AGE_BANDS, GENDERS
from swipe.insight.comparing.nesting import whole_areas

CELLS = [(band, gender) for band in AGE_BANDS for gender in GENDERS]


def cells(*counts):
    return dict(zip(CELLS, counts, strict=True))


PARTS = {
    "by": cells(900, 880, 700, 690, 600, 610, 500, 510, 400, 390, 90, 60),
    "nord": cells(150, 160, 300, 290, 420, 430, 380, 390, 350, 340, 120, 80),
    "syd": cells(80, 90, 100, 110, 200, 190, 210, 220, 240, 230, 100, 70),
}


def together(areas, grown=1.0):
    return {cell: round(sum(one[cell] for one in areas.values()) * grown) for cell in CELLS}


def test_an_area_with_the_residents_of_all_others_is_the_whole() -> None:
    assert whole_areas({**PARTS, "kommunen": together(PARTS)}) == {"kommunen"}


def test_a_register_of_another_date_does_not_hide_the_whole() -> None:
    assert whole_areas({**PARTS, "kommunen": together(PARTS, 1.03)}) == {"kommunen"}


def test_one_group_that_does_not_fit_is_enough_not_to_be_the_whole() -> None:
    near = together(PARTS)
    near["40-54", "female"] = round(near["40-54", "female"] * 1.12)
    assert whole_areas({**PARTS, "kommunen": near}) == set()


def test_a_town_as_large_as_its_villages_together_is_not_the_whole() -> None:
    villages = {name: PARTS[name] for name in ("nord", "syd")}
    size = sum(together(villages).values()) / sum(PARTS["by"].values())
    town = {cell: round(count * size) for cell, count in PARTS["by"].items()}
    assert abs(sum(town.values()) - sum(together(villages).values())) < 20
    assert whole_areas({**villages, "by": town}) == set()


def test_one_area_beside_another_or_a_register_in_few_cells_tells_nothing() -> None:
    assert whole_areas({}) == set()
    assert whole_areas({"a": PARTS["by"], "b": PARTS["by"]}) == set()
    one = {CELLS[0]: 100}
    assert whole_areas({"a": one, "b": one, "c": {CELLS[0]: 200}}) == set()
    assert whole_areas({"a": dict.fromkeys(CELLS, 0), "b": {}, "c": {}}) == set()


@given(st.lists(st.tuples(*[st.integers(0, 3000)] * len(CELLS)), min_size=2, max_size=8))
def test_the_sum_of_any_areas_is_the_whole_of_them(counts) -> None:
    parts = {f"area-{at}": cells(*row) for at, row in enumerate(counts) if any(row)}
    whole = together(parts)
    if len(parts) >= 2 and sum(1 for count in whole.values() if count) >= 6:
        assert "whole" in whole_areas({**parts, "whole": whole})
