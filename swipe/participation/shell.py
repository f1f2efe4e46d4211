"""What the citizen's pages carry inside them: the style, its hash and data for the scripts.

Reads the style file and computes; no Flask, no database, no clock.
"""

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import orjson

# "<" would let a text close the script block, "&" matters to readers of XHTML, and the two line
# separators end a line in older JavaScript.
_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
_RISKY = re.compile("[<>&\u2028\u2029]")


def read_css(folder: Path) -> str:
    """Return the style that stands in the citizen's pages, as it is published in `folder`.

    Raises FileNotFoundError when the folder does not hold it.
    """
    return (folder / "app.css").read_text(encoding="utf-8")


def page_deck(deck: dict[str, Any]) -> dict[str, Any]:
    """Return the deck without what the page can do without: digests, placeholders and JPEGs.

    Their names are random bytes that no compression shrinks, a third of the page on a slow line;
    the address of a picture already carries its digest. `deck` itself stays as it was.
    """
    return {**deck, "cards": [_page_card(card) for card in deck["cards"]]}


def _page_card(card: dict[str, Any]) -> dict[str, Any]:
    held = card["picture"]
    picture = {key: held[key] for key in ("width", "height", "at") if key in held}
    return {**card, "picture": picture | {"sources": _sources_read(held["sources"])}}


def _sources_read(sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave JPEG out beside WebP, which every browser that runs the app can show."""
    modern = any(source["type"] == "image/webp" for source in sources)
    return [one for one in sources if not (modern and one["type"] == "image/jpeg")]


def csp_hash(text: str) -> str:
    """Return the source expression `'sha256-…'` of an inline block (CSP level 3, section 2.3.1)."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def script_json(obj: Any) -> str:
    """Return `obj` as JSON that may stand inside a `<script>` block of an HTML page.

    Parsing the result gives `obj` back. Raises TypeError for what JSON cannot hold.
    """
    return _RISKY.sub(lambda found: _ESCAPES[found[0]], orjson.dumps(obj).decode("utf-8"))
