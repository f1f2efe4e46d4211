"""Nearly-pictures, drawn by chance but the same in every run, through the real upload form.

`bench/fuzz_pictures.py` runs the same with as many as one likes.
"""

import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from swipe.db import db, glance
from swipe.media import adding
from swipe.media.models import Picture
from swipe.media.storage import Folder
from tests.builders import make_staff, make_survey
from tests.live import running_web
from tests.media.fuzzing import Editor, fuzz, leaking, left_behind


def test_sixty_nearly_pictures_are_each_answered_and_leave_nothing(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    email = make_staff(role="editor").email
    folder = adding.storage()
    assert isinstance(folder, Folder)
    shutil.rmtree(folder.root, ignore_errors=True)  # what other tests stored is no picture
    with running_web(app.config["SWIPE"].data) as port:
        editor = Editor(port, email)
        outcome = fuzz(editor, lambda: make_survey(state="draft", cards=0), 60, seed=20261121)
    assert outcome.faults == []
    assert outcome.sent == 60
    assert 0 < outcome.taken < 60
    assert len(outcome.reasons) > 2
    assert list(left_behind(folder, tmp_path)) == []
    with glance():
        waiting = db.session.scalars(select(Picture.master).where(Picture.state == "pending")).all()
    assert 0 < len(waiting) <= outcome.taken
    assert all(adding.encoded(master) for master in waiting[:2])
    assert list(leaking(folder)) == []
