"""Packing: a row becomes one integer in SQL and comes apart again as arrays.

Fetching nine columns of every swipe costs more than counting them; one integer for each does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import BigInteger, SQLColumnExpression, case, cast, literal

Numbers = NDArray[np.int64]
Code = SQLColumnExpression[int]
_WIDEST = 62  # bits of a signed integer that both engines know


@dataclass(frozen=True)
class Part:
    """One value of a row: its name, and the SQL for a number from 0 to `largest`."""

    name: str
    code: Code
    largest: int

    @property
    def bits(self) -> int:
        """How many bits the largest number takes."""
        return self.largest.bit_length()


def packed(parts: Sequence[Part]) -> Code:
    """Return the SQL for one integer that holds all parts, the first in the highest bits.

    Raises ValueError when they do not fit.
    """
    if sum(part.bits for part in parts) > _WIDEST:
        raise ValueError("these parts do not fit into one integer")
    first, *others = parts
    whole = cast(first.code, BigInteger)
    for part in others:
        whole = whole * 2**part.bits + part.code
    return whole


def unpacked(numbers: Numbers, parts: Sequence[Part]) -> dict[str, Numbers]:
    """Return each part of the integers by its name."""
    found = {}
    for part in reversed(parts):
        found[part.name] = numbers & (2**part.bits - 1)
        numbers = numbers >> part.bits
    return found


def read_numbers(texts: Sequence[str | None]) -> tuple[Numbers, NDArray[np.intp]]:
    """Return the integers of comma-separated texts in a row, and which text each stood in."""
    counts = [text.count(",") + 1 if text else 0 for text in texts]
    joined = ",".join(filter(None, texts))
    numbers = np.fromstring(joined, dtype=np.int64, sep=",")  # an empty text gives no numbers
    return numbers, np.repeat(np.arange(len(texts)), counts)


def yes_or_no(condition: SQLColumnExpression[bool]) -> Code:
    """Return the SQL for 1 where the condition holds, and 0 where not or where it is unknown."""
    return case((condition, 1), else_=0)


def number_of(column: Any, largest: int) -> Code:
    """Return the SQL for a column's number from 0 to `largest`; 0 for null and anything else."""
    return case((column.between(0, largest), column), else_=0)


def word_of(column: Any, words: Sequence[str]) -> Code:
    """Return the SQL for 1 + the place of a column's word; 0 for null and other words."""
    return case({word: place for place, word in enumerate(words, 1)}, value=column, else_=0)


def number_by(column: Any, numbers: Sequence[tuple[Any, int]]) -> Code:
    """Return the SQL for the number that belongs to a column's value; 0 for null and others.

    The pairs are sorted by value as the database sorts them: the search halves them each time,
    so that two hundred cards cost eight comparisons and not a hundred.
    """
    if not numbers:
        return literal(0)
    if len(numbers) == 1:
        value, number = numbers[0]
        return case((column == value, number), else_=0)
    middle = len(numbers) // 2
    lower, upper = number_by(column, numbers[:middle]), number_by(column, numbers[middle:])
    return case((column < numbers[middle][0], lower), else_=upper)
