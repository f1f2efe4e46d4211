"""What can be wrong when an alert is handed over, and what a planner reads of it."""

from flask_babel import gettext as _


class NotDelivered(Exception):
    """It was not handed over; `code` says why, and is all that is ever kept or logged of it."""

    def __init__(self, code: str, everybody: bool = True) -> None:
        super().__init__(code)
        self.code = code
        self.everybody = everybody  # whether the next one would meet the same


def reason(code: str) -> str:
    """Return what was wrong, in a plain sentence."""
    return {
        "not-set-up": _("E-mail er ikke sat op."),
        "unreachable": _("Mailserveren svarer ikke."),
        "login": _("Mailserveren afviser systemets adgangskode."),
        "no-encryption": _("Mailserveren kan ikke tale krypteret, så vi sender ikke vores kode."),
        "certificate": _("Vi kan ikke se, at mailserveren er den rigtige."),
        "refused": _("Mailserveren tog ikke imod beskeden."),
        "address": _("Mailserveren tager ikke imod post til din adresse."),
        "hook-off": _("Adressen er ikke en af dem, vi må sende til."),
        "hook-silent": _("Programmet i den anden ende svarer ikke."),
        "hook-trust": _("Vi kan ikke se, at programmet i den anden ende er det rigtige."),
        "hook-moved": _("Adressen sender videre til en anden. Det følger vi ikke."),
        "hook-refused": _("Programmet i den anden ende tog ikke imod beskeden."),
    }.get(code, _("Beskeden kom ikke frem."))


def advice(code: str) -> str:
    """Return what to do about it."""
    if code == "address":
        return _("Tjek, at din mailadresse er skrevet rigtigt. En administrator kan rette den.")
    if code in ("hook-moved", "hook-refused", "hook-off"):
        return _("Tjek adressen.")
    return _("Spørg den, der driver systemet.")
