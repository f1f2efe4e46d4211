"""Pictures are made by the worker, and a worker that is killed in the middle costs nothing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from swipe import work
from swipe.db import db, glance
from swipe.errors import Busy
from swipe.media import adding, sweeping
from swipe.media.models import Picture
from tests.builders import make_picture, make_survey
from tests.live import run_worker_until
from tests.media.samples import encoded, photo


def add(count: int) -> list[str]:
    digests = []
    for seed in range(count):
        picture = photo((750, 1000), seed=seed + 100, grain=0.1)
        digests.append(adding.keep(750, 1000, encoded(picture, "JPEG")).digest)
    db.session.commit()
    return digests


def in_state(state: str) -> int:
    with glance():
        found = select(func.count()).select_from(Picture).where(Picture.state == state)
        return int(db.session.scalar(found) or 0)


def killed_after(count: int, data: Path) -> None:
    """Run the real worker, and kill it without warning when so many pictures are ready."""
    environment = {**os.environ, "SWIPE_DATA": str(data)}
    worker = subprocess.Popen([sys.executable, "-m", "swipe.cli", "work"], env=environment)
    end = time.monotonic() + 90
    while in_state("ready") < count:
        assert time.monotonic() < end
        assert worker.poll() is None
        time.sleep(0.05)
    worker.send_signal(signal.SIGKILL)
    worker.wait()


def test_a_worker_killed_in_the_middle_is_followed_by_one_that_goes_on(app: Flask) -> None:
    data, digests = app.config["SWIPE"].data, add(5)
    killed_after(1, data)
    done = in_state("ready")
    assert 1 <= done < 5
    run_worker_until(data, lambda: in_state("ready") == 5)
    with glance():
        pictures = [db.session.get_one(Picture, digest) for digest in digests]
    names = [variant["name"] for picture in pictures for variant in picture.variants]
    assert len(names) == len(set(names))
    assert all(len(picture.variants) >= 6 and picture.looks for picture in pictures)
    for name in names:
        assert adding.storage().open(name).file.close() is None
    ours = {f"{digest}.whole" for digest in digests} | set(names)
    lying = {file.name for file in adding.storage().files()}
    assert ours <= lying
    assert set(sweeping.named_files()) == ours


def test_one_picture_that_cannot_be_made_does_not_keep_the_others_waiting(app: Flask) -> None:
    broken = adding.keep(600, 800, b"no picture at all").digest
    whole = add(1)[0]
    assert work.make_pictures(lambda: True) == 2
    states = {digest: db.session.get_one(Picture, digest).state for digest in (broken, whole)}
    assert states == {broken: "failed", whole: "ready"}


def test_a_lost_lease_ends_the_work_and_leaves_the_rest_waiting(app: Flask) -> None:
    for _one in range(4):
        make_picture(state="pending")
    assert work.make_pictures(lambda: False) == 0
    assert in_state("pending") == 4


def test_a_store_that_does_not_answer_fails_no_picture(app: Flask, monkeypatch: object) -> None:
    def silent(*_words: object) -> None:
        raise Busy("Lageret svarer ikke.")

    make_picture(state="pending")
    monkeypatch.setattr(work, "encoded", silent)  # type: ignore[attr-defined]
    assert work.make_pictures(lambda: True) == 0
    assert in_state("pending") == 1


def test_a_turn_takes_a_handful_so_that_snapshots_are_not_kept_waiting(
    app: Flask, monkeypatch: object
) -> None:
    for _one in range(work.PICTURES_A_TURN + 3):
        make_picture(state="pending")
    monkeypatch.setattr(work, "encoded", lambda *_words: None)  # type: ignore[attr-defined]
    assert work.make_pictures(lambda: True) == work.PICTURES_A_TURN
    assert in_state("pending") == 3


def test_each_focus_of_a_master_is_cut_by_itself(app: Flask) -> None:
    wide = photo((1600, 1000))
    wide.paste("black", (0, 0, 800, 1000))
    picture = adding.keep(1600, 1000, encoded(wide, "JPEG"))
    left, right = (adding.refocused(picture, x, 50).digest for x in (10, 90))
    db.session.commit()
    assert work.make_pictures(lambda: True) == 3
    looks = [db.session.get_one(Picture, one).looks or {} for one in (left, right)]
    brightness = [one["brightness"] for one in looks]
    assert brightness[0] < 5 < 30 < brightness[1]


def test_pictures_on_a_card_are_made_before_those_that_wait_for_one(app: Flask) -> None:
    add(work.PICTURES_A_TURN)
    wanted = make_picture(digest="f" * 64, state="pending")
    make_survey(state="draft", cards=1, picture=wanted)
    with glance():
        first = work._waiting_pictures()[0]
    assert first.digest == wanted.digest
