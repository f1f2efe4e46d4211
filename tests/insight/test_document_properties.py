"""What holds for the document of every survey, however few or odd its people."""

import json
import math

import numpy as np
from hypothesis import HealthCheck, given, settings
from insight_people import FRAME, residents_or_none, surveys
from onlooker import kinds_of, placed, shown_tables

from swipe.insight.canonical import canonical
from swipe.insight.documents.document import build

bounded = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)


def numbers(value):
    """Return every number anywhere in a document."""
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return [number for part in parts for number in numbers(part)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []


@bounded
@given(surveys(), residents_or_none())
def test_no_figure_stands_on_fewer_people_than_promised(counts, residents):
    document, basis = build(counts, residents, FRAME)
    for name in ("themes", "cards"):
        for row, exact in zip(document[name], basis[name], strict=True):
            if row["share"] is not None or row["bound"] or row["n"] is not None:
                assert basis["participants"] >= 20
                assert min(exact["n"], exact["n_eff"]) >= 30 - 1e-9
                assert exact["high"] - exact["low"] < 0.3
    people = kinds_of(counts.of(~counts.flagged))
    minimum = {"age_gender": 150}
    for name, table in shown_tables(document).items():
        assert basis["participants"] >= minimum.get(name, 50)
        for row, mask in placed(table, people, basis["opinions"]["base"]):
            assert (mask.sum() >= 10) if row else not mask.any()


@bounded
@given(surveys(), residents_or_none())
def test_no_table_hides_any_of_its_cells(counts, residents):
    document, basis = build(counts, residents, FRAME)
    people = kinds_of(counts.of(~counts.flagged))
    for table in document["groups"].values():
        if table["reason"]:
            assert {row["participants"] for row in table["rows"]} <= {None}
            continue
        rows = placed(table, people, basis["opinions"]["base"])
        assert sum(mask.sum() for _row, mask in rows) == basis["participants"]
        for row, mask in rows:
            assert row is None or abs(row["participants"] - mask.sum()) <= 2


@bounded
@given(surveys(), residents_or_none())
def test_a_document_has_only_numbers_that_json_can_hold(counts, residents):
    document, basis = build(counts, residents, FRAME)
    assert json.loads(canonical(document)) == document
    assert json.loads(json.dumps(basis, allow_nan=False)) == basis
    for number in numbers(document):
        assert math.isfinite(number)
        assert number == round(number, 2)


@bounded
@given(surveys(), residents_or_none())
def test_an_interval_holds_its_share_and_no_share_reads_none_or_all(counts, residents):
    document, _basis = build(counts, residents, FRAME)
    rows = document["themes"] + document["cards"]
    rows += [row["all"] for row in document["themes"] if row["all"]]
    for row in rows:
        assert row["share"] not in (0, 1)
        if row["share"] is not None:
            assert 0 <= row["low"] <= row["share"] <= row["high"] <= 1
        if row["bound"] == "<0.05":
            assert row["low"] == 0 < 0.05 <= row["high"]
        if row["bound"] == ">0.95":
            assert row["low"] <= 0.95 < 1 == row["high"]
    for row in document["themes"]:
        assert row["first_choice"] not in (0, 1)
    reach = document["reach"]
    if reach["share"] is not None:
        assert reach["low"] <= reach["share"]


@bounded
@given(surveys(), residents_or_none())
def test_the_four_counts_of_people_never_contradict_each_other(counts, residents):
    document, basis = build(counts, residents, FRAME)
    box = document["method"]
    if basis["participants"] < 20:
        assert document["participants"] is None
        assert box["opened"] is box["started"] is box["valid"] is box["complete"] is None
    else:
        assert box["opened"] >= box["started"] >= box["valid"] >= box["complete"]
        assert box["valid"] == document["participants"]


@bounded
@given(surveys(), residents_or_none())
def test_the_order_of_the_people_changes_nothing(counts, residents):
    order = np.random.default_rng(0).permutation(len(counts.flagged))
    assert build(counts.of(order), residents, FRAME) == build(counts, residents, FRAME)
