"""The page on data quality: what stands out, what to do, and when there is nothing to do."""

import re

import pytest
from planner_pages import AREA, read, told_whole
from planner_snapshots import kept, parts_of, residents, told
from whole_document import quality

from swipe.reports.quality_words import inputs_from
from tests.builders import cards_of, make_area, make_survey

PAGE = f"{AREA}/quality"


def test_nobody_reads_it_without_logging_in(client):
    make_area()
    assert client.get(PAGE).status_code == 302


def test_the_page_of_the_area_leads_there(planner):
    survey = make_survey()
    told_whole(survey)
    page = planner.get(AREA).get_data(as_text=True)
    assert f'href="{PAGE}?survey={survey.id}"' in page


def test_when_nothing_is_wrong_it_says_so_first(planner):
    survey = make_survey()
    document = told_whole(survey, quality=quality())
    calm = [{**card, "notes": []} for card in document["cards"]]
    kept(survey, {**document, "cards": calm}, 10)
    assert parts_of(planner.get(PAGE), "h1")[0].endswith("Vi ser intet galt i svarene.")
    words = read(planner, PAGE)
    assert "Du behøver ikke gøre noget." in words
    assert "Ingen kort skiller sig ud." in words


def test_few_answers_never_say_that_there_is_nothing_to_do(planner):
    told(make_survey(), 60, residents(100))
    words = read(planner, PAGE)
    assert "Med så få svar kan vi ikke se små skævheder." in words
    assert "Du behøver ikke gøre noget." not in words


WAITS = "Den venter, til hver række har fået 10 nye svar."


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        ({"number": 2, "day": "2026-11-14"}, "Tabellen er fra 14. november 2026, opsamling 2."),
        (None, "Tabellen kan være ældre end resten af siden."),
    ],
)
def test_a_table_of_inputs_from_before_says_so(planner, made, sentence):
    told_whole(make_survey(), quality={**quality(), "inputs_made": made})
    assert f"{sentence} {WAITS}" in read(planner, PAGE)


def test_a_final_table_of_inputs_waits_for_nobody(app):
    final = {"number": 5, "day": "2026-12-10", "final": True}
    for made in (None, {"number": 2, "day": "2026-11-14"}):
        assert "venter" not in inputs_from(made, final)
    assert inputs_from({"number": 5, "day": "2026-12-10"}, final) == ""


def test_a_table_of_inputs_of_this_edition_says_nothing(planner):
    made = {key: {"number": 3, "day": "x"} for key in ("inputs_made", "modes_made")}
    told_whole(make_survey(), quality={**quality(), **made})
    assert "Tabellen" not in read(planner, PAGE)


def test_answers_from_a_kiosk_stand_apart_from_those_of_peoples_own_phones(planner):
    told_whole(make_survey())
    page = read(planner, PAGE)
    for words in ("Telefon, kiosk eller papir", "Egen telefon", "320", "Kiosk", "65", "Papir"):
        assert words in page


@pytest.mark.parametrize("page", ["", "/quality", "/method"])
def test_every_page_says_of_which_edition_it_is(planner, page):
    told_whole(make_survey())
    assert "Tal fra 20. november 2026, opsamling 3" in read(planner, AREA + page)


def test_each_thing_that_stands_out_says_what_to_do(planner):
    told_whole(make_survey(), quality=quality(("many-flagged", "position-matters")))
    assert parts_of(planner.get(PAGE), "h1")[0].endswith("2 ting er værd at se på.")
    words = read(planner, PAGE)
    assert "Mange svarede så hurtigt, at de ikke tæller med." in words
    assert "Vis færre kort næste gang." in words
    assert "Du behøver ikke gøre noget." not in words


def test_the_rule_for_fast_answers_stands_in_words_with_figures_with_and_without(planner):
    document = told_whole(make_survey())
    words = read(planner, PAGE)
    assert "under 0,4 sekund" in words
    assert "under 0,6 sekund" in words
    assert "25 svarede for hurtigt og er talt fra. Det er 6 %." in words
    for theme in document["themes"]:
        without, with_them = round(100 * theme["share"]), round(100 * theme["all"]["share"])
        assert re.search(rf"{without} % \([\d–]+ %\) {with_them} % \(", words)


def test_inputs_order_and_tempo_stand_in_words(planner):
    told_whole(make_survey(), quality=quality(("position-matters",)))
    words = read(planner, PAGE)
    assert "Finger 260 (65 %) 64 % (61–67 %)" in words
    assert "Andet og uoplyst 15 For få svar til at vise" in words
    assert "2 point mindre for hver ti kort. Spænd: −4 til −1 point." in words
    assert "Et ja gør ikke det næste ja mere eller mindre sikkert" in words
    assert "Midt i feltet bruger folk 1,8 sekunder på et kort." in words


def test_cards_that_stand_out_come_first_and_the_rest_folds(planner):
    survey = make_survey()
    told_whole(survey)
    titles = [card.titles["da"] for card in cards_of(survey)]
    words = read(planner, PAGE)
    assert words.index(titles[0]) < words.index("Resten af kortene (22)")
    assert f"{titles[0]} 18 % under 5 % 9 % Mange stoppede her:" in words


def test_a_quality_that_is_not_told_says_why_and_shows_the_rule_all_the_same(planner):
    told_whole(make_survey(), quality={"reason": "not-yet"})
    words = read(planner, PAGE)
    assert "Det kommer med en senere opsamling." in words
    assert "Finger, knap eller tast" not in words
    assert "under 0,4 sekund" in words


@pytest.mark.parametrize("n", [None, 19, 20, 45])
def test_few_people_have_a_page_that_says_when_it_comes(planner, n):
    survey = make_survey()
    if n:
        told(survey, n, residents(100))
    words = read(planner, PAGE)
    assert ("når mindst 20 har svaret" in words) == (n is None or n < 20)


def test_an_area_without_a_survey_has_the_page_too(planner):
    make_area()
    assert "Her er intet at vise endnu." in read(planner, PAGE)
    assert planner.get("/planner/areas/nowhere/quality").status_code == 404
