"""The list of all areas by one theme: who stands where, how sure that is, and how it is sorted."""

import re
from datetime import date

from asked_queries import noted
from planner_city import DISLIKED, LIKED, area_of, counted_city, get
from planner_snapshots import parts_of, words_of

from swipe.db import db
from swipe.insight.canonical import canonical
from swipe.insight.lines import Line
from swipe.insight.models import Snapshot
from swipe.reports import overview
from swipe.reports.compare import league
from swipe.reports.compare.city_side import City
from swipe.reports.overview import Row
from swipe.reports.standing import Standing
from swipe.surveys.lifecycle import State
from tests.builders import make_area, make_survey

GREEN = "theme=groenne-omraader"


def order_of(reply):
    """Return the areas of the list from top to bottom."""
    return re.findall(r'<input type="checkbox" name="areas" value="([a-z0-9-]+)"', reply.text)


def a_city():
    """Make eight areas and one of fewer than a hundred people, and the city of them all."""
    area_of("a", yes=LIKED)
    area_of("b", yes=DISLIKED)
    for slug in ("c", "d", "e", "f", "g"):
        area_of(slug)
    area_of("h", 60, yes=(0.5, 0.64, 0.6))
    return counted_city()


def test_an_empty_city_says_that_there_is_nothing_to_compare(planner):
    reply = get(planner)
    assert "Ingen områder har tal endnu." in parts_of(reply, "h1")[0]
    assert "Der er ikke noget at sammenligne endnu." in words_of(reply)


def test_the_sentence_says_how_many_lie_above_and_below_the_city(planner):
    city = a_city()
    rows = [
        one
        for row in city["areas"]
        for one in row["compared"]
        if one["theme"] == "groenne-omraader"
    ]
    above = sum(1 for one in rows if one["differs"] == "above")
    below = sum(1 for one in rows if one["differs"] == "below")
    assert (above, below) == (1, 1)
    heading = parts_of(get(planner, f"?{GREEN}"), "h1")[0]
    assert "1 område ligger over byen, og 1 ligger under." in heading
    assert "skiller sig klart ud" in parts_of(get(planner, "?theme=byliv"), "h1")[0]


def test_each_area_stands_with_its_places_and_beside_the_city(planner):
    city = a_city()
    reply = get(planner, f"?{GREEN}")
    cells = parts_of(reply, "td")
    ranks = {
        row["area"]: one["rank"]
        for row in city["areas"]
        for one in row["compared"]
        if one["theme"] == "groenne-omraader"
    }
    assert "Plads blandt 8" in parts_of(reply, "th")
    for low, high in ranks.values():
        said = f"Nr. {low}" if low == high else f"Mellem nr. {low} og {high}"
        assert said in cells
    assert "Ligner byen" in cells


def test_a_place_that_may_be_any_is_not_told_as_a_span(planner):
    a_city()
    assert "Ikke til at sige" in parts_of(get(planner, "?theme=byliv"), "td")


def test_areas_stand_by_name_until_another_order_is_asked_for(planner):
    a_city()
    assert order_of(get(planner, f"?{GREEN}")) == list("abcdefgh")
    assert order_of(get(planner, f"?{GREEN}&sort=-name")) == list("hgfedcba")
    assert order_of(get(planner, f"?{GREEN}&sort=sludder")) == list("abcdefgh")
    assert order_of(get(planner, f"?{GREEN}&sort=-share"))[-1] == "b"
    assert order_of(get(planner, f"?{GREEN}&sort=share"))[0] == "b"
    assert order_of(get(planner, f"?{GREEN}&sort=rank"))[-1] == "b"


def test_a_small_area_is_marked_smoothed_with_the_citys_figure(planner):
    city = a_city()
    row = next(row for row in city["areas"] if row["area"] == "h")
    one = next(one for one in row["compared"] if one["theme"] == "groenne-omraader")
    words = words_of(get(planner, f"?{GREEN}&sort=-share"))
    assert words.count("udjævnet:") == 1
    assert f"udjævnet: {round(100 * one['smoothed']['share'])} %" in words
    assert "Små områder står efter det udjævnede tal." in words
    assert "Små områder står efter" not in words_of(get(planner, f"?{GREEN}"))


