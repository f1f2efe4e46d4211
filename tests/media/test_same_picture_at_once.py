"""The same picture from two people at the same moment is one picture, and nobody's fault."""

import threading

import pytest
from flask import Flask
from sqlalchemy import func, select

from swipe.db import db
from swipe.media import adding
from swipe.media.models import Picture
from swipe.media.storage import Folder

MASTER = b"the pixels of one picture"


def test_the_same_picture_sent_twice_at_once_is_kept_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[Exception] = []
    halfway = threading.Event()

    def second() -> None:
        with app.app_context():
            try:
                adding.keep(600, 800, MASTER)
                db.session.commit()
            except Exception as error:
                faults.append(error)

    adding.keep(600, 800, MASTER)
    put = Folder.put

    def put_and_tell(self: Folder, data: bytes, ending: str) -> str:
        name = put(self, data, ending)
        halfway.set()
        return name

    monkeypatch.setattr(Folder, "put", put_and_tell)
    other = threading.Thread(target=second)
    other.start()
    assert halfway.wait(30)
    db.session.commit()
    other.join(30)
    assert faults == []
    assert db.session.scalar(select(func.count()).select_from(Picture)) == 1


def test_a_picture_that_failed_is_tried_again_when_it_is_sent_again(app: Flask) -> None:
    adding.keep(600, 800, MASTER).state = "failed"
    db.session.commit()
    assert adding.keep(600, 800, MASTER).state == "pending"
