"""The page of one area with everything told: groups, changes, weights, and what is odd."""

import re

import pytest
from planner_pages import AREA, broken, read, told_whole
from planner_snapshots import kept, parts_of, residents, told
from whole_document import LIKENESS, REFUSED, WEIGHTED, compared, quality, since, whole_groups

from swipe.reports import comparing, wording
from tests.builders import cards_of, make_survey


def test_a_weighted_figure_stands_beside_the_plain_one(planner):
    document = told_whole(make_survey(), weighting=WEIGHTED)
    words = read(planner)
    for theme in document["themes"]:
        headline, plain = round(100 * theme["share"]), round(100 * theme["unweighted"]["share"])
        assert re.search(rf"{headline} % \([\d–]+ %\) {plain} % \(", words)
    assert "Tallene er vægtet, så alder og køn passer med området." in words
    assert "Vægtningen flytter mindst ét tema mere end 2 point." in words


def test_weights_that_move_little_are_no_warning(planner):
    told_whole(make_survey(), weighting={**WEIGHTED, "differs": False})
    assert "flytter mindst ét tema" not in read(planner)


def test_without_weights_the_page_says_why(planner):
    told_whole(make_survey(), weighting=REFUSED)
    words = read(planner)
    assert "Tallene er ikke vægtet." in words
    assert "Nogle grupper af alder og køn har under 10 svar." in words
    assert "Uden vægt" not in words


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        (
            "very-likely",
            "Grønne områder meget sandsynligt nr. 1 i hele området. "
            "De, der er med, valgte det selv.",
        ),
        (
            "likely",
            "Grønne områder sandsynligvis nr. 1 i hele området. De, der er med, valgte det selv.",
        ),
        ("too-close", "Det er for tæt til at sige, hvad der er nr. 1 i hele området."),
    ],
)
def test_how_firm_the_first_place_is_stands_in_words(planner, word, sentence):
    survey = make_survey()
    document = told_whole(survey)
    themes = [
        {**theme, "truly_first": word if theme["theme"] == "groenne-omraader" else None}
        for theme in document["themes"]
    ]
    kept(survey, {**document, "themes": themes}, 10)
    assert sentence in read(planner)


def test_what_each_group_wants_stands_with_its_interval_and_its_day(planner):
    told_whole(make_survey())
    words = read(planner)
    assert "15–39 år 95 deltagere 61 % (55–67 %) 78 % (72–84 %) 52 % (46–58 %)" in words
    assert "Bor alene 110 deltagere 74 % (68–80 %)" in words
    assert "Tal fra 14. november 2026, opsamling 9." in words
    assert "Øvrige og uoplyst 25 deltagere for få svar" in words
    assert "55 år og ældre 150 deltagere 83 % (77–89 %) for få svar 44 % (38–50 %)" in words


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("not-enough-change", "Ønskerne venter, til hver gruppe har fået mindst 10 nye svar."),
        ("too-few", "Ønskerne kommer, når mindst to grupper har svar nok."),
        ("not-yet", "Ønskerne kommer med en senere opsamling."),
    ],
)
def test_wishes_of_groups_that_wait_say_why_once(planner, reason, sentence):
    groups = whole_groups()
    for table in groups.values():
        table["opinions"], table["opinions_reason"] = None, reason
    told_whole(make_survey(), groups=groups)
    assert read(planner).count(sentence) == 1


def test_a_reach_has_a_least_and_a_most_where_some_did_not_tell(planner):
    told_whole(make_survey())
    words = read(planner)
    assert "24 % højst 29 %" in words
    assert "”Højst” er, hvis alle, der ikke har sagt det, hører til gruppen." in words


def test_what_unites_and_what_divides_stand_with_their_groups(planner):
    survey = make_survey()
    told_whole(survey)
    words = read(planner)
    titles = [card.titles["da"] for card in cards_of(survey)]
    assert f"{titles[1]} 15–39 år 78 %" in words
    assert f"{titles[2]} 15–39 år 84 % 55 år og ældre 46 % 38 point mellem grupperne." in words
    assert f"{titles[3]} Familie med børn 75 % Bor alene 50 %" in words


