"""The overview: a sentence, the areas with figures, and the others folded below."""

import json
import re

from asked_queries import noted
from planner_city import five_areas_without_figures, two_areas_with_figures
from planner_snapshots import parts_of, residents, told, words_of

from swipe.db import db
from swipe.insight.models import Snapshot
from swipe.reports import overview
from tests.builders import make_area, make_survey


def order_of(reply):
    """Return the areas of the table from top to bottom."""
    page = reply.get_data(as_text=True)
    return re.findall(r'<th scope="row"><a href="/planner/areas/([a-z-]+)"', page)


def test_nobody_reads_the_overview_without_logging_in(client):
    assert client.get("/planner").status_code == 302


def test_the_sentence_stands_first(planner):
    two_areas_with_figures()
    reply = planner.get("/planner")
    assert parts_of(reply, "h1", "h2")[0] == "2 områder er åbne. 1 har nået sit mål."


def test_an_empty_city_says_that_nothing_is_open(planner):
    reply = planner.get("/planner")
    assert parts_of(reply, "h1") == ["Ingen områder er åbne lige nu."]


def test_an_area_stands_with_people_reach_and_wish(planner):
    two_areas_with_figures()
    words = words_of(planner.get("/planner"))
    assert "500 af 1.200" in words
    assert "42 %" in words
    assert "Mest ønsket: Grønne områder 7" in words


def test_an_area_with_too_few_for_shares_says_so(planner):
    told(make_survey(), 25, residents(100))
    assert "For få svar til at vise" in words_of(planner.get("/planner"))


def test_areas_without_figures_are_folded_below_and_show_none(planner):
    five_areas_without_figures()
    reply = planner.get("/planner")
    words = words_of(reply)
    assert order_of(reply) == []
    for folded in (
        "Under 20 har svaret (1)",
        "Venter på de første svar (1)",
        "Åbner senere (1)",
        "Kladder (1)",
        "Uden undersøgelse (1)",
    ):
        assert folded in words
    assert "19" not in re.sub(r"\d+\. [a-z]+", "", words)


def test_areas_stand_by_name_until_another_order_is_asked_for(planner):
    two_areas_with_figures()
    assert order_of(planner.get("/planner")) == ["bolbro", "lumby"]
    assert order_of(planner.get("/planner?sort=reach")) == ["lumby", "bolbro"]
    assert order_of(planner.get("/planner?sort=-reach")) == ["bolbro", "lumby"]
    assert order_of(planner.get("/planner?sort=-name")) == ["lumby", "bolbro"]
    assert order_of(planner.get("/planner?sort=sludder")) == ["bolbro", "lumby"]


def test_a_filter_shows_the_areas_in_one_state(planner):
    two_areas_with_figures()
    told(make_survey(area="stige", state="closed"), 100, residents(100))
    assert order_of(planner.get("/planner?state=closed")) == ["stige"]
    assert order_of(planner.get("/planner?state=open")) == ["bolbro", "lumby"]
    assert len(order_of(planner.get("/planner?state=sludder"))) == 3


def test_a_search_finds_areas_by_any_part_of_their_name(planner):
    for slug, name in (("aalborg-nord", "Ålborg Nord"), ("nord", "Norden"), ("syd", "Sydby")):
        make_area(slug=slug, name=name)
        told(make_survey(area=slug), 100, residents(100))
    assert order_of(planner.get("/planner?q=NORD")) == ["nord", "aalborg-nord"]
    assert order_of(planner.get("/planner?q=nord+ålb")) == ["aalborg-nord"]
    assert order_of(planner.get("/planner?q=nord&sort=-name")) == ["aalborg-nord", "nord"]
    assert order_of(planner.get("/planner?q=")) == ["nord", "syd", "aalborg-nord"]
    lost = words_of(planner.get("/planner?q=%3Cb%3E"))
    assert "Her er ingen områder." in lost


def test_many_areas_come_a_page_at_a_time_in_one_order(planner, monkeypatch):
    monkeypatch.setattr(overview, "ON_A_PAGE", 2)
    for slug in ("a", "b", "c", "d", "e"):
        told(make_survey(area=slug), 100, residents(100))
    shown = [order_of(planner.get(f"/planner?page={page}")) for page in (1, 2, 3)]
    assert shown == [["a", "b"], ["c", "d"], ["e"]]
    for beyond in ("99", "0", "-1", "x"):
        assert planner.get(f"/planner?page={beyond}").status_code == 200
    assert order_of(planner.get("/planner?page=99")) == ["e"]
    assert "Side 2 af 3" in words_of(planner.get("/planner?page=2"))
    assert "sort=-name" in planner.get("/planner?page=2&sort=-name").text


def test_a_long_list_without_figures_is_cut_and_says_how_to_find_the_rest(planner, monkeypatch):
    monkeypatch.setattr(overview, "ON_A_PAGE", 2)
    for slug in ("a", "b", "c"):
        make_area(slug=slug, name=f"Område {slug}")
    words = words_of(planner.get("/planner"))
    assert "Uden undersøgelse (3)" in words
    assert "Her er de første 2. Søg efter navnet på de andre." in words
    assert "Område c" not in words


def test_a_new_round_without_figures_is_named_beside_the_old_ones(planner):
    told(make_survey(state="closed"), 100, residents(100))
    new = make_survey(state="open")
    reply = planner.get("/planner")
    assert "Ny runde: Åben" in words_of(reply)
    assert f"/planner/areas/bolbro?survey={new.id}" in reply.get_data(as_text=True)


def test_figures_that_cannot_be_right_carry_a_warning(planner):
    told(make_survey(), 400, residents(25))
    assert "Dækning over 100 %" in words_of(planner.get("/planner"))


def test_pages_and_exports_read_snapshots_and_never_answers(planner):
    two_areas_with_figures()
    with noted() as asked:
        for ending in (
            "",
            "/areas/bolbro",
            "/areas/bolbro/export.csv",
            "/areas/bolbro/export.json",
        ):
            assert planner.get(f"/planner{ending}").status_code == 200
    assert any("from snapshot" in statement for statement in asked)
    answers = re.compile(r"(from|join)\s+\"?(swipe|participation)\b")
    assert [statement for statement in asked if answers.search(statement)] == []


def test_the_number_of_queries_does_not_grow_with_the_areas(planner):
    two_areas_with_figures()
    with noted() as few:
        planner.get("/planner")
    for slug in ("stige", "korup", "tarup"):
        told(make_survey(area=slug), 100, residents(100))
    with noted() as many:
        planner.get("/planner")
    assert len(many) == len(few) > 0


def test_the_city_is_summed_up_in_one_line_once_it_has_a_snapshot(planner):
    two_areas_with_figures()
    city = {
        "snapshot": {},
        "areas": [],
        "city": {
            "participants": 600,
            "residents": 2400,
            "areas": 2,
            "reach": {"share": 0.25, "low": None, "reason": None},
        },
    }
    row = db.session.query(Snapshot).first()
    copied = {"day": row.day, "taken_at": row.taken_at, "final": False, "rules": 1, "basis": {}}
    text = json.dumps(city)
    db.session.add(Snapshot(survey=None, number=1, document=text, digest="x", **copied))
    db.session.commit()
    words = words_of(planner.get("/planner"))
    assert "I alt har 600 af 2.400 svaret i 2 områder med tal. Det er 25 %." in words
