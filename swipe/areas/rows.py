"""The rows of areas.csv and residents.csv, checked one by one. No database.

Every check answers with a sentence, so that a person can mend the file without help.
"""

import re
from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import NamedTuple

from flask_babel import gettext as _

from swipe.areas.naming import RESERVED, is_slug, slug_from
from swipe.areas.sheets import Line, read_lines
from swipe.areas.words import AGE_BANDS, GENDERS
from swipe.legible import has_words, misleads

AREA_COLUMNS = ("slug", "name")
RESIDENT_COLUMNS = ("area", "age_band", "gender", "count", "as_of", "source")
MOST_RESIDENTS = 500_000
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DANISH = re.compile(r"(\d\d)-(\d\d)-(\d{4})")  # what a Danish spreadsheet makes of an ISO date


class AreaRow(NamedTuple):
    """One area of a file."""

    slug: str
    name: str


class ResidentsRow(NamedTuple):
    """One cell of a file: how many of an age band and gender live in an area."""

    area: str
    age_band: str
    gender: str
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks
    as_of: date
    source: str


def read_areas(text: str) -> tuple[list[AreaRow], list[str]]:
    """Return the areas of a file and a sentence for every row that cannot be used."""
    lines, errors = read_lines(text, AREA_COLUMNS)
    seen: dict[str, AreaRow] = {}
    for line in lines:
        row = AreaRow(line.values["slug"].lower(), line.values["name"])
        wrong = _wrong_area(row) or _contradiction(seen.get(row.slug), row)
        if wrong:
            errors.append(_at(line, wrong))
        else:
            seen[row.slug] = row
    return list(seen.values()), errors


def read_residents(
    text: str, known_areas: Collection[str], *, today: date | None = None
) -> tuple[list[ResidentsRow], list[str]]:
    """Return the residents of a file and a sentence for every row that cannot be used.

    `known_areas` holds slugs; a date after `today` is an error.
    """
    lines, errors = read_lines(text, RESIDENT_COLUMNS)
    today = today or datetime.now(UTC).date()
    seen: dict[tuple[str, date, str, str], ResidentsRow] = {}
    for line in lines:
        values = line.values | {"age_band": line.values["age_band"].replace("–", "-")}
        wrong = _wrong_residents(values, known_areas, today)
        if wrong:
            errors.append(_at(line, wrong))
            continue
        row = _residents_row(values)
        key = (row.area, row.as_of, row.age_band, row.gender)
        if contradiction := _contradiction(seen.get(key), row):
            errors.append(_at(line, contradiction))
        else:
            seen[key] = row
    return list(seen.values()), errors


def _at(line: Line, sentence: str) -> str:
    return _("Linje %(line)s: %(sentence)s", line=line.number, sentence=sentence)


def _contradiction(seen: object, row: object) -> str:
    if seen is None or seen == row:
        return ""
    return _("den samme række står tidligere i filen med noget andet.")


def _wrong_area(row: AreaRow) -> str:
    if not is_slug(row.slug):
        suggestion = slug_from(row.slug or row.name) or "bolbro"
        return _(
            "adressen '%(slug)s' kan ikke bruges. Brug a-z, tal og bindestreg, fx %(better)s.",
            slug=row.slug[:40],
            better=suggestion,
        )
    if row.slug in RESERVED:
        return _("adressen '%(slug)s' bruger siden selv. Vælg en anden.", slug=row.slug)
    if not has_words(row.name) or len(row.name) > 200:
        return _("navnet mangler eller er over 200 tegn.")
    if misleads(row.name):
        return _("navnet indeholder tegn, der ikke kan vises.")
    return ""


def _wrong_residents(values: dict[str, str], known: Collection[str], today: date) -> str:
    if values["area"] not in known:
        return _("lokalområdet '%(area)s' findes ikke.", area=values["area"][:40])
    if values["age_band"] not in AGE_BANDS:
        bands = ", ".join(AGE_BANDS)
        band = values["age_band"][:20]
        return _("aldersgruppen '%(band)s' findes ikke. Brug %(bands)s.", band=band, bands=bands)
    if values["gender"] not in GENDERS:
        gender = values["gender"][:20]
        return _("kønnet '%(gender)s' findes ikke. Brug female eller male.", gender=gender)
    if not re.fullmatch(r"[0-9]{1,9}", values["count"]):
        count = values["count"][:20]
        return _("antallet '%(count)s' er ikke et helt tal uden punktum.", count=count)
    if int(values["count"]) > MOST_RESIDENTS:
        return _("antallet %(count)s er for højt. Grænsen er 500000.", count=values["count"])
    if not values["source"] or len(values["source"]) > 200:
        return _("kilden mangler eller er over 200 tegn. Skriv fx Danmarks Statistik.")
    return _wrong_date(values["as_of"], today)


def _wrong_date(text: str, today: date) -> str:
    day = _date(text)
    if day is None or day.year < 1900:
        return _("datoen '%(date)s' kan ikke læses. Skriv den som 2026-01-01.", date=text[:20])
    if day > today:
        return _("datoen %(date)s ligger ude i fremtiden.", date=text)
    return ""


def _date(text: str) -> date | None:
    try:
        if found := _ISO.fullmatch(text):
            return date(*(int(part) for part in found.groups()))
        if found := _DANISH.fullmatch(text):
            return date(*(int(part) for part in reversed(found.groups())))
    except ValueError:
        return None
    return None


def _residents_row(values: dict[str, str]) -> ResidentsRow:
    as_of = _date(values["as_of"])
    if as_of is None:
        raise ValueError("the date was not checked first")
    return ResidentsRow(
        values["area"],
        values["age_band"],
        values["gender"],
        int(values["count"]),
        as_of,
        values["source"],
    )
