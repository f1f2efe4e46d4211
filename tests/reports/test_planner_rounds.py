"""An area's rounds side by side: what each said, and what of it may be compared."""

from datetime import UTC, datetime, timedelta
from typing import Any

from planner_pages import AREA, broken, read
from planner_snapshots import Shown, kept, parts_of, residents, told
from whole_document import REFUSED, WEIGHTED, since, whole

from swipe.surveys.models import Survey
from tests.builders import make_survey

HEADING = "Gennem runderne"


def round_of(days: int, **parts: Any) -> tuple[Survey, Shown]:
    """Make a round that opened so many days ago, with a whole document."""
    now = datetime.now(UTC)
    opens, closes = now - timedelta(days=days), now - timedelta(days=days - 20)
    survey = make_survey(opens_at=opens, closes_at=closes, published_at=opens)
    return survey, kept(survey, whole(told(survey, 400, residents(100)), **parts))


def section(planner: Any, address: str = AREA) -> str:
    """Return the words of the part about rounds."""
    _before, _heading, rest = read(planner, address).partition(HEADING)
    return rest.partition("Hvad grupperne ønsker")[0]


def test_one_round_alone_has_nothing_beside_it(planner):
    round_of(10, since=None)
    assert HEADING not in read(planner)
    make_survey(state="draft")
    assert HEADING not in read(planner)


def test_each_round_has_its_day_its_people_and_a_share_with_its_interval(planner):
    (older, _before), (_newer, document) = round_of(300, since=None), round_of(10)
    page = planner.get(AREA)
    words = section(planner)
    assert words.count("400 har svaret") == 2
    assert words.count("Tal fra 20. november 2026, opsamling 3") == 2
    for theme in document["themes"]:
        share, low, high = (round(100 * theme[key]) for key in ("share", "low", "high"))
        assert words.count(f"{share} % ({low}–{high} %)") == 2
    assert f"survey={older.id}" in page.text
    assert "(den du ser)" in words
    assert broken(words) == set()


def test_a_change_stands_only_where_cards_were_the_same(planner):
    round_of(300, since=None)
    round_of(10)
    words = section(planner)
    assert words.count("Op 6 point Mellem +2 og +10 point, på 7 ens kort") == 1
    assert words.count("Ingen sikker ændring") == 1
    assert words.count("Kan ikke sammenlignes med runden før") == 1
    assert words.count("For få kort er ens i de to runder.") == 1
    assert words.count("Ændringen kan skyldes, hvem der deltog.") == 1
    assert "Træk derfor ikke to andele fra hinanden." in words


def test_no_line_is_drawn_from_one_round_to_another(planner):
    round_of(300, since=None)
    round_of(10)
    page = planner.get(AREA).text
    assert page.count('class="bar dots"') == 6
    assert "<polyline" not in page
    assert 'class="dot-span" x1="' in page


def test_rounds_of_which_one_is_weighted_stand_without_weights(planner):
    round_of(300, since=None, weighting=REFUSED)
    _newer, document = round_of(10, weighting=WEIGHTED)
    words = section(planner)
    assert "Tallene er uden vægt, for ikke alle runder er vægtet." in words
    plain = document["themes"][0]["unweighted"]["share"]
    assert f"{round(100 * plain)} % (" in words


def test_a_theme_that_is_chosen_is_the_only_column(planner):
    round_of(300, since=None)
    round_of(10)
    words = section(planner, f"{AREA}?theme=byliv")
    assert "Byliv" in words
    assert "Grønne områder" not in words
    assert "Op 6 point" not in words


def test_a_round_of_under_twenty_has_no_figure(planner):
    older = make_survey(state="closed")
    told(older, 12, residents(100))
    round_of(10, since={**since(), "reason": "too-few", "themes": [], "caution": []})
    words = section(planner)
    assert "Under 20 svarede. Derfor vises der ingen tal." in words
    assert "For få svar i en af de to runder til at sammenligne." in words


def test_a_theme_that_a_round_did_not_have_says_so(planner):
    now = datetime.now(UTC)
    older = make_survey(
        state="closed", themes=("byliv", "groenne-omraader"), opens_at=now - timedelta(days=300)
    )
    document = whole(told(make_survey(area="lumby"), 400, residents(100)), since=None)
    themes = [one for one in document["themes"] if one["theme"] != "foreningsliv"]
    kept(older, {**document, "area": "bolbro", "survey": str(older.id), "themes": themes})
    round_of(10)
    assert section(planner).count("ikke med i runden") == 1


def test_many_rounds_show_the_newest_ones(planner):
    for at in range(8):
        round_of(10 + 30 * at, since=None)
    rows = parts_of(planner.get(AREA), "th")
    assert len([row for row in rows if "opsamling 3" in row]) == 6
    assert len(planner.get(AREA).data) < 1_000_000
