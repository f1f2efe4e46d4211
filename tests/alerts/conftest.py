"""What the tests of alerts share: an authority to trust, and settings with ways that are set up."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from alert_city import Settings, post_office
from certificates import Trust
from flask import Flask
from mail_servers import Letters, mail_server

from swipe.config import Config


@pytest.fixture(scope="session")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    return Trust(tmp_path_factory.mktemp("trust"))


@pytest.fixture
def trusted(trust: Trust, monkeypatch: pytest.MonkeyPatch) -> Trust:
    """Trust the tests' own authority, as an installation does with an authority of its own."""
    monkeypatch.setenv("SSL_CERT_FILE", str(trust.authority))
    return trust


@pytest.fixture
def settings(app: Flask) -> Iterator[Settings]:
    """Return a function that gives the app other settings until the test is over."""
    before: Config = app.config["SWIPE"]

    def given(**fields: Any) -> Config:
        changed = replace(app.config["SWIPE"], **fields)
        app.config["SWIPE"] = changed
        return changed

    yield given
    app.config["SWIPE"] = before


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
def office(settings: Settings, letters: Letters) -> Iterator[Letters]:
    """A mail server that takes every letter, and settings that name it."""
    with mail_server(letters) as port:
        settings(**post_office(port))
        yield letters
