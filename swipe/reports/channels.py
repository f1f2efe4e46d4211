"""Where the people who answered came from: participants by channel, out of the document alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from swipe.reports import quality_words, wording
from swipe.reports.bars import Bar, share_bar
from swipe.reports.reasons import reason
from swipe.reports.tongue import gettext as _
from swipe.surveys.channels import SCREEN

Shown = Mapping[str, Any]


@dataclass(frozen=True)
class ChannelRow:
    """People who came by one channel: how many, and their part of all; a bar where it is told."""

    name: str
    people: int
    part: str | None
    bar: Bar | None


@dataclass(frozen=True)
class Channels:
    """The rows, or in their place the sentence `instead`; `made_from` where they are older."""

    rows: list[ChannelRow]
    instead: str | None
    made_from: str


def channels(document: Shown, over: bool) -> Channels:
    """Return the table of a completed document; once `over` nothing is promised for later."""
    found = document["quality"]
    rows = [
        ChannelRow(
            name=name_of(row, found["channel_names"]),
            people=row["people"],
            part=wording.part(row["part"], row["part_bound"]),
            bar=_bar(row),
        )
        for row in found["channels"]
    ]
    made_from = quality_words.inputs_from(found["channels_made"], document["snapshot"])
    return Channels(
        rows=rows,
        instead=None if rows else channels_reason(found["channels_reason"], over),
        made_from=made_from if rows else "",
    )


def name_of(row: Shown, names: Mapping[str, str]) -> str:
    """Return what a row's people came by, as the channels are called.

    Every survey may have a big screen, so among the small ones it is not named.
    """
    named: Mapping[str, str] = {SCREEN: _("Storskærm"), **names}
    if row["channel"]:
        return named.get(str(row["channel"]), str(row["channel"]))
    included = [names.get(one, one) for one in row["includes"] if one in names or one != SCREEN]
    return ", ".join([*included, _("ukendt")]) if included else _("Ukendt")


def channels_reason(code: str | None, over: bool = False) -> str:
    """Return why it is not told where people came from."""
    if code == "too-few" and over:
        return _("Tabellen vises ikke. Grupperne er for små.")
    return {
        "no-channels": _("Undersøgelsen har ingen kanaler, så det ved vi ikke."),
        "too-few": _("Tabellen kommer, når mindst 50 har svaret, og grupperne er store nok."),
        "not-yet": _("Det tæller vi først fra næste opsamling."),
    }.get(code or "", reason(code))


def _bar(row: Shown) -> Bar | None:
    shown = {"share": row["part"], "bound": row["part_bound"], "low": None, "high": None}
    return share_bar(shown)
