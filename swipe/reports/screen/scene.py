"""What stands on the big screen of an area now: a survey, and as much of it as everybody may see.

Whoever is logged in at the projector, the hall is the public: a scene never holds more than that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from swipe.insight.reading import document_of, may_public_read, shows_shares
from swipe.surveys import reading
from swipe.surveys.lifecycle import State
from swipe.surveys.models import Survey, surveys_of

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Scene:
    """A survey with its state, its public document, and what there is instead of one.

    `withheld` is a reason where no share is told: policy, not-yet or too-few. `next_opens` is when
    the area's next survey opens, where one is coming.
    """

    survey: Survey
    state: State
    document: Document | None
    withheld: str | None
    next_opens: datetime | None

    @property
    def answering(self) -> bool:
        """Whether people can answer now."""
        return self.state is State.OPEN

    @property
    def over(self) -> bool:
        """Whether nobody can answer any more."""
        return self.state in (State.GRACE, State.FINAL)


def scene_of(area: str, now: datetime, grace_days: int) -> Scene | None:
    """Return what an area's screen shows: the open survey, else the last one, else the next.

    None where the area never had a published survey.
    """
    surveys = surveys_of(area)
    current = reading.current_survey(surveys, now)
    coming = current if current and current.opens_at > now else None
    shown = current if current and not coming else reading.last_closed(surveys, now) or coming
    if shown is None:
        return None
    document, withheld = _public(shown, now, grace_days)
    return Scene(
        survey=shown,
        state=reading.state_of(shown, now, grace_days),
        document=document,
        withheld=withheld,
        next_opens=coming.opens_at if coming and coming is not shown else None,
    )


def _public(survey: Survey, now: datetime, grace_days: int) -> tuple[Document | None, str | None]:
    if not may_public_read(survey, now, grace_days):
        return None, "policy"
    document = document_of(survey.id)
    if document is None:
        return None, "not-yet"
    return document, None if shows_shares(document) else "too-few"
