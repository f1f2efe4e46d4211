"""The method box on people: how many came, whom it reached, who was left out."""

from collections.abc import Callable, Mapping
from typing import Any

from swipe.reports import wording
from swipe.reports.tongue import gettext as _

Shown = Mapping[str, Any]
Say = Callable[[str], str]


def people(document: Shown) -> list[str]:
    """Return how many opened, began and count, and the reach of all and of each group."""
    method = document["method"]
    if method["reason"]:
        return [_("Under 20 er med. Derfor står der ingen tal.")]
    words: list[tuple[str, Say]] = [
        ("opened", lambda n: _("%(n)s åbnede undersøgelsen.", n=n)),
        ("started", lambda n: _("%(n)s gik i gang.", n=n)),
        ("valid", lambda n: _("%(n)s personer er med i tallene.", n=n)),
        ("complete", lambda n: _("%(n)s af dem så alle kort.", n=n)),
        ("lives_here_unanswered", lambda n: _("%(n)s sagde ikke, om de bor her.", n=n)),
    ]
    return [
        *_counted(method, words),
        *_reach(document),
        *_untold(method["background_missing"]),
    ]


def _counted(method: Shown, words: list[tuple[str, Say]]) -> list[str]:
    return [say(wording.people(method[key])) for key, say in words if method[key] is not None]


def _reach(document: Shown) -> list[str]:
    rates, reach = document["method"]["response_rate"], document["reach"]
    said = []
    share = wording.reach(reach, document["participants"], document["residents"])
    if share:
        said.append(_("Dækning i alt: %(share)s.", share=share))
    for name, say in _tables().items():
        groups = _groups(document["groups"][name])
        if groups:
            said.append(say(", ".join(groups)))
    if rates:
        said.append(
            _(
                "Svarprocent: %(whole)s svarede på alle kort (RR1), %(some)s på nok (RR2).",
                whole=wording.part(rates["rr1"], rates.get("rr1_bound")),
                some=wording.part(rates["rr2"], rates.get("rr2_bound")),
            )
        )
    return said


def _tables() -> dict[str, Say]:
    return {
        "age_band": lambda groups: _("Dækning efter alder: %(groups)s.", groups=groups),
        "gender": lambda groups: _("Dækning efter køn: %(groups)s.", groups=groups),
    }


def _groups(table: Shown) -> list[str]:
    shares = [
        (wording.group(row), wording.reach(row["reach"], row["participants"], row["residents"]))
        for row in table["rows"]
        if not row["rest"]
    ]
    return [f"{name} {share}" for name, share in shares if share]


def _untold(missing: Shown) -> list[str]:
    words: dict[str, Say] = {
        "age_band": lambda n: _("For %(n)s kan alderen ikke vises.", n=n),
        "gender": lambda n: _("For %(n)s kan kønnet ikke vises.", n=n),
    }
    return [
        say(wording.number(missing[key]))
        for key, say in words.items()
        if missing.get(key) is not None
    ]


def left_out(method: Shown) -> list[str]:
    """Return who is not counted: too fast, too few answers, elsewhere, too young, withdrawn."""
    if method["reason"]:
        return [_("Det vises, når 20 er med."), _once()]
    words: list[tuple[str, Say]] = [
        ("flagged", lambda n: _("%(n)s svarede så hurtigt, at de næppe så på kortene.", n=n)),
        ("too_few_answers", lambda n: _("%(n)s svarede ikke eller på for få kort.", n=n)),
        ("elsewhere", lambda n: _("%(n)s bor et andet sted.", n=n)),
        ("under_age", lambda n: _("%(n)s er for unge.", n=n)),
        ("withdrawn", lambda n: _("%(n)s slettede deres svar igen.", n=n)),
    ]
    said = [*_counted(method, words), _once()]
    after = method["withdrawn_after"]
    if after:
        number = wording.number(after)
        said.append(_("%(n)s slettede deres svar, efter at tallene var endelige.", n=number))
    return said


def _once() -> str:
    return _(
        "Svarer man igen på samme telefon, tæller det sidste svar. "
        "Svarer man på to telefoner, kan vi ikke se det."
    )
