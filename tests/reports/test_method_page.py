"""The method box: eleven fields, filled by the machine, in Danish and in English."""

import csv
import io

import pytest
from planner_pages import AREA, read, told_whole
from planner_snapshots import kept, parts_of, residents, told
from whole_document import REFUSED

from swipe.areas.models import City
from tests.builders import keep, make_area, make_survey

PAGE = f"{AREA}/method"


def box_of(reply):
    """Return (number, heading, words) of the method's rows in a CSV reply."""
    text = reply.get_data().decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    return [(row["id"], row["navn"], row["tekst"]) for row in rows if row["del"] == "metode"]


def test_nobody_reads_it_without_logging_in(client):
    make_area()
    assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        (
            "da",
            [
                "Hvem spurgte",
                "Hvem kunne svare",
                "Hvornår",
                "Hvordan folk blev inviteret",
                "Spørgsmålet",
                "Hvor mange svarede",
                "Kortene",
                "Hvem er talt fra",
                "Sådan er der regnet",
                "Det kan tallene ikke sige",
                "Udgave",
            ],
        ),
        (
            "en",
            [
                "Who asked",
                "Who could answer",
                "When",
                "How people were invited",
                "The question",
                "How many answered",
                "The cards",
                "Who is not counted",
                "How it was worked out",
                "What the figures cannot say",
                "Edition",
            ],
        ),
    ],
)
def test_all_eleven_fields_stand_on_the_page_and_in_the_file(planner, language, headings):
    told_whole(make_survey())
    reply = planner.get(f"{PAGE}?lang={language}")
    assert parts_of(reply, "h2") == headings
    box = box_of(planner.get(f"{AREA}/export.csv?lang={language}"))
    assert [heading for _number, heading, _words in box] == headings
    assert [number for number, _heading, _words in box] == [str(n) for n in range(1, 12)]
    assert all(words for _number, _heading, words in box)


def test_the_box_on_the_area_has_the_same_words_as_the_page(planner):
    told_whole(make_survey())
    area = read(planner)
    for sentence in (
        "Alle i Bolbro, der er fyldt 15 år.",
        "Dækning efter køn:",
        "Største vægt: ca. 2,5.",
    ):
        assert sentence in area
        assert sentence in read(planner, PAGE)


def test_in_english_days_numbers_and_words_are_english(planner):
    told_whole(make_survey())
    words = read(planner, f"{PAGE}?lang=en")
    assert "That is 1,200." in words
    assert "From 1 November 2026 to 1 December 2026." in words
    assert "The figures are weighted so that age and gender fit the area." in words
    assert "12 of 100 taking part would have to be other people" in words
    assert "Reach by gender: Women 34%, Men 28%." in words
    page = planner.get(f"{PAGE}?lang=en").get_data(as_text=True)
    assert '<article lang="en"' in page
    assert '<html lang="da"' in page


def test_an_unknown_language_is_danish(planner):
    told_whole(make_survey())
    assert "Hvem spurgte" in read(planner, f"{PAGE}?lang=tlh")


def test_the_page_around_an_english_method_stays_danish(planner):
    """Its words are the staff's; the citizen's pages have a catalogue of their own."""
    told_whole(make_survey())
    page = planner.get(f"{PAGE}?lang=en").get_data(as_text=True)
    assert ">Log ud<" in page.replace("\n", "")


def test_a_refused_weighting_names_every_gate_in_both_languages(planner):
    told_whole(make_survey(), weighting=REFUSED)
    assert "Nogle grupper af alder og køn har under 10 svar." in read(planner, PAGE)
    assert "Some groups of age and gender have fewer than 10 answers." in read(
        planner, f"{PAGE}?lang=en"
    )


def test_a_response_rate_stands_only_where_everybody_was_invited(planner):
    survey = make_survey()
    document = told_whole(survey)
    assert "svarprocent" not in read(planner, PAGE).lower()
    rates = {"response_rate": {"rr1": 0.31, "rr2": 0.33}, "everyone_invited": True}
    kept(survey, {**document, "method": {**document["method"], **rates}}, 10)
    words = read(planner, PAGE)
    assert "Svarprocent: 31 % svarede på alle kort (RR1), 33 % på nok (RR2)." in words
    assert "Alle indbyggere fik en invitation." in words
    assert "Response rate: 31%" in read(planner, f"{PAGE}?lang=en")


def test_withdrawals_after_the_end_are_told(planner):
    survey = make_survey()
    document = told_whole(survey)
    kept(survey, {**document, "method": {**document["method"], "withdrawn_after": 15}}, 10)
    assert "15 slettede deres svar, efter at tallene var endelige." in read(planner, PAGE)


def test_the_cards_can_be_reached_from_the_question(planner):
    survey = make_survey()
    told_whole(survey)
    page = planner.get(PAGE).get_data(as_text=True)
    assert f'href="{AREA}?survey={survey.id}#cards"' in page
    box = box_of(planner.get(f"{AREA}/export.csv"))
    assert f"/api/v1/surveys/{survey.id}/deck" in box[4][2]


def test_below_twenty_people_there_is_no_box_and_the_page_says_so(planner):
    told(make_survey(), 19, residents(100))
    assert "Her er endnu ingen tal at fortælle om." in read(planner, PAGE)
    assert "There are no figures to tell of yet." in read(planner, f"{PAGE}?lang=en")


def test_a_demo_city_says_so_in_english_too(planner):
    keep(City(id=1, mark="demo"))
    told_whole(make_survey())
    assert "Demo city · the figures are made up" in read(planner, f"{PAGE}?lang=en")
    reply = planner.get(f"{AREA}/export.csv?lang=en")
    assert "Demo city · the figures are made up" in reply.get_data(as_text=True)
    assert reply.headers["Content-Disposition"].endswith('-3.en.csv"')
