"""Pure: one document as one long table for analysts: a row for every figure, codes and fractions.

The figures are the document's own, in its own units: a share is 0.71, a time is in seconds. A
figure that is withheld has a row too, with no value and the reason. docs/parquet.md tells the
columns.
"""

from collections.abc import Iterator

from swipe.reports.tidy_groups import agreement_rows, city_rows, since_rows, table_rows
from swipe.reports.tidy_values import COLUMNS, Row, Shown, plain, share

__all__ = ["COLUMNS", "tidy"]
_RATES = ("skipped", "undone", "left")


def tidy(
    document: Shown, names: Shown, titles: Shown, edition: Shown, city: Shown | None = None
) -> Iterator[Row]:
    """Yield the rows of a completed document, each with every column.

    `names` and `titles` are those of themes and cards by id; `edition` says which figures they
    are, as `open_data.edition` does; `city` is the city's newest document.
    """
    for row in _figures(document, names, titles):
        yield {**dict.fromkeys(COLUMNS), **edition, **row}
    for row in city_rows(city, document, names):
        yield {**dict.fromkeys(COLUMNS), **edition, **row}


def _figures(document: Shown, names: Shown, titles: Shown) -> Iterator[Row]:
    yield from _area(document)
    for theme in document["themes"]:
        yield from _theme(theme, names)
    for card in document["cards"]:
        yield from _card(card, names, titles)
    for name, table in document["groups"].items():
        yield from table_rows(name, table, names)
    yield from agreement_rows(document["agreement"], titles)
    yield from since_rows(document["since"], names)
    yield from _weighting(document["method"]["weighting"])
    yield from _likeness(document)
    yield from _quality(document["quality"])


def _area(document: Shown) -> Iterator[Row]:
    here = {"level": "area", "id": document["area"]}
    yield {**here, **plain("participants", document["participants"], reason=document["reason"])}
    yield {**here, **plain("residents", document["residents"])}
    yield {**here, **share(document["reach"], "reach")}


def _theme(theme: Shown, names: Shown) -> Iterator[Row]:
    slug = theme["theme"]
    here = {"level": "theme", "id": slug, "name": names.get(slug, slug), "theme": slug}
    yield {**here, **share(theme)}
    first = theme.get("first_choice_bound")
    yield {**here, **plain("first_choice", theme["first_choice"], bound=first)}
    yield {**here, **share(theme["unweighted"], "share_unweighted")}
    if theme["all"]:
        yield {**here, **share(theme["all"], "share_with_fast")}


def _card(card: Shown, names: Shown, titles: Shown) -> Iterator[Row]:
    here = {"level": "card", "id": card["card"], "theme": card["theme"]}
    here["name"] = titles.get(card["card"])
    yield {**here, **share(card)}
    for rate in _RATES:
        if card[rate] is not None or card[f"{rate}_bound"]:
            yield {**here, **plain(rate, card[rate], bound=card[f"{rate}_bound"])}


def _weighting(found: Shown) -> Iterator[Row]:
    for name in ("largest_weight", "deff", "n_eff"):
        yield {"level": "weighting", **plain(name, found[name])}


def _likeness(document: Shown) -> Iterator[Row]:
    found = document["representativeness"]
    for name in ("replaced_of_100", "dissimilarity", "r_indicator", "cv", "bias_bound"):
        yield {"level": "likeness", **plain(name, found[name], reason=found["reason"])}
    for name, figure in (document["method"]["zeal"] or {}).items():
        yield {"level": "likeness", **plain(f"zeal_{name}", figure)}


def _ways(kind: str, found: Shown) -> Iterator[Row]:
    """Yield how many answered in each way, and where it is told how often they say yes."""
    made = (found[f"{kind}s_made"] or {}).get("day")
    names = found["channel_names"] if kind == "channel" else {}
    for row in found[f"{kind}s"]:
        by = {"level": "quality", "id": f"{kind}_{row[kind] or 'rest'}", "since_day": made}
        by["name"] = names.get(row[kind])
        yield {**by, **plain("participants", row["people"])}
        yield {**by, **plain("part", row["part"], bound=row.get("part_bound"))}
        if "share" in row:
            yield {**by, **share(row)}
    if kind == "channel" and not found["channels"]:
        yield {
            "level": "quality",
            "id": kind,
            **plain("participants", None, reason=found["channels_reason"]),
        }


def _quality(found: Shown) -> Iterator[Row]:
    here = {"level": "quality"}
    yield {**here, **plain("flagged", found["flagged"], reason=found["reason"])}
    yield {**here, **plain("flagged_share", found["flagged_share"], bound=found["flagged_bound"])}
    for kind in ("input", "mode", "channel"):
        yield from _ways(kind, found)
    for name in ("position", "previous"):
        slope = found[name]
        ends = {"low": slope["low"], "high": slope["high"]}
        yield {**here, "id": name, **plain("difference", slope["slope"], **ends)}
    for name in _RATES:
        yield {**here, **plain(name, found[name]["share"], bound=found[name]["bound"])}
    for name, seconds in found["seconds"].items():
        yield {**here, **plain(f"seconds_{name}", seconds)}
