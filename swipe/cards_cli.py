"""`swipe cards import`: a whole deck from a ZIP or a folder."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from swipe.city_cli import DATA, DRY_RUN, city, fail
from swipe.db import db, glance
from swipe.decks.deck_files import Deck
from swipe.decks.deck_folder import open_folder
from swipe.decks.deck_importing import import_cards, take_pictures
from swipe.decks.deck_planning import Plan, plan_deck
from swipe.decks.deck_zip import open_zip
from swipe.errors import NotFound
from swipe.surveys.models import surveys_of


@click.group()
def cards() -> None:
    """Cards of a survey."""


@cards.command("import")
@click.argument("source", metavar="FOLDER|ZIP", type=click.Path(exists=True, path_type=Path))
@click.option("--survey", required=True, help="Its id, or an area that has one draft.")
@click.option("--theme", default="", help="The theme of pictures that come without one.")
@DRY_RUN
@click.option("--all-or-nothing", is_flag=True, help="Import nothing if anything is wrong.")
@DATA
def cards_import(
    source: Path, survey: str, theme: str, dry_run: bool, all_or_nothing: bool, data: Path | None
) -> None:
    """Import pictures with cards.csv (file,theme,title_da,…) as cards of a draft."""
    with city(data), _opened(source) as deck:
        survey_id = _survey(survey)
        plan = plan_deck(survey_id, deck, theme)
        _take(plan, deck, stored=not dry_run)
        _say(plan)
        if (not plan.cards and not plan.known) or (plan.problems and all_or_nothing):
            fail("Nothing was imported.")
        added, known = len(plan.cards), len(plan.known)
        if not dry_run:
            outcome = import_cards(survey_id, plan.cards, source.name)
            db.session.commit()
            added, known = outcome.added, known + outcome.known
    said = "Would import" if dry_run else "Imported"
    click.echo(f"{said}: {added} new, {known} there already, {len(plan.problems)} not usable.")


@contextmanager
def _opened(source: Path) -> Iterator[Deck]:
    if source.is_dir():
        yield open_folder(source)
        return
    with source.open("rb") as file:
        yield open_zip(file)


def _survey(written: str) -> uuid.UUID:
    """Return the survey with this id, or the only draft of the area; raises NotFound."""
    try:
        return uuid.UUID(written)
    except ValueError:
        pass
    with glance():
        drafts = [one.id for one in surveys_of(written) if one.published_at is None]
    if len(drafts) == 1:
        return drafts[0]
    raise NotFound(f"The area {written!r} has {len(drafts)} drafts. Give the id of a survey.")


def _take(plan: Plan, deck: Deck, stored: bool) -> None:
    """Read the pictures; each is kept before the next is begun, so that nobody waits for us."""
    with click.progressbar(length=len(plan.waiting), label="Pictures", show_eta=False) as bar:
        for _progress in take_pictures(plan, deck, stored):
            if stored:
                db.session.commit()
            bar.update(1)


def _say(plan: Plan) -> None:
    for notice in plan.notices:
        click.echo(notice)
    for problem in plan.problems:
        click.echo(problem.sentence(), err=True)