def test_groups_that_agree_on_everything_and_nothing_are_told_so(planner):
    nothing = {"reason": None, "tested": 60, "q": 0.05, "unites": [], "divides": []}
    told_whole(make_survey(), agreement=nothing)
    words = read(planner)
    assert "Intet kort har et sikkert flertal i alle grupper." in words
    assert "Ingen grupper er sikkert uenige om et kort." in words


def test_a_card_that_people_left_skipped_or_regretted_says_what_to_do(planner):
    told_whole(make_survey())
    words = read(planner)
    assert "18 % sprang over" in words
    assert "Mange sprang over: prøv et andet billede næste gang" in words
    assert "Mange fortrød: billedet kan ses på to måder." in words


def test_changes_stand_in_whole_points_with_a_caution(planner):
    told_whole(make_survey())
    words = read(planner)
    assert "Grønne områder Op 6 point Mellem +2 og +10 point, på 7 ens kort" in words
    assert "Foreningsliv Ingen sikker ændring" in words
    assert "Byliv For få kort er ens i de to runder." in words
    assert "Ændringen kan skyldes, hvem der deltog." in words


def test_a_first_round_has_nothing_to_change_from(planner):
    told_whole(make_survey(), since=None)
    assert "Siden sidste runde" not in read(planner)


def test_rounds_that_cannot_be_compared_say_why(planner):
    told_whole(make_survey(), since={**since(), "reason": "too-few", "themes": [], "caution": []})
    assert "For få svar i en af de to runder til at sammenligne." in read(planner)


def test_the_area_stands_beside_the_city_in_words(planner):
    survey = make_survey()
    document = told_whole(survey)
    city = compared("bolbro", str(survey.id))
    kept(None, {**city, "snapshot": {**document["snapshot"]}}, 1)
    words = read(planner)
    assert "Grønne områder 5 point over byen (60 %) Nr. 3 af 30 områder" in words
    assert "Foreningsliv 7 point under byen (60 %) Mellem nr. 22 og 29 af 30 områder" in words
    assert "Byliv Ligner byen (60 %)" in words
    assert "udjævnet" not in words.lower()


def test_an_older_survey_is_not_held_against_todays_city(planner):
    survey = make_survey()
    document = told_whole(survey)
    city = compared("bolbro", "00000000-0000-4000-8000-000000000009")
    kept(None, {**city, "snapshot": {**document["snapshot"]}}, 1)
    assert "Mod hele byen" not in read(planner)


def test_a_smoothed_share_belongs_to_its_survey_alone(app):
    found = comparing.smoothed(compared("bolbro", "survey"), {"bolbro"})
    assert found["bolbro", "survey", "byliv"].startswith("udjævnet: 66")
    assert ("bolbro", "another", "byliv") not in found
    assert comparing.smoothed(None, {"bolbro"}) == {}


def test_the_overview_marks_a_smoothed_share(planner):
    survey = make_survey()
    document = told_whole(survey)
    city = {**compared("bolbro", str(survey.id)), "snapshot": {**document["snapshot"]}}
    city["city"] = {**city["city"], "participants": 400, "residents": 1200, "areas": 1}
    city["city"]["reach"] = {"share": 0.33, "low": None, "reason": None}
    kept(None, city, 1)
    assert "udjævnet: 66 %" in read(planner, "/planner")


