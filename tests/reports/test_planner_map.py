"""The map says what the overview says: same areas, same order, same figures, where they lie."""

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planner_city import five_areas_without_figures, two_areas_with_figures
from planner_snapshots import parts_of, residents, told, words_of
from sqlalchemy import update

from swipe.areas.models import Area
from swipe.areas.shapes import drawn
from swipe.db import db
from swipe.insight.models import Snapshot
from swipe.reports import overview
from swipe.reports.map import drawing
from swipe.reports.map.steps import STEPS, WIDTHS, goal_step, scale
from tests.builders import make_area, make_survey

MAP = "/planner/map"
FIELD = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
GREEN = f"{MAP}?theme=groenne-omraader"


def settle(*slugs):
    """Give areas boundaries side by side."""
    outlines = {slug: [[(x + 10 * place, y) for x, y in FIELD]] for place, slug in enumerate(slugs)}
    for slug, boundary in drawn(outlines, "metres").items():
        db.session.execute(update(Area).where(Area.slug == slug).values(boundary=boundary))
    db.session.commit()


class Drawn(HTMLParser):
    """Collects what stands on the map, in tiles and in the list: (slug, words) in their order."""

    def __init__(self, page):
        super().__init__()
        self.places, self.at, self.link = {"map": [], "tile": [], "list": []}, None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "svg" and "data-map" in given:
            self.at = "map"
        elif tag == "ul" and given.get("class") == "tiles":
            self.at = "tile"
        elif tag == "tbody":
            self.at = "list"
        if tag == "a" and self.at and "/areas/" in given.get("href", ""):
            self.link = [given["href"].rsplit("/", 1)[1], ""]
            self.places[self.at].append(self.link)
        elif tag == "tr":
            self.link = None

    def handle_endtag(self, tag):
        if (tag == "a" and self.at in ("map", "tile")) or tag == "tr":
            self.link = None
        if tag in ("svg", "ul", "tbody") and not (tag == "svg" and self.at == "tile"):
            self.at = self.at if tag == "svg" and self.at == "list" else None

    def handle_data(self, data):
        if self.link is not None:
            self.link[1] += f" {data}"

    def slugs(self, place):
        return [slug for slug, _words in self.places[place]]

    def words(self, place, slug):
        found = next(words for at, words in self.places[place] if at == slug)
        return re.sub(r"\s+", " ", found.replace("\u00a0", " ")).strip()


def on(reply):
    assert reply.status_code == 200
    return Drawn(reply.text)


def test_nobody_reads_the_map_without_logging_in(client):
    assert client.get(MAP).status_code == 302


def test_every_area_is_a_link_that_says_its_figure_and_the_list_says_the_same(planner):
    two_areas_with_figures()
    settle("bolbro", "lumby")
    reply = planner.get(MAP)
    page = on(reply)
    assert page.slugs("map") == page.slugs("list") == ["bolbro", "lumby"]
    assert page.words("map", "bolbro").startswith("Bolbro: 42 % nået, mål 33 %")
    assert "42 %" in page.words("list", "bolbro")
    assert "mål 33 %" in page.words("list", "bolbro")
    assert parts_of(reply, "h1") == ["1 område har nået sit mål."]
    assert 'class="step-5"' in reply.text


def test_the_map_has_the_figures_of_the_overview(planner):
    two_areas_with_figures()
    settle("bolbro", "lumby")
    table, page = words_of(planner.get("/planner")), on(planner.get(f"{MAP}?show=first"))
    share = re.search(r"Grønne områder (\d+ %)", table)[1]
    assert share in page.words("list", "bolbro")
    assert page.words("map", "bolbro") == f"Bolbro: Grønne områder {share}"


def test_a_theme_shows_its_share_with_its_interval_in_the_list(planner):
    document = told(make_survey(area="bolbro"), 500, residents(100))
    settle("bolbro")
    theme = next(one for one in document["themes"] if one["theme"] == "groenne-omraader")
    low, high, share = (round(100 * theme[name]) for name in ("low", "high", "share"))
    page = on(planner.get(GREEN))
    assert page.words("map", "bolbro").startswith(f"Bolbro: {share} % siger ja")
    assert f"{share} % ({low}–{high} %)" in page.words("list", "bolbro")


def test_without_boundaries_the_areas_stand_in_tiles_marked_schematic(planner):
    two_areas_with_figures()
    reply = planner.get(MAP)
    page = on(reply)
    assert (page.slugs("map"), page.slugs("tile")) == ([], ["bolbro", "lumby"])
    assert "Skematisk: felterne viser ikke, hvor områderne ligger." in words_of(reply)
    assert "42 % nået, mål 33 %" in page.words("tile", "bolbro")


