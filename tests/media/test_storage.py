"""What every store promises: whole files under the digest of their bytes, in a folder or in S3."""

import hashlib
import os
import socket
import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import obstore
import pytest
from flask import Flask
from flask.testing import FlaskClient

from swipe.config import load
from swipe.errors import Busy, SetupError
from swipe.media.bucket import ANSWERS_WITHIN, READ_WITHIN, READERS, Bucket
from swipe.media.storage import UNFINISHED, Folder, Storage, is_whole
from tests.live import free_port
from tests.media.samples import encoded, photo
from tests.media.stores import KEYS, address

SOON = timedelta(seconds=5)


def now() -> datetime:
    return datetime.now(UTC)


def test_bytes_come_back_under_a_name_made_from_them(store: Storage) -> None:
    name = store.put(b"et billede", "jpg")
    assert name == hashlib.sha256(b"et billede").hexdigest()[:32] + ".jpg"
    assert store.get(name) == b"et billede"
    assert is_whole(name, store.get(name))
    assert not is_whole(name, b"et andet billede")


def test_an_opened_file_knows_its_size_and_its_day(store: Storage) -> None:
    found = store.open(store.put(b"x" * 70_000, "avif"))
    with found.file:
        assert found.file.read() == b"x" * 70_000
    assert found.size == 70_000
    assert abs(found.put_at - now()) < timedelta(minutes=1)


def test_the_same_bytes_lie_once(store: Storage) -> None:
    names = {store.put(b"to gange", "webp") for _ in range(2)}
    assert [file.name for file in store.files()] == list(names)


def test_many_writers_of_the_same_bytes_disturb_nobody(store: Storage) -> None:
    faults: list[Exception] = []

    def write() -> None:
        try:
            assert store.get(store.put(b"i kor" * 9000, "jpg")) == b"i kor" * 9000
        except Exception as error:
            faults.append(error)

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert faults == []
    assert len(list(store.files())) == 1


def test_a_list_names_every_file_with_its_size(store: Storage) -> None:
    names = {store.put(bytes([number]) * (number + 1), "jpg"): number + 1 for number in range(12)}
    assert {file.name: file.size for file in store.files()} == names


def test_what_is_not_there_is_missing_and_what_is_no_name_is_refused(store: Storage) -> None:
    for missing in ("0" * 32 + ".jpg", "0" * 64 + ".avif"):
        with pytest.raises(FileNotFoundError):
            store.get(missing)
        with pytest.raises(FileNotFoundError):
            store.open(missing)
    for bad in ("../x.jpg", "/etc/passwd", "a" * 32 + ".html", "a" * 33 + ".jpg", ""):
        with pytest.raises(ValueError):
            store.get(bad)
        with pytest.raises(ValueError):
            store.open(bad)
        with pytest.raises(ValueError):
            store.remove(bad, now())


def test_a_removed_file_is_gone_and_can_come_again(store: Storage) -> None:
    name = store.put(b"frem og tilbage", "jpg")
    assert store.remove(name, now() + SOON)
    assert list(store.files()) == []
    assert store.remove(name, now() + SOON)
    assert store.put(b"frem og tilbage", "jpg") == name
    assert store.get(name) == b"frem og tilbage"


def test_a_file_that_was_put_again_is_new_and_is_not_removed(store: Storage) -> None:
    name = store.put(b"i brug igen", "jpg")
    if isinstance(store, Folder):
        os.utime(store.path(name), (0, 0))
    store.put(b"i brug igen", "jpg")
    assert not store.remove(name, now() - timedelta(hours=1))
    assert store.get(name) == b"i brug igen"


def test_a_damaged_file_is_made_whole_by_the_same_bytes(store: Storage) -> None:
    name = store.put(b"det rigtige", "jpg")
    if isinstance(store, Folder):
        store.path(name).write_bytes(b"det forkerte")
    else:
        assert isinstance(store, Bucket)
        obstore.put(store.store, name, b"det forkerte")
    assert not is_whole(name, store.get(name))
    store.put(b"det rigtige", "jpg")
    assert is_whole(name, store.get(name))


def test_a_folder_keeps_its_old_long_names(tmp_path: Path) -> None:
    folder, name = Folder(tmp_path), hashlib.sha256(b"gammel").hexdigest() + ".jpg"
    folder.path(name).parent.mkdir()
    folder.path(name).write_bytes(b"gammel")
    assert folder.get(name) == b"gammel"
    assert is_whole(name, b"gammel")


