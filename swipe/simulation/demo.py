"""The demo city: built once in its folder, with progress, before anything listens."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import inspect, select

from swipe.accounts.demo_logins import DEMO_LOGINS
from swipe.accounts.login import hash_password
from swipe.accounts.models import Staff
from swipe.areas import boundaries, geojson
from swipe.areas.importing import import_areas, import_residents, read_areas, read_residents
from swipe.areas.models import Area, City, demo_mark
from swipe.db import db, glance
from swipe.errors import SetupError
from swipe.insight import snapshots
from swipe.insight.snapshots import Press, Standing
from swipe.media import adding
from swipe.media.encoding import encode
from swipe.media.models import Picture
from swipe.participation.receiving import Clock
from swipe.simulation.decisions import decide
from swipe.simulation.decks import Motif, add_motifs, make_survey, name_themes, read_deck, seeds
from swipe.simulation.loading import load
from swipe.simulation.people import people
from swipe.simulation.places import place_of, seed_of
from swipe.simulation.scenes import FORMER, SCENES, Scene
from swipe.surveys.models import Survey, published_surveys

# A stage's name and length in; a context that gives a function to call with each step done.
Progress = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
READY = "demo-ready"
FORMER_SHIFT = 500  # other people came to the round before


def is_ready(data: Path) -> bool:
    """Whether an earlier run built this folder to the end."""
    return (data / READY).exists()


def refuse_real_city() -> None:
    """Raise SetupError when the database has tables and no demo mark: it may be somebody's."""
    with glance():
        tables = inspect(db.engine).get_table_names()
        real = "city" in tables and demo_mark() is None and "area" in tables
        used = real and db.session.scalar(select(Area.slug).limit(1)) is not None
    if (tables and "city" not in tables) or used:
        raise SetupError(
            "A real city lives here. Give the demo a folder of its own: --data FOLDER."
        )


def build(press: Press, progress: Progress, empty: bool) -> None:
    """Fill an empty, migrated database with the demo city; `empty` leaves out the answers."""
    db.session.add(City(id=1, mark="empty" if empty else "demo"))
    add_staff()
    _add_areas()
    name_themes()
    db.session.commit()
    motifs = add_pictures(progress)
    _add_surveys(motifs, press, empty)
    if not empty:
        _answer(press, progress)
        _count(press, progress)
        _decide()
    mark_ready(current_app.config["SWIPE"].data)


def mark_ready(data: Path) -> None:
    """Note that this folder was built to the end, so that the demo runs it as it is."""
    (data / READY).touch()


def add_staff() -> None:
    """Add the demo's logins."""
    today = datetime.now(UTC).date()
    for one in DEMO_LOGINS:
        db.session.add(
            Staff(
                email=one.email,
                name=one.name,
                role=one.role,
                password_hash=hash_password(one.password),
                added_on=today,
            )
        )


def _add_areas() -> None:
    rows, errors = read_areas((seeds() / "areas.csv").read_text(encoding="utf-8"))
    import_areas(rows)
    db.session.flush()
    known = {row.slug for row in db.session.scalars(select(Area))}
    counts, more = read_residents((seeds() / "residents.csv").read_text(encoding="utf-8"), known)
    if errors or more:
        raise SetupError(" ".join(map(str, [*errors, *more])))
    import_residents(counts)
    shapes = geojson.read_shapes((seeds() / "boundaries.geojson").read_bytes())
    plan = boundaries.plan(shapes, boundaries.held())
    boundaries.apply(plan.boundaries, plan.change)


def add_pictures(progress: Progress) -> list[Motif]:
    """Take in and prepare the deck's pictures; commits. Raises SetupError where one fails."""
    with progress("Reading pictures", len(read_deck())) as told:
        motifs = add_motifs(told)
        db.session.commit()
    digests = sorted({motif.digest for motif in motifs})
    with (
        progress("Preparing pictures", len(digests)) as told,
        ThreadPoolExecutor(2) as pool,  # each encoding is a process of its own
    ):
        cuts = pool.map(lambda master: encode(master, (50, 50)), map(adding.read_master, digests))
        for digest, cut in zip(digests, cuts, strict=True):
            adding.note(digest, adding.kept(cut))
            told(1)
    db.session.commit()
    waiting = db.session.scalar(select(Picture.digest).where(Picture.state != "ready").limit(1))
    db.session.rollback()
    if waiting:
        raise SetupError("A picture of the demo city could not be prepared.")
    return motifs


def _add_surveys(motifs: Sequence[Motif], press: Press, empty: bool) -> None:
    now = datetime.now(UTC)
    names = {area.slug: area.name for area in db.session.scalars(select(Area))}
    for scene in _scenes():
        if scene.state != "none" and not (empty and scene.state in ("closed", "former")):
            make_survey(scene, names[scene.area], motifs, now, press.timezone)
    db.session.commit()


def _scenes() -> list[Scene]:
    """Return every scene, the rounds before the others: a round looks back at the one before."""
    areas = {scene.area for scene in SCENES}
    return [*(scene for scene in FORMER if scene.area in areas), *SCENES]


def _demo_surveys() -> list[tuple[Survey, Scene]]:
    """Return the surveys that get answers, each with its scene, in the order of the scenes."""
    with glance():
        found = published_surveys()
    newest = {survey.area: survey for survey in reversed(found)}
    oldest = {survey.area: survey for survey in found}
    return [
        ((oldest if scene.state == "former" else newest)[scene.area], scene)
        for scene in _scenes()
        if scene.people
    ]


def _answer(press: Press, progress: Progress) -> None:
    surveys = _demo_surveys()
    with progress("Citizens answer", sum(scene.people for _survey, scene in surveys)) as told:
        for survey, scene in surveys:
            with glance():
                place = place_of(survey, scene.wishes)
            when = Clock(min(datetime.now(UTC), survey.closes_at), press.timezone, press.grace_days)
            seed = seed_of(survey.area) + (FORMER_SHIFT if scene.state == "former" else 0)
            load(survey, people(place, scene.people, seed), when)
            told(scene.people)


def _count(press: Press, progress: Progress) -> None:
    surveys = _demo_surveys()
    with progress("Taking snapshots", len(surveys)) as told:
        for survey, _scene in surveys:
            last = survey.closes_at + timedelta(days=press.grace_days, minutes=2)
            now = min(datetime.now(UTC), last)  # a round that is over was counted when it ended
            final = snapshots.due(survey, Standing(), now, press.grace_days) == "final"
            snapshots.take(survey, press, now, lambda: True, final=final)
            told(1)
    snapshots.take_city(press, datetime.now(UTC))


def _decide() -> None:
    """Let the municipality decide something where the survey is over."""
    now = datetime.now(UTC)
    for survey in published_surveys():
        if survey.closes_at <= now:
            decide(survey, now)
    db.session.commit()
