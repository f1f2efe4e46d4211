"""What the page on data quality says: the rule, each note, and what to do about it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import format_decimal

from swipe.reports import wording
from swipe.reports.tongue import gettext as _
from swipe.reports.tongue import ngettext

Shown = Mapping[str, Any]
FEW = 100  # people; below it shares are in steps of five, and small faults do not show


def opening(notes: Sequence[str]) -> str:
    """Return the sentence that the page begins with."""
    if not notes:
        return _("Vi ser intet galt i svarene.")
    return ngettext("%(num)s ting er værd at se på.", "%(num)s ting er værd at se på.", len(notes))


def lead(notes: Sequence[str], participants: int) -> str | None:
    """Return what follows the opening: what few answers cannot show, or that all is well."""
    if participants < FEW:
        return _("Med så få svar kan vi ikke se små skævheder.")
    return None if notes else _("Du behøver ikke gøre noget.")


def inputs_from(made: Shown | None, snapshot: Shown) -> str:
    """Return which edition the table by input is from, where it is not the page's own.

    `made` is {number, day}, None in a document that does not tell it.
    """
    if made and made["number"] == snapshot["number"]:
        return ""
    said = _("Tabellen kan være ældre end resten af siden.")
    if made:
        said = _(
            "Tabellen er fra %(day)s, opsamling %(number)s.",
            day=wording.day(made["day"]),
            number=made["number"],
        )
    if snapshot["final"]:
        return str(said)
    return said + " " + _("Den venter, til hver række har fået 10 nye svar.")


def note(code: str) -> str:
    """Return what stands out, in one sentence."""
    return {
        "many-flagged": _("Mange svarede så hurtigt, at de ikke tæller med."),
        "input-matters": _("Folk svarer ikke ens med finger, knap og tast."),
        "position-matters": _("Svarene ændrer sig, jo længere folk kommer."),
        "previous-matters": _("Et svar hænger sammen med svaret lige før."),
        "many-skipped": _("Folk sprang mange kort over."),
        "many-left": _("Mange gik, før de var færdige."),
    }.get(code, _("Der er noget at se på: %(code)s.", code=code))


def advice(code: str) -> str:
    """Return what to do about it."""
    return {
        "many-flagged": _(
            "Se i tabellen, om tallene flytter sig. Står der en fælles skærm, så se, om den bliver "
            "leget med."
        ),
        "input-matters": _(
            "Se efter billeder, der peger til én side. Vælg motiver, der er set lige forfra."
        ),
        "position-matters": _(
            "Alle ser kortene i tilfældig rækkefølge, så tallene er stadig i orden. Vis færre "
            "kort næste gang."
        ),
        "previous-matters": _(
            "Alle ser kortene i tilfældig rækkefølge, så det går lige op. Billeder af samme "
            "slags gør det mindre."
        ),
        "many-skipped": _("Se på de kort, som flest sprang over. Giv dem en titel, der er klar."),
        "many-left": _("Vis færre kort næste gang. Se på de kort, hvor flest stoppede."),
    }.get(code, _("Spørg den, der passer systemet."))


def rule(version: int) -> list[str]:
    """Return the rule for answers that are too fast, in a few plain sentences."""
    if version != 1:
        return [_("Reglen for hurtige svar har nummer %(version)s.", version=version)]
    return [
        _("Reglen lå fast, før undersøgelsen åbnede."),
        _("Fra seks kort er et svar talt fra, når halvdelen af dem fik under 0,4 sekund hver."),
        _("Et svar er også talt fra, når alt er ens, og det gik på under 0,6 sekund pr. kort."),
        _("Det er lige meget, om folk siger ja eller nej."),
    ]


def flagged(quality: Shown) -> str:
    """Return how many are not counted because they were too fast."""
    if not quality["flagged"]:
        return _("Ingen eller næsten ingen svarede for hurtigt.")
    share = wording.part(quality["flagged_share"], quality["flagged_bound"])
    number = wording.number(quality["flagged"])
    if share is None:
        return _("%(number)s svarede for hurtigt og er talt fra.", number=number)
    return _(
        "%(number)s svarede for hurtigt og er talt fra. Det er %(share)s.",
        number=number,
        share=share,
    )


def given_by(row: Shown) -> str:
    """Return with what a row's people answered most."""
    names = {"swipe": _("Finger"), "button": _("Knap"), "key": _("Tast")}
    if row["input"]:
        return str(names.get(row["input"], row["input"]))
    return _("Andet og uoplyst")