def test_a_writer_that_fails_halfway_leaves_nothing(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_words: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(Busy, match="Billeder kan ikke gemmes lige nu"):
        Folder(tmp_path).put(b"intet", "jpg")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_a_killed_writer_left_is_passed_over_and_later_cleared(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    kept = folder.put(b"helt", "jpg")
    left = folder.path(kept).with_name(f"{UNFINISHED}x1")
    left.write_bytes(b"hal")
    assert [file.name for file in folder.files()] == [kept]
    assert folder.clear_unfinished(now() - timedelta(days=1)) == 0
    os.utime(left, (0, 0))
    assert folder.clear_unfinished(now() - timedelta(days=1)) == 1
    assert not left.exists()
    assert folder.get(kept) == b"helt"


@pytest.fixture
def in_bucket(app: Flask, store_port: int) -> Iterator[Bucket]:
    """The app with its pictures in a bucket."""
    bucket = Bucket(address(store_port, uuid.uuid4().hex))
    before = app.extensions.pop("picture-storage", None)
    app.extensions["picture-storage"] = bucket
    yield bucket
    app.extensions.pop("picture-storage")
    if before is not None:
        app.extensions["picture-storage"] = before


def test_a_picture_in_a_bucket_is_served_from_our_address(
    in_bucket: Bucket, client: FlaskClient
) -> None:
    name = in_bucket.put(encoded(photo(), "JPEG"), "jpg")
    reply = client.get(f"/media/{name}")
    assert reply.status_code == 200
    assert reply.data == in_bucket.get(name)
    assert int(reply.headers["Content-Length"]) == len(reply.data)
    assert "immutable" in reply.headers["Cache-Control"]
    assert "sandbox" in reply.headers["Content-Security-Policy"]
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/media/{'0' * 32}.jpg").status_code == 404


@pytest.mark.parametrize("folder", ["", "swipe", "by/odense/billeder"])
def test_a_bucket_may_be_shared_with_others(store_port: int, folder: str) -> None:
    mine = Bucket(address(store_port, folder))
    name = mine.put(uuid.uuid4().bytes, "jpg")
    assert name in [file.name for file in mine.files()]
    assert Bucket(address(store_port, "another")).store != mine.store
    assert name not in [file.name for file in Bucket(address(store_port, "another")).files()]
    mine.remove(name, now() + SOON)


def test_a_store_that_does_not_answer_is_busy_and_not_broken(
    app: Flask, client: FlaskClient, store_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = Bucket(address(free_port(), "x"))
    monkeypatch.setitem(app.extensions, "picture-storage", silent)
    reply = client.get(f"/media/{'0' * 32}.jpg")
    assert reply.status_code == 503
    assert "Retry-After" in reply.headers
    assert "Lageret for billeder svarer ikke" in reply.text
    with pytest.raises(Busy):
        silent.put(b"x", "jpg")
    with pytest.raises(Busy):
        list(silent.files())


def test_a_store_that_hangs_holds_no_more_than_a_handful_of_readers(store_port: int) -> None:
    bucket = Bucket(address(store_port, "x"))
    for _one in range(READERS):
        assert bucket.readers.acquire(blocking=False)
    with pytest.raises(Busy):
        bucket.open(f"{'0' * 32}.jpg")
    bucket.readers.release()
    with pytest.raises(FileNotFoundError):
        bucket.open(f"{'0' * 32}.jpg")
    with pytest.raises(FileNotFoundError):  # its place is free again
        bucket.open(f"{'0' * 32}.jpg")


def test_a_reader_gives_up_on_a_store_that_hangs_and_does_not_ask_again(
    app: Flask, client: FlaskClient, store_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as hanging:
        hanging.settimeout(0.1)
        silent = Bucket(address(hanging.getsockname()[1], "x"))
        monkeypatch.setitem(app.extensions, "picture-storage", silent)
        assert client.get(f"/media/{'0' * 32}.jpg").status_code == 503
        asked = [hanging.accept()[0]]
        with pytest.raises(TimeoutError):
            asked.append(hanging.accept()[0])
        asked[0].close()
    assert READ_WITHIN < timedelta(seconds=4) < ANSWERS_WITHIN < timedelta(seconds=10)


def test_a_bucket_that_is_not_there_is_told_as_a_fault_of_the_store(
    app: Flask, store_port: int
) -> None:
    nowhere = Bucket(f"s3://ukendt?endpoint=http://127.0.0.1:{store_port}")
    with pytest.raises(Busy):
        nowhere.put(b"x", "jpg")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://store.example/pictures", "must begin with s3://"),
        ("s3://", "must begin with s3://"),
        ("s3://key:secret@bucket", "must begin with s3://"),
        ("s3://bucket?zone=x", "nothing else"),
        ("s3://bucket?endpoint=store.example", "nothing else"),
        ("s3://bucket?endpoint", "is no address"),
        ("s3://[bucket", "is no address"),
    ],
)
def test_a_wrong_address_of_a_store_is_one_sentence_at_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, said: str
) -> None:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SWIPE_MEDIA_URL", url)
    with pytest.raises(SetupError, match=said):
        load(tmp_path)


def test_a_store_without_its_key_is_one_sentence_at_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SWIPE_MEDIA_URL", "s3://bucket/pictures?region=eu-north-1")
    for name in KEYS:
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SetupError, match="AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"):
        load(tmp_path)
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    assert load(tmp_path).media_url == "s3://bucket/pictures?region=eu-north-1"
