"""The report on what people want: themes, comparisons, what unites and divides, every card."""

from collections.abc import Mapping, Sequence
from typing import Any

from swipe.reports import wording
from swipe.reports.agreeing import Matter
from swipe.reports.area_page import Figures
from swipe.reports.bars import share_bar
from swipe.reports.comparing import Compared
from swipe.reports.reading import Face
from swipe.reports.report.shape import Block, Cell, Column, Heading, Points, Say, Table
from swipe.reports.tongue import SOURCE_LANGUAGE
from swipe.reports.tongue import gettext as _

Shown = Mapping[str, Any]
Names = Mapping[str, str]
Hues = Mapping[str, int]


def themes(document: Shown, found: Figures, names: Names, hues: Hues) -> list[Block]:
    """Return the question, how firm the order is, the themes with their intervals, the weights."""
    question = Say(
        _("”%(question)s”", question=document["method"]["question"]), "quote", SOURCE_LANGUAGE
    )
    if not found.shares_told:
        few = _("For få svar til at vise temaerne.")
        return [question, Say(few), *_weights(found)]
    level = wording.percent(document["method"]["interval"]["level"])
    how = _(
        "Stregen med to ender viser usikkerheden (%(level)s), hvis deltagerne var tilfældigt "
        "udvalgt. Tallet er snittet af, hvor ofte hver person siger ja.",
        level=level,
    )
    firm = [Say(found.certainty)] if found.certainty else []
    table = _themes(found.themes, found.weights.weighted, names, hues)
    return [question, *firm, table, Say(how, "small"), *_weights(found)]


def _weights(found: Figures) -> list[Block]:
    weights = found.weights
    said: list[Block] = []
    if weights.differs:
        moved = _("Vægtningen flytter mindst ét tema mere end 2 point. Læs begge tal.")
        said.append(Say(moved, "careful"))
    return [*said, Say(" ".join([weights.said, *weights.why_not]), "small")]


def _themes(rows: Sequence[Shown], weighted: bool, names: Names, hues: Hues) -> Table:
    plain = [Column(_("Uden vægt"))] if weighted else []
    return Table(
        _("Så ofte siger folk ja til hvert tema"),
        [
            Column(_("Tema"), "name"),
            Column(_("Fra 0 til 100 procent"), "bar"),
            Column(_("Andel ja")),
            *plain,
            Column(_("Har det som nr. 1")),
        ],
        [_theme(row, weighted, names, hues) for row in rows],
    )


def _theme(row: Shown, weighted: bool, names: Names, hues: Hues) -> list[Cell]:
    slug = row["theme"]
    plain = [_figure(row["unweighted"])] if weighted else []
    first = wording.part(row["first_choice"], row["first_choice_bound"])
    bar = Cell(bar=share_bar(row), hue=hues.get(slug))
    return [Cell(names.get(slug, slug)), bar, _figure(row), *plain, Cell(first or "–")]


def _figure(shown: Shown) -> Cell:
    return Cell(wording.share(shown), wording.interval(shown) or "")


def compared(found: Figures, names: Names) -> list[Block]:
    """Return the change since the last round, and the area beside the city; empty for neither."""
    return [
        *_compared(_("Siden sidste runde"), _("Ændring"), found.since, names),
        *_compared(_("Området og byen"), _("Forskel"), found.city, names),
    ]


def _compared(heading: str, what: str, one: Compared | None, names: Names) -> list[Block]:
    if one is None:
        return []
    if one.instead:
        return [Heading(heading), Say(one.instead)]
    rows = [
        [Cell(names.get(line.theme, line.theme)), Cell(line.said, line.more or "")]
        for line in one.lines
    ]
    table = Table(heading, [Column(_("Tema"), "name"), Column(what, "text")], rows)
    cautions = [Say(said, "careful") for said in one.cautions]
    return [Heading(heading), table, *cautions, *(Say(said, "small") for said in one.remarks)]


def agreed(found: Figures, faces: Mapping[str, Face]) -> list[Block]:
    """Return the cards that unite the groups and those that divide them."""
    one = found.agreement
    if one.instead:
        return [Say(one.instead)]
    both = (
        (_("Det samler"), one.unites, _("Ingen kort samler alle grupper tydeligt.")),
        (_("Det deler"), one.divides, _("Ingen kort deler grupperne tydeligt.")),
    )
    blocks: list[Block] = []
    for heading, matters, none in both:
        items = [_matter(matter, faces) for matter in matters]
        blocks += [Heading(heading), Points(items) if items else Say(none)]
    return blocks


def _matter(matter: Matter, faces: Mapping[str, Face]) -> str:
    sides = ", ".join(f"{side.group} {side.share}" for side in matter.sides)
    said = _("%(card)s: %(groups)s.", card=_title(matter.card, faces), groups=sides)
    return f"{said} {matter.said}" if matter.said else said


def _title(card: str, faces: Mapping[str, Face]) -> str:
    face = faces.get(card)
    return (face.title if face else "") or _("Kort uden navn")


def every_card(
    document: Shown, found: Figures, names: Names, faces: Mapping[str, Face], hues: Hues
) -> list[Block]:
    """Return every card with its picture, most yes first."""
    ranked = found.cards
    rows = [*ranked.top, *ranked.middle, *ranked.bottom, *ranked.too_few]
    table = Table(
        _("Så ofte siger folk ja til hvert kort"),
        [
            Column(_("Kort"), "name"),
            Column(_("Fra 0 til 100 procent"), "bar"),
            Column(_("Andel ja")),
            Column(_("Har svaret")),
        ],
        [_card(row, names, faces, hues) for row in rows],
    )
    weighted = document["method"]["weighting"]["weighted"]
    plain = [Say(_("Tallene for kortene er uden vægt."), "small")] if weighted else []
    return [table, *plain]


def _card(row: Shown, names: Names, faces: Mapping[str, Face], hues: Hues) -> list[Cell]:
    theme, bar = row["theme"], share_bar(row)
    title, card = _title(row["card"], faces), row["card"]
    name = Cell(title, names.get(theme, theme), lang=SOURCE_LANGUAGE, card=card)
    people = wording.number(row["n"]) if bar and row["n"] is not None else "–"
    return [name, Cell(bar=bar, hue=hues.get(theme)), _figure(row), Cell(people)]
