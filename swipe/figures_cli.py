"""`swipe verify` and `swipe export`: are the figures still true, and answers for research."""

import os
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import click

from swipe import __version__
from swipe.accounts.audit import record
from swipe.accounts.login import verified
from swipe.accounts.models import Staff
from swipe.areas.models import Area
from swipe.city_cli import DATA, city, fail
from swipe.db import db, glance
from swipe.insight.disclosure import round_count
from swipe.insight.research.research_export import Export, ended_survey, prepared
from swipe.insight.verifying.verifying import (
    Finding,
    surveys_with_snapshots,
    verify_city,
    verify_survey,
)
from swipe.legible import has_words
from swipe.surveys.models import Survey, in_language

IDENTICAL = "is identical to what the stored answers say"  # said alone it would mean nothing
SOFTWARE = f"Swipe {__version__}"


@click.command()
@click.option("--survey", type=click.UUID, help="Only this one.")
@click.option("--area", metavar="SLUG", help="Only the surveys of this area.")
@DATA
def verify(survey: uuid.UUID | None, area: str | None, data: Path | None) -> None:
    """Check every snapshot, and count the newest again from the stored answers."""
    with city(data):
        with glance():
            _refuse_unknown(survey, area)
            chosen = [one for one in surveys_with_snapshots() if _is_asked(one, survey, area)]
        whole = survey is None and area is None
        if not chosen and not whole:
            fail("There is no snapshot of that.")
        wrong = [place for place, found in _findings(chosen, whole) if _say(place, found)]
    if wrong:
        fail(f"Something is wrong in: {', '.join(dict.fromkeys(wrong))}")


def _refuse_unknown(survey: uuid.UUID | None, area: str | None) -> None:
    if area is not None and db.session.get(Area, area) is None:
        fail(f"There is no area {area}.")
    if survey is not None and db.session.get(Survey, survey) is None:
        fail(f"There is no survey {survey}.")


def _is_asked(one: Survey, survey: uuid.UUID | None, area: str | None) -> bool:
    return survey in (None, one.id) and area in (None, one.area)


def _findings(chosen: Sequence[Survey], whole: bool) -> Iterator[tuple[str, Finding]]:
    """Yield what is found of each survey as soon as it is, then of the city."""
    several = [one.area for one in chosen]
    with click.progressbar(
        chosen, label="Counting again", file=sys.stderr, hidden=len(chosen) < 2
    ) as bar:
        for one in bar:
            opened = f", opened {one.opens_at.date()}" if several.count(one.area) > 1 else ""
            yield f"{one.area}{opened}", verify_survey(one.id, SOFTWARE)
    if whole:
        yield "the city", verify_city()


def _say(place: str, found: Finding) -> bool:
    """Say what was found; return whether anything is wrong."""
    sentence = found.sentence.replace("is identical", IDENTICAL)
    for line in (sentence, *found.faults):
        click.echo(f"{place}: {line}")
    return bool(found.faults)


@click.command()
@click.option("--survey", type=click.UUID, required=True, help="An ended survey.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A new FILE.csv.")
@click.option("--requested-by", metavar="EMAIL", required=True, help="Who asks for it.")
@click.option("--released-by", metavar="EMAIL", required=True, help="An administrator.")
@click.option("--purpose", required=True, help="Who gets it, and what for.")
@DATA
def export(
    survey: uuid.UUID,
    out: Path,
    requested_by: str,
    released_by: str,
    purpose: str,
    data: Path | None,
) -> None:
    """Write the single answers of an ended survey for named researchers."""
    if out.suffix.lower() != ".csv":
        fail("The file must end in .csv; a text about it is put beside it.")
    purpose = " ".join(purpose.split())
    if not has_words(purpose):
        fail("Say who gets the answers and what for: --purpose")
    with city(data) as app:
        chosen = ended_survey(survey, datetime.now(UTC), app.config["SWIPE"].grace_days)
        with _new_files(out, out.with_suffix(".txt")) as (table, about):
            asking, releasing = _two_people(requested_by, released_by)
            made = prepared(chosen, purpose)
            _write_down(made, asking, releasing, purpose)
            for file, content in ((table, made.table), (about, made.about)):
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
    click.echo(f"{made.people} people: {out}")
    click.echo("It was written in the audit trail. Hand it to nobody but those who were named.")


@contextmanager
def _new_files(*paths: Path) -> Iterator[Sequence[BinaryIO]]:
    """Open files that were not there, for their owner alone; whatever fails leaves none behind."""
    with ExitStack() as undo:
        files = []
        for path in paths:
            try:
                held = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                fail(f"{path} is there already. Nothing is ever overwritten.")
            except OSError as error:
                fail(f"{path} cannot be written: {error.strerror}")
            undo.callback(path.unlink)
            files.append(os.fdopen(held, "wb"))
            undo.enter_context(files[-1])
        yield files
        for file in files:
            file.close()
        undo.pop_all()


def _two_people(requested_by: str, released_by: str) -> tuple[Staff, Staff]:
    """Return both members of staff, who each gave their password; two at least see it happen."""
    if requested_by.strip().lower() == released_by.strip().lower():
        fail("Two different people are needed: one asks, another releases.")
    asking, releasing = _identified(requested_by), _identified(released_by)
    if releasing.role != "admin":
        fail("Only an administrator can release answers.")
    return asking, releasing


def _identified(email: str) -> Staff:
    staff = verified(email, click.prompt(f"Password of {email}", hide_input=True, err=True))
    db.session.commit()
    if staff is None:
        fail("Nobody on the staff has that address and that password.")
    return staff


def _write_down(made: Export, asking: Staff, releasing: Staff, purpose: str) -> None:
    event = record(
        "answers.exported",
        survey=made.survey.id,
        thing=made.survey.id,
        label=in_language(made.survey.title, "da"),
        after={
            "requested_by": asking.name,
            "released_by": releasing.name,
            "purpose": purpose,
            "people": round_count(made.people),
            "sha256": made.digest,
        },
    )
    event.staff, event.staff_name = releasing.id, releasing.name
    db.session.commit()
