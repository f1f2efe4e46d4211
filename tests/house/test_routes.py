"""Every route says who may use it, and nothing unsafe goes without a token."""

from flask import Flask

from swipe.accounts.access import MARKS, mark_of


def test_every_route_carries_an_access_mark(whole_app: Flask) -> None:
    unmarked = [
        f"{rule.rule} ({rule.endpoint})"
        for rule in whole_app.url_map.iter_rules()
        if mark_of(whole_app.view_functions[rule.endpoint]) not in MARKS
    ]
    assert unmarked == []


def test_only_the_citizens_and_the_login_are_open_to_all(whole_app: Flask) -> None:
    public = {
        rule.rule
        for rule in whole_app.url_map.iter_rules()
        if mark_of(whole_app.view_functions[rule.endpoint]) == "public"
    }
    assert public == {
        "/",
        "/a/<area>",
        "/kiosk/<token>",
        "/screen/<area>",
        "/a/<area>/aftryk",
        "/privatliv",
        "/mine",
        "/sw.js",
        "/media/<name>",
        "/brand.css",
        "/brand/<name>",
        "/brand/icon.svg",
        "/login",
        "/session",
        "/session/end",
        "/healthz",
        "/readyz",
        "/was",
        "/api/openapi.json",
        "/api/docs",
        "/api/v1/areas",
        "/api/v1/areas/<area>/deck",
        "/api/v1/surveys/<uuid:survey_id>/deck",
        "/api/v1/surveys/<uuid:survey_id>/decisions",
        "/api/v1/areas/<area>/summary",
        "/api/v1/areas/<area>/summary.csv",
        "/api/v1/summary",
        "/api/v1/participations/<who>",
    }
