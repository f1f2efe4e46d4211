"""One area's figures as the text of a CSV file, for staff and for everybody."""

from typing import Any

from flask import url_for

from swipe.areas.models import demo_mark
from swipe.reports import open_data, tongue, wording
from swipe.reports.asking import Asked
from swipe.reports.csv_city import beside_city
from swipe.reports.csv_export import csv_text
from swipe.reports.csv_values import MARKS
from swipe.reports.method_words import Place
from swipe.reports.reading import clock_now, theme_names, themes_by_slug


def csv_of(
    found: Asked, language: str, decimal: str | None, instead: dict[str, Any] | None = None
) -> str:
    """Return the table of what was asked for, or of a summary that says why there is none.

    `decimal` is comma, point or anything else.
    """
    titles = {card: face.title for card, face in found.faces.items()}
    names = theme_names(themes_by_slug(), language)
    document = instead or found.whole or found.told_or_why
    with tongue.speaking(language):
        notice, edition = wording.demo(demo_mark()), edition_of(found)
        mark = MARKS.get(decimal or "", "")
        beside = beside_city(found, names)
        return csv_text(document, names, titles, place_of(found), notice, edition, mark, beside)


def place_of(found: Asked) -> Place:
    """Return the area's name, and where anybody can see the cards once the survey is open."""
    deck = ""
    if found.survey:
        deck = url_for("surveys.survey_deck", survey_id=found.survey.id, _external=True)
    return Place(found.area.name, deck)


def edition_of(found: Asked) -> dict[str, Any]:
    """Return which figures a file holds, who made them and what others may do with them."""
    return open_data.edition(found.area.name, found.standing(clock_now()), found.document)
