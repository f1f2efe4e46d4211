"""The document of one survey: every key, in every state of the survey."""

from dataclasses import replace

import numpy as np
import pytest
from insight_people import FRAME, counts_of, residents_of

from swipe.insight.canonical import canonical, digest
from swipe.insight.counting.counts import Counts
from swipe.insight.documents.document import build

THEMES = np.repeat([0, 1, 2], 8)
TOP = {
    "area",
    "survey",
    "snapshot",
    "participants",
    "residents",
    "reason",
    "reach",
    "themes",
    "verdict",
    "cards",
    "groups",
    "agreement",
    "representativeness",
    "quality",
    "since",
    "method",
}


def city(n, flagged=0, seed=1):
    """Return n people, the last `flagged` of them flagged, who like theme-1 best."""
    rng = np.random.default_rng(seed)
    answers = (rng.random((n, 24)) < np.repeat([0.5, 0.75, 0.45], 8)).astype(np.int8)
    answers[n - flagged :] = 1
    return counts_of(
        answers,
        THEMES,
        flagged=np.arange(n) >= n - flagged,
        age_band=rng.integers(0, 6, n).astype(np.int8),
        gender=rng.integers(0, 2, n).astype(np.int8),
        lives_here=(np.arange(n) % 10 > 0).astype(np.int8),
    )


def document_of(counts, residents=None, frame=FRAME):
    return build(counts, residents, frame)[0]


def keys_of(value):
    """Return the shape of a document: its keys, and of each list its first row's."""
    if isinstance(value, dict):
        return {key: keys_of(one) for key, one in value.items()}
    return [keys_of(value[0])] if isinstance(value, list) and value else None


def test_a_full_survey_has_every_figure():
    document = document_of(city(400), residents_of(100))
    assert set(document) == TOP
    assert (document["participants"], document["residents"]) == (400, 1200)
    assert document["reach"] == {"share": 0.33, "low": 0.3, "bound": None, "reason": None}
    first = document["themes"][1]
    assert (first["theme"], first["n"], first["n_eff"], first["weighted"]) == (
        "theme-1",
        400,
        400,
        True,
    )
    assert set(first["unweighted"]) == {"share", "low", "high", "bound"}
    assert document["method"]["weighting"]["kind"] == "post-stratified"
    assert first["low"] <= first["share"] == 0.75 <= first["high"]
    assert {row["reason"] for row in document["cards"]} == {None}


def test_the_verdict_names_the_theme_as_people_know_it():
    verdict = document_of(city(400), residents_of(100))["verdict"]
    assert verdict["first"] == "theme-1"
    assert verdict["clear"] is True
    assert verdict["sentence"] == "Grønne områder ligger klart først."


@pytest.mark.parametrize("n", [0, 1, 2, 19])
def test_below_twenty_people_no_figure_at_all_is_shown(n):
    document = document_of(city(n), residents_of(100))
    assert (document["participants"], document["reason"]) == (None, "too-few")
    assert document["reach"] == {"share": None, "bound": None, "reason": "too-few", "low": None}
    for row in document["themes"] + document["cards"]:
        assert row["reason"] == "too-few"
        assert row["share"] is row["low"] is row["high"] is row["n"] is row["n_eff"] is None
    for table in document["groups"].values():
        assert table["reason"] == "too-few"
        assert {row["participants"] for row in table["rows"]} == {None}
    assert document["verdict"]["sentence"] is None
    assert document["method"]["opened"] is document["method"]["complete"] is None


def test_the_shape_is_the_same_with_and_without_figures():
    full, empty = document_of(city(400), residents_of(100)), document_of(city(0))
    same = ("snapshot", "reach", "verdict", "cards", "groups")
    loose = {"age_band": None, "all": None, "tied": None, "includes": None}
    loose |= {"opinions": None, "themes": None}
    for key in same:
        assert _without(keys_of(full[key]), loose) == _without(keys_of(empty[key]), loose)
    assert set(full["themes"][0]) == set(empty["themes"][0])
    assert set(full["method"]) == set(empty["method"])


def _without(shape, keys):
    if isinstance(shape, dict):
        return {key: _without(one, keys) for key, one in shape.items() if one and key not in keys}
    return [_without(one, keys) for one in shape] if isinstance(shape, list) else shape


def test_twenty_people_show_reach_and_not_yet_preferences():
    document = document_of(city(20), residents_of(10))
    assert (document["participants"], document["reach"]["share"]) == (20, 0.17)
    assert {row["reason"] for row in document["themes"]} == {"too-few"}
    assert document["verdict"]["reason"] == "too-few"


def test_flagged_people_stand_outside_the_headline():
    counts = city(430, flagged=30)
    document = document_of(counts, residents_of(100))
    alone = document_of(_rows(counts, ~counts.flagged), residents_of(100))
    assert document["participants"] == 400
    for row, other in zip(document["themes"], alone["themes"], strict=True):
        assert row["share"] == other["share"]
        assert row["all"]["share"] > row["share"]
        assert row["all"]["n"] == 430
    assert document["method"]["flagged"] == 30


