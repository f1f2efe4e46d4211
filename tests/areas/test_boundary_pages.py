"""Boundaries by the administrator's page and by the command: first shown, then stored."""

import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from swipe import BODY_LIMITS
from swipe.accounts.audit import AuditEvent
from swipe.areas import geojson
from swipe.areas.models import boundaries_by_area
from swipe.areas.sheets import read_header
from swipe.cli import swipe as command
from swipe.db import db, glance
from tests.builders import make_area

Login = Callable[[str], FlaskClient]
IMPORT = "/admin/areas/boundaries/import"
ROOT = Path(__file__).resolve().parents[2]


def square(area: str, west: float = 10.0) -> dict[str, Any]:
    east, south, north = west + 0.1, 55.0, 55.1
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"name": area}, "geometry": shape}


def file_of(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def send(client: FlaskClient, data: bytes) -> Any:
    return client.post(IMPORT, data={"file": (io.BytesIO(data), "grænser.geojson")})


def hidden(page: str) -> dict[str, str]:
    """Return what the form of a dry run carries."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found if name != "csrf_token"}


def stored() -> dict[str, dict[str, Any]]:
    with glance():
        return boundaries_by_area()


def acts() -> list[str]:
    with glance():
        return list(db.session.scalars(select(AuditEvent.action)))


@pytest.fixture
def admin(login: Login) -> FlaskClient:
    make_area(slug="bolbro", name="Bolbro")
    make_area(slug="lumby", name="Lumby")
    return login("admin")


def test_a_file_is_drawn_before_it_changes_anything(admin: FlaskClient) -> None:
    reply = send(admin, file_of(square("Bolbro"), square("Vollsmose", 10.1)))
    assert reply.status_code == 200
    assert "Intet er ændret endnu" in reply.text
    assert "Vollsmose" in reply.text
    assert "Lumby" in reply.text  # still without a boundary
    assert reply.text.count("<title>Bolbro</title>") == 1
    assert stored() == {}


def test_what_was_drawn_is_stored_and_written_down(admin: FlaskClient) -> None:
    page = send(admin, file_of(square("Bolbro"), square("Lumby", 10.1))).text
    reply = admin.post(IMPORT, data=hidden(page))
    assert (reply.status_code, reply.location) == (303, "/admin/areas")
    assert stored().keys() == {"bolbro", "lumby"}
    assert acts() == ["boundaries.imported"]
    listed = admin.get("/admin/areas").text
    assert "2 nye, 0 ændrede, 0 som før" in listed
    assert "2 områder har en grænse" in listed
    assert "læste områdernes grænser ind" in admin.get("/admin/audit").text


def test_the_same_file_again_is_as_before(admin: FlaskClient) -> None:
    data = file_of(square("Bolbro"), square("Lumby", 10.1))
    admin.post(IMPORT, data=hidden(send(admin, data).text))
    before = stored()
    page = send(admin, data).text
    assert re.search(r"Som før</th><td class=\"figure\">2<", page)
    admin.post(IMPORT, data=hidden(page))
    assert stored() == before


def test_a_file_that_cannot_be_used_leads_back_with_a_sentence(
    admin: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geojson, "LIMIT", 2000)
    for data in (b"navn;x", file_of(square("Vollsmose")), b" " * (geojson.LIMIT + 1)):
        reply = send(admin, data)
        assert (reply.status_code, reply.location) == (303, "/admin/areas")
        assert 'role="alert"' in admin.get("/admin/areas").text
    assert admin.post(IMPORT).location == "/admin/areas"
    assert "Vælg en fil først." in admin.get("/admin/areas").text


def test_a_large_file_reaches_the_sentence_that_refuses_it() -> None:
    assert BODY_LIMITS["areas_admin.boundaries.put"] > geojson.LIMIT


@pytest.mark.parametrize("text", ["", "x", "Sq2@", "\ud7ff"])
def test_what_did_not_come_from_a_dry_run_is_refused(admin: FlaskClient, text: str) -> None:
    admin.post(IMPORT, data={"step": "import", "text": text, "given": "bolbro"})
    assert "Grænserne kunne ikke læses. Vælg filen igen." in admin.get("/admin/areas").text
    assert stored() == {}


def test_two_who_import_at_once_never_mix_two_grids(admin: FlaskClient) -> None:
    first = hidden(send(admin, file_of(square("Bolbro"))).text)
    other = hidden(send(admin, file_of(square("Lumby", 12.0))).text)
    admin.post(IMPORT, data=first)
    admin.post(IMPORT, data=other)
    assert "Områderne er ændret imens. Vælg filen igen." in admin.get("/admin/areas").text
    assert stored().keys() == {"bolbro"}


def test_an_area_that_was_removed_meanwhile_is_said(admin: FlaskClient) -> None:
    page = send(admin, file_of(square("Bolbro"), square("Lumby", 10.1))).text
    admin.post("/admin/areas/lumby/removal")
    admin.post(IMPORT, data=hidden(page))
    assert "Områderne er ændret imens" in admin.get("/admin/areas").text
    assert stored() == {}


def test_all_boundaries_can_be_removed(admin: FlaskClient) -> None:
    admin.post(IMPORT, data=hidden(send(admin, file_of(square("Bolbro"))).text))
    admin.post("/admin/areas/boundaries/removal")
    assert stored() == {}
    assert acts() == ["boundaries.imported", "boundaries.removed"]
    assert "Grænsen er slettet for 1 område." in admin.get("/admin/areas").text


def test_only_administrators_may(login: Login) -> None:
    for role in ("planner", "editor"):
        assert send(login(role), file_of(square("Bolbro"))).status_code == 403


def test_an_area_keeps_its_boundary_when_it_gets_another_name(admin: FlaskClient) -> None:
    admin.post(IMPORT, data=hidden(send(admin, file_of(square("Bolbro"))).text))
    admin.post("/admin/areas/bolbro", data={"name": "Bolbro Nord"})
    assert stored().keys() == {"bolbro"}


def test_names_are_shown_as_text(admin: FlaskClient) -> None:
    odd = "<script>alert(1)</script>"
    page = send(admin, file_of(square("Bolbro"), square(odd, 10.1))).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def run(*words: str, data: Path) -> Any:
    return CliRunner().invoke(command, [*words, "--data", str(data)])


def test_the_command_says_what_it_would_do_and_then_does_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SWIPE_DATABASE_URL", raising=False)
    city, file, areas = tmp_path / "city", tmp_path / "b.geojson", tmp_path / "areas.csv"
    assert run("migrate", data=city).exit_code == 0
    areas.write_text("slug,name\nbolbro,Bolbro\nlumby,Lumby\n")
    run("areas", "import", str(areas), data=city)
    file.write_bytes(file_of(square("Bolbro"), square("Bolbro", 10.2), square("Vollsmose")))
    for _ in range(2):
        said = run("boundaries", "import", str(file), "--dry-run", data=city).output
        assert said.startswith("Would import: 1 new, 0 changed, 0 as before.")
    assert "No area has this name: Vollsmose" in said
    assert "joined: bolbro" in said
    assert "Still without a border: lumby" in said
    assert run("boundaries", "import", str(file), data=city).output.startswith("Imported: 1 new")
    again = run("boundaries", "import", str(file), data=city).output
    assert again.startswith("Imported: 0 new, 0 changed, 1 as before.")
    file.write_text("navn")
    refused = run("boundaries", "import", str(file), data=city)
    assert refused.exit_code == 1
    assert "ikke GeoJSON" in refused.output


def test_the_seeds_have_a_made_up_boundary_for_every_area(app: Flask) -> None:
    data = (ROOT / "seeds" / "boundaries.geojson").read_bytes()
    rows = (ROOT / "seeds" / "areas.csv").read_text(encoding="utf-8").splitlines()
    assert read_header(rows[0]) == ["slug", "name"]
    slugs = {row.split(",")[0] for row in rows[1:]}
    features = json.loads(data)["features"]
    assert {one["properties"]["area"] for one in features} == slugs
    assert all("Opdigtede" in one["properties"]["source"] for one in features)
    assert len(data) < 40_000


def test_an_area_far_from_the_others_is_named_before_anything_is_stored(admin: FlaskClient) -> None:
    make_area(slug="naesby", name="Næsby")
    squares = (square("Bolbro"), square("Lumby", 10.1), square("Næsby", 55.0))
    page = send(admin, file_of(*squares)).text
    assert "1 lokalområde ligger langt fra de andre i filen. Det kommer ikke med" in page
    assert page.count("<title>") == 3  # the page's own and two areas
    admin.post(IMPORT, data=hidden(page))
    assert stored().keys() == {"bolbro", "lumby"}