def test_an_area_without_a_boundary_stands_in_a_tile_below_the_others(planner):
    two_areas_with_figures()
    settle("bolbro")
    reply = planner.get(MAP)
    page = on(reply)
    assert (page.slugs("map"), page.slugs("tile")) == (["bolbro"], ["lumby"])
    assert page.slugs("list") == ["bolbro", "lumby"]
    assert "1 område har ingen grænse på kortet. Det står her:" in words_of(reply)
    assert "Skematisk" not in words_of(reply)


def test_areas_without_figures_have_a_pattern_and_say_why(planner):
    five_areas_without_figures()
    settle("bolbro", "lumby", "stige", "korup", "tarup")
    for address in (MAP, GREEN, f"{MAP}?show=first"):
        reply = planner.get(address)
        page = on(reply)
        assert page.words("map", "bolbro") == "Bolbro: under 20 har svaret"
        assert page.words("map", "lumby") == "Lumby: venter på svar"
        assert "åbner" in page.words("map", "stige")
        assert page.words("map", "korup") == "Korup: kladde"
        assert page.words("map", "tarup") == "Tarup: ingen undersøgelse"
        looks = re.findall(r'</title><path class="([\w-]+)" d=', reply.text)
        assert sorted(looks) == ["few", "later", "later", "later", "none"]
        assert "19" not in re.sub(r"\d+\. [a-z]+", "", words_of(reply))


def test_a_share_that_is_withheld_is_never_shown(planner):
    told(make_survey(area="bolbro"), 25, residents(100))
    settle("bolbro")
    assert on(planner.get(GREEN)).words("map", "bolbro") == "Bolbro: for få svar"
    shown = on(planner.get(f"{MAP}?show=first")).words("map", "bolbro")
    assert shown == "Bolbro: For få svar til at vise"


def test_an_area_without_residents_says_so_instead_of_a_reach(planner):
    told(make_survey(area="bolbro"), 100, None)
    settle("bolbro")
    shown = on(planner.get(MAP)).words("map", "bolbro")
    assert shown == "Bolbro: Dækningen kan ikke vises. Indbyggertallet mangler."


def test_a_reach_that_cannot_be_right_is_no_goal_reached(planner):
    told(make_survey(area="bolbro"), 400, residents(25))
    settle("bolbro")
    reply = planner.get(MAP)
    assert "Det kan ikke passe" in on(reply).words("map", "bolbro")
    assert '<path class="odd"' in reply.text


def test_a_theme_that_the_survey_has_not_is_no_figure(planner):
    themes = ("foreningsliv", "byliv")
    told(make_survey(area="bolbro", themes=themes), 100, residents(100), yes=(0.4, 0.5, 0.6))
    settle("bolbro")
    shown = on(planner.get(GREEN)).words("map", "bolbro")
    assert shown in ("Bolbro: Temaet er ikke med her", "Bolbro: for få svar")


def even_out(document, area, theme, share):
    """Store a city's document that has a smoothed share of one area."""
    row = db.session.query(Snapshot).first()
    copied = {"day": row.day, "taken_at": row.taken_at, "final": False, "rules": 1, "basis": {}}
    compared = [{"theme": theme, "smoothed": {"share": share, "low": 0.5, "high": 0.8}}]
    city = {
        "snapshot": {"number": 1, "day": "2026-11-20", "digest": "sha256:by"},
        "areas": [{"area": area, "survey": document["survey"], "compared": compared}],
        "city": {
            "participants": 600,
            "residents": 2400,
            "areas": 2,
            "reach": {"share": 0.25, "low": None, "reason": None},
            "themes": [
                {"theme": theme, "share": 0.66, "bound": None, "low": 0.6, "high": 0.7, "areas": 2}
            ],
        },
    }
    text = json.dumps(city)
    db.session.add(Snapshot(survey=None, number=1, document=text, digest="x", **copied))
    db.session.commit()


def test_a_small_area_is_drawn_by_its_smoothed_share_and_marked(planner):
    document = told(make_survey(area="lumby"), 60, residents(100))
    settle("lumby")
    own = next(one for one in document["themes"] if one["theme"] == "groenne-omraader")
    even_out(document, "lumby", "groenne-omraader", 0.52)
    reply = planner.get(GREEN)
    page, share = on(reply), f"{round(100 * own['share'])} %"
    assert page.words("map", "lumby").startswith(
        f"Lumby: 52 % siger ja, udjævnet. Områdets eget tal er {share}"
    )
    assert "52 % udj." in page.words("list", "lumby")
    assert f"eget tal: {share}" in page.words("list", "lumby")
    assert "”Udjævnet” (udj.) er tallet" in words_of(reply)
    assert parts_of(reply, "h1") == ["Grønne områder: 66 % siger ja i hele byen."]