def test_fewer_than_ten_flagged_people_are_not_set_beside():
    assert all(row["all"] is None for row in document_of(city(409, flagged=9))["themes"])
    assert all(row["all"] for row in document_of(city(410, flagged=10))["themes"])


def test_flagged_people_do_not_lift_an_area_over_a_threshold():
    assert document_of(city(60, flagged=45))["participants"] is None


def test_a_reach_above_everyone_raises_an_alarm_and_is_not_clipped():
    document = document_of(city(400), residents_of(25))
    assert document["reach"]["share"] == 1.33
    assert document["method"]["flags"] == ["reach-over-100", "fraction-clamped"]
    assert document_of(city(400), residents_of(100))["method"]["flags"] == []


def test_without_residents_the_box_says_that_nothing_was_corrected():
    document = document_of(city(400))
    assert document["residents"] is None
    assert document["reach"]["reason"] == "no-residents"
    assert document["method"]["fpc"] is False
    assert document["method"]["zeal"] is None
    with_register = document_of(city(400), residents_of(100))
    assert with_register["method"]["fpc"] is True
    assert with_register["method"]["population"]["source"] == "Folkeregistret"


def test_the_method_box_counts_people_to_the_nearest_five():
    counts = replace(city(401), opened=911, started=707, elsewhere=12, withdrawn=3)
    box = document_of(counts, residents_of(100))["method"]
    assert (box["opened"], box["started"], box["valid"], box["complete"]) == (910, 705, 400, 400)
    assert (box["elsewhere"], box["withdrawn"], box["lives_here_unanswered"]) == (10, 5, 40)
    assert box["cards_per_theme"] == {"theme-0": 8, "theme-1": 8, "theme-2": 8}
    assert box["interval"]["label"] == "Usikkerhed, hvis deltagerne var tilfældigt udvalgt"


def test_the_keen_could_move_a_share_this_far():
    # Everyone in one theme of one card, half in favour: sigma 0.5, one in three reached.
    counts = counts_of([[1], [0]] * 200, [0])
    zeal = document_of(counts, residents_of(100))["method"]["zeal"]
    assert zeal == {"correlation": 0.05, "shift": 0.04}  # 0.05 * sqrt(2) * 0.5, rounded up


def test_untold_backgrounds_are_only_counted_where_the_table_shows_them():
    few, many = city(400), city(400)
    few.age_band[:4] = -1
    many.age_band[:40] = -1
    assert document_of(few)["method"]["background_missing"] == {"age_band": None, "gender": None}
    assert document_of(many)["method"]["background_missing"] == {"age_band": 40, "gender": 40}


@pytest.mark.parametrize(
    ("answer", "share", "bound"), [(1, None, ">0.95"), (0, None, "<0.05"), (2, None, None)]
)
def test_a_group_that_answers_alike_is_never_shown_as_all_or_none(answer, share, bound):
    document = document_of(counts_of(np.full((60, 2), answer), [0, 0]), residents_of(100))
    for row in document["themes"] + document["cards"]:
        assert (row["share"], row["bound"]) == (share, bound)
    assert document["cards"][0]["skipped"] is None


def test_the_digest_is_that_of_the_document_without_it():
    document = document_of(city(400), residents_of(100))
    kept = document["snapshot"].pop("digest")
    assert kept == digest(document)
    assert kept.startswith("sha256:")


def test_the_basis_holds_the_exact_figures_and_the_document_does_not():
    document, basis = build(city(403), residents_of(100), FRAME)
    assert basis["participants"] == 403
    assert basis["reach"] == 403 / 1200
    assert sum(map(sum, basis["cells"]["participants"])) == 403
    assert {row["theme"] for row in basis["themes"]} == {"theme-0", "theme-1", "theme-2"}
    assert basis["differences"][0]["d"] == pytest.approx(
        basis["themes"][0]["p"] - basis["themes"][1]["p"]
    )
    assert b"403" not in canonical(document | {"snapshot": None})


def test_a_survey_without_cards_still_has_a_document():
    document = document_of(counts_of(np.zeros((40, 0)), [], themes=0), residents_of(100))
    assert (document["participants"], document["themes"], document["cards"]) == (40, [], [])
    assert document["verdict"]["first"] is None


def test_rows_that_do_not_fit_are_refused():
    counts = city(30)
    with pytest.raises(ValueError, match="valid_all"):
        replace(counts, valid_all=31)
    with pytest.raises(ValueError, match="answers must"):
        replace(counts, answers=counts.answers + 2)
    with pytest.raises(ValueError, match="shape"):
        replace(counts, cards=("card-0",))


def _rows(counts, persons) -> Counts:
    return counts.of(np.flatnonzero(persons))
