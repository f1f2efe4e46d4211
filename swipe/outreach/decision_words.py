"""What the form of a decision says: what each state means, and what is wrong with a field."""

from collections.abc import Mapping

from flask_babel import gettext as _

from swipe.errors import Invalid
from swipe.outreach.decision_rules import LONGEST, MOST_CARDS, SHORTEST, STATES
from swipe.surveys.editing import cannot_be_shown, too_long


def state_hints() -> dict[str, str]:
    """Return what each state says to a citizen."""
    words = (
        _("Det er vedtaget, men ikke begyndt."),
        _("Arbejdet er begyndt."),
        _("Det står der, eller det er sket."),
        _("Det bliver ikke til noget. Skriv hvorfor."),
    )
    return dict(zip(STATES, words, strict=True))


def refusal(faults: Mapping[str, str]) -> Invalid:
    """Return the refusal of what was written, with a sentence for every field."""
    words = {
        "short": _("Skriv mindst %(count)s tegn.", count=SHORTEST),
        "long": too_long(LONGEST),
        "misleads": cannot_be_shown(),
        "language": _("Undersøgelsen findes ikke på det sprog."),
        "state": _("Vælg, hvor langt det er."),
        "date": _("Skriv en dato, fx 2026-12-31."),
        "future": _("Dagen ligger i fremtiden. Skriv først, når det er besluttet."),
        "before": _("Dagen ligger før undersøgelsen. Så var svarene ikke med."),
        "themes": _("Vælg blandt undersøgelsens temaer."),
        "cards": _("Vælg blandt undersøgelsens kort."),
        "many": _("Vælg højst %(count)s billeder.", count=MOST_CARDS),
        "snapshot": _("De tal findes ikke. Vælg igen."),
        "twice": _("Det samme står her allerede."),
    }
    errors = {name: words[fault] for name, fault in faults.items()}
    return Invalid(_("Aftrykket er ikke gemt."), errors=errors)
