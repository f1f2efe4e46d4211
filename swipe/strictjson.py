"""Pure: bytes to values, refusing everything that two programs could read differently."""

import json
from typing import Any

import orjson

from swipe.errors import Malformed


def parse(body: bytes) -> Any:
    """Read one JSON text.

    Refused with Malformed: invalid UTF-8, lone surrogates, NaN and Infinity, nesting bombs (all
    by orjson), duplicate keys and NUL characters (here). Integers beyond 64 bits arrive as
    floats, which no field accepts.
    """
    try:
        value = orjson.loads(body)
        json.loads(body, object_pairs_hook=_no_duplicates)
    except (orjson.JSONDecodeError, RecursionError, ValueError) as error:
        raise Malformed("Indholdet er ikke gyldig JSON.") from error
    if b"\\u0000" in body:
        raise Malformed("Teksten indeholder tegnet NUL.")
    return value


def _no_duplicates(pairs: list[tuple[str, Any]]) -> None:
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("duplicate key")
