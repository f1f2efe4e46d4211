"""By Start a page has all it needs to the end: a newer build takes the files of the older away."""

import re
from pathlib import Path

from tests.house.test_bytes import APP, LATER, STATIC_IMPORT

LISTED = re.compile(r"^const (PARTS|REST) = \[(.*?)\];", re.MULTILINE | re.DOTALL)
BROUGHT = re.compile(r'\bpart\("([\w-]+)"\)')
ON_ITS_OWN = {"offline.js"}  # a bonus: a page goes on without it


def listed() -> dict[str, set[str]]:
    texts = [(APP / name).read_text(encoding="utf-8") for name in ("app.js", "parts.js")]
    found = [one for text in texts for one in LISTED.findall(text)]
    return {
        kind: {f"{name}.js" for name in re.findall(r'"([\w-]+)"', names)} for kind, names in found
    }


def imported(path: Path) -> set[str]:
    """Return what a module imports before it runs."""
    return set(STATIC_IMPORT.findall(path.read_text(encoding="utf-8")))


def asked_later(path: Path) -> set[str]:
    """Return what a module imports only when it is needed."""
    text = path.read_text(encoding="utf-8")
    return set(LATER.findall(text)) | {f"{name}.js" for name in BROUGHT.findall(text)}


def reached(names: set[str], later: bool) -> set[str]:
    found, ahead = set[str](), set(names)
    while ahead:
        name = ahead.pop()
        found.add(name)
        asked = asked_later(APP / name) if later else set[str]()
        ahead |= (imported(APP / name) | asked) - found - ON_ITS_OWN
    return found


def test_what_start_needs_is_asked_for_at_once_and_side_by_side() -> None:
    assert listed()["PARTS"] == reached({"journey.js"}, later=False)


def test_all_that_comes_after_the_cards_is_brought_before_they_begin() -> None:
    lists = listed()
    assert reached({"journey.js"}, later=True) <= lists["PARTS"] | lists["REST"]


def test_a_part_is_brought_after_those_it_is_made_of() -> None:
    rest = re.findall(r'"([\w-]+)"', dict(LISTED.findall((APP / "parts.js").read_text()))["REST"])
    for place, name in enumerate(rest):
        needed = imported(APP / f"{name}.js") & {f"{one}.js" for one in rest}
        assert needed <= {f"{one}.js" for one in rest[:place]}, name
