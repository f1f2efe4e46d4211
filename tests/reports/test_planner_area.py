"""The page of one area, against documents that the real gate has built."""

import re
from typing import Any

import pytest
from planner_snapshots import SOURCE, parts_of, residents, told, words_of

from swipe.reports.missing import why_not
from swipe.reports.reasons import table_reason
from tests.builders import make_area, make_survey


def get(client: Any, address: str = "/planner/areas/bolbro") -> Any:
    reply = client.get(address)
    assert reply.status_code == 200
    return reply


def test_nobody_reads_an_area_without_logging_in(client):
    make_area()
    reply = client.get("/planner/areas/bolbro")
    assert reply.status_code == 302
    assert "/login" in reply.headers["Location"]


def test_the_answer_stands_first_and_then_how_many_were_reached(planner):
    told(make_survey(), 400, residents(100))
    reply = get(planner)
    assert parts_of(reply, "h1", "h2")[0] == "Bolbro: Grønne områder ligger klart først."
    assert "400 af 1.200 har svaret. Det er 33 %. Målet er 33 %." in words_of(reply)


def shown_in(value: Any) -> set[int]:
    """Return every figure of a document as a page may write it: counts, and whole percents."""
    if isinstance(value, dict):
        return set().union(*(shown_in(one) for one in value.values()))
    if isinstance(value, list):
        return set().union(*(shown_in(one) for one in value))
    if isinstance(value, float):
        return {round(100 * value)}
    return {value} if isinstance(value, int) else set()


@pytest.mark.parametrize("n", [20, 45, 90, 400])
def test_no_figure_stands_on_the_page_that_is_not_in_the_document(planner, n):
    document = told(make_survey(reach_goal=33), n, residents(100))
    reply = get(planner)
    of_names = r"Motiv \d+|nr\. 1\b|\d+–\d+ år|mellem \d+ og \d+ år|\d+ år (og|eller) ældre"
    text = re.sub(of_names, "", " ".join(parts_of(reply, "td", "th", "b")))
    figures = [int(found.replace(".", "")) for found in re.findall(r"\d[\d.]*", text)]
    bounds = {5, 95, 100, 33}  # the axis, the goal, and "under 5 %", "over 95 %"
    assert figures
    assert set(figures) - shown_in(document) - bounds == set()


def test_a_share_stands_with_its_interval_and_its_bar_is_as_long_as_the_figure(planner):
    document = told(make_survey(), 400, residents(100))
    theme = next(one for one in document["themes"] if one["theme"] == "groenne-omraader")
    share, low, high = (round(100 * theme[key]) for key in ("share", "low", "high"))
    reply = get(planner)
    assert f"{share} % ({low}–{high} %)" in words_of(reply)
    page = reply.get_data(as_text=True)
    assert (
        f'width="{float(share)}%" height="100%" rx="3" fill="url(#theme-groenne-omraader)"' in page
    )
    assert f'x1="{float(low)}%" x2="{float(high)}%"' in page


def test_below_twenty_people_the_page_has_no_figure_at_all(planner):
    told(make_survey(), 19, residents(100))
    reply = get(planner)
    assert parts_of(reply, "h1") == ["Bolbro: Under 20 har svaret. Tallene kommer, når 20 er med."]
    assert parts_of(reply, "td") == []


def test_from_twenty_people_on_there_is_reach_but_no_share(planner):
    told(make_survey(), 25, residents(100))
    words = words_of(get(planner))
    assert "25 af 1.200 har svaret." in words
    assert "For få svar til at vise temaerne." in words
    assert "For få svar til at vise kortene." in words


def test_a_table_that_is_withheld_becomes_one_sentence(planner):
    told(make_survey(), 45, residents(100))
    reply = get(planner)
    words = words_of(reply)
    assert words.count("Tabellen kommer, når mindst 50 har svaret") == 3
    assert words.count("Tabellen kommer, når mindst 150 har svaret") == 1
    assert "Kvinder" not in parts_of(reply, "th")
    assert "15–24 år" not in parts_of(reply, "th")


def test_tables_that_would_give_a_few_men_away_say_why_they_are_not_there(planner):
    document = told(make_survey(), 200, residents(100), women=0.97)
    reply = get(planner)
    for name in ("gender", "age_gender"):
        reason = why_not(document["groups"][name])
        assert reason
        assert table_reason(reason, name) in words_of(reply)
    assert not {"Kvinder", "Mænd"} & set(parts_of(reply, "th"))


