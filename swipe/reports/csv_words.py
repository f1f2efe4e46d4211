"""The codes of the table for spreadsheets in sentences, for people who read it in Danish."""

from collections.abc import Callable, Mapping

from flask_babel import gettext as _

from swipe.reports import card_notes, channels, comparing, method_codes, quality_words, reasons
from swipe.reports.csv_names import name_of
from swipe.reports.csv_values import Row
from swipe.reports.tongue import SOURCE_LANGUAGE, spoken

Say = Callable[[str], str]


def worded(row: Row) -> Row:
    """Return the row with a name, and with the sentences of its codes under `tekst`, in Danish.

    A row that has a text of its own keeps it. In other languages the codes, which are English
    words, stand alone.
    """
    row = _named(row)
    if row.get("tekst") or spoken() != SOURCE_LANGUAGE:
        return row
    part = str(row["del"])
    note, why = _NOTES.get(part, _nothing), _WHY.get(part, reasons.reason)
    said = [note(code) for code in _codes(row, "note")] + [
        why(code) for code in _codes(row, "årsag")
    ]
    return {**row, "tekst": " ".join(filter(None, said)) or None}


def _named(row: Row) -> Row:
    """Return the row with a name for people, where a code is all that it has."""
    known = name_of(str(row["del"]), str(row.get("id")))
    return row if row.get("navn") or not known else {**row, "navn": known}


def _codes(row: Row, column: str) -> list[str]:
    return str(row.get(column) or "").split()


def _nothing(_code: str) -> str:
    return ""


def _first(code: str) -> str:
    return {
        "very-likely": _("Temaet er meget sandsynligt nr. 1."),
        "likely": _("Temaet er sandsynligvis nr. 1."),
        "too-close": _("Det er for tæt til at sige, om temaet er nr. 1."),
    }.get(code, "")


def _made(code: str) -> str:
    return {
        "unweighted": _("Tallene er ikke vægtet."),
        "raked": _("Tallene er vægtet, så alder og køn hver for sig passer med området."),
        "post-stratified": _("Tallene er vægtet, så alder og køn passer med området."),
    }.get(code, "")


def _level(code: str) -> str:
    return {
        "green": _("Deltagerne ligner området."),
        "amber": _("Deltagerne ligner området nogenlunde."),
        "red": _("Deltagerne ligner ikke området."),
        "grey": _("Det kan ikke siges, om deltagerne ligner området."),
        "age_gender": _("Der er set på alder og køn."),
        "age_band": _("Der er set på alder."),
        "gender": _("Der er set på køn."),
    }.get(code, "")


def _sure(code: str) -> str:
    return _("Det er mere end et tilfælde.") if code == "clear" else ""


_NOTES: Mapping[str, Say] = {
    "tema": _first,
    "kort": lambda code: f"{card_notes.note(code)}.",
    "siden_sidst": lambda code: _sure(code) or comparing.caution(code),
    "vægtning": _made,
    "lighed": _level,
    "kvalitet": lambda code: _sure(code) or quality_words.note(code),
}
_WHY: Mapping[str, Say] = {
    "vægtning": method_codes.refusal,
    "siden_sidst": reasons.since_reason,
    "kvalitet": reasons.quality_reason,
    "kanal": channels.channels_reason,
}
