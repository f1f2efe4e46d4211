"""An area's page where something is odd: many cards, long or right-to-left names, a new name."""

import re
from typing import Any

import pytest
from note_desk import make_note
from planner_pages import AREA, broken, read, told_whole
from planner_snapshots import kept, parts_of, residents, told, words_of
from whole_document import agreement, whole

from swipe.areas.models import Area
from swipe.db import db
from swipe.surveys.models import Card, Survey
from tests.builders import cards_of, make_area, make_survey

MEGABYTE = 1_000_000
ARABIC = "حديقة عامة مفتوحة للجميع في الحي"


def thousand() -> Survey:
    """Make a survey of a thousand cards, of which groups disagree about every one."""
    survey = make_survey(cards=1000)
    document = whole(told(survey, 400, residents(100)))
    cards = [str(card.id) for card in cards_of(survey)]
    found = agreement(cards)
    found["unites"] = [{**found["unites"][0], "card": card} for card in cards[:500]]
    found["divides"] = [{**found["divides"][0], "card": card} for card in cards[500:]]
    kept(survey, {**document, "agreement": found}, 10)
    return survey


def test_a_page_of_a_thousand_cards_stays_small_and_leads_to_all_of_them(planner):
    survey = thousand()
    reply = planner.get(AREA)
    assert len(reply.data) < MEGABYTE
    assert len(titles(reply)) == 10
    assert "Vis alle 1.000 kort" in words_of(reply)
    seen: list[str] = []
    address = f"{AREA}?survey={survey.id}&cards=1"
    for _page in range(17):
        reply = planner.get(address)
        assert len(reply.data) < MEGABYTE
        seen += titles(reply)
        following = re.search(r'href="([^"]+)#cards" rel="next"', reply.text)
        address = following[1].replace("&amp;", "&") if following else ""
    assert address == ""
    assert sorted(seen) == sorted(card.titles["da"] for card in cards_of(survey))


def test_the_page_on_quality_of_a_thousand_cards_stays_small_too(planner):
    thousand()
    reply = planner.get(f"{AREA}/quality")
    assert len(reply.data) < MEGABYTE
    assert "Her er de første 60. Excel-filen har alle" in words_of(reply)


def titles(reply: Any) -> list[str]:
    found = (re.match(r"Motiv \d+", row) for row in parts_of(reply, "th"))
    return [one[0] for one in found if one]


@pytest.mark.parametrize("asked", ["0", "99", "-3", "x", "٣", "9" * 400, ""])
def test_a_page_of_cards_that_is_not_there_is_the_nearest_one(planner, asked):
    thousand()
    words = read(planner, f"{AREA}?cards={asked}")
    assert re.search(r"Alle 1\.000 kort, side (1|17) af 17", words)


def test_a_theme_of_many_cards_keeps_its_theme_from_page_to_page(planner):
    thousand()
    page = planner.get(f"{AREA}?theme=byliv&cards=2").text
    assert "Alle 333 kort, side 2 af 6" in page
    for link in re.findall(r'href="([^"]+cards=[^"]+)"', page):
        assert "theme=byliv" in link


def test_what_very_many_cards_unite_and_divide_is_cut_in_words(planner):
    thousand()
    assert read(planner).count("Her er de første 30. Excel-filen har alle 500.") == 2


def test_names_of_two_hundred_letters_break_and_never_hide(planner):
    survey = make_survey(area="bolbro", cards=3)
    name, title = "Å" * 200, "Rutsjebane" * 20
    db.session.get_one(Area, "bolbro").name = name
    for card in db.session.query(Card).all():
        card.titles = {"da": title}
    db.session.commit()
    told(survey, 400, residents(100))
    make_note(survey=survey, text="W" * 2000, staff_name="N" * 200)
    words = read(planner)
    assert name in words
    assert title in words
    assert "W" * 2000 in words


def test_right_to_left_names_stand_apart_from_the_danish_around_them(planner):
    survey = make_survey(cards=3)
    db.session.get_one(Area, "bolbro").name = ARABIC
    for card in db.session.query(Card).all():
        card.titles = {"da": ARABIC}
    db.session.commit()
    told(survey, 400, residents(100))
    make_note(survey=survey, text=ARABIC)
    page = planner.get(AREA).text
    assert f"<bdi>{ARABIC}</bdi>" in page
    assert re.search(rf'dir="auto">{ARABIC}</p>', page)
    assert page.count(f"<bdi>{ARABIC}</bdi></span>") >= 3


def test_an_area_renamed_in_the_middle_has_its_new_name_and_its_old_figures(planner):
    survey = make_survey()
    document = told(survey, 400, residents(100))
    db.session.get_one(Area, "bolbro").name = "Vestbyen"
    db.session.commit()
    reply = planner.get(AREA)
    assert parts_of(reply, "h1") == ["Vestbyen: Grønne områder ligger klart først."]
    assert document["snapshot"]["digest"].removeprefix("sha256:")[:12] in words_of(reply)


def test_a_survey_without_a_snapshot_ignores_a_view_and_takes_notes(planner):
    make_survey()
    words = read(planner, f"{AREA}?theme=byliv&group=gender:female&cards=3")
    assert "Tallene kommer, når 20 har svaret." in words
    assert "Skriv en note" in words
    assert broken(words) == set()


@pytest.mark.parametrize("policy", ["staff", "after_close"])
def test_where_citizens_may_not_see_the_figures_the_page_says_so(planner, policy):
    told(make_survey(results=policy), 400, residents(100))
    said = {"staff": "Kun medarbejdere kan se tallene.", "after_close": "når undersøgelsen er slut"}
    assert said[policy] in read(planner)


def test_an_area_without_boundary_survey_or_residents_has_a_page(planner):
    make_area(slug="tom", name="Tomby")
    assert "Her er endnu ingen undersøgelse." in read(planner, "/planner/areas/tom?theme=byliv")


def test_the_ways_people_came_are_named_where_it_is_not_told_how_many_came_by_each(planner):
    told(make_survey(), 400, residents(100))
    assert "Folk kunne komme hertil ad de her veje: Plakat, Brev." in read(planner)


def test_where_it_is_told_how_many_came_by_each_way_the_ways_are_named_once(planner):
    told_whole(make_survey())
    words = read(planner)
    assert "Folk kunne komme hertil ad de her veje" not in words
    assert "Plakat i området 240 60 %" in words
