"""Numbers, groups and reasons in plain Danish."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import format_date, format_decimal, format_percent, ngettext
from flask_babel import gettext as _

from swipe.reports.standing import Standing
from swipe.surveys.lifecycle import State


def number(count: int) -> str:
    """Return a count as people write it: 1.205."""
    return str(format_decimal(count))


def percent(share: float) -> str:
    """Return a share in whole percents: 71 %."""
    return str(format_percent(share, "#,##0 %"))


def day(value: date | str) -> str:
    """Return a day, or its ISO text, as 20. november 2026."""
    return str(format_date(date.fromisoformat(value) if isinstance(value, str) else value, "long"))


def short_day(value: date) -> str:
    """Return a day as 20. nov., for narrow columns."""
    return str(format_date(value, "d. MMM"))


def share(shown: Mapping[str, Any]) -> str:
    """Return a share with `share` and `bound`, or that there are too few answers."""
    return part(shown["share"], shown["bound"]) or _("for få svar")


def part(value: float | None, bound: str | None) -> str | None:
    """Return a share or its bound in words, None where neither is shown."""
    if value is not None:
        return percent(value)
    words = {
        "<0.05": _("under %(share)s", share=percent(0.05)),
        ">0.95": _("over %(share)s", share=percent(0.95)),
    }
    return words.get(bound or "")


def interval(shown: Mapping[str, Any]) -> str | None:
    """Return the ends of an interval: 69–73 %."""
    if shown["low"] is None:
        return None
    low = format_decimal(round(100 * shown["low"]))
    return _("%(low)s–%(high)s", low=low, high=percent(shown["high"]))


def ages(bands: Sequence[str]) -> str:
    """Return neighbouring age bands as one: 15–39 år, 67 år og ældre."""
    first, last = bands[0].rstrip("+").split("-")[0], bands[-1]
    if last.endswith("+"):
        return _("%(first)s år og ældre", first=first)
    return _("%(first)s–%(last)s år", first=first, last=last.split("-")[1])


def gender(code: str) -> str:
    """Return women or men."""
    return {"female": _("Kvinder"), "male": _("Mænd")}.get(code, code)


def group(row: Mapping[str, Any]) -> str:
    """Return the name of a table's row."""
    if row["rest"]:
        return _("Øvrige og uoplyst")
    words = [gender(row["gender"])] if row["gender"] else []
    words += [ages(row["age_band"])] if row["age_band"] else []
    return " ".join(words)


def state(value: State) -> str:
    """Return a survey's state in one or two words."""
    return {
        State.DRAFT: _("Kladde"),
        State.COMING: _("Kommer"),
        State.OPEN: _("Åben"),
        State.GRACE: _("Lige lukket"),
        State.FINAL: _("Slut"),
    }[value]


def timing(standing: Standing) -> str:
    """Return when the survey opens or closes, or closed."""
    if standing.state is State.OPEN:
        return _time_left(standing.days_left or 0)
    if standing.state in (State.DRAFT, State.COMING):
        return _("åbner %(day)s", day=short_day(standing.opens))
    return _("lukkede %(day)s", day=short_day(standing.closes))


def _time_left(days: int) -> str:
    if days == 0:
        return _("lukker i dag")
    return ngettext("%(num)s dag tilbage", "%(num)s dage tilbage", days)


def table_reason(code: str, table: str) -> str:
    """Return the one sentence that stands in the place of a table that is withheld."""
    if code == "too-few":
        least = {"age_gender": 150}.get(table, 50)
        return _(
            "Tabellen kommer, når mindst %(least)s har svaret, og grupperne er store nok.",
            least=least,
        )
    return {
        "complementary": _("Tabellen vises ikke. Med den kunne man regne små grupper ud."),
        "not-enough-change": _("Tabellen venter, til flere i hver gruppe har svaret."),
        "no-residents": _("Tabellen mangler indbyggertal for området."),
        "no-survey": _("Der er ingen undersøgelse at vise tal fra."),
        "not-yet": _("Tabellen er ikke klar endnu."),
        "policy": _("Kommunen har valgt ikke at vise denne tabel."),
    }.get(code, _("Tabellen vises ikke."))


def reach_reason(code: str | None) -> str:
    """Return why a reach is not shown."""
    if code == "no-residents":
        return _("Dækningen kan ikke vises. Indbyggertallet mangler.")
    return _("Dækningen vises, når 20 har svaret.")


def cell_reason(code: str | None) -> str:
    """Return the few words in a single cell that is withheld."""
    return _("skjult") if code == "complementary" else _("for få")


def warning(code: str) -> str:
    """Return in short what cannot be right about an area's figures."""
    return {
        "reach-over-100": _("Dækning over %(all)s", all=percent(1)),
        "fraction-clamped": _("Meget høj dækning"),
    }.get(code, _("Tjek tallene"))


def warning_help(code: str) -> str:
    """Return what to do about a warning."""
    return {
        "reach-over-100": _(
            "Der er flere svar end indbyggere i en gruppe. Tjek indbyggertallet, og om nogen "
            "kan have svaret to gange."
        ),
        "fraction-clamped": _(
            "Over fire ud af fem er nået. Tjek, at indbyggertallet passer. Usikkerheden er "
            "regnet, som om fire ud af fem var nået."
        ),
    }.get(code, _("Noget ved tallene passer ikke. Tjek indbyggertallet."))


def sources(population: Mapping[str, Any]) -> str | None:
    """Return where the number of residents comes from, None where there is none."""
    if population["source"] is None:
        return None
    return _(
        "Indbyggere: %(source)s, %(day)s.",
        source=population["source"],
        day=day(population["as_of"]),
    )
