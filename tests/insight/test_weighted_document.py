"""What a document says when its figures are weighted, and when they are not."""

from dataclasses import replace

import numpy as np
import pytest
from city_of_known_truth import City
from insight_people import FRAME, counts_of, residents_of

from swipe.insight.counting.counts import AGE_BANDS
from swipe.insight.documents.document import build

THEMES = np.repeat([0, 1, 2], 8)


def young_city(residents=4000):
    """Return people and register of a city whose first theme is liked by the young."""
    city = City(residents=residents, seed=8, shift=1.8)
    return city.survey(np.random.default_rng(4)), city.register


def document_of(counts, register, **frame):
    return build(counts, register, replace(FRAME, **frame))[0]


def test_the_headline_is_weighted_and_the_plain_figure_stands_beside_it():
    counts, register = young_city()
    document, basis = build(counts, register, FRAME)
    first, row = document["themes"][0], basis["themes"][0]
    assert first["weighted"] is True
    assert row["p"] > row["unweighted"]["p"] + 0.02  # the young came least
    assert first["share"] == pytest.approx(row["p"], abs=0.005)
    assert first["unweighted"]["share"] == pytest.approx(row["unweighted"]["p"], abs=0.005)
    assert set(first["unweighted"]) == {"share", "low", "high", "bound"}
    assert basis["weighted"] == "post-stratified"


def test_the_box_names_the_weights_and_that_they_matter():
    counts, register = young_city()
    method = document_of(counts, register)["method"]
    box = method["weighting"]
    assert (box["weighted"], box["kind"], box["refused"]) == (True, "post-stratified", [])
    assert 1 < box["largest_weight"] < 2
    assert 1 < box["deff"] < 1.2
    assert box["n_eff"] < document_of(counts, register)["participants"]
    assert box["differs"] is True
    assert "not-weighted" not in method["limits"]


def test_figures_with_the_flagged_are_weighted_like_the_headline():
    counts, register = young_city()
    flagged = replace(counts, flagged=np.arange(len(counts.flagged)) % 20 == 0)
    basis = build(flagged, register, FRAME)[1]
    row = basis["themes"][0]
    # One in twenty at random changes little; weights change more.
    assert row["all"]["p"] == pytest.approx(row["p"], abs=0.01)
    assert row["all"]["n"] > row["n"]


def test_an_old_register_refuses_weights_and_shows_everything_else():
    counts, register = young_city()
    old = replace(register, as_of="2024-10-01")
    document = document_of(counts, old)
    method = document["method"]
    assert method["weighting"]["refused"] == ["old-register"]
    assert "old-register" in method["flags"]
    assert "not-weighted" in method["limits"]
    assert document["reach"]["share"] == document_of(counts, register)["reach"]["share"]
    first = document["themes"][0]
    assert first["weighted"] is False
    assert first["unweighted"] == {key: first[key] for key in first["unweighted"]}


def test_without_residents_the_box_says_why_nothing_is_weighted():
    box = document_of(young_city()[0], None)["method"]["weighting"]
    assert box == {
        "weighted": False,
        "kind": None,
        "refused": ["no-residents"],
        "largest_weight": 1,
        "deff": 1,
        "n_eff": box["n_eff"],
        "differs": False,
    }


def rows_of(document, key):
    return [row[key] for row in document["themes"]]


def test_a_theme_clearly_first_is_very_likely_first_and_no_other_has_a_word():
    rng = np.random.default_rng(1)
    answers = (rng.random((400, 24)) < np.repeat([0.5, 0.75, 0.45], 8)).astype(np.int8)
    document = document_of(counts_of(answers, THEMES), residents_of(100))
    assert rows_of(document, "truly_first") == [None, "very-likely", None]


def test_themes_that_share_the_place_are_too_close():
    answers = np.tile(np.array([[1, 0], [0, 1], [1, 1], [0, 0]], dtype=np.int8), (60, 1))
    document = document_of(counts_of(answers, [0, 1]), residents_of(100))
    assert document["verdict"]["clear"] is False
    assert rows_of(document, "truly_first") == ["too-close", "too-close"]


def test_where_the_verdict_is_withheld_no_theme_has_a_word():
    answers = np.tile(np.array([[1, 0]], dtype=np.int8), (25, 1))
    document = document_of(counts_of(answers, [0, 1]), residents_of(100))
    assert document["verdict"]["reason"] == "too-few"
    assert rows_of(document, "truly_first") == [None, None]


def test_first_choices_are_weighted_with_the_headline():
    # Two kinds of people: those of a small, eager cell like the first theme best.
    ages, genders = np.repeat(np.arange(6), 40), np.tile([0, 1], 120)
    answers = np.where((ages == 0)[:, None], [[1, 0]], [[0, 1]]).astype(np.int8)
    answers[::7] = 1
    counts = counts_of(
        answers, [0, 1], age_band=ages.astype(np.int8), gender=genders.astype(np.int8)
    )
    register = residents_of(100)
    rows = {cell: 300 if cell[0] == "15-24" else 100 for cell in register.rows}
    weighted = build(counts, replace(register, rows=rows), FRAME)[1]
    plain = build(counts, replace(register, as_of="2020-01-01"), FRAME)[1]
    assert weighted["weighted"] == "post-stratified"
    assert weighted["themes"][0]["first_choice"] > plain["themes"][0]["first_choice"] + 0.1
    assert weighted["differences"][0]["d"] > plain["differences"][0]["d"] + 0.1


def decided_by_age(likes_first):
    """Return people whose age decides which of two themes they like, in cells of forty."""
    ages, genders = np.repeat(np.arange(6), 80), np.tile([0, 1], 240)
    answers = np.where((ages < likes_first)[:, None], [[1, 0]], [[0, 1]]).astype(np.int8)
    cells = {"age_band": ages.astype(np.int8), "gender": genders.astype(np.int8)}
    return counts_of(answers, [0, 1], **cells)


def register_of(young, others, bands):
    """Return a register of `young` in each cell of the youngest bands and `others` in the rest."""
    rows = {
        cell: young if AGE_BANDS.index(cell[0]) < bands else others for cell in residents_of(1).rows
    }
    return replace(residents_of(1), rows=rows)


def test_the_verdict_is_the_one_of_the_weighted_people():
    # Two of six bands came, who are two thirds of the residents; ages explain every wish.
    counts, register = decided_by_age(2), register_of(200, 50, 2)
    first = document_of(counts, register)["verdict"]
    assert (first["first"], first["clear"]) == ("theme-0", True)
    plain = document_of(counts, replace(register, as_of="2020-01-01"))["verdict"]
    assert (plain["first"], plain["clear"]) == ("theme-1", True)


def test_what_age_explains_leaves_no_doubt_which_theme_is_first():
    counts, register = decided_by_age(3), register_of(105, 100, 3)
    assert rows_of(document_of(counts, register), "truly_first") == ["very-likely", None]
    plain = document_of(counts, replace(register, as_of="2020-01-01"))
    assert rows_of(plain, "truly_first") == ["too-close", "too-close"]
