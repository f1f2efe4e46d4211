"""Stored documents made by hand, for the tests of what pages and files say of them."""

import re
from typing import Any

from planner_snapshots import Shown, kept, residents, told, words_of
from whole_document import whole

from swipe.surveys.models import Survey

AREA = "/planner/areas/bolbro"
PROMISES = ("repræsentativ", "fejlmargin", "margin of error", "representative sample")


def told_whole(survey: Survey, **parts: Any) -> Shown:
    """Store a document of 400 people with every part told, and return it."""
    return kept(survey, whole(told(survey, 400, residents(100)), **parts))


def read(client: Any, address: str = AREA) -> str:
    """Return the words of a page that must be there."""
    reply = client.get(address)
    assert reply.status_code == 200, address
    return words_of(reply)


def broken(words: str) -> set[str]:
    """Return the words of a page that no figure can honour."""
    found = {promise for promise in PROMISES if promise in words.lower()}
    return found | set(re.findall(r"\bNone\b|\bnan\b|%\(\w+\)s", words))
