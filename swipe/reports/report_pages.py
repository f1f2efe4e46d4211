"""One area's report to hand on: as a PDF, as a text to edit, and its figures as a workbook."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from itertools import chain

from flask import Blueprint, Response, current_app, request

from swipe.accounts.access import access
from swipe.db import only_read
from swipe.reports import tongue
from swipe.reports.asking import asked
from swipe.reports.csv_city import beside_city
from swipe.reports.csv_export import table_of
from swipe.reports.csv_file import place_of
from swipe.reports.csv_words import worded
from swipe.reports.export_pages import as_file
from swipe.reports.report import content, gathering, letter, printing, workbook
from swipe.reports.report.keeping import kept, made_by, name_of
from swipe.reports.report.shape import Dress, Report

bp = Blueprint("report", __name__, url_prefix="/planner/areas/<slug>")
Make = Callable[[Report, Dress, Mapping[str, bytes]], bytes]
PDF = "application/pdf"
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = f"{_OFFICE}.wordprocessingml.document"
XLSX = f"{_OFFICE}.spreadsheetml.sheet"


@bp.get("/report.pdf")
@access("planner")
def as_pdf(slug: str) -> Response:
    """Hand over an area's report, with `?lang=en` in English."""
    return _report(slug, "pdf", PDF, printing.pdf)


@bp.get("/report.docx")
@access("planner")
def as_docx(slug: str) -> Response:
    """Hand over the same report as a text to edit."""
    return _report(slug, "docx", DOCX, letter.docx)


@bp.get("/export.xlsx")
@access("planner")
def as_xlsx(slug: str) -> Response:
    """Hand over the figures as a workbook: a sheet for each table."""
    found = asked(slug, request.args.get("survey"))
    language = tongue.known(request.args.get("lang"))
    document = found.told_or_why
    with tongue.speaking(language):
        material = gathering.material(found, place_of(found), language)
        report = content.report(material)
        titles = {card: face.title for card, face in found.faces.items()}
        rows = table_of(found.whole or document, material.names, titles, material.place)
        rows = chain(rows, beside_city(found, material.names))
        data = workbook.workbook(report, map(worded, rows))
    return as_file(Response(data, mimetype=XLSX), document, tongue.ending("xlsx", language))


def _report(slug: str, kind: str, mimetype: str, make: Make) -> Response:
    found = asked(slug, request.args.get("survey"))
    language = tongue.known(request.args.get("lang"))
    document = found.told_or_why
    with tongue.speaking(language):
        report = content.report(gathering.material(found, place_of(found), language))
        dress = gathering.dress()
        only_read()  # making it takes a while, and nobody must wait for it
        data = _kept(report, dress, kind, make)
    return as_file(Response(data, mimetype=mimetype), document, tongue.ending(kind, language))


def _kept(report: Report, dress: Dress, kind: str, make: Make) -> bytes:
    pictures = gathering.pictures(report)
    name = name_of(_parts(report, dress, pictures), kind)
    folder = current_app.config["SWIPE"].data / "reports"
    return kept(folder, name, lambda: make(report, dress, pictures))


def _parts(report: Report, dress: Dress, pictures: Mapping[str, bytes]) -> Iterator[bytes]:
    """Yield everything that the look of a report depends on."""
    yield made_by()
    yield json.dumps(asdict(report)).encode()
    yield f"{dress.accent} {dress.plate}".encode()
    yield dress.logo or b""
    yield " ".join(pictures).encode()  # their addresses, which are digests, stand in the report
