"""Pure: the cards that unite the declared groups, and those that divide them."""

from typing import Any

from swipe.insight.disclosure import NOT_YET, Shown


def agreement(opinions: dict[str, Any], cards: list[str]) -> Shown:
    """Return {reason, tested, q, unites, divides} from the opinions kept in the basis."""
    return {"reason": NOT_YET, "unites": [], "divides": []}
