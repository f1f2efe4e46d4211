"""Framing: what a document says of its survey and its installation, read before it is built."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from swipe.areas.models import Residents as ResidentsRow
from swipe.areas.models import newest_residents
from swipe.insight.counting.counts import Frame, Residents
from swipe.insight.counting.layout import Layout
from swipe.insight.models import newest_with_basis
from swipe.surveys.models import Survey, surveys_of


@dataclass(frozen=True)
class Press:
    """What a snapshot says about the installation that took it."""

    municipality: str
    contact: str
    software: str
    timezone: ZoneInfo
    grace_days: int

    def day(self, moment: datetime) -> str:
        """Return the local day of a moment, as ISO text."""
        return moment.astimezone(self.timezone).date().isoformat()


@dataclass(frozen=True)
class Before:
    """What stands before anything is counted: the number to give, residents and older figures."""

    number: int
    residents: Residents | None
    previous: dict[str, Any] | None  # the basis of the snapshot before this one
    earlier: dict[str, Any] | None  # of the round before


def read_before(survey: Survey, press: Press) -> Before:
    """Read it, in the caller's transaction."""
    newest = newest_with_basis(survey.id)
    return Before(
        number=(newest.number if newest else 0) + 1,
        residents=_residents(newest_residents(survey.area)),
        previous=newest.basis if newest else None,
        earlier=_earlier(survey, press),
    )


def frame_of(
    survey: Survey, layout: Layout, press: Press, now: datetime, final: bool, before: Before
) -> Frame:
    """Return the frame of a survey's next document."""
    return Frame(
        area=survey.area,
        survey=str(survey.id),
        number=before.number,
        day=press.day(now),
        final=final,
        question=survey.question.get("da", ""),
        asked_by=press.municipality,
        opens=press.day(survey.opens_at),
        closes=press.day(survey.closes_at),
        channels=layout.channels,
        channel_names=layout.channel_names,
        software=press.software,
        contact=press.contact,
        theme_names=layout.theme_names,
        previous=before.previous,
        languages=tuple(survey.languages),
        everyone_invited=survey.everyone_invited,
        card_keys=layout.card_keys,
        earlier=before.earlier,
        background=tuple(survey.background),
    )


def _residents(rows: Sequence[ResidentsRow]) -> Residents | None:
    if not rows:
        return None
    return Residents(
        rows={(row.age_band, row.gender): row.count for row in rows},
        as_of=rows[0].as_of.isoformat(),
        source=rows[0].source,
    )


def _earlier(survey: Survey, press: Press) -> dict[str, Any] | None:
    """Return the final basis of the area's round before this one, if there is one to compare.

    What only staff may see of a round must not be told by the change since then.
    """
    published = [one for one in surveys_of(survey.area) if one.published_at]
    older = next((one for one in published if one.opens_at < survey.opens_at), None)
    if older is None or (older.results == "staff" and survey.results != "staff"):
        return None
    last = newest_with_basis(older.id, final=True)
    if last is None:
        return None
    return {"survey": str(older.id), "closes": press.day(older.closes_at), "basis": last.basis}
