"""An area beside the city, as rows of the table for spreadsheets; out of the city's document."""

from collections.abc import Iterator, Mapping
from typing import Any

from swipe.insight.reading import city_of
from swipe.reports import comparing
from swipe.reports.asking import Asked
from swipe.reports.csv_values import Row, percent, share_cells

Shown = Mapping[str, Any]


def beside_city(found: Asked, names: Mapping[str, str]) -> Iterator[Row]:
    """Yield the rows of the survey that was asked for; none where it has no document to show."""
    if found.whole:
        city = city_of([found.area.slug])
        yield from city_rows(city, found.area.slug, found.whole["survey"], names)


def city_rows(
    city: Shown | None, area: str, survey: str | None, names: Mapping[str, str]
) -> Iterator[Row]:
    """Yield a row for each theme that the city's document holds the area's survey against.

    The share and its ends are the city's own, `point` how far the area is from it and `dag` the
    day of the city's figures. `note` is above or below where the two differ by more than chance.
    """
    if city is None:
        return
    themes = {one["theme"]: one for one in (city["city"] or {}).get("themes") or ()}
    for row in city["areas"]:
        if (row["area"], row["survey"]) == (area, survey):
            for one in row.get("compared", ()):
                whole = themes.get(one["theme"])
                if whole:
                    yield _row(one, whole, names, city["snapshot"]["day"])


def _row(one: Shown, whole: Shown, names: Mapping[str, str], day: str) -> Row:
    known: Row = {"del": "mod_byen", "id": one["theme"], "navn": names.get(one["theme"])}
    known = {**known, **share_cells(whole), "dag": day, "årsag": one["reason"]}
    if one["reason"]:
        return known
    line = comparing.distance(one, whole)
    said = [f"{sentence}." for sentence in (line.said, line.more) if sentence]
    return {
        **known,
        "point": percent(one["difference"]),
        "note": one["differs"],
        "tekst": " ".join(said),
    }
