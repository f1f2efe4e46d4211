"""Who is missing in words, and where to meet them."""

from collections.abc import Sequence

from swipe.reports import wording
from swipe.reports.missing import Gap
from swipe.reports.tongue import gettext as _


def gap_sentence(gap: Gap, over: bool = False) -> str:
    """Return how many are missing before the group is with as much as the others; or were."""
    number, who = wording.number(gap.number), _who(gap)
    if over:
        return _("Der manglede ca. %(number)s %(who)s.", number=number, who=who)
    return _("Der mangler ca. %(number)s %(who)s.", number=number, who=who)


def _who(gap: Gap) -> str:
    """Return the group as it stands after a number."""
    if gap.gender:
        return {"female": _("kvinder"), "male": _("mænd")}.get(gap.gender, gap.gender)
    first, last = gap.bands[0].rstrip("+").split("-")[0], gap.bands[-1]
    if last.endswith("+"):
        return _("på %(age)s år og derover", age=first)
    return _("mellem %(first)s og %(last)s år", first=first, last=last.split("-")[1])


def where_to_go(gap: Gap) -> str:
    """Return one plain suggestion for a group; a merged one gets that of its two ends."""
    if gap.gender == "female":
        return _("Bed foreninger og arbejdspladser med mange kvinder om at dele koden.")
    if gap.gender == "male":
        return _("Bed klubber og arbejdspladser med mange mænd om at dele koden.")
    return " ".join(_place(band) for band in _ends(gap.bands))


def _ends(bands: Sequence[str]) -> list[str]:
    return [bands[0]] if len(bands) == 1 else [bands[0], bands[-1]]


def _place(band: str) -> str:
    return {
        "15-24": _("Hæng koden op på skoler, i idrætshaller og ved busstoppesteder."),
        "25-39": _("Mød folk ved børnehaver og butikker, når børnene hentes."),
        "40-54": _("Mød folk i butikker, til sport og ved skolens møder."),
        "55-66": _("Mød folk på biblioteket, i foreninger og ved butikkerne."),
        "67-79": _("Tag en tablet med på aktivitetscentret og biblioteket."),
        "80+": _("Tag en tablet og papirkort med på plejehjem og aktivitetscentre."),
    }.get(band, _("Spørg foreningerne i området, hvor I kan møde folk."))
