"""One document's long table as a Parquet file, where the extra that writes it is installed."""

import json
import tempfile
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from swipe.reports.children import output_of
from swipe.reports.report.shape import legible
from swipe.reports.tidy_values import COLUMNS, NUMBERS

PATIENCE = 30  # seconds that a busy machine may take
WHOLE = ("snapshot",)  # columns of whole numbers
_CHILD = Path(__file__).with_name("parquet_writing.py")


def can_write() -> bool:
    """Whether Parquet files can be made here; what makes them is looked for and never loaded."""
    return find_spec("duckdb") is not None


def parquet(rows: Iterable[Mapping[str, Any]], edition: Mapping[str, Any]) -> bytes:
    """Return the rows as a Parquet file that carries `edition` in its own description too.

    Raises Busy with a sentence when the work was not done in time.
    """
    with tempfile.TemporaryDirectory(prefix="swipe-parquet-") as name:
        folder = Path(name)
        lines = (json.dumps(legible(row), ensure_ascii=False) for row in rows)
        (folder / "rows.json").write_text("\n".join(lines), encoding="utf-8")
        told = {key: legible(str(value)) for key, value in edition.items() if value is not None}
        shape = {"columns": {column: _kind(column) for column in COLUMNS}, "edition": told}
        (folder / "shape.json").write_text(json.dumps(shape), encoding="utf-8")
        unfinished = _("Filen blev ikke færdig i tide. Prøv igen om lidt.")
        return output_of(_CHILD, folder, PATIENCE, unfinished)


def _kind(column: str) -> str:
    if column in WHOLE:
        return "INTEGER"
    return "DOUBLE" if column in NUMBERS else "VARCHAR"
