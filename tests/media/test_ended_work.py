"""Work on a picture that is ended from outside says nothing about the picture."""

import errno
import os
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from swipe import work
from swipe.db import db, glance
from swipe.errors import Busy, Invalid
from swipe.media import adding, decoding, encoding
from swipe.media.encoding import Interrupted, encode
from swipe.media.models import Picture
from swipe.media.storage import Folder
from tests.builders import make_picture
from tests.media.samples import encoded, photo


def child_that(folder: Path, does: str) -> str:
    """Write a child of our own; return where it lies."""
    path = folder / "child.py"
    path.write_text(f"import os, signal, sys, time\nsys.stdin.buffer.read()\n{does}\n")
    return str(path)


@pytest.fixture
def as_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let something else be started in the place of decoder and encoder."""

    def put(does: str) -> None:
        for module in (decoding, encoding):
            monkeypatch.setattr(module, "_CHILD", child_that(tmp_path, does))

    return put


def killing(name: str) -> str:
    return f"os.kill(os.getpid(), signal.{name})\ntime.sleep(9)"


def state_of(digest: str) -> str:
    db.session.rollback()
    with glance():
        return db.session.get_one(Picture, digest).state


ENDS = [killing("SIGKILL"), killing("SIGTERM"), killing("SIGINT"), "raise KeyboardInterrupt"]


@pytest.mark.parametrize("does", ENDS)
def test_an_encoder_ended_from_outside_leaves_the_picture_waiting(
    app: Flask, as_child: Callable[[str], None], does: str
) -> None:
    digest, tries = adding.keep(600, 800, encoded(photo(), "JPEG")).digest, Counter[str]()
    db.session.commit()
    as_child(does)
    for _turn in range(work.TRIES - 1):
        assert work.make_pictures(lambda: True, tries) == 0
        assert state_of(digest) == "pending"
    assert work.make_pictures(lambda: True, tries) == 1
    assert (state_of(digest), tries) == ("failed", Counter())


def test_an_encoder_that_takes_too_long_is_ended_and_tried_again(
    app: Flask, as_child: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    as_child("time.sleep(60)")
    monkeypatch.setattr(encoding, "SECONDS", 0.2)
    with pytest.raises(Interrupted):
        encode(b"", (50, 50))


def test_what_is_at_work_is_ended_soon_after_the_stop(
    app: Flask, as_child: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    digest, tries = adding.keep(600, 800, encoded(photo(), "JPEG")).digest, Counter[str]()
    db.session.commit()
    as_child("time.sleep(600)")
    monkeypatch.setattr(work, "RENEW_SECONDS", 0.1)
    monkeypatch.setattr(work, "END_WITHIN", 0.1)
    answers = iter([True])
    assert work.make_pictures(lambda: next(answers, False), tries) == 0
    assert (state_of(digest), +tries) == ("pending", Counter())


def test_no_file_is_stored_once_the_time_is_up(app: Flask) -> None:
    stop = threading.Event()
    stop.set()
    picture = adding.keep(600, 800, encoded(photo(), "JPEG"))
    with pytest.raises(Interrupted):
        adding.encoded(picture.master, stop=stop)


@pytest.mark.parametrize("start", ["decode", "encode"])
def test_the_children_belong_to_no_group_of_ours(
    app: Flask, as_child: Callable[[str], None], tmp_path: Path, start: str
) -> None:
    """A Ctrl-C at the terminal reaches every process of the group."""
    note = tmp_path / "group"
    as_child(f"open({str(note)!r}, 'w').write(str(os.getsid(0)))\nsys.exit(3)")
    if start == "decode":
        with app.test_request_context(), pytest.raises(Invalid):
            decoding.decode(b"x")
    else:
        with pytest.raises(ValueError, match="ended with 3"):
            encode(b"x", (50, 50))
    assert int(note.read_text()) != os.getsid(0)


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("SIGKILL", Busy, "Prøv igen"),
        ("SIGTERM", Busy, "Prøv igen"),
        ("SIGINT", Busy, "Prøv igen"),
        ("SIGXCPU", Invalid, "for tungt"),
    ],
)
def test_only_a_limit_says_that_a_picture_is_too_heavy(
    app: Flask, as_child: Callable[[str], None], name: str, kind: type[Exception], said: str
) -> None:
    as_child(killing(name))
    with app.test_request_context(), pytest.raises(kind, match=said):
        decoding.decode(b"x")


def test_the_limit_of_processor_time_says_its_name(
    app: Flask, as_child: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    from_pixels = Path(decoding.__file__).parent
    as_child(
        f"sys.path.insert(0, {str(from_pixels)!r})\nimport pixels\npixels._end_after(1)\n"
        "while True: pass"
    )
    with app.test_request_context(), pytest.raises(Invalid, match="for tungt"):
        decoding.decode(b"x")


def test_a_machine_that_is_too_busy_is_not_the_fault_of_a_picture(
    app: Flask, as_child: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    as_child("time.sleep(60)")
    monkeypatch.setattr(decoding, "PATIENCE", 0.2)
    with app.test_request_context(), pytest.raises(Busy, match="Prøv igen"):
        decoding.decode(b"x")


def test_the_first_silence_of_the_store_ends_the_turn(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def silent(*words: object) -> None:
        asked.append(words)
        time.sleep(0.05)
        raise Busy("Lageret svarer ikke.")

    for _one in range(6):
        make_picture(state="pending")
    monkeypatch.setattr(work, "encoded", silent)
    assert work.make_pictures(lambda: True) == 0
    assert len(asked) <= work.AT_ONCE + 1


def test_snapshots_come_before_pictures(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    make_picture(state="pending")
    monkeypatch.setattr(work, "take_due", lambda *_words: done.append("snapshots"))
    monkeypatch.setattr(work, "make_pictures", lambda *_words: done.append("pictures"))
    db.session.rollback()
    work.turn(app, work.Keeper("work"))
    assert done == ["snapshots", "pictures"]


@pytest.mark.parametrize("number", ["ENOSPC", "EDQUOT", "EIO", "EROFS"])
def test_a_disk_that_is_full_fails_no_picture(
    app: Flask, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    digest = adding.keep(600, 800, encoded(photo(seed=ord(number[1])), "JPEG")).digest
    db.session.commit()
    with monkeypatch.context() as full:
        full.setattr("swipe.media.storage._write", refusing(number))
        with app.test_request_context(), pytest.raises(Busy, match="kan ikke gemmes lige nu"):
            Folder(app.config["SWIPE"].data / "elsewhere").put(b"x", "jpg")
        assert work.make_pictures(lambda: True) == 0
        assert state_of(digest) == "pending"
    assert work.make_pictures(lambda: True) == 1
    assert state_of(digest) == "ready"


def refusing(name: str) -> Callable[[Path, bytes], None]:
    def refuse(_target: Path, _data: bytes) -> None:
        raise OSError(getattr(errno, name), name)

    return refuse
