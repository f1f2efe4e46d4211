"""Tables of the same people that were made on different days, beside each other in one document."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from insight_people import counts_of
from onlooker import DEVICES, INPUTS, exposed
from test_disclosure_properties import stored, thoroughly

from swipe.insight.documents.quality import quality

CHANNELS = ("plakat", "skole")
PHONE, KIOSK, PAPER = 0, 2, 3
SWIPED, PRESSED = 0, 1
PLAKAT, SKOLE = 0, 1


def people(*groups):
    """Return people who all answered alike, from (how many, input, device, channel) of each."""
    rows = np.repeat(np.array([group[1:] for group in groups]), [one[0] for one in groups], axis=0)
    counts = counts_of(
        np.tile([1, 0, 1, 1], (len(rows), 1)),
        [0, 0, 1, 1],
        channels=CHANNELS,
        channel=rows[:, 2].astype(np.int16),
    )
    counts.gestures.input[:] = rows[:, :1]
    return replace(counts, mode=rows[:, 1].astype(np.int8))


def pages(*days):
    """Return what is shown on each day of all the people there are by then."""
    kept, found = None, []
    for number, groups in enumerate(days, 1):
        made = {"number": number, "day": f"2026-11-{number:02}"}
        shown, kept = quality(people(*groups), stored(kept), edition=made)
        found.append(shown)
    return found


def told(shown, table):
    return [row["people"] for row in shown[table]]


def test_a_table_that_was_withheld_never_comes_back_with_the_figures_of_that_day():
    """Of 43 from the school 40 stood at the kiosk; when there are ten others, all is made anew."""
    first, second = pages(
        [(100, SWIPED, PHONE, PLAKAT), (40, SWIPED, KIOSK, SKOLE), (3, SWIPED, PHONE, SKOLE)],
        [(105, SWIPED, PHONE, PLAKAT), (40, SWIPED, KIOSK, SKOLE), (10, SWIPED, PHONE, SKOLE)],
    )
    assert (told(first, "modes"), told(first, "channels")) == ([105, 40], [])
    assert (told(second, "modes"), told(second, "channels")) == ([115, 40], [105, 50])
    assert second["channels_made"]["number"] == 2


def test_what_devices_people_had_is_made_anew_too_when_it_may_be_told():
    first, second = pages(
        [(100, SWIPED, PHONE, PLAKAT), (20, PRESSED, KIOSK, SKOLE), (3, SWIPED, KIOSK, SKOLE)],
        [(105, SWIPED, PHONE, PLAKAT), (20, PRESSED, KIOSK, SKOLE), (11, SWIPED, KIOSK, SKOLE)],
    )
    assert (told(first, "inputs"), told(first, "modes")) == ([105, 20], [])
    assert (told(second, "inputs"), told(second, "modes")) == ([115, 20], [105, 30])


@pytest.mark.parametrize(
    ("more", "inputs", "modes"), [(9, [105, 20], []), (10, [115, 30], [100, 30, 15])]
)
def test_a_table_of_today_beside_one_of_before_tells_of_nobody_who_came_between(
    more, inputs, modes
):
    """Buttons are pressed at the kiosk alone. While nine more are too few to tell inputs anew, the
    devices of today, told for the first time with thirteen papers, would tell of the nine.
    """
    rest = (100, SWIPED, PHONE, PLAKAT)
    first, second = pages(
        [rest, (20, PRESSED, KIOSK, SKOLE), (3, SWIPED, PAPER, PLAKAT)],
        [rest, (20 + more, PRESSED, KIOSK, SKOLE), (13, SWIPED, PAPER, PLAKAT)],
    )
    assert (told(first, "inputs"), told(first, "modes")) == ([105, 20], [])
    assert (told(second, "inputs"), told(second, "modes")) == (inputs, modes)


def test_a_table_that_is_hidden_now_still_counts_as_told():
    """The kiosk's 40 were told before one of ten papers was taken back; the school has 43."""
    rest = [(100, SWIPED, PHONE, PLAKAT), (40, SWIPED, KIOSK, SKOLE), (3, SWIPED, PHONE, SKOLE)]
    shown = pages([*rest, (10, SWIPED, PAPER, PLAKAT)], [*rest, (9, SWIPED, PAPER, PLAKAT)])
    assert [told(page, "modes") for page in shown] == [[105, 40, 10], []]
    assert [told(page, "channels") for page in shown] == [[], []]


@st.composite
def histories(draw):
    """Draw who came on each of some days; of each kind of people a few or many, or nobody."""
    every = [(0, 0, 0), (0, 0, 1), (1, 2, 1), (1, 0, 0), (1, 2, -1), (0, 2, 1), (0, 0, -1)]
    kinds = draw(st.lists(st.sampled_from(every[1:]), min_size=2, max_size=5, unique=True))
    begin, more = st.sampled_from([0, 2, 3, 8, 12, 20, 40]), st.sampled_from([0, 0, 1, 3, 7, 9, 10])
    first = {every[0]: 50, **{kind: draw(begin) for kind in kinds}}
    later = st.fixed_dictionaries(
        {every[0]: st.sampled_from([0, 10, 12]), **dict.fromkeys(kinds, more)}
    )
    return [first, *draw(st.lists(later, min_size=1, max_size=3))]


@thoroughly
@given(histories())
def test_the_tables_of_a_document_hide_ten_people_whatever_days_they_are_from(came):
    """A reader knows each row to the person, as of its day, and which kinds there never were."""
    days = [
        [(sum(day[kind] for day in came[: at + 1]), *kind) for kind in came[0]]
        for at in range(len(came))
    ]
    cells = [(named(kind), at) for kind in came[0] for at in range(len(came))]
    sizes = np.array([came[at][kind] for kind in came[0] for at in range(len(came))])
    for shown in pages(*days):
        masks = [
            mask for table in ("inputs", "modes", "channels") for mask in of(shown, table, cells)
        ]
        small = [group for a in masks for b in masks for group in (a & b, a & ~b)]
        groups = [group for group in small if 0 < sizes[group].sum() < 10]
        assert not exposed([(int(sizes[mask].sum()), mask) for mask in masks], groups, sizes)


def named(kind):
    by, device, channel = kind
    return INPUTS[by], DEVICES[device], CHANNELS[channel] if channel >= 0 else None


def of(shown, table, cells):
    """Return who stands in each row of a table as of the day on which it was made."""
    at, key = ("inputs", "modes", "channels").index(table), table[:-1]
    if not shown[table]:
        return []
    there = np.array([day < shown[f"{table}_made"]["number"] for _kind, day in cells])
    names = [row[key] for row in shown[table] if row[key]]
    rows = [np.array([kind[at] == name for kind, _day in cells]) for name in names]
    if len(names) < len(shown[table]):
        rows.append(np.array([kind[at] not in names for kind, _day in cells]))
    return [row & there for row in rows]
