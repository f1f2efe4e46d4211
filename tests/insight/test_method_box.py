"""The method box: what a reader must know, filled by the machine and never guessed."""

from dataclasses import replace

import numpy as np
import pytest
from insight_people import FRAME, counts_of, residents_of

from swipe.insight.documents.document import build


def box(n, per_cell, **frame):
    answers = (np.arange(n)[:, None] >> np.arange(6)) % 2
    counts = counts_of(answers, [0, 0, 1, 1, 2, 2], complete=np.arange(n) % 2 == 0)
    residents = None if per_cell is None else residents_of(per_cell)
    return build(counts, residents, replace(FRAME, **frame))[0]["method"]


def test_a_response_rate_exists_only_where_everyone_was_invited():
    assert box(120, 30)["response_rate"] is None
    assert box(120, 30, everyone_invited=True)["response_rate"] == {
        "rr1": 0.17,
        "rr1_bound": None,
        "rr2": 0.33,
        "rr2_bound": None,
    }


@pytest.mark.parametrize(("n", "per_cell"), [(19, 30), (120, None), (120, 0)])
def test_no_response_rate_without_twenty_people_and_a_register(n, per_cell):
    assert box(n, per_cell, everyone_invited=True)["response_rate"] is None


def test_more_answers_than_residents_have_no_response_rate_but_an_alarm():
    told = box(120, 8, everyone_invited=True)
    assert told["response_rate"] is None
    assert "reach-over-100" in told["flags"]


@pytest.mark.parametrize(
    ("n", "per_cell", "rates"),
    [
        (40, 900, (None, "<0.05", None, "<0.05")),
        (40, 300, (0.01, None, 0.01, None)),
        (120, 10, (0.5, None, None, ">0.95")),
    ],
)
def test_a_response_rate_never_reads_nobody_or_everybody(n, per_cell, rates):
    assert tuple(box(n, per_cell, everyone_invited=True)["response_rate"].values()) == rates


def test_the_box_names_the_languages_and_that_people_chose_to_answer():
    told = box(40, 30, languages=("da", "ar"))
    assert told["languages"] == ["da", "ar"]
    assert told["self_selected"] is True


def test_how_far_the_keen_could_move_a_share_is_told_only_beside_shares():
    assert box(25, 30)["zeal"] is None
    assert box(120, 30)["zeal"]["shift"] > 0


def test_people_who_all_answer_alike_are_not_told_by_a_shift_of_nought():
    counts = counts_of(np.ones((300, 6), dtype=int), [0, 0, 1, 1, 2, 2])
    assert build(counts, residents_of(100), FRAME)[0]["method"]["zeal"]["shift"] == 0.01


def test_an_alarm_does_not_tell_the_exact_number_of_people():
    """Of 60 residents 61 or 62 people are shown as 60, and so are not above them."""
    alarms = [box(n, 5)["flags"] for n in (60, 61, 62)]
    assert alarms[0] == alarms[1] == alarms[2] == ["fraction-clamped"]
