"""Pure: the city's document with what one page needs of its areas, cut out of the text.

Of 3,000 areas the document has millions of letters, and reading them all takes longer than the
rest of a page. Its canonical form (RFC 8785) has the keys in order: the rows of the areas come
first, each begins with its `area` and then its `compared`, and what is told of the city itself
comes after them. A quotation mark inside a text is always escaped, so none of this can stand in
one. A text of another form is read whole.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

Document = dict[str, Any]

_FIRST, _CITY = '{"areas":[', '],"city":'
_ROW = re.compile(r'\{"area":"([^"\\]+)"')
_COMPARED, _SURVEY = ',"compared":', '"survey":"'
_value_at = json.JSONDecoder().raw_decode


def of_areas(text: str, areas: Collection[str]) -> Document:
    """Return the document with the rows of these areas alone, each of them whole."""
    if not _is_canonical(text):
        return _whole(text, lambda row: row if row["area"] in areas else None)
    starts = (found.start() for found in _ROW.finditer(text) if found[1] in areas)
    return {**_city(text), "areas": [_value_at(text, start)[0] for start in starts]}


def of_theme(text: str, theme: str) -> Document:
    """Return the document with `area`, `survey` and `compared` of every row, of one theme alone.

    An area that the document does not compare in the theme is left out.
    """
    if not _is_canonical(text):
        return _whole(text, lambda row: _row(row["area"], row["survey"], row, theme))
    return {**_city(text), "areas": list(_compared(text, theme))}


def _is_canonical(text: str) -> bool:
    return text.startswith(_FIRST) and _CITY in text


def _whole(text: str, kept: Callable[[Document], Document | None]) -> Document:
    document: Document = json.loads(text)
    rows = [kept(row) for row in document["areas"]]
    return {**document, "areas": [row for row in rows if row]}


def _city(text: str) -> Document:
    """Return what follows the rows: the city and the snapshot."""
    found: Document = json.loads("{" + text[text.rindex(_CITY) + 2 :])
    return found


def _compared(text: str, theme: str) -> Iterator[Document]:
    for found in _ROW.finditer(text):
        if text.startswith(_COMPARED, found.end()):
            rows, end = _value_at(text, found.end() + len(_COMPARED))
            start = text.index(_SURVEY, end) + len(_SURVEY)
            survey = text[start : text.index('"', start)]
            row = _row(found[1], survey, {"compared": rows}, theme)
            if row:
                yield row


def _row(area: str, survey: str, row: Document, theme: str) -> Document | None:
    own = [one for one in row.get("compared", ()) if one["theme"] == theme]
    return {"area": area, "survey": survey, "compared": own} if own else None