def line_of(share):
    """Return the line of a survey with one theme."""
    theme = {"theme": "byliv", "share": share, "bound": None, "low": share, "high": share}
    return Line(60, None, True, canonical({"themes": [theme]}).decode())


def test_by_share_a_small_area_stands_where_its_smoothed_share_puts_it():
    day = date(2026, 11, 20)
    rows = [
        Row(
            slug,
            slug,
            None,
            Standing(slug, slug, State.OPEN, day, day, day, 33, "live"),
            None,
            line_of(share),
        )
        for slug, share in (("large", 0.7), ("small", 0.9))
    ]
    compared = {"theme": "byliv", "smoothed": {"share": 0.65}, "rank": None}
    city = City({}, {("small", "small"): {"compared": [compared]}}, [])
    for sort, wanted in (("-share", ["large", "small"]), ("share", ["small", "large"])):
        assert [row.slug for row in league.ordered(rows, sort, "byliv", city)] == wanted
    assert [row.slug for row in league.ordered(rows, "share", "byliv", None)] == ["large", "small"]


def test_areas_without_a_share_stay_in_the_list_and_come_last_by_share(planner):
    area_of("a", 25)
    area_of("b")
    area_of("c", yes=DISLIKED)
    reply = get(planner, f"?{GREEN}&sort=share")
    assert order_of(reply) == ["c", "b", "a"]
    assert "For få har svaret til at vise det." in words_of(reply)


def test_areas_without_figures_are_folded_below_with_the_reason(planner):
    area_of("bolbro")
    area_of("stige", 19)
    make_survey(area="korup", state="coming")
    make_area(slug="tarup", name="Tarup")
    words = words_of(get(planner))
    for folded in ("Under 20 har svaret (1)", "Åbner senere (1)", "Uden undersøgelse (1)"):
        assert folded in words


def test_each_figure_stands_with_the_day_it_is_from(planner):
    area_of("bolbro")
    assert "20. nov. 2026" in parts_of(get(planner), "td")


def test_the_figures_of_the_newest_round_with_shares_stand_for_an_area(planner):
    area_of("bolbro", state="closed")
    area_of("bolbro", 25)
    assert "For få har svaret" not in words_of(get(planner))


def test_chosen_areas_stay_chosen_through_pages_orders_and_searches(planner, monkeypatch):
    monkeypatch.setattr(overview, "ON_A_PAGE", 2)
    for slug in ("a", "b", "c", "d", "e"):
        area_of(slug, 40)
    reply = get(planner, "?areas=a,e&choose=1")
    assert order_of(reply) == ["a", "b"]
    assert 'value="a" checked' in reply.text
    assert '<input type="hidden" name="areas" value="e">' in reply.text
    next_page = next(link for link in _links(reply) if "page=2" in link)
    assert "areas=a,e" in next_page
    assert "choose=1" in next_page
    assert all("areas=a,e" in link for link in _links(reply) if "sort=" in link or "theme=" in link)
    for beyond in ("99", "0", "-1", "x"):
        assert get(planner, f"?page={beyond}").status_code == 200


def _links(reply):
    return [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', reply.text)]


def test_a_search_finds_an_area_and_says_when_there_is_none(planner):
    for number in range(12):
        area_of(f"omraade-{number:02}", 40)
    assert order_of(get(planner, "?q=omraade-07")) == ["omraade-07"]
    assert "Her er ingen områder." in words_of(get(planner, "?q=%3Cb%3E"))


def test_the_list_reads_snapshots_in_a_fixed_number_of_queries(planner):
    area_of("a", 40)
    area_of("b", 40)
    counted_city()
    with noted() as few:
        get(planner)
    for slug in ("c", "d", "e"):
        area_of(slug, 40)
    with noted() as many:
        get(planner)
    assert len(many) == len(few) > 0
    assert not [one for one in many if re.search(r"(from|join)\s+\"?(swipe|participation)\b", one)]


def test_without_a_city_document_the_list_has_no_places(planner):
    area_of("bolbro")
    reply = get(planner)
    assert "Mod hele byen" not in parts_of(reply, "th")
    assert not [one for one in parts_of(reply, "th") if one.startswith("Plads")]
    assert db.session.query(Snapshot).filter(Snapshot.survey.is_(None)).count() == 0
