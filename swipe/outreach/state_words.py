"""How far a decision is, in words; citizens read them in their own language."""

from flask_babel import gettext as _

from swipe.outreach.decision_rules import STATES


def state_names() -> dict[str, str]:
    """Return the states as citizens and staff read them, in the order of the form."""
    words = (_("Besluttet"), _("I gang"), _("Færdigt"), _("Valgt fra"))
    return dict(zip(STATES, words, strict=True))
