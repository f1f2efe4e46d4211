"""The deck doctor: what it says of a card set, and that it is silent about a good one."""

import random
import re
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from swipe.inspection import deck_balance, deck_doctor
from swipe.inspection.deck_sections import Deck, Section
from swipe.media.models import Picture
from swipe.surveys.models import Card, Survey, Theme
from tests.builders import THEMES

LOOKS = {"brightness": 55.0, "saturation": 30.0, "contrast": 20.0}
Change = Callable[[int, Card], None]


def picture(digest: str, size: int = 20_000, looks: dict[str, float] | None = LOOKS) -> Picture:
    made = [{"type": "image/avif", "width": 750, "name": f"{digest}.avif", "bytes": size}]
    return Picture(digest=digest, state="ready", variants=made, looks=looks)


def card(place: int) -> Card:
    return Card(
        id=uuid.UUID(int=place),
        theme=THEMES[place % 3],
        concept=None,
        picture=f"p{place}",
        titles={"da": f"Motiv {place}", "en": f"Motif {place}"},
        alts={"da": "To bænke under et træ.", "en": "Two benches under a tree."},
        why={"da": "Kommunen kan sætte bænke op.", "en": "The municipality can put up benches."},
        credit="",
        licence="own",
        facing="neutral",
        position=place,
    )


def deck(count: int = 24, change: Change | None = None, languages: Sequence[str] = ("da",)) -> Deck:
    """Return a good set of so many cards, each changed as asked."""
    cards = [card(place) for place in range(count)]
    for place, one in enumerate(cards):
        if change:
            change(place, one)
    now, both = datetime.now(UTC), {"da": "Tekst", "en": "Text"}
    names = ("title", "question", "yes_label", "no_label")
    mandate = ("pot", "decided_by", "can_change", "cannot_change")
    survey = Survey(
        languages=list(languages),
        opens_at=now,
        closes_at=now + timedelta(days=9),
        **dict.fromkeys((*names, *mandate), both),
    )
    themes = [Theme(slug=slug, names={"da": slug.capitalize(), "en": slug}) for slug in THEMES]
    return Deck(survey, cards, {one.picture: picture(one.picture) for one in cards}, themes)


def found(examined: Deck) -> dict[str, Section]:
    return {section.key: section for section in deck_doctor.examine(examined)}


def states(examined: Deck) -> dict[str, str]:
    """Return what is not in order, by key."""
    return {key: one.state for key, one in found(examined).items() if one.state != "done"}


def setting(many: int, **values: Any) -> Change:
    """Return a change that sets these values on the first cards."""

    def change(place: int, one: Card) -> None:
        if place < many:
            for name, value in values.items():
                setattr(one, name, value)

    return change


@pytest.fixture(autouse=True)
def danish(app: Flask) -> Any:
    with app.test_request_context():
        yield


def test_a_good_set_has_nothing_to_mend() -> None:
    assert states(deck()) == {}
    assert states(deck(languages=("da", "en"))) == {}
    assert deck_doctor.verdict(deck_doctor.examine(deck())) == "done"


@pytest.mark.parametrize(
    ("change", "key", "state"),
    [
        (setting(1, licence=""), "rights", "blocked"),
        (setting(1, licence="cc-by"), "rights", "blocked"),
        (setting(1, licence="permission"), "rights", "warning"),
        (setting(1, titles={}), "needed", "blocked"),
        (setting(1, alts={"en": "A bench"}), "needed", "blocked"),
        (setting(1, titles={"da": "Flere bænke"}), "titles", "warning"),
        (setting(1, alts={"da": "Billede af en bænk."}), "alts", "warning"),
        (
            setting(
                1,
                why={
                    "da": "Forvaltningen etablerer klimatilpassede opholdszoner i hele området nu."
                },
            ),
            "whys",
            "warning",
        ),
        (setting(6, facing="right"), "facing", "warning"),
        (setting(2, concept="bænk"), "pairs", "warning"),
        (setting(9, theme="byliv"), "balance", "warning"),
    ],
)
def test_each_fault_is_found_and_alone(change: Change, key: str, state: str) -> None:
    assert states(deck(change=change)) == {key: state}


def test_each_point_names_its_card_and_its_field() -> None:
    points = found(deck(change=setting(2, licence="")))["rights"].points
    assert [(point.card.position, point.field) for point in points if point.card] == [
        (0, "licence"),
        (1, "licence"),
    ]


def test_few_cards_and_a_theme_with_one_card_block_and_many_cards_warn() -> None:
    assert states(deck(5)) == {"amount": "blocked", "balance": "blocked"}
    assert states(deck(33)) == {"amount": "warning"}
    assert states(deck(change=setting(24, theme="byliv"))) == {"balance": "warning"}
    assert states(deck(0)) == {"amount": "blocked"}


def test_no_heading_says_that_all_is_well_before_the_check_has_said_so() -> None:
    """The heading of a check is the same whatever it found, so it may not answer."""
    whole, faulty = found(deck(languages=("da", "en"))), found(deck(40, setting(40, licence="")))
    for key in whole.keys() & faulty.keys():
        assert whole[key].title == faulty[key].title
    answers = r"\b(nok|klar|lige|gode?|korte?|let|alle|mindst|lov|så|kun)\b"
    for section in (*whole.values(), *faulty.values()):
        said = section.title.replace("Kort i hvert tema", "").replace("Antal kort", "")
        assert not re.search(answers, said, re.I), section.title


