"""Numbers, days, groups and states as people say them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import format_date, format_decimal, format_percent, get_locale

from swipe.reports.standing import Standing
from swipe.reports.tongue import SOURCE_LANGUAGE, ngettext, spoken
from swipe.reports.tongue import gettext as _
from swipe.surveys.lifecycle import State


def number(count: int) -> str:
    """Return a count as people write it: 1.205."""
    return str(format_decimal(count))


def percent(share: float) -> str:
    """Return a share in whole percents: 71 %."""
    return str(format_percent(share))


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


def reach(shown: Mapping[str, Any], participants: int | None, residents: int | None) -> str | None:
    """Return a reach in words, None where it is not shown.

    Where both counts stand beside it, a reach too small for a percent is bounded by what they say.
    """
    tiny = shown["share"] == 0 or shown.get("bound") == "<0.05"
    if tiny and participants and residents and participants < 0.01 * residents:
        return _("under %(share)s", share=percent(0.01))
    return part(shown["share"], shown.get("bound"))


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


def household(code: str) -> str:
    """Return whom people live with."""
    return {
        "alone": _("Bor alene"),
        "couple": _("Bor med partner"),
        "children": _("Familie med børn"),
        "shared": _("Bor med bofæller"),
        "other": _("Bor med andre"),
    }.get(code, code)


def group(row: Mapping[str, Any]) -> str:
    """Return the name of a table's row; `rest` may be left out where it is never one."""
    if row.get("rest"):
        return _("Øvrige og uoplyst")
    words = [gender(row["gender"])] if row["gender"] else []
    words += [ages(row["age_band"])] if row["age_band"] else []
    words += [household(row["household"])] if row.get("household") else []
    return " ".join(words)


def verdict(document: Mapping[str, Any], names: Mapping[str, str]) -> str | None:
    """Return the verdict's sentence: in Danish as the document has it, else worded anew."""
    found = document["verdict"]
    if found["sentence"] is None or spoken() == SOURCE_LANGUAGE:
        return found["sentence"]
    tied = [names.get(slug, slug) for slug in found["tied"]]
    if len(tied) < 2 and not found["clear"]:
        return _("Der er ikke flere temaer at vælge mellem.")
    if found["clear"]:
        return _("%(first)s ligger klart først.", first=tied[0])
    several = _("%(themes)s og %(last)s", themes=", ".join(tied[:-1]), last=tied[-1])
    return _("Delt førsteplads: %(themes)s.", themes=several)


def points(fraction: float) -> str:
    """Return a distance between two shares as whole points, without its sign: 3 point."""
    return ngettext("%(num)s point", "%(num)s point", abs(round(100 * fraction)))


def signed(fraction: float) -> str:
    """Return a distance between two shares with its sign: +3, −2, 0."""
    whole = round(100 * fraction)
    return f"+{whole}" if whole > 0 else str(whole).replace("-", "−")


def people(count: int) -> str:
    """Return a rounded count of people; nought may be one or two, and says so: 0–2."""
    return number(count) if count else "0–2"


def edition(snapshot: Mapping[str, Any]) -> str:
    """Return which edition of the figures it is, and its day."""
    return _(
        "Tal fra %(day)s, opsamling %(number)s",
        day=day(snapshot["day"]),
        number=snapshot["number"],
    )


def demo(mark: str | None) -> str | None:
    """Return what every page and file of a demo city says, None in a real one."""
    if mark == "demo":
        return _("Prøveby · tallene er opdigtede")
    return _("Prøveby") if mark else None


def language(code: str) -> str:
    """Return what a language is called in the language spoken now."""
    locale = get_locale()
    return str(locale.languages.get(code, code)) if locale else code


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


def sources(population: Mapping[str, Any]) -> str | None:
    """Return where the number of residents comes from, None where there is none."""
    if population["source"] is None:
        return None
    return _(
        "Indbyggere: %(source)s, %(day)s.",
        source=population["source"],
        day=day(population["as_of"]),
    )
