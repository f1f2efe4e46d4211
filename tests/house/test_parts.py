"""By Start a page has all it needs to the end: a newer build takes the files of the older away."""

import re

from swipe.static import JOINED, WHOLE, joined_app
from tests.house.test_bytes import APP

LATER = re.compile(r'\bimport\("\./([\w-]+)\.js"\)')
RAN = re.compile(r"^const \$(\w+) = \(\(\) => \{$", re.MULTILINE)


def test_nothing_is_asked_for_after_the_cards_have_begun() -> None:
    files = joined_app(APP)
    by_start = {name for file in ("journey.js", "rest.js") for name in RAN.findall(files[file])}
    assert {"deck", "store", "result", "share", "offline"} <= by_start
    texts = [(APP / f"{name}.js").read_text(encoding="utf-8") for name in by_start]
    assert {name for text in texts for name in LATER.findall(text)} == {"rest"}


def test_every_module_stands_in_a_published_file() -> None:
    found = {name for text in joined_app(APP).values() for name in RAN.findall(text)}
    assert found == {path.stem for path in APP.glob("*.js") if path.name not in WHOLE}


def test_no_module_runs_twice_on_a_page() -> None:
    files = joined_app(APP)
    for together in JOINED:
        ran = [name for file in together for name in RAN.findall(files[file])]
        assert len(ran) == len(set(ran))