def test_one_card_more_in_a_theme_cannot_be_helped() -> None:
    assert states(deck(25)) == {}


@pytest.mark.parametrize("state", ["pending", "failed"])
def test_a_picture_that_is_not_ready_blocks_and_is_named(state: str) -> None:
    examined = deck()
    examined.pictures["p3"].state = state
    (point,) = found(examined)["ready"].points
    assert point.card is not None
    assert point.card.position == 3
    assert states(examined) == {"ready": "blocked"}


def test_a_sunnier_theme_is_pointed_out_with_what_it_would_do() -> None:
    examined = deck()
    for one in examined.cards:
        if one.theme == "byliv":
            examined.pictures[one.picture].looks = LOOKS | {"brightness": 70.0}
    section = found(examined)["looks"]
    assert section.state == "warning"
    assert "Temaet Byliv er lysere end de andre." in section.verdict
    assert section.effect.startswith("Et lysere tema får let flere ja’er")


def test_light_that_is_not_measured_is_said_and_not_guessed() -> None:
    examined = deck()
    examined.pictures["p0"].looks = None
    assert states(examined) == {"looks": "warning"}
    assert "ikke målt" in found(examined)["looks"].verdict


def test_one_that_faces_left_evens_one_that_faces_right() -> None:
    def change(place: int, one: Card) -> None:
        one.facing = ("left", "right")[place // 3 % 2]

    section = found(deck(change=change))["facing"]
    assert (section.state, section.verdict) == ("done", "Motiverne vender lige tit hver vej.")


def test_where_one_motif_has_two_pictures_the_others_are_listed() -> None:
    assert "pairs" not in found(deck())
    section = found(deck(change=setting(2, concept="bænk")))["pairs"]
    assert len(section.points) == 22
    everything = found(deck(change=lambda place, one: setattr(one, "concept", f"m{place // 6}")))
    assert everything["pairs"].state == "done"


def test_a_heavy_picture_and_a_heavy_set_are_told_in_kilobytes_and_seconds() -> None:
    examined = deck()
    examined.pictures["p0"].variants = picture("p0", 46 * 1024).variants
    section = found(examined)["weight"]
    assert (section.state, section.points[0].sentence) == ("warning", "Fylder 46 KB.")
    for one in examined.cards:
        examined.pictures[one.picture].variants = picture(one.picture, 40 * 1024).variants
    section = found(examined)["weight"]
    assert (section.state, len(section.points)) == ("warning", 0)
    assert "960 KB" in section.verdict
    assert "20 sekunder" in section.verdict


def test_a_missing_language_is_listed_per_card_and_leads_into_its_tab() -> None:
    examined = deck(change=setting(1, titles={"da": "Bænke"}, why={"da": "Bænke."}))
    assert "languages" not in found(examined)
    examined.survey.languages = ["da", "en"]
    examined.survey.pot = {"da": "En pulje"}
    section = found(examined)["languages"]
    assert section.state == "warning"  # Danish stands in its place
    card_point, own = section.points
    assert (card_point.language, card_point.field) == ("en", "title")
    assert card_point.sentence == "Mangler titel og kort forklaring."
    assert (own.card, own.field, own.sentence) == (None, "pot", "Hvilken pulje")


def test_a_theme_without_a_name_in_an_offered_language_is_listed() -> None:
    examined = deck(languages=("da", "en"))
    examined.themes[0].names = {"da": "Foreningsliv"}
    (point,) = found(examined)["languages"].points
    assert (point.field, point.sentence) == ("theme", "Navnet på temaet Foreningsliv")


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_cards_changes_no_verdict(shuffler: random.Random) -> None:
    def faulty(place: int, one: Card) -> None:
        one.facing = "right" if place % 5 == 0 else "neutral"
        one.licence = "" if place == 7 else "own"
        one.theme = "byliv" if place < 6 else one.theme
        one.titles = {"da": "Flere bænke"} if place == 9 else one.titles

    usual = deck(change=faulty)
    shuffled = list(usual.cards)
    shuffler.shuffle(shuffled)
    again = Deck(usual.survey, shuffled, usual.pictures, usual.themes)
    said = {key: (one.state, one.verdict, one.effect) for key, one in found(usual).items()}
    assert {k: (one.state, one.verdict, one.effect) for k, one in found(again).items()} == said


@given(st.dictionaries(st.text(max_size=3), st.sampled_from([None, "", "a", "b", "c"])))
def test_a_motif_is_listed_exactly_when_others_have_two(concepts: dict[str, str | None]) -> None:
    lonely = deck_balance.without_a_second(concepts)
    paired = set(concepts) - lonely if deck_balance.any_pair(concepts) else set()
    assert all(sum(concepts[key] == held for held in concepts.values()) > 1 for key in paired)
    assert bool(lonely) <= deck_balance.any_pair(concepts)


@pytest.mark.parametrize(
    ("left", "right", "cards", "uneven"),
    [(0, 0, 8, False), (1, 0, 8, False), (2, 0, 8, True), (3, 2, 8, False), (1, 0, 2, True)],
)
def test_one_of_eight_is_no_lean_and_two_are(
    left: int, right: int, cards: int, uneven: bool
) -> None:
    assert deck_balance.Lean("byliv", left, right, cards).uneven == uneven


def test_seconds_on_a_slow_connection_are_rounded_up() -> None:
    assert deck_balance.slow_seconds(850 * 1024) == 18
    assert deck_balance.slow_seconds(0) == 0
