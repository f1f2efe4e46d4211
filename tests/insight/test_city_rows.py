"""What pages cut out of the city's document is what stands in it, whatever its areas are."""

import json

import pytest
from city_areas import THEMES, area, cities
from hypothesis import given
from hypothesis import strategies as st

from swipe.insight import city_rows
from swipe.insight.canonical import canonical
from swipe.insight.comparing import city

SOME = st.sets(st.sampled_from([f"area-{place:02}" for place in range(12)]))


def by_theme(document, theme):
    rows = []
    for row in document["areas"]:
        own = [one for one in row["compared"] if one["theme"] == theme]
        if own:
            rows.append({"area": row["area"], "survey": row["survey"], "compared": own})
    return {**document, "areas": rows}


def of_areas(document, areas):
    return {**document, "areas": [row for row in document["areas"] if row["area"] in areas]}


@given(cities(), SOME)
def test_the_rows_of_some_areas_are_those_of_the_whole_document(found, areas):
    document, _basis = city.build(found, 3, "2026-11-20")
    text = canonical(document).decode()
    assert city_rows.of_areas(text, areas) == of_areas(document, areas)


@given(cities(), st.sampled_from([*THEMES, "nowhere"]))
def test_one_theme_of_every_area_is_that_of_the_whole_document(found, theme):
    document, _basis = city.build(found, 3, "2026-11-20")
    text = canonical(document).decode()
    assert city_rows.of_theme(text, theme) == by_theme(document, theme)


@pytest.fixture
def document():
    found, _basis = city.build([area(slug, (0.5, 0.6)) for slug in ("a", "b")], 1, "2026-11-20")
    return found


def test_words_that_look_like_a_row_are_words(document):
    hostile = '{"area":"a","compared":[]},"survey":"x"],"city":{}'
    for row in document["areas"]:
        row["verdict"] = {"sentence": hostile}
    document["city"]["notes"] = [hostile]
    text = canonical(document).decode()
    assert city_rows.of_areas(text, {"a"}) == of_areas(document, {"a"})
    assert city_rows.of_theme(text, THEMES[0]) == by_theme(document, THEMES[0])


def test_a_document_in_another_form_is_read_whole(document):
    text = json.dumps(document)
    assert city_rows.of_areas(text, {"b"}) == of_areas(document, {"b"})
    assert city_rows.of_theme(text, THEMES[0]) == by_theme(document, THEMES[0])


def test_a_document_from_before_areas_were_compared_compares_none(document):
    for row in document["areas"]:
        del row["compared"]
    for text in (canonical(document).decode(), json.dumps(document)):
        assert city_rows.of_theme(text, THEMES[0])["areas"] == []
        assert len(city_rows.of_areas(text, {"a"})["areas"]) == 1
