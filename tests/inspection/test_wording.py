"""Titles and running texts: what is wrong, and a title to write instead where one is known."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from swipe.inspection.readability import lix, names_shortened, read, sentences_of, words_of
from swipe.inspection.title_rules import flaws
from swipe.inspection.wording import (
    alt_problems,
    running_text_problems,
    title_problems,
    why_problems,
)
from tests.media.test_deck_pictures import deck

HEAVY = (
    "Kommunens medarbejdere i lokalområdet inviterer alle beboere til en samtale om trafikken, "
    "legepladsen og belysningen langs den bagerste vej ved det torv"
)
DEMO_TITLES = [row["title_da"] for row in deck()]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        (HEAVY, 22 / 1 + 100 * 10 / 22),  # 67.45: 22 words, 10 of them long, no full stop
        ("Vi bor her. Du bor der.", 3),
        ("Kommunen bygger.", 2 + 50),  # eight letters are long, six are not
        ("Der er 2 mio. kr. til parken", 7 + 0),
        ("Den åbner d. 1. maj. Kom!", 6 / 2),
        ("Se her: Vi har en sø; den er blå.", 9 / 3),
        ("Kommunen kan plante en lille skov tæt på husene.", 9 + 100 / 9),
        ("", 0),
        ("... !", 0),
    ],
)
def test_lix_is_words_per_sentence_and_the_percentage_of_long_words(
    text: str, counted: float
) -> None:
    # Counters differ by two where they read a hyphen or a number in another way.
    assert lix(text) == pytest.approx(counted, abs=2)
    assert lix(text) == pytest.approx(counted, abs=0.01)


@given(st.text(max_size=300))
def test_any_text_at_all_has_a_figure_and_no_word_is_lost(text: str) -> None:
    assert lix(text) >= 0
    assert [word for one in sentences_of(text) for word in words_of(one)] == words_of(text)


@pytest.mark.parametrize(
    ("title", "rule", "instead"),
    [
        ("Mere vild natur", "more", ("Vild natur",)),
        ("Flere bænke i parken", "more", ("Bænke i parken",)),
        ("Mere af den slags", "more", ("Slags",)),
        ("Bænke og borde i parken", "two", ("Bænke i parken", "Borde i parken")),
        ("Skate/BMX", "two", ("Skate", "BMX")),
        ("Leg og/eller ro", "two", ("Leg", "Ro")),
        ("By- og havneliv", "two", ()),
        ("Hus til leg og læring", "two", ()),
        ("Gade uden biler", "denial", ()),
        ("Færre biler", "denial", ()),
        ("Plads til fx boder", "short", ("Plads til for eksempel boder",)),
        ("Hus til SFO", "short", ()),
        ("Hyggelig café", "praise", ("Café",)),
        ("En smuk og grøn plads", "praise", ("Grøn plads",)),
        ("En smuk og hyggelig bane", "praise", ("Bane",)),
        ("Smukt", "praise", ()),
        ("VILDE BLOMSTER", "capitals", ("Vilde blomster",)),
        ("Regnvandshåndtering", "long_word", ()),
        ("Et hus hvor man kan mødes", "words", ()),
        ("Rød og grøn port", "two", ()),
        ("Multifunktionel opholdszone nordpå", "characters", ()),
    ],
)
def test_a_title_that_breaks_a_rule_is_told_what_to_write_instead(
    title: str, rule: str, instead: tuple[str, ...]
) -> None:
    found = {flaw.rule: flaw for flaw in flaws(title)}
    assert found[rule].instead == instead


@pytest.mark.parametrize("title", DEMO_TITLES)
def test_the_titles_of_our_own_deck_are_good(title: str) -> None:
    assert flaws(title) == []


def test_the_alt_texts_and_the_whys_of_our_own_deck_are_good(app: Flask) -> None:
    with app.test_request_context():
        for row in deck():
            assert alt_problems(row["alt_da"], row["title_da"]) == []
            assert why_problems(row["why_da"]) == []


def test_a_suggested_title_keeps_the_rule_it_was_made_for(app: Flask) -> None:
    for title in ("Flere bænke", "Bænke og borde", "Hyggelig café", "TORVEDAG", "Plads til fx leg"):
        for flaw in flaws(title):
            for better in flaw.instead:
                assert flaw.rule not in {other.rule for other in flaws(better)}


def test_a_suggestion_has_the_other_faults_taken_out_too() -> None:
    found = {flaw.rule: flaw.instead for flaw in flaws("Flere smukke bænke og borde i parken")}
    assert found["two"] == ("Bænke i parken", "Borde i parken")
    assert found["more"] == found["praise"] == ("Bænke og borde i parken",)


def test_names_count_as_short_words_because_nobody_can_shorten_them() -> None:
    text = "Vil du have mere i Rosengårdskolens distrikt? Kommunen spørger Rosengårdskolen."
    assert lix(text) - lix(names_shortened(text)) == pytest.approx(200 / 10)


def test_other_languages_have_the_rule_of_length_alone(app: Flask) -> None:
    assert flaws("More benches and no cars", "en") == []
    assert [flaw.rule for flaw in flaws("A house where all of us can meet", "en")] == ["words"]


def test_the_sentences_name_the_word_and_the_better_title(app: Flask) -> None:
    with app.test_request_context():
        assert title_problems("Flere bænke") == ["»Flere« står i spørgsmålet. Skriv bare »Bænke«."]
        assert title_problems("Bænke og borde") == [
            "Titlen nævner to ting. Lav to kort: »Bænke« og »Borde«."
        ]
        (said,) = title_problems("Et hus til os alle her")
        assert said == "Titlen har mere end 5 ord. Det længste er »alle«."
        assert title_problems("") == []


@pytest.mark.parametrize(
    ("alt", "said"),
    [
        ("Bænke i parken.", "det samme som titlen"),
        ("Billede af to bænke.", "begynder med »Billede af«"),
        ("Et træ. En bænk. En sti.", "mange sætninger"),
        ("Et " + "meget " * 30 + "stort træ.", "Hold den under 150"),
    ],
)
def test_a_description_that_helps_nobody_is_pointed_out(app: Flask, alt: str, said: str) -> None:
    with app.test_request_context():
        (problem,) = alt_problems(alt, "Bænke i parken")
    assert said in problem


def test_hard_text_is_told_its_longest_sentence_and_its_long_words(app: Flask) -> None:
    with app.test_request_context():
        first, sentence, words = running_text_problems(HEAVY)
    assert "lixtal 67" in first
    assert "22 ord" in sentence
    assert words.startswith("Lange ord: lokalområdet, medarbejdere")


def test_a_few_words_are_not_measured(app: Flask) -> None:
    with app.test_request_context():
        assert running_text_problems("Kulturudvalget beslutter.") == []
    assert not read("Kulturudvalget beslutter.").measurable
