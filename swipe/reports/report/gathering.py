"""What a report is made of, fetched: the area's document and words, its pictures, the look."""

from collections.abc import Iterable
from datetime import date

from flask import current_app

from swipe.areas.models import demo_mark
from swipe.brand.models import logo_of, shown
from swipe.errors import Busy
from swipe.insight.reading import document_of
from swipe.media.adding import storage
from swipe.reports import open_data, tongue, wording
from swipe.reports.asking import Asked
from swipe.reports.method_words import Place
from swipe.reports.notes.reading import report_texts
from swipe.reports.reading import clock_now, theme_names, themes_by_slug
from swipe.reports.report.content import Material
from swipe.reports.report.shape import ACCENT, Dress, Report, cards_shown


def material(found: Asked, place: Place, language: str) -> Material:
    """Return everything the report of an area and survey is made of."""
    themes = themes_by_slug()
    standing = found.standing(clock_now())
    with tongue.speaking(language):
        notice = wording.demo(demo_mark())
        use = open_data.said(found.area.name, standing, found.document)
    return Material(
        language=language,
        place=place,
        municipality=current_app.config["SWIPE"].municipality,
        standing=standing,
        question=found.question,
        document=found.whole,
        city=document_of(None),
        themes=themes,
        names=theme_names(themes, language),
        faces=found.faces,
        notice=notice,
        use=use,
        notes=_notes(found),
    )


def _notes(found: Asked) -> list[tuple[date, str]]:
    """Return the day and the text of each note that its writer put into the report."""
    return report_texts(found.survey.id, clock_now().timezone) if found.survey else []


def dress() -> Dress:
    """Return how the municipality looks now."""
    look = shown()
    logo = logo_of(look.logo_digest) if look.logo_digest else None
    return Dress(look.accent or ACCENT, logo, look.logo_plate == "dark")


def pictures(report: Report) -> dict[str, bytes]:
    """Return the picture of each card that a report shows, by card; one that is gone is left out.

    No database is needed, so that nobody waits while a store far away answers.
    """
    wanted = ((card, report.pictures.get(card)) for card in cards_shown(report))
    found = ((card, one.address) for card, one in wanted if one and one.address)
    return dict(_read(found))


def _read(found: Iterable[tuple[str, str]]) -> Iterable[tuple[str, bytes]]:
    for card, address in found:
        try:
            yield card, storage().get(address.rpartition("/")[2])
        except (FileNotFoundError, ValueError, Busy):
            current_app.logger.warning("report without the picture of card %s", card)
