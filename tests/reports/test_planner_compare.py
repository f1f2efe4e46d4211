"""Areas beside each other: what the page says of them, and what it does not say."""

import json
import re

import pytest
from planner_city import DISLIKED, LIKED, MIDDLING, PAGE, area_of, counted_city, get
from planner_snapshots import kept, parts_of, words_of
from whole_document import REFUSED, WEIGHTED

from swipe.areas.models import Area
from swipe.db import db
from swipe.insight.models import Snapshot
from swipe.reports.compare.dots import axis_of
from tests.builders import make_area, make_survey


def document_of(survey):
    """Return the newest document of a survey as it was kept."""
    found = db.session.query(Snapshot).filter_by(survey=survey.id)
    return json.loads(found.order_by(Snapshot.number.desc()).first().document)


def test_nobody_compares_without_logging_in(client):
    assert client.get(PAGE).status_code == 302


def test_a_true_difference_is_said_in_a_sentence_and_chance_is_not(planner):
    area_of("bolbro", yes=LIKED)
    area_of("lumby", yes=DISLIKED)
    counted_city()
    words = words_of(get(planner, "?areas=lumby,bolbro"))
    assert "Områderne er uens i Grønne områder." in words
    assert "Folk siger oftere ja i Bolbro end i Lumby." in words
    assert words.count("Folk siger oftere ja") == 1
    assert "Forskellen mellem Lumby og Bolbro er for lille til at være sikker på." in words
    assert "hver af de 3 forskelle testet" in words


def test_where_nothing_differs_the_page_says_so_first(planner):
    area_of("bolbro")
    area_of("lumby")
    words = words_of(get(planner, "?areas=bolbro,lumby"))
    assert "Ingen forskel mellem områderne er stor nok til at være sikker på." in words
    assert "Folk siger oftere ja" not in words


def test_of_four_areas_each_is_named_with_those_below_it(planner):
    for slug, yes in (("a", LIKED), ("b", LIKED), ("c", MIDDLING), ("d", DISLIKED)):
        area_of(slug, yes=yes)
    words = words_of(get(planner, "?areas=a,b,c,d&theme=groenne-omraader"))
    assert "Folk siger oftere ja i A end i C og D." in words
    assert "Folk siger oftere ja i C end i D." in words
    assert "Forskellen mellem A og B er for lille til at være sikker på." in words


def test_a_figure_stands_with_its_interval_as_in_the_document_and_the_dot_at_it(planner):
    surveys = [area_of("bolbro"), area_of("lumby", yes=DISLIKED)]
    city = counted_city()
    reply = get(planner, "?areas=bolbro,lumby")
    words, page = words_of(reply), reply.text
    shown = [theme for survey in surveys for theme in document_of(survey)["themes"]]
    for one in [*shown, *city["city"]["themes"]]:
        share, low, high = (round(100 * one[key]) for key in ("share", "low", "high"))
        assert f"{share} % ({low}–{high} %)" in words
    axis = axis_of(shown)
    assert f"Aksen går fra {axis.low} % til {axis.high} %." in words
    assert f'<svg x="{axis.place(round(100 * shown[0]["share"]))}%" y="50%"' in page


def test_one_theme_looked_at_alone_says_what_it_says_among_all(planner):
    area_of("bolbro", yes=LIKED)
    area_of("lumby", yes=DISLIKED)
    whole = get(planner, "?areas=bolbro,lumby")
    alone = get(planner, "?areas=bolbro,lumby&theme=groenne-omraader")
    for reply in (whole, alone):
        assert "hver af de 3 forskelle testet" in words_of(reply)
        assert "Folk siger oftere ja i Bolbro end i Lumby." in words_of(reply)
    assert (len(parts_of(whole, "h2")), len(parts_of(alone, "h2"))) == (5, 3)


def test_every_area_stands_beside_the_city_as_the_citys_document_has_it(planner):
    for slug, yes in (("a", LIKED), ("b", DISLIKED), ("c", MIDDLING)):
        area_of(slug, yes=yes)
    city = counted_city()
    words = words_of(get(planner, "?areas=a,b,c&theme=groenne-omraader"))
    for row in city["areas"]:
        one = next(one for one in row["compared"] if one["theme"] == "groenne-omraader")
        points = abs(round(100 * one["difference"]))
        if one["differs"]:
            way = "over" if one["differs"] == "above" else "under"
            assert f"{points} point {way} byen" in words
    assert "A ligger over byen. B ligger under byen. C ligner byen." in words
    assert "Byens tal: Tal fra 20. november 2026, opsamling 5." in words


def test_without_a_city_document_areas_stand_beside_each_other_alone(planner):
    area_of("bolbro")
    area_of("lumby")
    reply = get(planner, "?areas=bolbro,lumby")
    assert "Hele byen" not in words_of(reply)
    assert "Mod hele byen" not in parts_of(reply, "th")


def test_an_area_that_only_staff_may_see_says_why_the_city_does_not_count_it(planner):
    hidden = area_of("bolbro", results="staff")
    area_of("lumby")
    area_of("stige")
    counted_city(leave_out=(hidden,))
    words = words_of(get(planner, "?areas=bolbro,lumby"))
    assert "Ikke med i byens tal. Kun medarbejdere må se områdets." in words


def test_the_whole_municipality_is_not_held_against_its_own_parts(planner):
    area_of("byen", 800, yes=LIKED)
    area_of("bolbro", yes=DISLIKED)
    area_of("lumby")
    counted_city(whole=("byen",))
    words = words_of(get(planner, "?areas=byen,bolbro&theme=groenne-omraader"))
    assert "Området er hele kommunen. Det kan ikke sammenlignes med sig selv." in words
    assert "Folk siger oftere ja" not in words


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        (25, "For få har svaret til at vise det."),
        (19, "Området har ingen tal at vise."),
    ],
)
def test_an_area_whose_share_is_withheld_stands_there_with_the_reason(planner, people, sentence):
    area_of("bolbro", people)
    area_of("lumby")
    words = words_of(get(planner, "?areas=bolbro,lumby"))
    assert words.count(sentence) == 3
    assert words.count("Kun Lumby har svar nok til at vise temaet.") == 3


