"""Pure: the one way to write a document as bytes, and its digest (RFC 8785, JCS)."""

import hashlib
import math
import re
from collections.abc import Mapping
from typing import Any

_LARGEST_SAFE = 2**53  # beyond this a reader's double may not hold the integer
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_SHORT.update({'"': '\\"', "\\": "\\\\"})
_MUST_ESCAPE = re.compile(r'[\x00-\x1f"\\]')


def canonical(value: Any) -> bytes:
    """Return the RFC 8785 bytes of a JSON value made of dict, list, str, numbers, bool, None.

    Raises ValueError for NaN, infinity, integers a double cannot hold, lone surrogates and
    keys that are not text; TypeError for anything JSON has no form for.
    """
    return _text(value).encode("utf-8")  # a lone surrogate is a UnicodeEncodeError: ValueError


def digest(document: Mapping[str, Any]) -> str:
    """Return "sha256:" and the hex digest of the document without its `digest`.

    The digest may stand at the top or inside `snapshot`; both are left out.
    """
    bare = {key: value for key, value in document.items() if key != "digest"}
    snapshot = bare.get("snapshot")
    if isinstance(snapshot, Mapping):
        bare["snapshot"] = {key: value for key, value in snapshot.items() if key != "digest"}
    return "sha256:" + hashlib.sha256(canonical(bare)).hexdigest()


def _text(value: Any) -> str:
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int):
        if abs(value) > _LARGEST_SAFE:
            raise ValueError(f"{value} is larger than a double holds exactly")
        return str(int(value))
    if isinstance(value, float):
        return number(value)
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_text, value)) + "]"
    if isinstance(value, Mapping):
        return _object(value)
    raise TypeError(f"JSON has no form for {type(value).__name__}")


def _object(value: Mapping[Any, Any]) -> str:
    if not all(isinstance(key, str) for key in value):
        raise ValueError("the keys of a JSON object are text")
    keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(f"{_string(key)}:{_text(value[key])}" for key in keys) + "}"


def _string(value: str) -> str:
    def escape(match: re.Match[str]) -> str:
        char = match.group()
        return _SHORT.get(char) or f"\\u{ord(char):04x}"

    return '"' + _MUST_ESCAPE.sub(escape, value) + '"'


def number(value: float) -> str:
    """Return a double as ECMAScript writes it (ECMA-262, Number::toString, radix 10).

    Python's repr finds the same shortest digits; only where the point and the exponent go
    differs. Raises ValueError for NaN and infinity.
    """
    if not math.isfinite(value):
        raise ValueError("JSON has no NaN and no infinity")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, power = repr(abs(float(value))).partition("e")
    whole, _, part = mantissa.partition(".")
    digits = (whole + part).lstrip("0")
    point = len(whole) + int(power or 0) - (len(whole + part) - len(digits))
    return sign + _placed(digits.rstrip("0"), point)


def _placed(digits: str, point: int) -> str:
    """Return the digits with the decimal point after `point` of them, in ECMAScript's form."""
    count = len(digits)
    if count <= point <= 21:
        return digits.ljust(point, "0")
    if 0 < point <= 21:
        return digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    power = f"e{point - 1:+d}"
    return digits + power if count == 1 else f"{digits[0]}.{digits[1:]}{power}"
