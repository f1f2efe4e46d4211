"""Which categories stand together in a table, so that no row has under ten people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swipe.insight.tables.merging import Split, merge, people_in, settle, split_further

SIZES = st.lists(st.integers(0, 30), min_size=3, max_size=8)


def row_sizes(split, sizes):
    return [people_in(group, sizes) for group in split.groups]


@pytest.mark.parametrize(
    ("sizes", "groups", "rest"),
    [
        ((20, 20, 20, 0), ((0,), (1,), (2,)), ()),
        ((20, 20, 4, 0), ((0,), (1, 2)), ()),
        ((20, 12, 20, 3), ((0,), (2,)), (1,)),
        ((20, 12, 12, 3), ((0,), (1,)), (2,)),
        ((2, 3, 4, 0), (), (0, 1, 2)),
        ((2, 3, 4, 40), (), (0, 1, 2)),
    ],
)
def test_bands_merge_with_neighbours_and_a_small_rest_takes_the_smallest(sizes, groups, rest):
    assert merge(sizes, ordered=True) == Split(groups, rest)


@pytest.mark.parametrize(
    ("sizes", "groups", "rest"),
    [
        ((20, 4, 20, 8, 0), ((0,), (2,)), (1, 3)),
        ((20, 4, 20, 0, 0), ((0,),), (1, 2, 3)),
        ((20, 0, 20, 0, 0), ((0,), (2,)), (1, 3)),
    ],
)
def test_households_have_no_neighbours_and_the_small_ones_go_to_the_rest(sizes, groups, rest):
    assert merge(sizes, ordered=False) == Split(groups, rest)


def test_a_rest_that_can_spare_a_group_gives_it_back():
    split = Split(((0,), (1,)), (2, 3))
    assert split_further(split, (20, 20, 12, 3, 10), ordered=False) == Split(
        ((0,), (1,), (2,)), (3,)
    )
    assert split_further(split, (20, 20, 12, 3, 4), ordered=False) == split


def test_a_rest_never_takes_from_another_row_when_rows_are_split():
    # The two freed bands must not leave the four untold alone, nor take the smaller band 0.
    split = Split(((0,),), (1, 2))
    assert split_further(split, (10, 30, 40, 4), ordered=True) == Split(((0,), (2,)), (1,))


@given(SIZES, st.booleans())
def test_every_row_has_ten_people_or_there_is_no_row(sizes, ordered):
    split = merge(sizes, ordered)
    assert all(size >= 10 for size in row_sizes(split, sizes))
    assert split.size_of_rest(sizes) >= 10 or split.size_of_rest(sizes) == 0 or not split.groups
    every = sorted([*split.rest, *(one for group in split.groups for one in group)])
    assert every == list(range(len(sizes) - 1))


@given(SIZES, SIZES, st.booleans())
def test_a_kept_split_only_gets_coarser_and_a_split_row_only_finer(then, now, ordered):
    size = min(len(then), len(now))
    old = merge(then[:size], ordered)
    kept = settle(old, now[:size])
    assert set(kept.groups) <= set(old.groups)
    finer = split_further(kept, now[:size], ordered)
    assert set(finer.rest) <= set(kept.rest)
    rows = [*kept.groups, kept.rest]
    assert all(any(set(part) <= set(row) for row in rows) for part in finer.groups)
    assert all(count >= 10 for count in row_sizes(finer, now[:size]))
    rest = finer.size_of_rest(now[:size])
    assert not finer.groups or rest == 0 or rest >= 10
