"""Every address against every role."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from swipe.accounts.access import mark_of
from swipe.accounts.models import ROLES

UNKNOWN = "00000000-0000-4000-8000-000000000000"


def addresses(app: Flask) -> list[tuple[str, str, str]]:
    """Return (mark, method, path) of everything that is not public."""
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            mark = mark_of(app.view_functions[rule.endpoint])
            if mark == "public" or mark is None:
                continue
            values = {name: UNKNOWN if "id" in name else "nowhere" for name in rule.arguments}
            path = app.url_map.bind("localhost").build(rule.endpoint, values)
            methods = (rule.methods or set()) & {"GET", "POST"}
            found += [(mark, method, path) for method in sorted(methods)]
    return found


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_in_exactly_where_its_mark_says(
    app: Flask, login: Callable[[str], FlaskClient], role: str
) -> None:
    client, all_of_them = login(role), addresses(app)
    assert len(all_of_them) > 20
    for mark, method, path in all_of_them:
        allowed = ROLES.index(role) >= ROLES.index(mark)
        status = client.open(path, method=method).status_code
        assert (status != 403) == allowed, (role, method, path, status)


def test_who_is_not_logged_in_gets_in_nowhere(app: Flask, client: FlaskClient) -> None:
    for _mark, method, path in addresses(app):
        reply = client.open(path, method=method)
        stopped = 302 if method == "GET" else 401
        assert reply.status_code == stopped, (method, path)
