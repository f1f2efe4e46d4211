"""What a decision builds on: figures as they were told, of the edition that was chosen."""

from collections.abc import Callable

import pytest
from decision_desk import desk, kept, write
from flask.testing import FlaskClient

from swipe.outreach.evidence import figure
from swipe.surveys.models import Survey
from tests.builders import make_decision, make_survey
from tests.reports.planner_snapshots import plain, residents, told

Login = Callable[[str], FlaskClient]


@pytest.fixture
def survey(app) -> Survey:
    return make_survey(state="closed")


def share_of(document: dict, slug: str) -> str:
    theme = next(one for one in document["themes"] if one["theme"] == slug)
    share, low, high = (round(100 * theme[key]) for key in ("share", "low", "high"))
    return f"{share} % siger ja ({low}–{high} %)"


def test_each_theme_stands_with_its_figure_as_it_was_told(login: Login, survey: Survey) -> None:
    document = told(survey, 400, residents(100), number=3)
    page = plain(login("planner").get(f"{desk()}/new?survey={survey.id}").text)
    for theme in document["themes"]:
        assert share_of(document, theme["theme"]) in page
    assert "De nyeste tal: opsamling 3 fra 20. november 2026" in page


def test_a_figure_that_was_withheld_is_withheld_here_too(login: Login, survey: Survey) -> None:
    told(survey, 25, residents(100))
    page = login("planner").get(f"{desk()}/new?survey={survey.id}").text
    assert page.count("for få svar til at vise") == 3
    assert "siger ja" not in page


def test_without_figures_a_decision_is_written_all_the_same(login: Login, survey: Survey) -> None:
    client = login("planner")
    page = client.get(f"{desk()}/new?survey={survey.id}").text
    assert "ingen tal, der kan vises" in page
    assert write(client, survey, themes=["byliv"]).status_code == 303
    assert kept(survey)[0].snapshot is None


def test_a_decision_keeps_the_edition_it_was_written_with(login: Login, survey: Survey) -> None:
    first = told(survey, 90, residents(100), number=3)
    client = login("planner")
    write(client, survey, themes=["byliv"], snapshot="3")
    (one,) = kept(survey)
    assert one.snapshot == 3
    second = told(survey, 400, residents(100), number=4)
    assert share_of(first, "byliv") != share_of(second, "byliv")
    look = plain(client.get(f"{desk()}/{one.id}/publication").text)
    assert share_of(first, "byliv") in look
    assert share_of(second, "byliv") not in look
    form = client.get(f"{desk()}/{one.id}").text
    assert "De nyeste tal: opsamling 4" in form
    assert "Tallene, det blev skrevet med: opsamling 3" in form


def test_citizens_are_not_told_the_figures_behind_a_decision(
    client: FlaskClient, survey: Survey
) -> None:
    told(survey, 400, residents(100))
    make_decision(survey=survey, themes=["byliv"], snapshot=3)
    assert "siger ja" not in client.get("/a/bolbro/aftryk").text


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        ({"share": None, "low": 0.0, "high": 0.1, "bound": "<0.05"}, "under 5 % siger ja"),
        ({"share": None, "low": 0.9, "high": 1.0, "bound": ">0.95"}, "over 95 % siger ja"),
        ({"share": None, "low": None, "high": None}, "for få svar til at vise"),
        ({"share": 0.5, "low": None, "high": None, "bound": None}, "50 % siger ja"),
    ],
)
def test_a_bound_is_said_as_a_bound(app, shown: dict, words: str) -> None:
    with app.test_request_context():
        assert plain(figure(shown)) == words
