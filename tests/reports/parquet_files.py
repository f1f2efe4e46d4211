"""Parquet files as an analyst's program reads them."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb


def rows_of_parquet(data: bytes) -> list[dict[str, Any]]:
    """Return every row by its columns."""
    columns, rows = _asked(data, "select * from read_parquet($file)")
    return [dict(zip(columns, row, strict=True)) for row in rows]


def said_of_parquet(data: bytes) -> dict[str, str]:
    """Return what a file says of itself beside its rows."""
    query = "select decode(key), decode(value) from parquet_kv_metadata($file)"
    return dict(_asked(data, query)[1])


def kinds_of_parquet(data: bytes) -> dict[str, str]:
    """Return the kind of each column."""
    query = "select column_name, column_type from (describe select * from read_parquet($file))"
    return dict(_asked(data, query)[1])


def _asked(data: bytes, query: str) -> tuple[list[str], list[Any]]:
    with TemporaryDirectory() as folder, duckdb.connect(":memory:") as base:
        file = Path(folder) / "figures.parquet"
        file.write_bytes(data)
        found = base.execute(query, {"file": str(file)})
        return [column[0] for column in found.description or ()], found.fetchall()
