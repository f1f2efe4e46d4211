"""The method box in words: every field of a document's `method`, in the order people ask."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from swipe.reports import wording

Method = Mapping[str, Any]
Entry = tuple[str, list[str]]


def method_entries(method: Method, names: Mapping[str, str]) -> list[Entry]:
    """Return (heading, sentences) of the whole box; `names` are the themes' by slug."""
    return [
        (_("Hvem spurgte"), _who_asked(method)),
        (_("Spørgsmålet"), [_("”%(question)s”", question=method["question"])]),
        (_("Hvem kunne svare"), _population(method["population"])),
        (_("Hvornår og hvordan"), _when(method)),
        (_("Hvor mange"), _people(method)),
        (_("Hvem er talt fra"), _left_out(method)),
        (_("Kortene"), _cards(method, names)),
        (_("Sådan er der regnet"), _estimate(method)),
        (_("Vægtning"), _weighting(method["weighting"])),
        (_("Det skal du huske"), _limits(method)),
        (_("Udgave"), _edition(method)),
    ]


def _who_asked(method: Method) -> list[str]:
    said = [
        _("%(municipality)s spurgte og har regnet tallene ud.", municipality=method["asked_by"])
    ]
    if method["contact"]:
        said.append(_("Spørgsmål: %(contact)s", contact=method["contact"]))
    return said


def _population(population: Method) -> list[str]:
    said = [_("Alle i området, der er fyldt %(age)s år.", age=population["min_age"])]
    if population["residents"] is None:
        return [*said, _("Indbyggertallet mangler.")]
    said.append(_("Det er %(number)s.", number=wording.number(population["residents"])))
    return [*said, wording.sources(population) or ""]


def _when(method: Method) -> list[str]:
    opens, closes = wording.day(method["opens"]), wording.day(method["closes"])
    said = [_("Fra %(opens)s til %(closes)s.", opens=opens, closes=closes)]
    if method["channels"]:
        said.append(
            _("Folk hørte om det her: %(channels)s.", channels=", ".join(method["channels"]))
        )
    if method["self_selected"]:
        said.append(_("De valgte selv, om de ville svare."))
    return said


def _people(method: Method) -> list[str]:
    if method["reason"]:
        return [_("Under 20 er med. Derfor står der ingen tal.")]
    words: list[tuple[str, Callable[[str], str]]] = [
        ("opened", lambda n: _("%(n)s åbnede undersøgelsen.", n=n)),
        ("started", lambda n: _("%(n)s gik i gang.", n=n)),
        ("valid", lambda n: _("%(n)s personer er med i tallene.", n=n)),
        ("complete", lambda n: _("%(n)s af dem så alle kort.", n=n)),
        ("lives_here_unanswered", lambda n: _("%(n)s sagde ikke, om de bor her.", n=n)),
    ]
    said = [say(wording.number(method[key])) for key, say in words]
    return [*said, *_untold(method["background_missing"])]


def _untold(missing: Method) -> list[str]:
    words: dict[str, Callable[[str], str]] = {
        "age_band": lambda n: _("For %(n)s kan alderen ikke vises.", n=n),
        "gender": lambda n: _("For %(n)s kan kønnet ikke vises.", n=n),
    }
    return [
        say(wording.number(missing[key])) for key, say in words.items() if missing[key] is not None
    ]


def _left_out(method: Method) -> list[str]:
    if method["reason"]:
        return [_("Det vises, når 20 er med.")]
    words: list[tuple[str, Callable[[str], str]]] = [
        ("flagged", lambda n: _("%(n)s svarede så hurtigt, at de næppe så på kortene.", n=n)),
        ("too_few_answers", lambda n: _("%(n)s svarede ikke eller på for få kort.", n=n)),
        ("elsewhere", lambda n: _("%(n)s bor et andet sted.", n=n)),
        ("under_age", lambda n: _("%(n)s er for unge.", n=n)),
        ("withdrawn", lambda n: _("%(n)s slettede deres svar igen.", n=n)),
    ]
    return [say(wording.number(method[key])) for key, say in words]


def _cards(method: Method, names: Mapping[str, str]) -> list[str]:
    per_theme = [
        f"{names.get(slug, slug)}: {ngettext('%(num)s kort', '%(num)s kort', number)}"
        for slug, number in method["cards_per_theme"].items()
    ]
    order = {
        "random-blocks": _("Rækkefølgen er tilfældig. Hver runde har ét kort fra hvert tema.")
    }.get(method["order"], _("Rækkefølgen er ikke beskrevet."))
    return [f"{', '.join(per_theme)}.", order]


def _estimate(method: Method) -> list[str]:
    level = wording.percent(method["interval"]["level"])
    return [
        {"person-average": _("Hver person tæller lige meget, også den, der stoppede før tid.")}.get(
            method["estimator"], _("Regnemåden er ikke beskrevet.")
        ),
        _("Tallet er snittet af, hvor ofte hver person sagde ja."),
        _(
            "Spændet er på %(level)s. %(label)s.",
            level=level,
            label=method["interval"]["label"],
        ),
        {"survey-wilson": _("Det er regnet med Wilsons metode for personer.")}.get(
            method["interval"]["form"], _("Formen er ikke beskrevet.")
        ),
        _("Spændet er mindre, jo større en del af området der er med.")
        if method["fpc"]
        else _("Spændet er ikke gjort smallere for områdets størrelse."),
    ]


def _weighting(weighting: Method) -> list[str]:
    if not weighting["weighted"]:
        return [_("Tallene er ikke vægtet. Alle tæller én gang.")]
    return [
        _("Tallene er vægtet efter alder og køn."),
        _("Største vægt: %(weight)s.", weight=format_decimal(weighting["largest_weight"])),
        _("De svarer til %(n)s svar uden vægt.", n=wording.number(weighting["n_eff"])),
    ]


def limit(code: str) -> str:
    """Return one limit of the figures in a sentence or two."""
    return {
        "self-selected": _("Folk valgte selv at svare. De andre kan mene noget andet."),
        "pictures-are-examples": _("Billederne er eksempler. Andre billeder kan give andre svar."),
        "not-weighted": _("Grupper, der svarer meget, fylder mere end grupper, der svarer lidt."),
        "duplicates-possible": _("Nogle kan have svaret to gange, for eksempel på to telefoner."),
    }.get(code, _("Der er et forbehold, som siden ikke har ord for: %(code)s.", code=code))


def _limits(method: Method) -> list[str]:
    said = [limit(code) for code in method["limits"]]
    if method["zeal"]:
        said.append(
            _(
                "Hvis de ivrige er lidt mere for, kan tallene rykke sig op til %(points)s point "
                "(sammenhæng %(correlation)s).",
                points=format_decimal(round(100 * method["zeal"]["shift"])),
                correlation=format_decimal(method["zeal"]["correlation"]),
            )
        )
    return said + [wording.warning_help(code) for code in method["flags"]]


def _edition(method: Method) -> list[str]:
    return [
        _("Regnet ud %(day)s.", day=wording.day(method["day"])),
        _(
            "Program %(software)s, regler %(rules)s, regel for hurtige svar %(flag_rule)s.",
            software=method["software"],
            rules=method["rules"],
            flag_rule=method["flag_rule"],
        ),
    ]