def test_filters_search_and_order_are_those_of_the_overview_and_ride_along(planner):
    two_areas_with_figures()
    told(make_survey(area="stige", state="closed"), 100, residents(100))
    settle("bolbro", "lumby", "stige")
    assert on(planner.get(f"{MAP}?state=closed")).slugs("list") == ["stige"]
    assert on(planner.get(f"{MAP}?sort=reach")).slugs("map")[-1] == "bolbro"
    assert on(planner.get(f"{MAP}?q=LUM")).slugs("map") == ["lumby"]
    page = planner.get(f"{MAP}?state=open&sort=-reach&q=b&theme=byliv").text
    assert "/planner?state=open&amp;sort=-reach&amp;q=b" in page
    assert "/planner/map?state=open&amp;sort=-reach&amp;q=b&amp;show=first" in page
    assert (
        "/planner/map?state=open&amp;sort=reach&amp;q=lum"
        in planner.get("/planner?state=open&sort=reach&q=lum").text
    )
    assert 'class="others"' in page  # the other areas stay as faint outlines


def test_a_search_that_finds_nothing_says_so(planner):
    two_areas_with_figures()
    assert "Her er ingen områder." in words_of(planner.get(f"{MAP}?q=%3Cb%3E"))


@pytest.mark.parametrize(
    "query",
    [
        "theme=sludder",
        "theme=",
        "show=sludder",
        "theme=byliv&theme=x",
        "state=x&sort=x&page=x",
        "page=-5",
        "page=99999999999999999999",
        "q=%F0%9F%97%BA",
    ],
)
def test_nonsense_in_the_address_does_no_harm(planner, query):
    two_areas_with_figures()
    settle("bolbro", "lumby")
    assert planner.get(f"{MAP}?{query}").status_code == 200


def test_an_empty_city_has_an_empty_map(planner):
    assert "Her er ingen områder." in words_of(planner.get(MAP))


def test_long_and_right_to_left_names_stay_whole_in_the_list(planner):
    long, hebrew = "Langt " * 33, "אזור מקומי"
    for slug, name in (("lang", long.strip()), ("ret", hebrew)):
        make_area(slug=slug, name=name)
        told(make_survey(area=slug), 100, residents(100))
    settle("lang", "ret")
    page = on(planner.get(MAP))
    assert long.strip() in page.words("map", "lang")
    assert hebrew in page.words("list", "ret")


def test_many_areas_are_all_on_the_map_and_a_page_at_a_time_in_the_list(planner, monkeypatch):
    monkeypatch.setattr(overview, "ON_A_PAGE", 2)
    slugs = ["a", "b", "c", "d", "e"]
    for slug in slugs:
        told(make_survey(area=slug), 100, residents(100))
    settle(*slugs)
    page = on(planner.get(f"{MAP}?page=2&theme=byliv"))
    assert page.slugs("map") == slugs
    assert page.slugs("list") == ["c", "d"]
    assert "page=3#list" in planner.get(f"{MAP}?page=2").text


def test_names_never_become_markup(planner):
    make_area(slug="x", name="<b>&\"'</b>")
    settle("x")
    page = planner.get(MAP).text
    assert "<b>&" not in page
    assert "&lt;b&gt;&amp;" in page


@pytest.mark.parametrize(
    ("reach", "goal", "step"),
    [(0.0, 30, 1), (0.074, 30, 1), (0.075, 30, 2), (0.15, 30, 3), (0.299, 30, 4), (0.3, 30, 5)],
)
def test_a_reach_stands_on_a_step_of_its_goal(reach, goal, step):
    assert goal_step(reach, goal) == step


@given(st.lists(st.integers(0, 100), max_size=30))
def test_every_percent_stands_on_the_step_that_names_it(percents):
    found = scale(percents)
    assert found.width in WIDTHS
    ends = found.ends()
    assert len(ends) <= STEPS
    for percent in percents:
        first, last = ends[found.step(percent) - 1]
        assert first <= percent <= last


@given(st.text(max_size=60))
def test_a_name_is_halved_without_losing_a_word(name):
    lines = drawing.halves(name)
    assert len(lines) in (1, 2)
    if len(lines) == 2:
        assert all(lines)
        assert "".join("".join(lines).split()) == "".join(name.split())