def answered_on(row: Shown) -> str:
    """Return what a row's people answered on."""
    names = {
        "phone": _("Egen telefon"),
        "shared": _("En andens telefon"),
        "kiosk": _("Kiosk"),
        "paper": _("Papir"),
    }
    if row["mode"]:
        return str(names.get(row["mode"], row["mode"]))
    included = [str(names.get(one, one)) for one in row.get("includes", ())]
    return ", ".join(included) if included else _("Andet")


def position(slope: Shown) -> str:
    """Return whether answers change along the way, in points for ten cards."""
    return _leaning(
        slope,
        unsure=_("Det er for usikkert at sige, om svarene ændrer sig undervejs."),
        steady=_("Folk siger lige så tit ja sidst som først, så vidt vi kan se."),
        rising=_(
            "Folk siger oftere ja, jo længere de kommer: %(points)s mere for hver ti kort.",
            points=_points(slope),
        ),
        falling=_(
            "Folk siger sjældnere ja, jo længere de kommer: %(points)s mindre for hver ti kort.",
            points=_points(slope),
        ),
    )


def previous(slope: Shown) -> str:
    """Return whether an answer goes with the one before it, in points."""
    return _leaning(
        slope,
        unsure=_("Det er for usikkert at sige, om et svar hænger sammen med det forrige."),
        steady=_("Et ja gør ikke det næste ja mere eller mindre sikkert, så vidt vi kan se."),
        rising=_(
            "Efter et ja kommer der oftere et ja mere: %(points)s oftere end efter et nej.",
            points=_points(slope),
        ),
        falling=_(
            "Efter et ja kommer der oftere et nej: %(points)s oftere end efter et nej.",
            points=_points(slope),
        ),
    )


def _points(slope: Shown) -> str:
    return wording.points(slope["slope"] or 0)


def _leaning(slope: Shown, *, unsure: str, steady: str, rising: str, falling: str) -> str:
    """Return the sentence that fits a slope, and its two ends where there are any."""
    if slope["slope"] is None:
        return unsure
    leaning = rising if slope["slope"] > 0 else falling
    return f"{leaning if slope['clear'] else steady} {spread(slope)}"


def spread(slope: Shown) -> str:
    """Return the two ends of a slope with their signs."""
    return _(
        "Spænd: %(low)s til %(high)s point.",
        low=wording.signed(slope["low"]),
        high=wording.signed(slope["high"]),
    )


def tempo(seconds: Shown) -> str:
    """Return how long people look at a card."""
    if seconds["median"] is None:
        return _("Tempoet kan vises, når 30 har svaret.")
    return _(
        "Midt i feltet bruger folk %(median)s sekunder på et kort. Halvdelen bruger mellem "
        "%(lower)s og %(upper)s.",
        median=format_decimal(seconds["median"]),
        lower=format_decimal(seconds["lower"]),
        upper=format_decimal(seconds["upper"]),
    )


def rates(quality: Shown) -> list[tuple[str, str]]:
    """Return (what, how much) over the whole deck, those that can be shown."""
    said = (
        (_("Kort, folk sprang over"), quality["skipped"]),
        (_("Svar, folk fortrød"), quality["undone"]),
        (_("Gik, før de var færdige"), quality["left"]),
    )
    found = [(what, wording.part(rate["share"], rate["bound"])) for what, rate in said]
    return [(what, share) for what, share in found if share]
