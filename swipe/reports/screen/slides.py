"""What the host shows step by step: each slide is made of one public document and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from swipe.outreach.rounds import verdict
from swipe.reports.bars import Bar, share_bar
from swipe.reports.ranking import by_share
from swipe.reports.screen import words

Shown = Mapping[str, Any]
ROWS, ROWS_BESIDE, PICTURES = 4, 3, 3  # on one slide, so that it is read from the last row


@dataclass(frozen=True)
class Line:
    """A theme, or a group of people, with its share in words and its bar.

    `said` stands beside it: why there is no share, or how it lies beside the city's, which `way`.
    """

    name: str
    theme: Shown
    share: str | None
    interval: str | None
    bar: Bar | None
    said: str | None = None
    way: str | None = None
    city: str | None = None
    city_bar: Bar | None = None


@dataclass(frozen=True)
class Picture:
    """A card of the deck with what people said of it."""

    card: Shown
    share: str | None
    sides: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Slide:
    """One step: its short `name` for the host, its heading, and what stands below it.

    `key` stays the same when newer figures come.
    """

    key: str
    name: str
    heading: str
    lines: list[Line] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    note: str | None = None


def slides(document: Shown, city: Shown | None, deck: Shown) -> list[Slide]:
    """Return the slides of a document with shares, in the order in which they are shown.

    `deck` holds themes and cards in the page's language; `city` is the city's newest document.
    """
    themes = {theme["id"]: theme for theme in deck["themes"]}
    cards = {card["id"]: card for card in deck["cards"]}
    known = [row for row in document["themes"] if row["theme"] in themes]
    names = {slug: theme["name"] for slug, theme in themes.items()}
    rows = by_share(known, names, "theme")
    rows += [row for row in known if row not in rows]
    made = _themes(document, rows, themes, names) + _beside(document, rows, city, themes)
    return [*made, *_wanted(document, cards), *_divided(document, cards, themes)]


def _themes(
    document: Shown, rows: Sequence[Shown], themes: Mapping[str, Shown], names: Mapping[str, str]
) -> list[Slide]:
    told = document["verdict"].get("sentence")
    heading = verdict(document["verdict"], names) if told else _("Temaerne")
    note = _how_sure(rows)
    return [
        Slide(
            f"themes-{place}", _("Temaer"), heading, [_line(row, themes) for row in part], [], note
        )
        for place, part in enumerate(_parts(rows, ROWS))
    ]


def _how_sure(rows: Sequence[Shown]) -> str:
    """Return what the line on a bar is, and that the figures are weighted where they are."""
    said = _(
        "Stregen er usikkerheden, hvis deltagerne var tilfældigt udvalgt. "
        "Folk valgte selv at svare."
    )
    if not any(row.get("weighted") for row in rows):
        return said
    weights = _("Tallene er vægtet, så de passer bedre med områdets alder og køn.")
    return f"{said} {weights}"


def _line(row: Shown, themes: Mapping[str, Shown]) -> Line:
    theme = themes[row["theme"]]
    share = words.share(row)
    said = None if share else _("For få svar til at vise")
    return Line(theme["name"], theme, share, words.interval(row), share_bar(row), said)


def _beside(
    document: Shown, rows: Sequence[Shown], city: Shown | None, themes: Mapping[str, Shown]
) -> list[Slide]:
    """Return the area beside the city; nothing where the city tells nothing of this survey."""
    compared = {one["theme"]: one for one in _compared(document, city) if not one["reason"]}
    whole = {one["theme"]: one for one in ((city or {}).get("city") or {}).get("themes") or ()}
    told = [row for row in rows if row["theme"] in compared and words.share(row)]
    told = [row for row in told if row["theme"] in whole and words.share(whole[row["theme"]])]
    return [
        Slide(
            f"city-{place}",
            _("Byen"),
            _("Området ved siden af hele byen"),
            [_line_beside(row, compared, whole, themes) for row in part],
            note=_("”Ligner byen”: Forskellen er ikke sikker."),
        )
        for place, part in enumerate(_parts(told, ROWS_BESIDE))
    ]


def _compared(document: Shown, city: Shown | None) -> Sequence[Shown]:
    own = (document["area"], document["survey"])
    rows = [row for row in (city or {}).get("areas", ()) if (row["area"], row["survey"]) == own]
    found: Sequence[Shown] = (rows[0].get("compared") or ()) if rows else ()
    return found


def _line_beside(
    row: Shown,
    compared: Mapping[str, Shown],
    whole: Mapping[str, Shown],
    themes: Mapping[str, Shown],
) -> Line:
    theme, city = themes[row["theme"]], whole[row["theme"]]
    said, way = words.distance(compared[row["theme"]])
    return Line(
        theme["name"],
        theme,
        words.share(row),
        None,
        share_bar({**row, "low": None, "high": None}),
        said,
        way,
        words.share(city),
        share_bar({**city, "low": None, "high": None}),
    )


def _wanted(document: Shown, cards: Mapping[str, Shown]) -> list[Slide]:
    titles = {card: str(face["title"]) for card, face in cards.items()}
    known = [row for row in document["cards"] if row["card"] in cards]
    best = by_share(known, titles, "card")[:PICTURES]
    if not best:
        return []
    pictures = [Picture(cards[row["card"]], words.share(row)) for row in best]
    return [Slide("wanted", _("Flest ja"), _("Her sagde flest ja"), pictures=pictures)]


def _divided(
    document: Shown, cards: Mapping[str, Shown], themes: Mapping[str, Shown]
) -> list[Slide]:
    """Return the pictures that groups see most differently, or why there are none."""
    found, heading = document["agreement"], _("Her er grupperne mest uenige")
    name = _("Uenighed")
    if found["reason"]:
        asked = _("Hvor er grupperne mest uenige?")
        note = _("Det kan vises, når to grupper eller flere har svar nok.")
        return [Slide("divided", name, asked, note=note)]
    first = {one["card"]: one for one in reversed(found["divides"]) if one["card"] in cards}
    apart = sorted(first.values(), key=lambda one: -one["gap"])[:PICTURES]
    if not apart:
        heading = _("Ingen billeder deler grupperne klart")
        return [
            Slide("divided", name, heading, note=_("Ingen forskel mellem grupperne er sikker."))
        ]
    pictures = [Picture(cards[one["card"]], None, _sides(one, cards, themes)) for one in apart]
    return [Slide("divided", name, heading, pictures=pictures)]


def _sides(one: Shown, cards: Mapping[str, Shown], themes: Mapping[str, Shown]) -> list[Line]:
    theme = themes[cards[one["card"]]["theme"]]
    return [_side(one[end], theme) for end in ("most", "least")]


def _side(end: Shown, theme: Shown) -> Line:
    bare = {"bound": None, **end, "low": None, "high": None}
    return Line(words.group(end["group"]), theme, words.share(bare), None, share_bar(bare))


def _parts(rows: Sequence[Shown], most: int) -> list[Sequence[Shown]]:
    """Return the rows in as few parts as hold at most so many, all nearly as long."""
    count = -(-len(rows) // most)
    if not count:
        return []
    size = -(-len(rows) // count)
    return [rows[start : start + size] for start in range(0, len(rows), size)]
