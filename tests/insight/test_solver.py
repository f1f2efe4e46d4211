"""Solving for every group that tables hide: what a reader can work out, and what she cannot."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spread_ranges import ranges

from swipe.insight.tables.solver import exposed, hidden_groups, is_safe

ROWS, COLUMNS = 3, 3


def blocks(shape, masks):
    """Return blocks from lists of (row, column) places."""
    found = []
    for places in masks:
        block = np.zeros(shape, dtype=bool)
        block[tuple(zip(*places, strict=True))] = True
        found.append(block)
    return found


def by_rows(shape):
    return blocks(shape, [[(row, at) for at in range(shape[1])] for row in range(shape[0])])


def by_columns(shape):
    return blocks(shape, [[(at, column) for at in range(shape[0])] for column in range(shape[1])])


def crosswise(people):
    return [by_rows(people.shape), by_columns(people.shape)]


def test_a_cell_of_two_crossing_tables_is_as_open_as_their_smallest_row():
    people = np.array([[15, 5], [3, 17]])
    rows, columns = crosswise(people)
    known = [block.ravel() for block in rows + columns]
    sizes = np.array([people.ravel()[block].sum() for block in known])
    corner = np.array([True, False, False, False])
    low, high = ranges(known, sizes, sizes, [corner])
    assert (low[0], high[0]) == (0, 18)


def test_rounded_counts_leave_more_open_than_exact_ones():
    people = np.array([[15, 5], [3, 17]])
    known = [block.ravel() for family in crosswise(people) for block in family]
    sizes = np.array([people.ravel()[block].sum() for block in known])
    corner = [np.array([True, False, False, False])]
    low, high = ranges(known, sizes - 2, sizes + 2, corner)
    assert (low[0], high[0]) == (0, 20)


def test_counts_that_no_town_can_have_are_refused():
    both = [np.array([True, True]), np.array([True, True])]
    with pytest.raises(ValueError, match="no spread"):
        ranges(both, np.array([5, 9]), np.array([5, 9]), [np.array([True, False])])


def test_two_crossing_tables_of_rows_of_ten_expose_nobody():
    assert is_safe(crosswise(np.array([[15, 5], [3, 17]])), np.array([[15, 5], [3, 17]]))


def test_a_row_under_ten_exposes_a_small_group():
    people = np.array([[15, 5], [3, 4]])
    assert not is_safe(crosswise(people), people)


def test_all_but_women_and_men_are_found_when_only_one_table_has_them_apart():
    """Ages over everybody, genders over everybody, and age by gender: the untold of an age."""
    people = np.array([[20, 20, 4], [20, 20, 0], [20, 20, 15]])
    fine = blocks((3, 3), [[(row, column)] for row in range(3) for column in range(2)])
    rest = blocks((3, 3), [[(row, 2) for row in range(3)]])
    families = [*crosswise(people), [*fine, *rest]]
    assert not is_safe(families, people)
    found = exposed([block.ravel() for family in families for block in family], people.ravel())
    assert [2] in [np.flatnonzero(group).tolist() for group in found]


def test_a_table_that_only_sums_up_another_adds_nothing():
    people = np.array([[20, 11], [14, 30]])
    cells = blocks((2, 2), [[place] for place in product(range(2), range(2))])
    assert is_safe([cells, by_columns((2, 2))], people)
    assert is_safe([by_columns((2, 2)), cells], people)


@pytest.mark.parametrize(("first", "safe"), [(12, True), (9, False)])
def test_two_rests_that_differ_give_their_difference_away(first, safe):
    """One table keeps a few untold with an age, another shows them alone."""
    people = np.array([[first, 0], [60, 0], [0, 12]])
    with_untold = blocks((3, 2), [[(0, 0), (0, 1), (2, 0), (2, 1)], [(1, 0), (1, 1)]])
    alone = blocks((3, 2), [[(0, 0), (0, 1), (1, 0), (1, 1)], [(2, 0), (2, 1)]])
    assert is_safe([with_untold, alone], people) is safe


def towns(rows, columns):
    """Return every town with these sums of rows and columns, by trying them all."""
    first = [
        np.array(row)
        for row in product(*(range(limit + 1) for limit in columns))
        if sum(row) == rows[0]
    ]
    if len(rows) == 1:
        return [row[None] for row in first if (row == columns).all()]
    return [
        np.vstack([row, rest]) for row in first for rest in towns(rows[1:], np.array(columns) - row)
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=2, max_size=3),
    st.integers(1, 2**9 - 2),
)
def test_the_solver_finds_what_trying_all_towns_finds(town, chosen):
    people = np.array(town)
    group = np.array([bool(chosen >> at & 1) for at in range(people.size)])
    known = [block.ravel() for family in crosswise(people) for block in family]
    sizes = np.array([people.ravel()[block].sum() for block in known])
    every = towns(people.sum(axis=1).tolist(), people.sum(axis=0))
    counts = [int(one.ravel()[group].sum()) for one in every]
    low, high = ranges(known, sizes, sizes, [group])
    assert (low[0], high[0]) == (min(counts), max(counts))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 25), min_size=4, max_size=4), min_size=2, max_size=5),
    st.integers(1, 2**20 - 2),
    st.lists(st.booleans(), min_size=20, max_size=20),
)
def test_what_is_proven_without_solving_is_what_solving_finds(town, chosen, holes):
    people = np.array(town)
    size = people.size
    people[np.array(holes[:size]).reshape(people.shape) & (people < 5)] = 0
    families = crosswise(people)
    if is_safe(families, people):
        flat = [block.ravel() for family in families for block in family]
        sizes = np.array([people.ravel()[block].sum() for block in flat])
        group = np.array([bool(chosen >> at & 1) for at in range(size)])
        if group.any():
            low, high = ranges(flat, sizes, sizes, [group])
            known = low[0] == high[0] and (low[0] >= 10 or low[0] == 0)
            assert high[0] - low[0] >= 10 or known


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 25), min_size=4, max_size=4), min_size=3, max_size=4),
    st.lists(st.integers(0, 2), min_size=16, max_size=16),
)
def test_a_group_that_is_seen_to_be_open_is_open_and_no_other_is_left_out(town, third):
    """Three tables of the same people, against asking for both ends of every group."""
    people = np.array(town)
    own = np.array(third[: people.size]).reshape(people.shape)
    families = [*crosswise(people), [own == one for one in range(3) if (own == one).any()]]
    known = [block.ravel() for family in families for block in family]
    sizes = np.array([people.ravel()[block].sum() for block in known])
    found = {group.tobytes() for group in exposed(known, people.ravel())}
    groups = hidden_groups(known)
    low, high = ranges(known, sizes, sizes, groups)
    small = (low < 10) & (high - low < 10) & (high > 0)
    assert found == {groups[at].tobytes() for at in np.flatnonzero(small)}