def test_a_theme_that_one_survey_lacks_says_so(planner):
    area_of("bolbro")
    survey = area_of("lumby")
    document = document_of(survey)
    document["themes"] = document["themes"][:1]
    kept(survey, document)
    words = words_of(get(planner, "?areas=bolbro,lumby"))
    assert words.count("Temaet er ikke med i områdets undersøgelse.") == 2


def test_areas_without_any_figures_are_told_of_all_the_same(planner):
    make_area(slug="tarup", name="Tarup")
    make_survey(area="stige", state="coming")
    words = words_of(get(planner, "?areas=tarup,stige"))
    assert "Her er endnu ingen undersøgelse." in words
    assert "Undersøgelsen åbner" in words
    assert "Der er ingen tal at sammenligne endnu." in words


def test_one_area_alone_stands_beside_the_city(planner):
    area_of("bolbro", yes=LIKED)
    area_of("lumby", yes=DISLIKED)
    counted_city()
    words = words_of(get(planner, "?areas=bolbro"))
    assert "Her er området mod hele byen. Tilføj et område mere for at sammenligne." in words
    assert "har svar nok" not in words


def test_a_city_of_one_area_has_nothing_to_add(planner):
    area_of("bolbro")
    words = words_of(get(planner, "?areas=bolbro"))
    assert "Der er kun ét område. Det kan kun læses for sig selv." in words
    assert "Tilføj" not in words


def test_other_questions_and_other_weights_are_a_caution(planner):
    one, other = area_of("bolbro"), area_of("lumby")
    for survey, weighting, question in ((one, WEIGHTED, "Hvad nu?"), (other, REFUSED, "Og så?")):
        document = document_of(survey)
        document["method"] |= {"weighting": weighting, "question": question}
        kept(survey, document)
    words = words_of(get(planner, "?areas=bolbro,lumby"))
    assert "Kun tallene for Bolbro er vægtet efter alder og køn." in words
    assert "Spørgsmålene er ikke ens. Læs dem, før du sammenligner." in words
    assert "”Hvad nu?”" in words


def test_a_question_that_names_its_area_is_the_same_question(planner):
    for slug in ("bolbro", "lumby"):
        survey = area_of(slug)
        document = document_of(survey)
        document["method"]["question"] = f"Vil du have mere af det her i {slug.capitalize()}?"
        kept(survey, document)
    assert "Spørgsmålene er ikke ens" not in words_of(get(planner, "?areas=bolbro,lumby"))


def test_nonsense_in_the_address_is_answered_with_a_sentence(planner):
    area_of("bolbro")
    words = words_of(get(planner, "?areas=bolbro,%3Cscript%3E&theme=sludder"))
    assert "Vi kender ikke området med navnet <script> i adressen." in words
    assert "Vi kender ikke det tema i adressen." in words
    for query in ("?areas=", "?areas=,,,", "?page=x&sort=%FF&choose=", "?theme="):
        assert "Bolbro" in words_of(get(planner, query))


def test_of_five_areas_the_page_shows_four_and_says_so(planner):
    for slug in ("a", "b", "c", "d", "e"):
        area_of(slug, 40)
    reply = get(planner, "?areas=a,b,c,d,e")
    assert "Du kan højst sammenligne 4 områder ad gangen." in words_of(reply)
    assert parts_of(reply, "h1") == ["Sammenlign: A, B, C og D"]


def test_the_fields_of_the_form_become_one_address_to_send_on(planner):
    make_area()
    make_area(slug="lumby", name="Lumby")
    reply = planner.get(f"{PAGE}?areas=bolbro&areas=lumby&theme=byliv&_scheme=x&choose=1")
    assert reply.status_code == 302
    assert reply.headers["Location"].endswith("/planner/compare?areas=bolbro,lumby&theme=byliv")


def test_long_names_and_names_from_the_right_stand_as_they_are(planner):
    area_of("bolbro", yes=LIKED)
    area_of("lumby", yes=DISLIKED)
    db.session.get_one(Area, "bolbro").name = "حي الزهور"
    db.session.get_one(Area, "lumby").name = "Ø" * 200
    db.session.commit()
    words = words_of(get(planner, "?areas=bolbro,lumby"))
    assert f"Folk siger oftere ja i \u2068حي الزهور\u2069 end i {'Ø' * 200}." in words
    assert "<bdi>حي الزهور</bdi>" in get(planner).text


def test_an_area_can_be_taken_out_and_another_put_in(planner):
    for slug in ("bolbro", "lumby", "stige"):
        area_of(slug, 40)
    page = get(planner, "?areas=bolbro,lumby").text
    assert f'href="{PAGE}?areas=lumby"' in page
    assert '<option value="stige">' in page
    assert '<option value="bolbro">' not in page


def test_the_overview_and_an_areas_page_lead_to_the_comparison(planner):
    area_of("bolbro")
    assert f'href="{PAGE}"' in planner.get("/planner").text
    page = planner.get("/planner/areas/bolbro").text
    assert f'href="{PAGE}?areas=bolbro&amp;choose=1"' in page


def test_no_figure_is_shown_that_a_document_withholds(planner):
    area_of("bolbro", 25)
    area_of("lumby", 19)
    for query in ("?areas=bolbro,lumby", ""):
        cells = " ".join(parts_of(get(planner, query), "td"))
        assert not re.search(r"\d+ %", cells)
