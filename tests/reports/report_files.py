"""The files of a report as their readers find them: words, and what a screen reader is told."""

import io
import re
from itertools import zip_longest
from typing import Any
from xml.etree.ElementTree import Element
from xml.etree.ElementTree import fromstring as parsed
from zipfile import ZipFile

from PIL import Image
from pypdf import PdfReader

from swipe.db import db
from swipe.media.adding import storage
from swipe.media.models import Picture

CELLS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REPORT = "/planner/areas/bolbro/report"


def pdf_of(planner: Any, query: str = "") -> PdfReader:
    """Return the PDF that a planner gets."""
    reply = planner.get(f"{REPORT}.pdf{query}")
    assert (reply.status_code, reply.mimetype) == (200, "application/pdf"), reply.get_data()[:500]
    return PdfReader(io.BytesIO(reply.get_data()))


def words_of_pages(reader: PdfReader) -> list[str]:
    """Return the words of each page with single plain spaces, without hyphens at line ends."""
    return [tidy(page.extract_text()) for page in reader.pages]


def tidy(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[\u00ad\u2010]\s*|(?<=\w)-\n", "", text)).strip()


def pdf_words(planner: Any, query: str = "") -> str:
    """Return all words of the PDF."""
    return " ".join(words_of_pages(pdf_of(planner, query)))


def tags_of(reader: PdfReader) -> list[tuple[str, str | None]]:
    """Return (tag, alternative text) of the whole structure, in its order."""
    return [(str(node["/S"]).lstrip("/"), node.get("/Alt")) for node in structure_of(reader)]


def structure_of(start: Any) -> list[Any]:
    """Return every element of a PDF's structure, or of one element's, in the order of reading."""
    whole = isinstance(start, PdfReader)
    return list(_elements(start.trailer["/Root"]["/StructTreeRoot"] if whole else start["/K"]))


def _elements(node: Any) -> Any:
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from _elements(one)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node["/K"])


def real_picture(picture: Picture, data: bytes) -> None:
    """Let a picture of the tests have bytes in the store."""
    name = storage().put(data, "jpg")
    variant = {"type": "image/jpeg", "width": 480, "height": 640, "name": name, "bytes": 9}
    db.session.get_one(Picture, picture.digest).variants = [variant]
    db.session.commit()


def sheets_of(data: bytes) -> dict[str, list[list[str | float | None]]]:
    """Return every sheet of a workbook by name, as rows of texts and numbers.

    A formula anywhere in it fails.
    """
    with ZipFile(io.BytesIO(data)) as book:
        assert not [name for name in book.namelist() if "calcChain" in name]
        texts = [
            "".join(part.itertext())
            for part in parsed(book.read("xl/sharedStrings.xml")).iter(f"{CELLS}si")
        ]
        names = [
            sheet.attrib["name"]
            for sheet in parsed(book.read("xl/workbook.xml")).iter(f"{CELLS}sheet")
        ]
        return {
            name: _rows(parsed(book.read(f"xl/worksheets/sheet{at}.xml")), texts)
            for at, name in enumerate(names, 1)
        }


def _rows(sheet: Element, texts: list[str]) -> list[list[str | float | None]]:
    assert not list(sheet.iter(f"{CELLS}f"))
    assert not list(sheet.iter(f"{CELLS}hyperlink"))
    found = []
    for row in sheet.iter(f"{CELLS}row"):
        cells: dict[str, str | float | None] = {}
        for cell in row.iter(f"{CELLS}c"):
            value = cell.find(f"{CELLS}v")
            column = re.sub(r"\d", "", cell.attrib["r"])
            if value is not None and value.text is not None:
                text = cell.attrib.get("t") == "s"
                cells[column] = texts[int(value.text)] if text else float(value.text)
        width = max((_place(column) for column in cells), default=0)
        by_place = {_place(column): value for column, value in cells.items()}
        found.append([by_place.get(at) for at in range(1, width + 1)])
    return found


def _place(column: str) -> int:
    place = 0
    for letter in column:
        place = 26 * place + ord(letter) - ord("A") + 1
    return place


def records(rows: list[list[str | float | None]]) -> list[dict[str, str | float | None]]:
    """Return the rows below the headings, by heading; a short row lacks its last cells."""
    headings = [str(heading) for heading in rows[0]]
    return [dict(zip_longest(headings, row)) for row in rows[1:]]


def jpeg() -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (48, 64), "#2d7d46").save(out, "JPEG")
    return out.getvalue()
