"""What an alert says: its kinds, and one plain sentence or three for each."""

import unicodedata
from typing import NamedTuple
from urllib.parse import quote

from flask_babel import format_date, format_percent, ngettext
from flask_babel import gettext as _

from swipe.alerts.watching import Watched

URGENT = ("repeats", "behind", "overdue", "closed", "opened")  # what asks for most comes first
LONGEST_NAME = 80  # of an area or a survey, in a message
_ISOLATE, _END = "\u2068", "\u2069"


class Said(NamedTuple):
    """One alert in words: what it is about, what there is to say, and where to read on."""

    kind: str
    slug: str
    survey: str  # its title
    headline: str
    sentence: str
    link: str


def kind_names() -> dict[str, str]:
    """Return what each kind of alert is called, in the order of a survey's life."""
    return {
        "opened": _("En undersøgelse åbner"),
        "behind": _("En undersøgelse er bagud"),
        "repeats": _("Svar ser ud til at gå igen"),
        "closed": _("En undersøgelse lukker"),
        "overdue": _("En beslutning er forsinket"),
    }


def short_names() -> dict[str, str]:
    """Return each kind in a word or two, for lists."""
    return {
        "opened": _("åbnet"),
        "behind": _("bagud"),
        "repeats": _("svar, der går igen"),
        "closed": _("lukket"),
        "overdue": _("forsinket beslutning"),
    }


def kind_hints() -> dict[str, str]:
    """Return when each kind of alert is sent."""
    return {
        "opened": _("Når borgerne kan begynde at svare."),
        "behind": _("Når halvdelen af tiden er gået, og I er langt under målet."),
        "repeats": _("Når mange svarer for hurtigt, eller der er flere svar end indbyggere."),
        "closed": _("Når borgerne ikke kan svare mere."),
        "overdue": _("Når dagen er gået, og borgerne ikke kan læse, hvad det blev til."),
    }


def urgency(one: Said) -> tuple[int, str]:
    """Return by what alerts are ordered in a letter."""
    return URGENT.index(one.kind), one.sentence


def said(kind: str, one: Watched, area: str, title: str, base: str) -> Said:
    """Return an alert about a survey in words; `base` is our own address, as others reach us."""
    page = f"{base}/planner/areas/{quote(one.area, safe='')}"
    where = "/decisions" if kind == "overdue" else f"?survey={one.survey}"
    name = plain_name(area) or one.area
    sentence = {
        "opened": _opened,
        "behind": _behind,
        "repeats": _repeats,
        "closed": _closed,
        "overdue": _overdue,
    }[kind](one, name)
    return Said(kind, one.area, plain_name(title), _headline(kind, name), sentence, page + where)


def _headline(kind: str, area: str) -> str:
    """Return what it is about in one line without a stop, since names have stops of their own."""
    return {
        "opened": _("%(area)s er åben", area=area),
        "behind": _("%(area)s er bagud", area=area),
        "repeats": _("Se på svarene fra %(area)s", area=area),
        "closed": _("%(area)s er lukket", area=area),
        "overdue": _("Beslutningen om %(area)s er forsinket", area=area),
    }[kind]


def _opened(one: Watched, area: str) -> str:
    return _(
        "%(area)s er åben. Borgerne kan svare til %(day)s.", area=area, day=_day(one.closes_at)
    )


def _behind(one: Watched, area: str) -> str:
    return _(
        "%(area)s er bagud. %(reach)s Målet er %(goal)s. Der lukkes %(day)s.",
        area=area,
        reach=_reach(one),
        goal=format_percent(one.goal / 100),
        day=_day(one.closes_at),
    )


def _reach(one: Watched) -> str:
    """Return how many were reached, as the document shows it."""
    if one.participants is None or one.reach is None:
        return _("Under 20 har svaret.")
    if one.reach == 0:
        return _("Under %(share)s er nået.", share=format_percent(0.05))
    return _("%(share)s er nået.", share=format_percent(one.reach))


def _repeats(one: Watched, area: str) -> str:
    why = {
        "reach-over-100": _("Der er flere svar end indbyggere i en gruppe."),
        "many-flagged": _("Mange svarede så hurtigt, at de ikke tæller med."),
    }
    found = " ".join(why[alarm] for alarm in one.alarms)
    return _("Se på svarene fra %(area)s. %(why)s", area=area, why=found)


def _closed(one: Watched, area: str) -> str:
    closed = _("%(area)s er lukket.", area=area)
    if not one.grace_days:
        return closed
    late = ngettext(
        "Sene svar tæller med i %(num)s dag endnu.",
        "Sene svar tæller med i %(num)s dage endnu.",
        one.grace_days,
    )
    return f"{closed} {late}"


def _overdue(one: Watched, area: str) -> str:
    day = format_date(one.undecided, "long") if one.undecided else ""
    return _(
        "Beslutningen om %(area)s var ventet %(day)s. Borgerne kan ikke læse om den endnu.",
        area=area,
        day=day,
    )


def _day(moment: object) -> str:
    return str(format_date(moment, "long"))


def plain_name(name: str) -> str:
    """Return a name as it can stand in any message: one line, not too long, and kept together.

    A name that is read from the right is set apart, so that it turns nothing around it.
    """
    line = " ".join("".join(sign if _seen(sign) else " " for sign in name).split())
    if len(line) > LONGEST_NAME:
        line = line[: LONGEST_NAME - 1].rstrip() + "…"
    turned = any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in line)
    return f"{_ISOLATE}{line}{_END}" if turned else line


def _seen(sign: str) -> bool:
    """Whether a sign may stand in a message; those that steer a line or its direction may not."""
    return sign == "\u200d" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
