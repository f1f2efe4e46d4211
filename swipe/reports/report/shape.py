"""Pure: what a report is made of, before it is known in which kind of file it will stand.

A report has sections, a section has blocks. Every word in it is ready to be shown; no file that
is made of it words or works out anything of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, Literal
from unicodedata import category

from swipe.reports.bars import Bar

ACCENT = "#004d99"  # that of the staff's pages
NO_LETTERS = ("Cc", "Cs", "Cn", "Co")
Columns = Literal["name", "text", "figure", "bar"]


@dataclass(frozen=True)
class Column:
    """A column's heading and what its cells hold; a bar is drawn where a file can draw."""

    heading: str
    holds: Columns = "figure"


@dataclass(frozen=True)
class Cell:
    """A cell: its words, quieter words after them, a bar, the card whose picture stands there.

    `lang` is the language of its words where it may not be the report's.
    """

    text: str = ""
    more: str = ""
    lang: str = ""
    bar: Bar | None = None
    hue: int | None = None
    card: str | None = None


@dataclass(frozen=True)
class Table:
    """Rows under headings; `caption` tells those who hear it what it is."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    block: str = "table"


@dataclass(frozen=True)
class Say:
    """A paragraph: as `body`, large as `lead`, quiet as `small`, or to be careful about.

    `lang` is the language of its words where it may not be the report's.
    """

    text: str
    kind: Literal["body", "lead", "small", "careful", "quote"] = "body"
    lang: str = ""
    block: str = "say"


@dataclass(frozen=True)
class Points:
    """Sentences that stand as a list."""

    items: Sequence[str]
    block: str = "points"


@dataclass(frozen=True)
class Heading:
    """A heading inside a section."""

    text: str
    block: str = "heading"


@dataclass(frozen=True)
class Field:
    """A small heading with its sentences beside it."""

    heading: str
    text: str
    block: str = "field"


Block = Table | Say | Points | Heading | Field


@dataclass(frozen=True)
class Section:
    """A part of the report with its heading."""

    heading: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Picture:
    """How a card's picture is told to those who cannot see it, and the address it has."""

    alt: str
    address: str | None


@dataclass(frozen=True)
class Cover:
    """The first page: who asked whom, the answer, the figures to remember.

    `figures` are (figure, what it is); `facts` are (name, fact); `beneath` stands under the
    pictures of `cards`.
    """

    kind: str
    area: str
    municipality: str
    sentence: str
    lead: str
    figures: Sequence[tuple[str, str]]
    facts: Sequence[tuple[str, str]]
    cards: Sequence[str]
    beneath: str


@dataclass(frozen=True)
class Foot:
    """What stands below every page: which figures they are, and how to see that they are whole."""

    edition: str
    digest: str
    page: str
    notice: str


@dataclass(frozen=True)
class Dress:
    """How the municipality looks: its colour, the bytes of its logo, and what is behind the logo.

    `plate` is whether the logo needs something dark behind it on white paper.
    """

    accent: str = ACCENT
    logo: bytes | None = None
    plate: bool = False


@dataclass(frozen=True)
class Report:
    """All of a report; without figures it has a cover that says why, and no sections."""

    language: str
    title: str
    cover: Cover
    foot: Foot
    sections: Sequence[Section] = ()
    pictures: dict[str, Picture] = field(default_factory=dict)


def tables(report: Report) -> list[Table]:
    """Return every table of a report, in its order."""
    blocks: list[Any] = [block for section in report.sections for block in section.blocks]
    return [block for block in blocks if isinstance(block, Table)]


def cards_shown(report: Report) -> list[str]:
    """Return every card whose picture a report shows, each once."""
    rows = [row for table in tables(report) for row in table.rows]
    cells = [cell.card for row in rows for cell in row if cell.card]
    return list(dict.fromkeys([*report.cover.cards, *cells]))


def legible(value: Any) -> Any:
    """Return the same report, or part of one, with a space for each letter that is none.

    Such as a bell, or half a sign: neither a page nor a text file can hold them.
    """
    if isinstance(value, str):
        return "".join(" " if category(letter) in NO_LETTERS else letter for letter in value)
    if is_dataclass(value) and not isinstance(value, type):
        kept = {one.name: legible(getattr(value, one.name)) for one in fields(value)}
        return replace(value, **kept)
    if isinstance(value, dict):
        return {key: legible(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [legible(one) for one in value]
    return value
