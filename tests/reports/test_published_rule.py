"""The rule for answers that are too fast, as citizens and planners read it: the one in use."""

import html
import re

from planner_pages import AREA, read, told_whole

from swipe.inspection.readability import EASY, lix
from swipe.participation.validity import ALIKE_MS, FAST_CARDS, FAST_MS, FLAG_RULE
from tests.builders import make_survey

NUMBERS = {6: "seks"}


def seconds(ms):
    return f"{ms / 1000:.1f}".replace(".", ",")


def paragraph(client):
    """Return what the privacy page says of the rule."""
    page = client.get("/privatliv").get_data(as_text=True)
    found = re.search(
        r"<h2>Meget hurtige svar tæller ikke med</h2>\s*<p>(.*?)</p>", page, re.DOTALL
    )
    assert found
    return html.unescape(found[1])


def test_citizens_read_the_very_limits_that_are_used(client):
    assert FLAG_RULE == 1
    said = paragraph(client)
    assert f"under {seconds(FAST_MS)} sekund hver" in said
    assert f"fra {NUMBERS[FAST_CARDS]} billeder" in said
    assert f"under {seconds(ALIKE_MS)} sekund pr. billede" in said


def test_the_rule_is_easy_to_read(client):
    assert lix(paragraph(client)) <= EASY


def test_planners_read_the_same_limits(login):
    told_whole(make_survey())
    words = read(login("planner"), f"{AREA}/quality")
    assert f"under {seconds(FAST_MS)} sekund hver" in words
    assert f"Fra {NUMBERS[FAST_CARDS]} kort er et svar talt fra" in words
    assert f"under {seconds(ALIKE_MS)} sekund pr. kort" in words
