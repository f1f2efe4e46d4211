"""The stores that pictures may lie in, each with the same tests."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from swipe.media.bucket import Bucket
from swipe.media.storage import Folder, Storage
from tests.media.stores import KEYS, address, running_store


@pytest.fixture(scope="session")
def store_port() -> Iterator[int]:
    """Return the port of a real S3 server, one for the run."""
    before = {name: os.environ.get(name) for name in KEYS}
    os.environ.update(KEYS)
    with running_store() as port:
        yield port
    for name, value in before.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """A store with nothing in it."""
    if request.param == "folder":
        return Folder(tmp_path / "pictures")
    port = request.getfixturevalue("store_port")
    return Bucket(address(port, uuid.uuid4().hex))
