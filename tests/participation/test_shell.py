"""What the citizen's pages carry inside them."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from swipe.participation import shell
from swipe.static import published

OPENERS = ["</script><script>alert(1)</script>", "<!-- <script>", "a & b", "one\u2028two\u2029"]


def test_a_missing_style_is_an_error_and_not_an_empty_page(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        shell.read_css(tmp_path)


def test_the_style_in_the_pages_keeps_every_block_closed(app: Flask) -> None:
    style = shell.read_css(published(app, "pwa"))
    assert style.count("{") == style.count("}") > 100
    assert "/*" not in style
    assert "</" not in style


def test_the_hash_is_the_one_browsers_compute() -> None:
    text = "p{color:red}/* æ */"
    expected = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    assert shell.csp_hash(text) == f"'sha256-{expected}'"


def test_two_styles_have_two_hashes() -> None:
    assert shell.csp_hash("a{}") != shell.csp_hash("b{}")


@pytest.mark.parametrize("text", OPENERS)
def test_no_text_can_leave_the_script_block(text: str) -> None:
    block = shell.script_json({"title": text})
    assert not set(block) & set("<>&\u2028\u2029")


@pytest.mark.parametrize("value", [{"a": OPENERS}, ["æøå", 1.5, None, True], {}, "\\u003c"])
def test_the_scripts_read_back_what_was_written(value: object) -> None:
    assert json.loads(shell.script_json(value)) == value


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError):
        shell.script_json({"a": {1, 2}})


DECK: dict[str, Any] = {
    "formats": [1],
    "survey": {"id": "s"},
    "cards": [
        {
            "id": "c",
            "title": "Torvedag",
            "picture": {
                "digest": "ab",
                "width": 3,
                "height": 4,
                "placeholder": "data:",
                "sources": [{"type": "image/avif", "width": 750, "url": "/media/ab.avif"}],
            },
        }
    ],
}


def test_the_page_carries_no_digest_and_no_placeholder() -> None:
    picture = shell.page_deck(DECK)["cards"][0]["picture"]
    assert picture.keys() == {"width", "height", "sources"}
    assert picture["sources"] == DECK["cards"][0]["picture"]["sources"]


def test_everything_else_of_the_deck_is_on_the_page() -> None:
    light = shell.page_deck(DECK)
    assert {key: light[key] for key in ("formats", "survey")} == {
        "formats": [1],
        "survey": {"id": "s"},
    }
    assert light["cards"][0]["title"] == "Torvedag"


def test_the_deck_of_the_api_keeps_its_digests() -> None:
    shell.page_deck(DECK)
    assert DECK["cards"][0]["picture"]["digest"] == "ab"
