"""The words of the workbook: its sheets, the headings of their columns, how to read numbers."""

from swipe.reports.tongue import gettext as _


def sheets() -> list[tuple[str, tuple[str, ...]]]:
    """Return each sheet's name and the parts that stand on it."""
    return [
        (_("Temaer"), ("tema", "tema_uden_vægt", "tema_med_hurtige")),
        (_("Alle kort"), ("kort",)),
        (_("Dækning"), ("område", "age_band", "gender", "household", "age_gender", "kanal")),
        (_("Gruppernes ønsker"), ("ønsker",)),
        (_("Samler og deler"), ("samler", "deler")),
        (_("Siden sidst"), ("siden_sidst",)),
        (_("Mod hele byen"), ("mod_byen",)),
        (_("Vægt og lighed"), ("vægtning", "lighed")),
        (_("Kvalitet"), ("kvalitet",)),
        (_("Metode"), ("metode",)),
    ]


def headings() -> dict[str, str]:
    """Return the heading of each column of the table for spreadsheets."""
    return {
        "del": _("Del"),
        "id": _("Kode"),
        "navn": _("Navn"),
        "tema": _("Tema"),
        "alder": _("Alder"),
        "køn": _("Køn"),
        "husstand": _("Husstand"),
        "deltagere": _("Deltagere"),
        "indbyggere": _("Indbyggere"),
        "procent": _("Andel"),
        "lav": _("Nederst"),
        "høj": _("Øverst"),
        "grænse": _("Grænse"),
        "n": _("Svar"),
        "n_eff": _("Svar med vægt"),
        "valgt_først": _("Har det som nr. 1"),
        "sprunget_over": _("Sprunget over"),
        "fortrudt": _("Fortrudt"),
        "stoppet_her": _("Stoppet her"),
        "mangler": _("Mangler"),
        "point": _("Point"),
        "værdi": _("Værdi"),
        "dag": _("Dag"),
        "note": _("Note"),
        "årsag": _("Årsag"),
        "tekst": _("Tekst"),
    }


def how_to_read() -> str:
    """Return how the numbers are to be read."""
    return _(
        "Andele er procent, du kan regne med. Nederst og øverst er enderne af det, tallet kan "
        "være. Under Værdi står forhold i hundrededele: 118 er 1,18. Tider står i tusindedele af "
        "et sekund. Deltagere er rundet til nærmeste 5. Et tomt felt er et tal, der ikke vises. "
        "Årsag siger hvorfor."
    )