@pytest.mark.parametrize(
    ("level", "sentence"),
    [
        ("green", "Deltagerne ligner området, når man ser på alder og køn."),
        ("amber", "Deltagerne ligner området nogenlunde, når man ser på alder og køn."),
        ("red", "Deltagerne ligner ikke området, når man ser på alder og køn."),
    ],
)
def test_how_like_the_area_those_who_answered_are_stands_in_words(planner, level, sentence):
    told_whole(make_survey(), representativeness={**LIKENESS, "level": level})
    words = read(planner)
    assert sentence in words
    assert "12 af 100 deltagere skulle være skiftet ud" in words
    assert "Hvis de ivrige er lidt mere for" in words
    assert "(sammenhæng" not in words
    assert "Skæv alder og køn kan højst flytte et tal uden vægt 4 point" in words


def test_nothing_is_said_of_the_keen_where_it_is_not_known(planner):
    survey = make_survey()
    document = told_whole(survey)
    kept(survey, {**document, "method": {**document["method"], "zeal": None}}, 10)
    words = read(planner) + planner.get(f"{AREA}/export.csv").get_data(as_text=True)
    assert "de ivrige er lidt" not in words
    assert "Iver" not in words


def test_too_few_who_told_their_background_is_a_reason_of_its_own(planner):
    grey = {**dict.fromkeys(LIKENESS), "reason": "background-missing", "level": "grey"}
    told_whole(make_survey(), representativeness=grey)
    assert "Mange har ikke sagt deres alder eller køn." in read(planner)


def test_rounds_weighted_in_two_ways_carry_a_caution(planner):
    told_whole(make_survey(), since={**since(), "caution": ["weighted-differently"]})
    assert "Kun den ene runde er vægtet." in read(planner)


def order_of(planner):
    """Return the headings of the page's parts from top to bottom."""
    return parts_of(planner.get(AREA), "h2")


def test_while_it_is_open_who_is_missing_stands_right_after_the_wishes(planner):
    told_whole(make_survey(state="open"))
    assert order_of(planner)[:3] == ["Det ønsker området", "Hvem er nået", "Hvem mangler"]


@pytest.mark.parametrize("state", ["closed", "grace"])
def test_a_survey_that_is_over_asks_nobody_to_recruit(planner, state):
    told_whole(make_survey(state=state))
    headings, words = order_of(planner), read(planner)
    assert headings.index("Hvem manglede") == headings.index("Hvem er nået") + 1 > 3
    assert "Der manglede ca. 40 mellem 15 og 39 år." in words
    assert "mangler ca." not in words
    assert "Hæng koden op" not in words
    assert "manglede ca. 40" in read(planner, "/planner")


def test_a_survey_that_is_over_promises_no_tables_for_later(planner):
    told(make_survey(state="closed"), 45, residents(100))
    words = read(planner)
    assert "Tabellen vises ikke. Færre end 50 svarede" in words
    assert "Tabellen kommer" not in words
    assert "Ønskerne vises ikke. For få grupper fik svar nok." in words


def test_the_page_has_links_to_its_own_parts(planner):
    told_whole(make_survey())
    page = planner.get(AREA).get_data(as_text=True)
    row = page[page.index('class="filters jumps"') :]
    ids = re.findall(r'href="#([\w-]+)"', row[: row.index("</nav>")])
    assert len(ids) == 8
    assert all(page.count(f'id="{one}"') == 1 for one in ids)


def with_high(high):
    """Return tables whose first group has this other end of its reach."""
    groups = whole_groups()
    groups["age_band"]["rows"][0]["reach"]["high"] = high
    return groups


def test_that_at_most_everybody_took_part_is_not_said(planner):
    told_whole(make_survey(), groups=with_high(1.2))
    assert "højst 100" not in read(planner)
    text = planner.get(f"{AREA}/export.csv").get_data(as_text=True)
    assert "age_band;;15–39 år;;15–39 år;;;95;400;24;;;" in text


def test_a_tiny_reach_says_no_more_than_its_counts_and_no_less(app):
    bounded = {"share": None, "bound": "<0.05", "high": None}
    assert wording.reach(bounded, 25, 5202).replace("\u00a0", " ") == "under 1 %"
    assert wording.reach(bounded, 5, 90).replace("\u00a0", " ") == "under 5 %"
    assert wording.reach(bounded, 25, None).replace("\u00a0", " ") == "under 5 %"
    assert wording.reach({**bounded, "bound": None}, 25, 5202) is None


