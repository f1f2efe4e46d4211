"""Clicking around: whatever a page shows to a role, that role may follow."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing.exceptions import RequestRedirect

from swipe.accounts.access import mark_of
from swipe.accounts.models import ROLES
from swipe.surveys.models import Survey
from tests.builders import make_area, make_staff, make_survey

Login = Callable[[str], FlaskClient]
ELSEWHERE = re.compile(r"(?:[a-z]+:|#|$)")


class Place(NamedTuple):
    """Somewhere a page leads to, by which method, and from where."""

    method: str
    path: str
    shown_on: str


class Reader(HTMLParser):
    """Collects the links and the forms of a page; pictures of the builders have no files."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.places = page, list[Place]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._note(given.get("method", "get").upper(), given.get("action", ""))
        elif tag == "button" and "formaction" in given:
            self._note(given.get("formmethod", "post").upper(), given["formaction"])
        elif tag in ("a", "link"):
            self._note("GET", given.get("href", "#"))
        elif tag == "script" and "src" in given:
            self._note("GET", given["src"])

    def _note(self, method: str, address: str) -> None:
        if not ELSEWHERE.match(address):
            parts = urlsplit(urljoin(self.page, address))
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            self.places.append(Place(method, path, self.page))


def places_on(page: str, text: str) -> list[Place]:
    reader = Reader(page)
    reader.feed(text)
    return reader.places


def crawl(client: FlaskClient, start: str) -> Iterator[tuple[Place, int]]:
    """Yield everything one comes to from a page, with the status of its answer.

    Forms that change something are yielded with status 0 and never sent.
    """
    waiting, seen = [Place("GET", start, "the address bar")], set[tuple[str, str]]()
    while waiting:
        place = waiting.pop()
        key = (place.method, without_page(place.path))
        if key in seen:
            continue
        seen.add(key)
        if place.method != "GET":
            yield place, 0
            continue
        reply = client.get(place.path, buffered=True)
        yield place, reply.status_code
        if reply.mimetype == "text/html" and reply.status_code == 200:
            waiting += places_on(place.path, reply.text)
        elif reply.location and not ELSEWHERE.match(reply.location):
            waiting.append(Place("GET", reply.location, place.path))


def without_page(path: str) -> str:
    """Return the address without what only sorts and filters, so that a crawl comes to an end."""
    return re.sub(r"([?&])(?:sort|state|person|kind|page)=[^&]*", r"\1", path)


def mark_behind(app: Flask, place: Place) -> str | None:
    """Return who may use what a form leads to; None when nothing answers there."""
    adapter = app.url_map.bind("localhost")
    try:
        endpoint, _values = adapter.match(urlsplit(place.path).path, place.method)
    except RequestRedirect:
        return "public"
    return mark_of(app.view_functions[endpoint])


@pytest.fixture(autouse=True)
def _statement(app: Flask) -> Iterator[None]:
    """Give the city an accessibility statement, which is a setting of every real one."""
    before = app.config["SWIPE"]
    app.config["SWIPE"] = replace(before, was_url="https://by.dk/was")
    yield
    app.config["SWIPE"] = before


@pytest.fixture
def city(app: Flask) -> list[Survey]:
    """Return surveys in every state and in two languages, beside an area without any."""
    make_staff(role="editor", name="Bodil")
    make_area(slug="tom", name="Tomby")
    made = [
        make_survey(area=f"omraade-{state}", state=state, cards=6, languages=["da", "en"])
        for state in ("draft", "coming", "open", "grace", "closed")
    ]
    return [*made, make_survey(area="omraade-ny", state="draft", cards=0)]


@pytest.mark.parametrize("role", ROLES)
def test_no_link_and_no_form_leads_where_the_role_may_not_go(
    app: Flask, login: Login, city: list[Survey], role: str
) -> None:
    client, followed, forms = login(role), 0, 0
    start = "/planner" if role == "planner" else "/admin"
    for place, status in crawl(client, start):
        if place.method == "GET":
            assert status in (200, 302, 304, 308), (status, place)
            followed += 1
        else:
            mark = mark_behind(app, place)
            assert mark is not None, place
            allowed = mark == "public" or ROLES.index(role) >= ROLES.index(mark)
            assert allowed, (mark, place)
            forms += 1
    assert followed > {"planner": 12, "editor": 30, "admin": 50}[role]
    assert forms > 0


def test_the_crawl_itself_finds_a_dead_link_and_a_form(client: FlaskClient) -> None:
    places = places_on(
        "/here/", '<a href="there?a=1&amp;b#c">x</a><form action="/f" method="post">'
    )
    assert places == [Place("GET", "/here/there?a=1&b", "/here/"), Place("POST", "/f", "/here/")]
    assert next(crawl(client, "/nowhere"))[1] == 404
