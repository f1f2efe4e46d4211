"""What is odd about a card, in words, and what to do about it next time."""

from swipe.reports.tongue import gettext as _


def note(code: str) -> str:
    """Return what happened at the card, in three or four words."""
    return {
        "many-left": _("Mange stoppede her"),
        "many-skipped": _("Mange sprang over"),
        "many-undone": _("Mange fortrød"),
    }.get(code, _("Se nærmere på kortet"))


def advice(code: str) -> str:
    """Return what to do about it in the next round."""
    return {
        "many-left": _("Prøv et andet billede næste gang, eller flyt emnet til en anden runde."),
        "many-skipped": _("Prøv et andet billede næste gang, og gør titlen mere klar."),
        "many-undone": _("Billedet kan ses på to måder. Vælg et, der kun viser én ting."),
    }.get(code, _("Se på billedet og titlen, før I bruger kortet igen."))


def sentence(code: str) -> str:
    """Return the note with its advice: « Mange sprang over: prøv et andet billede … »."""
    said = advice(code)
    return _("%(note)s: %(advice)s", note=note(code), advice=said[0].lower() + said[1:])
