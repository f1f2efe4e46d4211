"""People by the channel they came through: counted, never heard, and never subtracted."""

from dataclasses import replace

import numpy as np
import pytest
from insight_people import counts_of

from swipe.insight.documents.quality import quality

NAMES = {"brev": "Brev", "cykel": "Cykelsti", "plakat": "Plakat", "skole": "Skole"}


def came(known=tuple(NAMES), unknown=0, mode=0, **sizes):
    """Return so many people by each channel, who all answered alike on the same device."""
    own = np.repeat([*(known.index(name) for name in sizes), -1], [*sizes.values(), unknown])
    answers = np.tile([1, 0, 1, 1], (len(own), 1))
    counts = counts_of(answers, [0, 0, 1, 1], channels=known, channel=own.astype(np.int16))
    return replace(counts, mode=np.full(len(own), mode, dtype=np.int8))


def told(counts, kept=None, **how):
    return quality(counts, kept, channel_names=NAMES, **how)


def people(found):
    return {row["channel"]: row["people"] for row in found["channels"]}


def test_a_town_by_hand_has_every_count_right():
    """Of 200 people 60 had a letter, 90 saw a poster, 20 a school, 6 a path; 24 nobody knows."""
    found, _kept = told(came(brev=60, plakat=90, skole=20, cykel=6, unknown=24))
    keys = ("channel", "includes", "people", "part", "part_bound")
    assert [tuple(row[key] for key in keys) for row in found["channels"]] == [
        ("brev", [], 60, 0.30, None),
        ("plakat", [], 90, 0.45, None),
        ("skole", [], 20, 0.10, None),
        (None, ["cykel"], 30, 0.15, None),
    ]
    assert all(set(row) == set(keys) for row in found["channels"])  # no opinion by channel
    assert found["channels_reason"] is None
    assert found["channel_names"] == NAMES


def test_counts_are_rounded_to_five_and_parts_are_made_of_rounded_counts():
    found, _kept = told(came(brev=62, plakat=91, unknown=48))
    assert people(found) == {"brev": 60, "plakat": 90, None: 50}
    assert [row["part"] for row in found["channels"]] == [0.30, 0.45, 0.25]


def test_a_rest_under_ten_takes_the_smallest_channel_in():
    found, _kept = told(came(brev=60, plakat=100, unknown=4))
    assert people(found) == {"plakat": 100, None: 65}
    assert found["channels"][1]["includes"] == ["brev", "cykel", "skole"]


@pytest.mark.parametrize("few", [1, 9])
def test_one_to_nine_people_of_a_channel_are_never_told_of(few):
    found, _kept = told(came(plakat=200, brev=few))
    assert (found["channels"], found["channels_reason"]) == ([], "too-few")


def test_a_survey_without_channels_says_so():
    found, _kept = told(came(known=(), unknown=200))
    assert (found["channels"], found["channels_reason"]) == ([], "no-channels")


def test_who_came_by_the_big_screen_has_a_row_in_a_survey_without_other_channels():
    few, _kept = told(came(known=("storskaerm",), storskaerm=9, unknown=200))
    assert (few["channels"], few["channels_reason"]) == ([], "no-channels")
    ten, _kept = told(came(known=("storskaerm",), storskaerm=10, unknown=200))
    assert people(ten) == {"storskaerm": 10, None: 200}


def test_under_fifty_people_no_channel_is_told():
    assert told(came(brev=24, plakat=25))[0]["channels"] == []
    assert people(told(came(brev=25, plakat=25))[0]) == {"brev": 25, "plakat": 25}


def test_the_table_stands_until_ten_more_came_in_every_row_that_moved():
    first, kept = told(came(brev=60, plakat=100), edition={"number": 1, "day": "2026-11-20"})
    for more, fresh in ((1, False), (9, False), (10, True)):
        edition = {"number": 2, "day": "2026-11-21"}
        found, _kept = told(came(brev=60, plakat=100 + more), kept, edition=edition)
        assert (found["channels"] != first["channels"]) is fresh
        assert found["channels_made"]["number"] == 1 + fresh
    found, _kept = told(came(brev=60, plakat=103), kept, final=True)
    assert people(found) == {"brev": 60, "plakat": 105}


def test_a_channel_that_is_added_later_gets_a_row_with_its_tenth_person():
    """It stands before the others by its slug, so what was kept is known by name."""
    _first, kept = told(came(known=("brev", "plakat"), brev=60, plakat=100))
    few, _kept = told(came(known=("avis", "brev", "plakat"), avis=9, brev=60, plakat=100), kept)
    assert people(few) == {"brev": 60, "plakat": 100}
    ten, _kept = told(came(known=("avis", "brev", "plakat"), avis=10, brev=60, plakat=100), kept)
    assert people(ten) == {"avis": 10, "brev": 60, "plakat": 100}


def test_where_a_channel_is_gone_the_table_waits_for_the_end():
    _first, kept = told(came(brev=60, plakat=100))
    left = came(known=("plakat",), unknown=60, plakat=100)
    assert told(left, kept)[0]["channels"] == []
    assert people(told(left, kept, final=True)[0]) == {"plakat": 100, None: 60}


def at_the_tablet(elsewhere):
    """Return people at a kiosk with a channel of its own, by which others came `elsewhere` too."""
    counts = came(plakat=100, skole=40 + elsewhere)
    mode = np.where(np.arange(140 + elsewhere) >= 100 + elsewhere, 2, 0)
    return replace(counts, mode=mode.astype(np.int8))


def test_a_kiosk_with_a_channel_of_its_own_may_stand_twice():
    found, _kept = told(at_the_tablet(elsewhere=0))
    assert [row["people"] for row in found["modes"]] == [100, 40]
    assert people(found) == {"plakat": 100, "skole": 40}


@pytest.mark.parametrize(("few", "stands"), [(1, False), (9, False), (10, True)])
def test_a_channel_that_holds_a_kiosk_and_few_others_is_withheld(few, stands):
    found, _kept = told(at_the_tablet(elsewhere=few))
    assert [row["mode"] for row in found["modes"]] == ["phone", "kiosk"]
    assert bool(found["channels"]) is stands
    assert found["channels_reason"] == (None if stands else "too-few")


def test_few_who_press_keys_among_those_of_a_channel_do_not_hide_it():
    """Three of a school's people use keys, but neither table says whose keys they are."""
    counts = came(plakat=120, skole=40)
    counts.gestures.input[108:123] = 2
    found, _kept = told(counts)
    assert [row["people"] for row in found["inputs"]] == [145, 15]
    assert people(found) == {"plakat": 120, "skole": 40}
