"""A simulated city moves into a database: areas, residents, surveys and everybody's answers.

The answers take the door that real ones take (`participation.receiving`), not a bulk insert of
their own: it costs well under a millisecond each, and whatever the door refuses, flags or
normalises happens here too. Never commits by itself.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import select

from swipe.accounts.models import any_staff
from swipe.areas.importing import import_areas, import_residents, read_areas, read_residents
from swipe.areas.models import Area, City
from swipe.db import db, glance
from swipe.errors import RevisionTaken, SetupError
from swipe.participation.receiving import Clock
from swipe.simulation.city import Plan
from swipe.simulation.decks import Motif, make_survey
from swipe.simulation.demo import add_staff
from swipe.simulation.loading import Pause, load
from swipe.simulation.scenes import Scene
from swipe.simulation.towns import Town, events
from swipe.simulation.writing import area_rows, resident_rows
from swipe.surveys.models import Survey


def refuse_another_city(plan: Plan, towns: Sequence[Town]) -> None:
    """Raise SetupError where other areas or surveys are in the database than those of the plan.

    Else two surveys of an area would be open at once, and the city's figures would mix.
    """
    own = {town.site.slug: plan.identity(town.site.slug) for town in towns}
    with glance():
        areas = set(db.session.scalars(select(Area.slug)))
        surveys = db.session.execute(select(Survey.area, Survey.id)).all()
    other = areas - own.keys() or {area for area, survey in surveys if own.get(area) != survey}
    if other:
        raise SetupError(
            f"The database holds another city already ({min(other)}). "
            "Take the same seed and number of areas, or another folder."
        )


def add_areas(towns: Sequence[Town]) -> None:
    """Mark the database as a demo and add its logins, the areas and their residents.

    What an earlier run added stays as it is.
    """
    db.session.merge(City(id=1, mark="demo"))  # also where a demo without answers stood
    if not any_staff():
        add_staff()
    areas, errors = read_areas(area_rows(towns))
    import_areas(areas)
    known = {town.site.slug for town in towns}
    residents, more = read_residents(resident_rows(towns), known)
    if errors or more:
        raise SetupError(" ".join([*errors, *more]))
    import_residents(residents)


def lacks_surveys(plan: Plan, towns: Sequence[Town]) -> bool:
    """Whether any area of the plan has no survey yet."""
    with glance():
        held = set(db.session.scalars(select(Survey.id)))
    return any(plan.identity(town.site.slug) not in held for town in towns)


def add_surveys(
    plan: Plan, towns: Sequence[Town], motifs: Sequence[Motif], now: datetime, timezone: ZoneInfo
) -> None:
    """Add a published open survey for each area that lacks it, with the ids of the plan."""
    held = set(db.session.scalars(select(Survey.id)))
    for town in towns:
        slug = town.site.slug
        if plan.identity(slug) not in held:
            scene, identity = Scene(slug, "open"), partial(plan.identity, slug)
            make_survey(scene, town.site.name, motifs, now, timezone, identity)


def add_answers(
    plan: Plan, towns: Sequence[Town], clock: Clock, told: Callable[[int], None]
) -> None:
    """Receive everybody's answers; a second time changes nothing. `told` hears how many.

    Raises SetupError where the database holds other answers of the same people.
    """
    pause = Pause()
    for town in towns:
        with glance():
            survey = db.session.get(Survey, plan.identity(town.site.slug))
        if survey is None:
            raise SetupError("The surveys of this city are not in the database.")
        by_key = sorted(events(plan, town), key=lambda answer: answer[0])  # the order of the table
        try:
            load(survey, by_key, clock, told, pause)
        except RevisionTaken as error:
            raise SetupError(
                "The database holds a city of the same seed with other parameters. "
                "Take another seed or another folder."
            ) from error