def test_without_residents_the_page_has_people_but_no_reach(planner):
    told(make_survey(), 400, None)
    reply = get(planner)
    words = words_of(reply)
    assert "Dækningen kan ikke vises. Indbyggertallet mangler." in words
    assert "400 har svaret." in words
    assert "Dækning" not in parts_of(reply, "th")


def test_the_source_of_the_residents_stands_beside_the_reach(planner):
    told(make_survey(), 400, residents(100))
    assert f"Indbyggere: {SOURCE}, 1. januar 2026." in words_of(get(planner))


def test_who_is_missing_is_told_in_people_most_first_with_a_place_to_go(planner):
    document = told(make_survey(), 400, residents(100))
    young = document["groups"]["age_band"]["rows"][0]
    assert young["age_band"] == ["15-24"]
    words = words_of(get(planner))
    assert f"Der mangler ca. {young['missing']} mellem 15 og 24 år." in words
    assert "Hæng koden op på skoler" in words
    missing = [int(found) for found in re.findall(r"Der mangler ca\. (\d+)", words)]
    assert missing == sorted(missing, reverse=True)


def test_more_people_than_residents_is_a_warning_and_not_hidden(planner):
    told(make_survey(), 400, residents(25))
    words = words_of(get(planner))
    assert "Det er 133 %." in words
    assert "Dækning over 100 %. Der er flere svar end indbyggere" in words


def test_staff_are_told_when_citizens_may_not_see_the_figures(planner):
    told(make_survey(results="staff"), 400, residents(100))
    assert "Kun medarbejdere kan se tallene." in words_of(get(planner))


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("draft", "Undersøgelsen er en kladde."),
        ("coming", "Undersøgelsen åbner"),
        ("open", "Tallene kommer, når 20 har svaret."),
        ("grace", "Tallene kommer, når de sidste svar er talt med."),
        ("closed", "Undersøgelsen er slut. Tallene er på vej."),
    ],
)
def test_a_survey_without_a_snapshot_says_what_it_waits_for(planner, state, sentence):
    make_survey(state=state)
    assert sentence in parts_of(get(planner), "h1")[0]


def test_an_area_without_a_survey_says_so(planner):
    make_area()
    assert parts_of(get(planner), "h1") == ["Bolbro: Her er endnu ingen undersøgelse."]


def test_an_unknown_area_is_answered_with_the_list_of_those_there_are(planner):
    make_area(slug="lumby", name="Lumby")
    reply = planner.get("/planner/areas/nowhere")
    assert reply.status_code == 404
    assert "/planner/areas/lumby" in reply.get_data(as_text=True)


@pytest.mark.parametrize("ending", ["", "/export.json", "/export.csv"])
def test_a_survey_of_another_area_is_not_found(planner, ending):
    make_area()
    other = make_survey(area="lumby")
    assert planner.get(f"/planner/areas/bolbro{ending}?survey={other.id}").status_code == 404
    assert planner.get(f"/planner/areas/bolbro{ending}?survey=sludder").status_code == 404


def test_every_survey_of_an_area_can_be_read(planner):
    old, new = make_survey(state="closed"), make_survey(state="open")
    told(old, 400, residents(100))
    told(new, 100, residents(100))
    page = get(planner).get_data(as_text=True)
    assert f"?survey={old.id}" in page
    assert "100 af 1.200 har svaret." in words_of(get(planner))
    words = words_of(get(planner, f"/planner/areas/bolbro?survey={old.id}"))
    assert "400 af 1.200 har svaret." in words


def test_the_page_never_promises_what_volunteers_cannot_give(planner):
    told(make_survey(), 400, residents(100))
    words = words_of(get(planner)).lower()
    for word in ("repræsentativ", "margin of error", "svarprocent"):
        assert word not in words


def test_the_method_box_names_digest_day_and_limits(planner):
    document = told(make_survey(), 400, residents(100))
    words = words_of(get(planner))
    assert document["snapshot"]["digest"].removeprefix("sha256:")[:12] in words
    assert "Opsamling 3, regnet ud 20. november 2026." in words
    assert "Folk valgte selv at svare." in words
