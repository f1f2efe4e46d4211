"""The codes of a method box in words: limits, warnings, and why nothing was weighted."""

from swipe.reports import wording
from swipe.reports.tongue import gettext as _


def limit(code: str) -> str:
    """Return one limit of the figures in a sentence or two."""
    return {
        "self-selected": _("Folk valgte selv at svare. De andre kan mene noget andet."),
        "pictures-are-examples": _("Billederne er eksempler. Andre billeder kan give andre svar."),
        "not-weighted": _("Grupper, der svarer meget, fylder mere end grupper, der svarer lidt."),
        "weighted": _("Vægte retter op på alder og køn. De retter ikke op på, hvem der er ivrige."),
        "duplicates-possible": _("Nogle kan have svaret to gange, for eksempel på to telefoner."),
    }.get(code, _("Der er et forbehold, som siden ikke har ord for: %(code)s.", code=code))


def refusal(code: str) -> str:
    """Return why the figures could not be weighted."""
    return {
        "too-few-people": _("Under 100 har svaret."),
        "small-cells": _("Nogle grupper af alder og køn har under 10 svar."),
        "large-weights": _("Enkelte svar ville komme til at fylde for meget."),
        "high-deff": _("Tallene ville blive for usikre af det."),
        "background-missing": _("For mange har ikke sagt deres alder eller køn."),
        "old-register": _("Indbyggertallet er over to år gammelt."),
        "no-residents": _("Indbyggertallet mangler."),
        "register-contradicts": _("Nogle har svaret fra en gruppe, som er tom i indbyggertallet."),
        "not-converged": _("Alder og køn kunne ikke passe på samme tid."),
    }.get(code, _("Der er en grund, som siden ikke har ord for: %(code)s.", code=code))


def warning(code: str) -> str:
    """Return in short what cannot be right about an area's figures."""
    return {
        "reach-over-100": _("Dækning over %(all)s", all=wording.percent(1)),
        "fraction-clamped": _("Meget høj dækning"),
        "old-register": _("Gammelt indbyggertal"),
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
        "old-register": _(
            "Indbyggertallet er over to år gammelt. Bed en administrator hente et nyt. "
            "Tallene er ikke vægtet imens."
        ),
    }.get(code, _("Noget ved tallene passer ikke. Tjek indbyggertallet."))
