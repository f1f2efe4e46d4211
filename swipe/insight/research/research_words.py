"""The text beside a table of answers for research: what it holds, and how to treat it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from swipe.insight.research.microdata import (
    ALIKE,
    ALL_DROPPED,
    BANDS_MERGED,
    GENDER_DROPPED,
    HOUSEHOLD_DROPPED,
    Background,
)


@dataclass(frozen=True)
class Given:
    """What is handed over: for what, how many people, and the SHA-256 of the table in hex."""

    title: str
    purpose: str
    people: int
    digest: str
    columns: Mapping[str, tuple[str, uuid.UUID]]  # the theme and id of each card's column


def about_lines(given: Given, document: Mapping[str, Any], background: Background) -> list[str]:
    """Return the text line by line; `document` is the survey's final one."""
    return [
        *_what_it_is(given, document),
        *_treatment(),
        *_columns(given.columns),
        *_method(document["method"], background),
    ]


def _what_it_is(given: Given, document: Mapping[str, Any]) -> list[str]:
    snapshot, method = document["snapshot"], document["method"]
    return [
        _("Svar til forskning"),
        "",
        _("Undersøgelse: %(title)s", title=given.title),
        _("Lokalområde: %(area)s", area=document["area"]),
        _("Spørgsmål: %(question)s", question=method["question"]),
        _("Periode: %(opens)s til %(closes)s", opens=method["opens"], closes=method["closes"]),
        _("Formål: %(purpose)s", purpose=given.purpose),
        _("Antal mennesker: %(people)s", people=given.people),
        _(
            "Opsamling: nummer %(number)s, %(day)s, %(digest)s",
            number=snapshot["number"],
            day=snapshot["day"],
            digest=snapshot["digest"],
        ),
        _("SHA-256 af tabellen: %(digest)s", digest=given.digest),
        "",
    ]


def _treatment() -> list[str]:
    return [
        _("Behandl tabellen som personoplysninger."),
        _("Der er ingen navne. Men ét menneskes svar på alle kort ligner sjældent andres."),
        _("Del den ikke med andre. Prøv ikke at finde ud af, hvem nogen er."),
        _("Slet den, når arbejdet er slut."),
        "",
    ]


def _columns(columns: Mapping[str, tuple[str, uuid.UUID]]) -> list[str]:
    return [
        _("Kolonner"),
        _("id: et nummer til denne fil. Rækkefølgen er tilfældig."),
        _("age_band, gender, household: det, hver især har svaret."),
        _("Feltet er tomt uden svar, eller hvis svaret er slettet for at skjule nogen."),
        _("Et kort har yes, no eller skip. Feltet er tomt, hvis kortet ikke er besvaret."),
        *(f"{column}: {theme}, {card}" for column, (theme, card) in columns.items()),
        "",
    ]


def _method(method: Mapping[str, Any], background: Background) -> list[str]:
    steps = _steps()
    return [
        _("Sådan er tabellen lavet"),
        _("Alle, der tæller med i tallene, er her."),
        _(
            "Svar, der er givet for hurtigt, er ikke med (regel %(rule)s).",
            rule=method["flag_rule"],
        ),
        _("Folk har selv valgt at svare. De er ikke trukket tilfældigt."),
        _("Kortene kom i tilfældig rækkefølge. Hverken rækkefølge eller tid står i tabellen."),
        _("Mindst %(alike)s deler enhver blanding af alder, køn og husstand.", alike=ALIKE),
        *(steps[step] for step in background.steps),
        *([_("Nogle få har fået slettet alder og køn.")] if background.blanked else []),
        _("Program: %(software)s", software=method["software"]),
    ]


def _steps() -> dict[str, str]:
    """Return what was done to the background, in words."""
    return {
        HOUSEHOLD_DROPPED: _("Husstand er slettet for alle."),
        BANDS_MERGED: _("Aldersgrupper ved siden af hinanden er lagt sammen."),
        GENDER_DROPPED: _("Køn er slettet for alle."),
        ALL_DROPPED: _("Alder, køn og husstand er slettet for alle."),
    }
