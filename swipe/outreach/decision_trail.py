"""How the audit trail keeps a decision: its name, and everything a person decides about it."""

from typing import Any

from swipe.outreach.decision_rules import SOURCE
from swipe.outreach.models import Decision

LABEL = 60  # characters of the text that name a decision


def named(decision: Decision) -> dict[str, Any]:
    """Return how the audit trail names a decision: by the beginning of its Danish text."""
    text = " ".join(decision.texts.get(SOURCE, "").split())
    short = text if len(text) <= LABEL else text[:LABEL].rsplit(" ", 1)[0] + " …"
    return {"survey": decision.survey, "thing": decision.id, "label": short}


def row(decision: Decision) -> dict[str, Any]:
    """Return everything a person decides about a decision, by the names of the audit trail."""
    return {
        "text": dict(decision.texts),
        "progress": decision.state,
        "decided_on": decision.decided_on.isoformat() if decision.decided_on else None,
        "about": list(decision.themes),
        "on_cards": len(decision.cards),
        "cards_shown": list(decision.cards),
        "edition": decision.snapshot,
    }
