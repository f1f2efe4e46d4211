"""A program of its own: a folder with rows and their shape to a Parquet file, on standard output.

It runs as a child, so that the database inside it is never in a process that serves people. It
fetches nothing: what it needs is part of its package.
"""

import json
import resource
import sys
from pathlib import Path

import duckdb

MEMORY = 2048 * 1024 * 1024
SECONDS = 20
INSERT = """insert into figures by name
    select * from read_json($rows, format = 'newline_delimited', columns = {})"""
ALONE: dict[str, str | bool | int | float | list[str]] = {
    "threads": "1",
    "memory_limit": "256MB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def main(folder: Path) -> None:
    """Write the Parquet file of a folder to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.buffer.write(written(folder))


def written(folder: Path) -> bytes:
    """Return the rows of rows.json in the columns of shape.json, described by its edition."""
    shape = json.loads((folder / "shape.json").read_text(encoding="utf-8"))
    columns = ", ".join(f"{name} {kind}" for name, kind in shape["columns"].items())
    with duckdb.connect(":memory:", config=ALONE) as base:
        base.execute(f"create table figures ({columns})")
        base.execute(INSERT.format(_literal(shape["columns"])), {"rows": str(folder / "rows.json")})
        base.execute(
            f"copy figures to {_text(str(folder / 'figures.parquet'))}"
            f" (format parquet, compression zstd, kv_metadata {_literal(shape['edition'])})"
        )
    return (folder / "figures.parquet").read_bytes()


def _literal(values: dict[str, str]) -> str:
    """Return a struct as the database reads it; names are ours, values are texts."""
    return "{" + ", ".join(f"{name}: {_text(value)}" for name, value in values.items()) + "}"


def _text(value: str) -> str:
    quoted = value.replace("'", "''")
    return f"'{quoted}'"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
