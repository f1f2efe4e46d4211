"""What the program writes can be read by its own user alone."""

import os
import stat
from pathlib import Path

import pytest

from swipe import create_app, serving
from swipe.media.storage import Folder


@pytest.fixture(autouse=True)
def _open_umask(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.delenv("SWIPE_DATABASE_URL", raising=False)
    monkeypatch.setenv("SWIPE_SECRET_KEY", "x" * 40)
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_data_folder_and_its_database_are_the_owners_alone(tmp_path: Path) -> None:
    create_app(tmp_path / "city")
    assert mode(tmp_path / "city") == 0o700
    assert mode(tmp_path / "city" / "swipe.sqlite3") == 0o600


def test_the_folder_made_for_the_key_is_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SWIPE_SECRET_KEY")
    create_app(tmp_path / "city")
    assert mode(tmp_path / "city") == 0o700


def test_a_folder_that_stood_there_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "city").mkdir(mode=0o755)
    create_app(tmp_path / "city")
    assert mode(tmp_path / "city") == 0o755


def test_pictures_make_no_open_folder(tmp_path: Path) -> None:
    store = Folder(tmp_path / "city" / "pictures")
    name = store.put(b"picture", "jpg")
    assert mode(tmp_path / "city") == mode(store.root) == mode(store.path(name).parent) == 0o700
    assert mode(store.path(name)) == 0o600


def test_both_children_write_for_their_own_user_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    masks: list[int] = []
    monkeypatch.setattr(
        serving.subprocess, "Popen", lambda *_words, **options: masks.append(options["umask"])
    )
    serving.Pair(tmp_path, "127.0.0.1", 1)
    assert masks == [0o077, 0o077]
