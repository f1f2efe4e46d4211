"""However many areas there are, a page of the desk asks the database a fixed number of times."""

from collections.abc import Callable

import pytest
from asked_queries import noted
from flask import Flask
from flask.testing import FlaskClient
from planner_city import area_of, counted_city

PAGES = (
    "/planner/map",
    "/planner/map?show=first",
    "/planner/map?theme=byliv",
    "/planner/alerts",
    "/planner/areas/area-0",
    "/planner/areas/area-0/export.csv",
    "/screen/area-0",
    "/admin/areas",
)


@pytest.mark.parametrize("page", PAGES)
def test_more_areas_are_read_with_as_many_queries(
    app: Flask, login: Callable[[str], FlaskClient], page: str
) -> None:
    client = login("admin")
    for number in range(3):
        area_of(f"area-{number}")
    counted_city()
    client.get(page)  # what is remembered from the first time on
    with noted() as few:
        assert client.get(page).status_code == 200
    for number in range(3, 9):
        area_of(f"area-{number}")
    with noted() as many:
        assert client.get(page).status_code == 200
    assert len(many) == len(few)
