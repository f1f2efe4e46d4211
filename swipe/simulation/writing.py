"""A simulated city as files: the truth, its areas and residents, and what its people send."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import orjson

from swipe.areas.rows import AREA_COLUMNS, RESIDENT_COLUMNS
from swipe.errors import SetupError
from swipe.simulation.bodies import Answers
from swipe.simulation.city import Plan
from swipe.simulation.decks import read_deck
from swipe.simulation.town_counts import AS_OF, SOURCE
from swipe.simulation.towns import Town, interleaved
from swipe.simulation.truth import city_truth, truth_of

TRUTH, AREAS, RESIDENTS, EVENTS = "truth.json", "areas.csv", "residents.csv", "events.ndjson"


def deck() -> list[tuple[str, str]]:
    """Return (motif, theme) of the seeds' deck, in its order."""
    return [(row["file"].rpartition(".")[0], row["theme"]) for row in read_deck()]


def refuse_used(folder: Path) -> None:
    """Raise SetupError unless the folder is missing or empty."""
    if folder.exists() and not folder.is_dir():
        raise SetupError(f"{folder} is a file. Name a folder.")
    if folder.exists() and any(folder.iterdir()):
        raise SetupError(f"{folder} is not empty. Name a new folder.")


def write(folder: Path, plan: Plan, towns: Sequence[Town], told: Callable[[int], None]) -> None:
    """Write a city's files; the same plan is the same bytes. `told` hears of events written.

    The truth comes last: a folder that has it is whole. Raises SetupError for a used folder or
    one that cannot be written.
    """
    refuse_used(folder)
    truth = city_truth(plan, [truth_of(town) for town in towns])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in ((AREAS, area_rows(towns)), (RESIDENTS, resident_rows(towns))):
            (folder / name).write_bytes(text.encode())
        with (folder / EVENTS).open("wb") as file:
            for answer in interleaved(plan, towns):
                file.write(line_of(answer))
                told(1)
        (folder / TRUTH).write_bytes(_pretty(truth))
    except OSError as error:
        raise SetupError(f"{folder} cannot be written ({error.strerror}).") from error


def area_rows(towns: Iterable[Town]) -> str:
    """Return the table of areas, as `swipe areas import` reads it."""
    return _table(AREA_COLUMNS, [(town.site.slug, town.site.name) for town in towns])


def resident_rows(towns: Iterable[Town]) -> str:
    """Return the table of residents, as `swipe residents import` reads it."""
    rows = [
        (town.site.slug, band, gender, count, AS_OF, SOURCE)
        for town in towns
        for (band, gender), count in town.site.place.residents.items()
    ]
    return _table(RESIDENT_COLUMNS, rows)


def line_of(answer: Answers) -> bytes:
    """Return one line of the events: `{"uuid": …, "body": …}`, the body as PUT takes it."""
    person, document = answer
    return orjson.dumps({"uuid": str(person), "body": document}, option=orjson.OPT_APPEND_NEWLINE)


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def _pretty(truth: object) -> bytes:
    return orjson.dumps(truth, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
