"""Bars, order and words: what the pages draw of figures, without a database."""

import pytest

from swipe.insight.documents.method import LIMITS
from swipe.reports import method_codes, reasons, wording
from swipe.reports.bars import reach_bar, share_bar
from swipe.reports.missing import Gap, gaps, is_told, why_not
from swipe.reports.ranking import by_share, rank_cards


def share(value=None, low=None, high=None, bound=None, **more):
    return {"share": value, "low": low, "high": high, "bound": bound, **more}


def group(number, bands=None, gender=None, rest=False, participants=50, reason=None):
    return {
        "missing": number,
        "age_band": bands,
        "gender": gender,
        "rest": rest,
        "participants": participants,
        "reason": reason,
    }


def test_a_bar_is_as_long_as_its_share_and_its_interval_has_two_ends():
    bar = share_bar(share(0.71, 0.69, 0.73))
    assert (bar.fill, bar.low, bar.high) == (71.0, 69.0, 73.0)


def test_a_withheld_share_has_no_bar():
    assert share_bar(share()) is None


@pytest.mark.parametrize(("bound", "fill"), [("<0.05", 0.0), (">0.95", 95.0)])
def test_a_bounded_share_draws_no_more_than_its_words_say(bound, fill):
    assert share_bar(share(None, 0.9, 1.0, bound)).fill == fill


def test_a_reach_above_all_residents_fills_the_bar_and_says_so():
    bar = reach_bar(share(1.09), 33)
    assert (bar.fill, bar.over, bar.goal, bar.reached) == (100.0, True, 33.0, True)


def test_a_goal_is_reached_at_the_goal_itself_and_not_below():
    assert reach_bar(share(0.33), 33).reached
    assert not reach_bar(share(0.32), 33).reached


def test_cards_with_the_same_shown_share_stand_by_title_alone():
    cards = [share(0.5, card="a"), share(0.5, card="b"), share(0.6, card="c"), share(card="d")]
    ordered = by_share(cards, {"a": "Træer", "b": "Bænke", "c": "Cykelsti"}, "card")
    assert [card["card"] for card in ordered] == ["c", "b", "a"]


def test_many_cards_show_five_at_each_end_and_fold_the_rest():
    cards = [share(number / 100, card=str(number)) for number in range(10, 34)]
    ranked = rank_cards([*cards, share(card="none")], {})
    assert [card["card"] for card in ranked.top] == ["33", "32", "31", "30", "29"]
    assert [card["card"] for card in ranked.bottom] == ["14", "13", "12", "11", "10"]
    assert len(ranked.middle) == 14
    assert [card["card"] for card in ranked.too_few] == ["none"]


def test_ten_cards_or_fewer_all_stand_at_the_top():
    ranked = rank_cards([share(0.5, card=str(number)) for number in range(10)], {})
    assert (len(ranked.top), ranked.bottom, ranked.middle) == (10, [], [])


def test_the_missing_stand_by_number_and_a_rounding_is_nobody():
    tables = {
        "age_band": {"reason": None, "rows": [group(20, ["15-24"]), group(5, ["80+"])]},
        "gender": {"reason": None, "rows": [group(60, gender="male"), group(None, rest=True)]},
    }
    assert gaps(tables) == [Gap(60, gender="male"), Gap(20, ("15-24",))]


def test_nobody_is_missing_from_a_table_that_is_withheld():
    withheld = {"reason": "too-few", "rows": [group(60, ["15-24"], participants=None)]}
    assert gaps({"age_band": withheld, "gender": withheld}) == []


def test_a_table_whose_rows_are_all_hidden_counts_as_withheld():
    rows = [group(None, gender="female", participants=None, reason="complementary")]
    table = {"reason": None, "rows": [*rows, group(None, rest=True)]}
    assert not is_told(table)
    assert why_not(table) == "complementary"


@pytest.mark.parametrize(
    ("bands", "words"),
    [
        (["15-24"], "15–24 år"),
        (["15-24", "25-39"], "15–39 år"),
        (["67-79", "80+"], "67 år og ældre"),
        (["80+"], "80 år og ældre"),
    ],
)
def test_merged_bands_read_as_one(app, bands, words):
    assert wording.ages(bands) == words


def test_numbers_read_as_danes_write_them(app):
    assert wording.number(1205) == "1.205"
    assert wording.percent(0.71).replace("\u00a0", " ") == "71 %"
    assert wording.day("2026-11-20") == "20. november 2026"


def test_every_limit_and_reason_has_its_own_words(app):
    limits = {method_codes.limit(code) for code in LIMITS}
    assert len(limits) == len(LIMITS)
    assert not [words for words in limits if "ikke har ord for" in words]
    codes = (
        "too-few",
        "complementary",
        "not-enough-change",
        "no-residents",
        "no-survey",
        "not-yet",
    )
    sentences = {reasons.table_reason(code, "gender") for code in (*codes, "policy")}
    assert len(sentences) == len(codes) + 1
