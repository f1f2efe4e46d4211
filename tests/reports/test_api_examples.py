"""The examples of the API are run as people would run them: copied from the page of a real city."""

import html
import json
import re
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest
from planner_pages import told_whole
from planner_snapshots import residents, told
from whole_document import THEMES

from swipe.insight.canonical import canonical
from tests.builders import make_area, make_survey

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = re.compile(
    r'<pre class="example".*?aria-labelledby="example-(\w+)"><code>(.*?)</code>', re.S
)


def examples(page):
    """Return the examples of the page by their language."""
    return {name: html.unescape(text) for name, text in EXAMPLE.findall(page)}


@pytest.fixture
def copied(app, port):
    """Return the examples that the running city shows, about a survey with figures."""
    make_area(slug="aaby", name="Åby")
    document = told_whole(make_survey())
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/api/docs")
    page = connection.getresponse().read().decode()
    connection.close()
    return document, examples(page), f"http://127.0.0.1:{port}"


def test_the_python_example_reads_every_area_and_finds_each_document_whole(copied, tmp_path):
    document, found, base = copied
    assert f'BASE = "{base}"' in found["python"]
    file = tmp_path / "read.py"
    file.write_text(found["python"], encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-I", str(file)], capture_output=True, text=True, check=True, timeout=60
    )
    lines = ended.stdout.splitlines()
    for theme in document["themes"]:
        row = " ".join(str(theme[name]) for name in ("theme", "share", "low", "high"))
        assert f"Bolbro {row}" in lines
    assert "Bolbro is unchanged" in lines
    assert "Åby shows nothing yet: no-survey" in lines


def test_the_python_example_tells_a_document_that_was_changed(copied):
    document, found, _base = copied
    scope = {}
    head = found["python"].partition("\nfor area in")[0]
    exec(compile(head, "example", "exec"), scope)
    for one in (document, told(make_survey(area="vest"), 45, residents(100))):
        sent = json.loads(canonical(one))
        assert scope["is_whole"](sent)
        assert not scope["is_whole"]({**sent, "participants": 5})


def test_the_curl_example_fetches_all_and_hears_that_nothing_is_new(copied, tmp_path):
    document, found, _base = copied
    slug = re.search(r"areas/([\w-]+)/summary", found["curl"])[1]
    commands = found["curl"].replace(f"areas/{slug}/", "areas/bolbro/")
    ended = subprocess.run(
        ["sh", "-eu", "-c", commands],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        timeout=60,
    )
    assert '"slug":"bolbro"' in ended.stdout
    assert ended.stdout.endswith("304\n")
    assert document["snapshot"]["digest"] in (tmp_path / f"{slug}.json").read_text("utf-8")
    table = (tmp_path / f"{slug}.csv").read_text("utf-8-sig")
    assert table.startswith("del,id,navn")
    assert all(f"tema,{theme}" in table for theme in THEMES)


def test_the_written_examples_are_those_of_the_page(client, app):
    make_area()
    page = client.get("/api/docs", base_url="http://127.0.0.1:8000").get_data(as_text=True)
    written = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    found = examples(page)
    assert set(found) == {"curl", "python", "r"}
    for text in found.values():
        assert f"```\n{text.rstrip()}\n```" in written


def test_every_address_that_the_documents_name_is_one_of_the_api(client):
    paths = client.get("/api/openapi.json").get_json()["paths"]
    written = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(/api/v1/[\w./-]+)`", written))
    known = {re.sub(r"\{area\}", "bolbro", path) for path in paths}
    assert named <= known
    assert "/api/v1/areas/bolbro/summary.csv" in named


def test_the_page_of_the_api_says_which_licence_there_is(client, app):
    words = client.get("/api/docs").get_data(as_text=True)
    assert "Spørg Odense Kommune, før du udgiver tallene et andet sted." in words
