"""Views of an area's page by theme and by group: links that a colleague can be sent."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planner_pages import AREA, broken, read, told_whole
from planner_snapshots import kept, parts_of, residents, told
from whole_document import WEIGHTED, compared, group, row, table, whole_groups

from swipe.reports.choosing import chosen, group_of, key_of, rows_of
from tests.builders import cards_of, make_survey

GREEN = f"{AREA}?theme=groenne-omraader"


def links(planner: Any, address: str) -> list[str]:
    found = re.findall(r'href="([^"]*(?:theme|group)=[^"]*)"', planner.get(address).text)
    return [link.replace("&amp;", "&") for link in found]


def test_a_theme_narrows_cards_and_themes_and_leaves_who_was_reached(planner):
    survey = make_survey()
    document = told_whole(survey)
    kept(None, {**compared("bolbro", str(survey.id)), "snapshot": document["snapshot"]}, 1)
    words = read(planner, GREEN)
    by_theme = {theme: [] for theme in ("byliv", "foreningsliv", "groenne-omraader")}
    for card in cards_of(survey):
        by_theme[card.theme].append(card.titles["da"])
    rows = parts_of(planner.get(GREEN), "th")
    shown = {title for title in rows if title.startswith("Motiv")}
    assert shown == {f"{title}Grønne områder" for title in by_theme["groenne-omraader"]}
    assert "Foreningsliv Op" not in words
    assert "Byliv Ligner byen" not in words
    assert "Grønne områder 5 point over byen" in words
    assert "55 år og ældre 150 deltagere 83 % (77–89 %)" in words
    assert "Der mangler ca." in words
    assert broken(words) == set()


def test_the_choice_is_said_above_the_answer_and_in_the_title(planner):
    told_whole(make_survey())
    reply = planner.get(f"{GREEN}&group=gender:female")
    assert parts_of(reply, "h1")[0].startswith("Bolbro · Grønne områder · Kvinder:")
    assert "<title>Bolbro · Grønne områder · Kvinder" in reply.text
    assert "Du ser: Grønne områder, Kvinder ." in read(planner, f"{GREEN}&group=gender:female")


def test_all_can_be_shown_again_and_the_survey_stays(planner):
    survey = make_survey(state="closed")
    told_whole(survey)
    make_survey(state="open")
    page = planner.get(f"{GREEN}&survey={survey.id}").text
    every = re.search(r'class="show-all" href="([^"]+)"', page)
    assert every
    assert every[1] == f"{AREA}?survey={survey.id}"
    assert all(f"survey={survey.id}" in link for link in links(planner, AREA) if "#" not in link)


def test_without_a_choice_nothing_is_said_of_one(planner):
    told_whole(make_survey())
    page = planner.get(AREA).text
    assert "Vis alt" not in page
    assert "Du ser:" not in page
    assert page.count('aria-current="true">Alle') == 2


def test_each_link_leads_to_what_it_says_and_is_marked_there(planner):
    told_whole(make_survey())
    found = links(planner, AREA)
    assert len(found) == 3 + 2 + 3 + 3  # themes, genders, ages, households
    for link in found:
        page = planner.get(link).text
        assert f'href="{link.replace("&", "&amp;")}" aria-current="true"' in page
        assert "Vi kender ikke" not in page


def test_a_group_stands_beside_all_without_weights(planner):
    document = told_whole(make_survey(), weighting=WEIGHTED)
    words = read(planner, f"{AREA}?group=gender:female")
    theme = next(one for one in document["themes"] if one["theme"] == "groenne-omraader")
    plain = [round(100 * theme["unweighted"][key]) for key in ("share", "low", "high")]
    assert "Kvinder ved siden af alle 205 af 600 er med. Det er mellem 34 % og 38 %." in words
    assert f"Grønne områder 77 % (71–83 %) {plain[0]} % ({plain[1]}–{plain[2]} %)" in words
    assert "Begge tal er uden vægt." in words
    assert "Gruppens tal er fra 14. november 2026. Alles tal er fra 20. november 2026." in words
    assert "En lille forskel kan være tilfældig." in words


def test_a_theme_and_a_group_go_together(planner):
    told_whole(make_survey())
    rows = parts_of(planner.get(f"{GREEN}&group=household:alone"), "th")
    at = rows.index("Bor alene")
    assert rows[at : at + 3] == ["Bor alene", "Alle", "Grønne områder"]
    assert "Byliv" not in rows


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("age_band:15-39", "15–39 år"),
        ("age_band:25-39", "15–39 år"),
        ("age_band:67%2B", "55 år og ældre"),
        ("age_band:67+", "55 år og ældre"),
    ],
)
def test_a_group_that_was_put_together_with_its_neighbours_is_found_in_them(planner, asked, name):
    told_whole(make_survey())
    words = read(planner, f"{AREA}?group={asked}")
    assert f"{name} ved siden af alle" in words
    assert ("Derfor er gruppen større." in words) == (asked != "age_band:15-39")


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("too-few", "Tabellen kommer, når mindst 50 har svaret"),
        ("policy", "Kommunen har valgt ikke at vise denne tabel."),
        ("complementary", "Tabellen vises ikke. Med den kunne man regne små"),
    ],
)
def test_a_group_whose_table_is_withheld_says_why(planner, reason, sentence):
    groups = whole_groups()
    groups["gender"] = {**table([]), "reason": reason, "opinions": None}
    told_whole(make_survey(), groups=groups)
    reply = planner.get(f"{AREA}?group=gender:male")
    words = read(planner, f"{AREA}?group=gender:male")
    assert f"Mænd ved siden af alle {sentence}" in words
    assert "Kvinder" not in parts_of(reply, "th")


def test_a_group_whose_wishes_wait_says_why_and_how_many_took_part(planner):
    groups = whole_groups()
    groups["gender"] |= {"opinions": None, "opinions_reason": "not-enough-change"}
    for one in groups["gender"]["rows"]:
        one["themes"] = None
    told_whole(make_survey(), groups=groups)
    words = read(planner, f"{AREA}?group=gender:male")
    assert "170 af 600 er med." in words
    assert "Ønskerne venter, til hver gruppe har fået mindst 10 nye svar." in words


def test_a_group_too_small_to_stand_by_itself_is_said_to_be(planner):
    told_whole(make_survey())
    words = read(planner, f"{AREA}?group=household:shared")
    assert "Gruppen vises ikke for sig. Den er så lille, at folk kunne kendes." in words


@pytest.mark.parametrize(
    "query",
    [
        "theme=sludder",
        "theme=%3Cscript%3E",
        "theme=" + "x" * 3000,
        "group=gender:robot",
        "group=age_band:26-39",
        "group=age_band:39-15",
        "group=age_gender:15-24",
        "group=:",
        "group=%F0%9F%8E%89",
        "theme=byliv&theme=x&group=gender",
        "cards=-7",
    ],
)
def test_nonsense_in_the_address_is_ignored_with_a_sentence(planner, query):
    told_whole(make_survey())
    words = read(planner, f"{AREA}?{query}")
    assert ("Vi kender ikke" in words) == (not query.startswith("cards"))
    assert "Foreningsliv" in words
    assert broken(words) == set()


def test_below_twenty_people_a_view_shows_no_figure_either(planner):
    told(make_survey(), 19, residents(100))
    reply = planner.get(f"{GREEN}&group=gender:female")
    assert reply.status_code == 200
    assert parts_of(reply, "td") == []


@pytest.mark.parametrize("n", [25, 45, 90, 400])
def test_no_figure_of_a_view_is_missing_from_the_document(planner, n):
    document = told(make_survey(), n, residents(100))
    held = set(re.findall(r"\d+", str(document))) | {
        str(round(100 * float(one))) for one in re.findall(r"\d\.\d+", str(document))
    }
    for group_asked in ("gender:female", "age_band:15-24", "household:alone"):
        reply = planner.get(f"{GREEN}&group={group_asked}")
        of_names = r"Motiv \d+|nr\. 1\b|\d+–\d+ år|mellem \d+ og \d+ år|\d+ år (og|eller) ældre"
        text = re.sub(of_names, "", " ".join(parts_of(reply, "td", "b")))
        assert set(re.findall(r"\d+", text.replace(".", ""))) - held - {"5", "95", "100"} == set()


BANDS = st.sampled_from([["15-24"], ["25-39"], ["25-39", "40-54"], ["67-79", "80+"], ["80+"]])


@given(BANDS)
def test_the_word_of_a_group_finds_its_own_row_again(bands):
    groups = whole_groups()
    groups["age_band"] = table([row(group(age_band=bands), 60, 200, None)])
    for name, one in rows_of(groups):
        found = group_of(key_of(name, one), groups)
        assert found is not None
        assert found.row is one
        assert not found.merged


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_words_at_all_choose_what_there_is_or_nothing(theme, asked):
    found = chosen(theme, asked, ["byliv"], whole_groups())
    assert found.theme in (None, "byliv")
    assert found.group is None or found.group.table in ("gender", "age_band", "household")
