"""What a report says of one area: its cover and its sections, out of the document alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from swipe.reports import headline, wording
from swipe.reports.area_page import Figures, figures
from swipe.reports.method_words import Place
from swipe.reports.reading import Face
from swipe.reports.report.accounts import careful, limits, method, trusted
from swipe.reports.report.noted import noted
from swipe.reports.report.people import missing, reached, wished
from swipe.reports.report.shape import Cover, Foot, Picture, Report, Section
from swipe.reports.report.wishes import agreed, compared, every_card, themes
from swipe.reports.standing import Standing
from swipe.reports.tongue import gettext as _
from swipe.surveys.models import Theme

Shown = dict[str, Any]
ON_THE_COVER = 4  # cards


@dataclass(frozen=True)
class Material:
    """Everything a report is made of; `document` is a completed one, None where there is none.

    `municipality` is its name, `notice` what every page of a demo city says, `use` who made the
    figures and what others may do with them, as (name, fact), `notes` what planners wrote for the
    report, as (day, text).
    """

    language: str
    place: Place
    municipality: str
    standing: Standing | None
    question: str
    document: Shown | None
    city: Shown | None
    themes: Mapping[str, Theme]
    names: Mapping[str, str]
    faces: Mapping[str, Face]
    notice: str | None
    use: Sequence[tuple[str, str]] = ()
    notes: Sequence[tuple[date, str]] = ()

    @property
    def told(self) -> Shown | None:
        """The document where it has figures: at least twenty people."""
        found = self.document
        return found if found and found["participants"] is not None else None


def report(material: Material) -> Report:
    """Return the report in the language spoken now."""
    document, standing = material.told, material.standing
    title = _("Opsamling fra %(area)s", area=material.place.area)
    if document is None or standing is None:
        notes = _notes(material)
        sections = [notes] if notes.blocks else []
        return Report(material.language, title, _cover(material, None), _foot(material), sections)
    found = figures(
        document, standing.goal, standing.over, material.names, material.faces, material.city
    )
    return Report(
        language=material.language,
        title=title,
        cover=_cover(material, found),
        foot=_foot(material),
        sections=_sections(material, document, found, standing),
        pictures={
            card: Picture(face.alt or face.title, face.picture)
            for card, face in material.faces.items()
        },
    )


def _sections(
    material: Material, document: Shown, found: Figures, standing: Standing
) -> list[Section]:
    hues = {slug: theme.hue for slug, theme in material.themes.items()}
    names, faces = material.names, material.faces
    said = [
        Section(
            _("Det ønsker området"), [*careful(document), *themes(document, found, names, hues)]
        ),
        Section(_("Området i forhold til andre"), compared(found, names)),
        Section(_("Hvem er nået"), reached(document, found, standing.goal)),
        Section(missing_heading(standing), missing(document, found, standing.over)),
        Section(_("Det siger grupperne"), wished(found, names)),
        Section(_("Det samler, og det deler"), agreed(found, faces)),
        Section(_("Kort for kort"), every_card(document, found, names, faces, hues)),
        _notes(material),
        Section(_("Så godt er svarene givet"), trusted(document, found)),
        Section(_("Det kan tallene ikke sige"), limits(document)),
        Section(_("Sådan er tallene lavet"), method(document, names, material.place)),
    ]
    return [section for section in said if section.blocks]


def _notes(material: Material) -> Section:
    return Section(_("Planlæggerens noter"), noted(material.notes))


def missing_heading(standing: Standing) -> str:
    """Return the heading of those who are missing, or were once nobody can answer any more."""
    return _("Hvem manglede") if standing.over else _("Hvem mangler")


def _cover(material: Material, found: Figures | None) -> Cover:
    document, standing = material.document, material.standing
    told = material.told
    sentence = wording.verdict(told, material.names) if told else None
    top = [card["card"] for card in found.cards.top] if found else []
    shown = [one for one in top if one in material.faces and material.faces[one].picture]
    return Cover(
        kind=_("Opsamling på en borgerundersøgelse"),
        area=material.place.area,
        municipality=material.municipality,
        sentence=sentence or headline.answer(standing, document),
        lead=(headline.reached(told) if told else None)
        or _("Vi viser først tal, når ingen kan kendes i dem."),
        figures=_key_figures(told, found, material.names) if told and found else [],
        facts=_facts(material),
        cards=shown[:ON_THE_COVER],
        beneath=_("De kort, som flest sagde ja til."),
    )


def _key_figures(
    document: Shown, found: Figures, names: Mapping[str, str]
) -> list[tuple[str, str]]:
    said = [(wording.number(document["participants"]), _("deltagere"))]
    if found.share:
        said.append((found.share, _("af indbyggerne er nået")))
    if found.shares_told and document["verdict"]["clear"]:
        first = found.themes[0]
        said.append(
            (
                wording.share(first),
                _("siger ja til %(theme)s", theme=names.get(first["theme"], first["theme"])),
            )
        )
    return said


def _facts(material: Material) -> list[tuple[str, str]]:
    standing, document = material.standing, material.document
    if standing is None:
        return [(_("Udgivet af"), material.municipality)]
    opens, closes = wording.day(standing.opens), wording.day(standing.closes)
    said = [
        (_("Spørgsmålet"), material.question),
        (_("Periode"), _("%(opens)s til %(closes)s", opens=opens, closes=closes)),
        (_("Tilstand"), wording.state(standing.state)),
    ]
    if document:
        said.append((_("Udgave"), _edition(document)))
    return [*said, *(material.use or [(_("Udgivet af"), material.municipality)])]


def _edition(document: Shown) -> str:
    said = wording.edition(document["snapshot"])
    return _("%(edition)s · endelige tal", edition=said) if document["snapshot"]["final"] else said


def _foot(material: Material) -> Foot:
    document = material.document
    edition = wording.edition(document["snapshot"]) if document else _("Uden tal")
    return Foot(
        edition=f"{material.place.area} · {edition}",
        digest=document["snapshot"]["digest"] if document else "",
        page=_("Side"),
        notice=material.notice or "",
    )
