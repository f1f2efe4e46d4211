"""What an address asks for, and where dots stand: without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swipe.insight.disclosure import show_share
from swipe.insight.estimating.estimate import with_interval
from swipe.reports.compare.choosing import asked_for, chosen, sort_of
from swipe.reports.compare.dots import Axis, axis_of, dot_of
from swipe.reports.compare.naming import together

KNOWN = ("bolbro", "lumby", "stige", "korup", "tarup")


def shown(share, n=400):
    return show_share(with_interval(share, 0.3 * share * (1 - share) / n, n, 0.0, 8.0 * n))


def test_areas_stand_in_the_order_they_were_asked_for_and_each_once():
    slugs = asked_for(["lumby,bolbro", " lumby ", ",,"])
    assert slugs == ["lumby", "bolbro"]
    assert chosen(slugs, KNOWN).areas == ("lumby", "bolbro")
    assert chosen(slugs, KNOWN).address == "lumby,bolbro"


def test_of_five_areas_four_are_shown_and_it_is_said():
    found = chosen(KNOWN, KNOWN)
    assert (found.areas, found.too_many, found.full) == (KNOWN[:4], True, True)


def test_an_unknown_area_is_named_and_cut_short():
    found = chosen(["bolbro", "x" * 5000], KNOWN)
    assert (found.areas, found.unknown) == (("bolbro",), ("x" * 40,))


def test_an_address_without_areas_asks_for_none():
    assert chosen([], KNOWN).address is None
    assert chosen(["bolbro"], KNOWN).without("bolbro") is None
    assert chosen(["bolbro", "lumby"], KNOWN).without("bolbro") == "lumby"


@pytest.mark.parametrize(
    ("asked", "found"),
    [(None, "name"), ("share", "share"), ("-rank", "-rank"), ("--rank", "name"), ("<b>", "name")],
)
def test_an_order_that_does_not_exist_is_that_of_names(asked, found):
    assert sort_of(asked) == found


@given(st.lists(st.one_of(st.none(), st.floats(0, 1).map(shown)), max_size=8))
def test_every_interval_fits_on_the_axis_and_the_share_between_its_ends(shares):
    axis = axis_of(shares)
    assert 0 <= axis.low < axis.high <= 100
    assert axis.high - axis.low >= 30
    for share in shares:
        dot = dot_of(share, axis)
        if dot:
            assert 0 <= dot.low <= dot.high <= 100
            assert dot.at is None or dot.low <= dot.at <= dot.high


def test_a_withheld_share_has_no_dot_and_a_bound_has_only_its_line():
    axis = Axis(0, 100)
    assert dot_of(None, axis) is None
    assert dot_of(shown(0.5, 10), axis) is None
    low = dot_of(shown(0.01), axis)
    assert (low.at, low.low) == (None, 0)


def test_the_ticks_are_ten_percent_apart_from_end_to_end():
    axis = Axis(40, 80)
    assert [axis.place(tick) for tick in axis.ticks] == [0, 25, 50, 75, 100]


def test_names_from_the_right_are_kept_apart_from_the_sentence(app):
    assert together(["Bolbro", "Lumby", "Stige"]) == "Bolbro, Lumby og Stige"
    assert together(["Bolbro", "حي الزهور"]) == "Bolbro og \u2068حي الزهور\u2069"
    assert together([]) == ""