def test_a_reach_far_below_one_percent_says_so_wherever_both_counts_stand(planner):
    survey = make_survey()
    document = told_whole(survey)
    few = {**document["reach"], "share": None, "bound": "<0.05"}
    kept(survey, {**document, "participants": 25, "residents": 5202, "reach": few}, 10)
    assert "25 af 5.202 har svaret. Det er under 1 %." in read(planner)
    assert "under 1 %" in read(planner, "/planner")
    assert "Dækning i alt: under 1 %." in read(planner, f"{AREA}/method")


def test_the_overview_begins_with_what_the_city_wants(planner):
    survey = make_survey()
    document = told_whole(survey)
    city = {**compared("bolbro", str(survey.id)), "snapshot": {**document["snapshot"]}}
    city["city"] |= {"participants": 400, "residents": 1200, "areas": 1, "notes": []}
    city["city"]["reach"] = {"share": 0.33, "low": None, "reason": None}
    kept(None, city, 1)
    words = read(planner, "/planner")
    assert "Det ønsker hele byen Byliv 60 % (57–63 %) siger ja, i 30 områder" in words
    assert words.index("Det ønsker hele byen") < words.index("Områder med tal")
    bare = {**city, "city": {k: v for k, v in city["city"].items() if k != "themes"}}
    kept(None, bare, 2)
    assert "Det ønsker hele byen" not in read(planner, "/planner")
    assert "over byen (" not in read(planner)


def test_too_few_to_say_whether_they_are_like_the_area(planner):
    grey = {**dict.fromkeys(LIKENESS), "reason": "too-few", "level": "grey"}
    told_whole(make_survey(), representativeness=grey)
    assert "For få har svaret til at sige, om deltagerne ligner området." in read(planner)


def test_an_edition_from_before_still_has_its_page(planner):
    survey = make_survey()
    document = told(survey, 400, residents(100))
    older = {
        key: value
        for key, value in document.items()
        if key not in ("agreement", "representativeness", "quality", "since")
    }
    older["groups"] = {
        name: {**table, "opinions_reason": "not-yet", "opinions": None}
        for name, table in document["groups"].items()
        if name != "household"
    }
    method = {key: value for key, value in document["method"].items() if key != "response_rate"}
    older["method"] = {**method, "weighting": {"weighted": False}}
    kept(survey, older)
    words = read(planner)
    assert "Ønskerne kommer med en senere opsamling." in words
    assert broken(words) == set()
    for page in ("quality", "method", "export.csv"):
        assert planner.get(f"{AREA}/{page}").status_code == 200


@pytest.mark.parametrize("n", [19, 20, 45, 90, 400])
@pytest.mark.parametrize("known", [True, False])
def test_every_page_of_every_size_keeps_its_words(planner, n, known):
    told(make_survey(), n, residents(100) if known else None)
    for page in ("", "/quality", "/method", "/method?lang=en"):
        words = read(planner, AREA + page)
        assert broken(words) == set(), page
        assert "svarprocent" not in words.lower()
        assert "response rate" not in words.lower()


def test_a_page_with_everything_promises_nothing_either(planner):
    told_whole(make_survey(), quality=quality(("many-left",)))
    for page in ("", "/quality", "/method", "/method?lang=en"):
        words = read(planner, AREA + page)
        assert broken(words) == set()
        assert "svarprocent" not in words.lower()


def test_every_heading_of_the_page_is_there_once(planner):
    told_whole(make_survey())
    headings = parts_of(planner.get(AREA), "h2")
    assert len(headings) == len(set(headings))
    assert {"Det ønsker området", "Hvad grupperne ønsker", "Enige og uenige"} <= set(headings)
