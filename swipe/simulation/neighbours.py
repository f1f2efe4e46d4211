"""In the demo's first area a simulated neighbour answers every few seconds."""

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select

from swipe.db import db, glance
from swipe.participation.models import Participation
from swipe.participation.receiving import Clock
from swipe.simulation.loading import load
from swipe.simulation.people import neighbour
from swipe.simulation.places import place_of, seed_of
from swipe.simulation.scenes import SCENES
from swipe.surveys.models import Survey, surveys_of
from swipe.surveys.reading import current_survey

EVERY = timedelta(seconds=3)
AT_MOST = 300
SEED_SHIFT = 7


class Neighbours:
    """Sends the next neighbour when one is due; a restart goes on where it stopped."""

    def __init__(self) -> None:
        self.area = SCENES[0].area
        self.number: int | None = None
        self.next_at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether enough time has passed since the last one."""
        return self.next_at is None or now >= self.next_at

    def tick(self, now: datetime) -> bool:
        """Let one neighbour answer if it is time; True when one did."""
        if not self.is_due(now):
            return False
        self.next_at = now + EVERY
        with glance():
            survey = current_survey(surveys_of(self.area), now)
        if survey is None or survey.opens_at > now:
            return False
        if self.number is None:
            self.number = self._first_new(survey)
        if self.number >= AT_MOST:
            return False
        with glance():
            person = neighbour(place_of(survey), seed_of(self.area) + SEED_SHIFT, self.number)
        settings = current_app.config["SWIPE"]
        load(survey, [person], Clock(now, settings.timezone, settings.grace_days))
        self.number += 1
        return True

    def _first_new(self, survey: Survey) -> int:
        """Return the number of the first neighbour who has not answered yet."""
        with glance():
            place = place_of(survey)
            known = set(
                db.session.scalars(
                    select(Participation.uuid).where(Participation.survey == survey.id)
                )
            )
        seed = seed_of(self.area) + SEED_SHIFT
        return next(
            (n for n in range(AT_MOST) if neighbour(place, seed, n)[0] not in known), AT_MOST
        )
