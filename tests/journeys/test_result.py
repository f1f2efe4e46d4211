"""What a citizen reads of her area: the figures, who stands behind them, and how sure they are."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Locator, Page, expect

from swipe.media.models import Picture
from swipe.surveys.models import Survey
from tests.builders import cards_of, make_survey
from tests.journeys.test_citizen import press, start
from tests.reports.planner_snapshots import residents, told

pytestmark = pytest.mark.browser
CHOSE = "De valgte selv at være med."
LABEL = "Usikkerhed, hvis deltagerne var tilfældigt udvalgt"
SHARE = "Tallet viser, hvor stor en del af temaets billeder folk i snit sagde ja til."


def finished(phone: BrowserContext, answers: str) -> Page:
    """Answer the whole deck, one letter for each card (y or n), and go on to the result."""
    page = start(phone)
    for letter in answers:
        press(page, "yes" if letter == "y" else "no")
    page.locator("#after").get_by_role("button", name="Spring over").click()
    expect(page.locator(".verdict")).to_be_visible()
    return page


def closed_page(phone: BrowserContext) -> Page:
    page = phone.new_page()
    page.goto("/a/bolbro")
    expect(page.get_by_role("heading", name="Hvad sker der nu?")).to_be_visible()
    return page


def ends(row: dict[str, Any]) -> str:
    return f"({round(100 * row['low'])}–{round(100 * row['high'])} %)"


def spans(page: Page) -> list[str]:
    return [text.replace("\xa0", " ") for text in page.locator(".line .span").all_text_contents()]


def fold(page: Page) -> Locator:
    page.get_by_text("Sådan er tallene lavet").click()
    return page.locator("details li")


def open_survey(picture: Picture, cards: int = 6) -> Survey:
    return make_survey(cards=cards, picture=picture)


def test_she_reads_how_many_answered_and_how_sure_each_figure_is(
    app: Flask, phone: BrowserContext, real_picture: Picture
) -> None:
    document = told(open_survey(real_picture), 265, residents(192))
    page = finished(phone, "ynynyn")
    expect(page.get_by_text(f"265 af 2.304 har svaret. {CHOSE}")).to_be_visible()
    expect(page.get_by_text(f"er spændet: u{LABEL[1:]}.")).to_be_visible()
    assert spans(page) == [ends(row) for row in document["themes"]]
    row = document["themes"][0]
    line = page.locator(".line.area .interval line").first
    assert float(line.get_attribute("x1").rstrip("%")) == pytest.approx(100 * row["low"])
    assert float(line.get_attribute("x2").rstrip("%")) == pytest.approx(100 * row["high"])


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("groenne-omraader", "Det vil dine naboer også."),
        ("byliv", "Dine naboer vil især have grønne områder."),
    ],
)
def test_her_words_and_her_neighbours_stand_before_the_bars(
    app: Flask, phone: BrowserContext, real_picture: Picture, wanted: str, says: str
) -> None:
    survey = open_survey(real_picture)
    told(survey, 265, residents(192))
    page = start(phone)
    theme_of = themes_of_cards(survey)
    for _ in range(6):
        theme = theme_of[str(page.locator("[data-card]").first.get_attribute("data-card"))]
        press(page, "yes" if theme == wanted else "no")
    page.locator("#after").get_by_role("button", name="Spring over").click()
    expect(page.locator(".compare")).to_have_text(says)
    order = page.evaluate(
        "[...document.querySelectorAll('.verdict, .compare, .bar-svg')].map((one) => "
        "one.classList[0])"
    )
    assert order[:3] == ["verdict", "compare", "bar-svg"]
    expect(page.locator(".fan img")).to_have_count(2)  # the pictures she said yes to


def test_who_lives_elsewhere_is_not_called_a_neighbour(
    app: Flask, phone: BrowserContext, real_picture: Picture
) -> None:
    told(open_survey(real_picture), 265, residents(192))
    page = start(phone)
    for _ in range(6):
        press(page, "yes")
    page.get_by_label("Nej, men jeg kommer her").check()
    page.get_by_role("button", name="Færdig").click()
    expect(page.locator(".compare")).to_have_text("I Bolbro får grønne områder flest ja.")


def test_what_happens_next_is_a_list_of_at_most_four_steps_with_their_dates(
    app: Flask, phone: BrowserContext, real_picture: Picture
) -> None:
    make_survey(cards=6, picture=real_picture, decided_on=date(2099, 2, 5), results="after_close")
    page = finished(phone, "ynynyn")
    steps = page.locator(".next ol > li")
    expect(steps).to_have_count(4)
    said = [text.split("\n") for text in steps.all_inner_texts()]
    assert [row[0] for row in said][::3] == ["I dag", "Bagefter"]
    assert [row[0] for row in said][2] == "5. februar 2099"
    assert {"Byrådet", "Områdets pulje"} <= set(said[2])
    closes = [row[0] for row in said][1]
    expect(page.locator(".compare")).to_have_text(
        f"Områdets tal bliver vist her, når undersøgelsen er slut den {closes}."
    )
    for words in ("hvad puljen bruges på", "skat og skoler"):
        expect(page.locator(".next dl")).to_contain_text(words)


@pytest.mark.parametrize(("wish", "moves"), [("reduce", "none"), ("no-preference", "grow")])
def test_the_bars_grow_once_and_stand_still_for_who_wants_calm(
    app: Flask, phone: BrowserContext, real_picture: Picture, wish: Any, moves: str
) -> None:
    open_survey(real_picture)
    page = finished(phone, "yyyyyy")
    page.emulate_media(reduced_motion=wish)
    name = "getComputedStyle(document.querySelector('.bar-svg .value')).animationName"
    assert page.evaluate(name) == moves


def test_how_the_figures_are_made_is_folded_beneath_them(
    app: Flask, phone: BrowserContext, real_picture: Picture
) -> None:
    document = told(open_survey(real_picture), 265, residents(192), number=12)
    page = finished(phone, "ynynyn")
    assert not page.locator("details li").first.is_visible()
    said = " ".join(fold(page).all_inner_texts()).replace("\xa0", " ")
    assert f"Spændet er på 95 %. {LABEL}." in said
    assert "De 2.304 er alle, der bor her og er fyldt 15 år." in said
    assert f"Tallene er fra {int(document['snapshot']['day'][-2:])}. " in said
    assert "Det er udgave nummer 12." in said


def test_without_residents_only_those_who_answered_are_counted(
    app: Flask, phone: BrowserContext, real_picture: Picture
) -> None:
    told(open_survey(real_picture), 265)
    page = finished(phone, "ynynyn")
    expect(page.get_by_text(f"265 har svaret. {CHOSE}")).to_be_visible()
    assert " fyldt 15 år" not in page.inner_text("details")


def test_under_twenty_nothing_is_told_of_how_many(
    app: Flask, phone: BrowserContext, real_picture: Picture
) -> None:
    told(open_survey(real_picture), 15, residents(192))
    page = finished(phone, "ynynyn")
    expect(page.get_by_text("Du er blandt de første")).to_be_visible()
    said = page.inner_text("#after")
    assert "har svaret." not in said
    assert "2.304" not in said
    assert page.locator("main .panel:not(.next) details, .interval").count() == 0


def test_the_page_of_a_closed_survey_says_it_all_too(
    app: Flask, phone: BrowserContext, real_picture: Picture
) -> None:
    survey = make_survey(state="closed", cards=6, picture=real_picture)
    document = told(survey, 265, residents(192))
    page = closed_page(phone)
    for words in (f"265 af 2.304 har svaret. {CHOSE}", SHARE):
        expect(page.get_by_text(words)).to_be_visible()
    assert spans(page) == [ends(row) for row in document["themes"]]
    assert LABEL in " ".join(fold(page).all_inner_texts())


def test_a_closed_survey_with_too_few_answers_tells_no_number(
    app: Flask, phone: BrowserContext, real_picture: Picture
) -> None:
    told(make_survey(state="closed", cards=6, picture=real_picture), 15, residents(192))
    page = closed_page(phone)
    expect(page.get_by_text("Få svar vises ikke")).to_be_visible()
    assert "har svaret." not in page.inner_text("main")
    assert page.locator("main .panel:not(.next) details, .interval").count() == 0


@pytest.mark.parametrize(
    ("yes", "says"),
    [
        ((2, 2, 2), "Du vil have lige meget af det hele."),
        ((2, 2, 3), "Du vil have næsten lige meget af det hele."),
        ((1, 1, 3), "Du vil især have byliv."),
    ],
)
def test_her_wishes_are_called_equal_only_where_they_are(
    app: Flask, phone: BrowserContext, real_picture: Picture, yes: tuple[int, ...], says: str
) -> None:
    survey = open_survey(real_picture, cards=12)
    page = start(phone)
    wanted = dict(zip(("foreningsliv", "groenne-omraader", "byliv"), yes, strict=True))
    theme_of = themes_of_cards(survey)
    for _ in range(12):
        theme = theme_of[str(page.locator("[data-card]").first.get_attribute("data-card"))]
        press(page, "yes" if wanted[theme] > 0 else "no")
        wanted[theme] -= 1
    page.locator("#after").get_by_role("button", name="Spring over").click()
    expect(page.get_by_role("heading", name=says)).to_be_visible()


def themes_of_cards(survey: Survey) -> dict[str, str]:
    return {str(card.id): card.theme for card in cards_of(survey)}
