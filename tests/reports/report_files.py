"""The files of a report as their readers find them: words, and what a screen reader is told."""

import io
import re
from typing import Any

from pypdf import PdfReader

from swipe.db import db
from swipe.media.adding import storage
from swipe.media.models import Picture

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
    return list(_tags(reader.trailer["/Root"]["/StructTreeRoot"]))


def _tags(node: Any) -> Any:
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from _tags(one)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"]).lstrip("/"), node.get("/Alt")
        if "/K" in node:
            yield from _tags(node["/K"])


def real_picture(picture: Picture, data: bytes) -> None:
    """Let a picture of the tests have bytes in the store."""
    name = storage().put(data, "jpg")
    variant = {"type": "image/jpeg", "width": 480, "height": 640, "name": name, "bytes": 9}
    db.session.get_one(Picture, picture.digest).variants = [variant]
    db.session.commit()
