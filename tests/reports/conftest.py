"""Who reads the planner's pages in these tests."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient


@pytest.fixture
def planner(login: Callable[[str], FlaskClient]) -> FlaskClient:
    """Return a client that is logged in as a planner."""
    return login("planner")
