"""What nobody uses goes away after its time, and what is on its way in never does."""

import os
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from swipe import work
from swipe.db import db
from swipe.media import adding, sweeping
from swipe.media.models import Picture
from swipe.media.storage import Folder, Storage
from tests.builders import make_picture, make_survey

TODAY = date(2026, 6, 1)


def now() -> datetime:
    return datetime.now(UTC)


def later(days: float) -> datetime:
    return now() + timedelta(days=days)


def unused_since(digest: str) -> date | None:
    db.session.expire_all()
    found = db.session.scalar(select(Picture.unused_since).where(Picture.digest == digest))
    db.session.rollback()
    return found


def there(digest: str) -> bool:
    found = db.session.get(Picture, digest) is not None
    db.session.rollback()
    return found


@pytest.fixture
def folder(app: Flask) -> Folder:
    store = adding.storage()
    assert isinstance(store, Folder)
    for file in store.files():
        store.remove(file.name, later(1))
    return store


def mark(in_use: set[str], days: int) -> int:
    gone = sweeping.mark_unused(in_use, TODAY + timedelta(days=days))
    db.session.commit()
    return gone


def test_a_picture_without_a_card_is_deleted_after_thirty_days(app: Flask) -> None:
    used, unused = make_picture().digest, make_picture().digest
    assert mark({used}, 0) == 0
    assert (unused_since(used), unused_since(unused)) == (None, TODAY)
    assert mark({used}, 29) == 0
    assert there(unused)
    assert mark({used}, 30) == 1
    assert (there(used), there(unused)) == (True, False)


def test_a_picture_that_a_card_gets_again_counts_from_the_start(app: Flask) -> None:
    digest = make_picture().digest
    mark(set(), 0)
    mark({digest}, 10)
    assert unused_since(digest) is None
    mark(set(), 20)
    assert mark(set(), 45) == 0
    assert mark(set(), 50) == 1


def test_an_upload_of_an_unused_picture_saves_it(app: Flask) -> None:
    picture = adding.keep(600, 800, b"the pixels", "f" * 64)
    db.session.commit()
    digest = picture.digest
    mark(set(), 0)
    assert unused_since(digest) == TODAY
    adding.keep(600, 800, b"the pixels")
    db.session.commit()
    assert unused_since(digest) is None
    assert mark(set(), 31) == 0


def test_the_pictures_of_cards_in_any_survey_are_in_use(app: Flask) -> None:
    """Also those of a draft and of a survey that closed long ago."""
    kept = [make_picture().digest for _ in range(2)]
    for digest, state, area in zip(kept, ("draft", "closed"), ("bolbro", "vest"), strict=True):
        picture = Picture(digest=digest)
        make_survey(state=state, area=area, cards=1, picture=picture)
    free = make_picture().digest
    work.sweep(now())
    work.sweep(later(31))
    assert [there(digest) for digest in (*kept, free)] == [True, True, False]


def test_a_file_that_no_picture_names_is_removed_after_a_day(folder: Folder) -> None:
    orphan = folder.put(b"ingen kender mig", "jpg")
    picture = adding.keep(600, 800, b"mig er der brug for")
    picture.variants = [{"name": folder.put(b"en variant", "avif")}]
    db.session.commit()
    assert sweeping.clear_files(folder, now()) == (0, 0)
    assert sweeping.clear_files(folder, later(2)) == (1, len(b"ingen kender mig"))
    left = {file.name for file in folder.files()}
    assert orphan not in left
    assert left == {f"{picture.master}.whole", picture.variants[0]["name"]}


def test_an_upload_between_its_file_and_its_row_is_never_swept(folder: Folder) -> None:
    """The file lies there since long ago, for a picture that is gone; the upload renews it."""
    name = folder.put(b"igen", "whole")
    os.utime(folder.path(name), (0, 0))
    adding.keep(600, 800, b"igen")
    db.session.rollback()  # the row is not committed yet, so the sweep does not see it
    assert sweeping.clear_files(folder, now()) == (0, 0)
    assert folder.get(name) == b"igen"


def test_a_file_renewed_while_the_sweep_looks_is_left_alone(folder: Folder) -> None:
    name = folder.put(b"i sidste sekund", "jpg")
    os.utime(folder.path(name), (0, 0))

    class Slow(Folder):
        def remove(self, name: str, before: datetime) -> bool:
            self.put(b"i sidste sekund", "jpg")  # after the list, before the removal
            return super().remove(name, before)

    assert sweeping.clear_files(Slow(folder.root), now()) == (0, 0)
    assert folder.get(name) == b"i sidste sekund"


def test_a_file_put_while_the_sweep_moves_it_aside_is_written_anew(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = folder.put(b"imens", "jpg")
    os.utime(folder.path(name), (0, 0))
    rename = os.rename

    def renamed_and_put(source: object, target: object) -> None:
        rename(source, target)  # type: ignore[arg-type]
        monkeypatch.setattr(os, "rename", rename)
        folder.put(b"imens", "jpg")

    monkeypatch.setattr(os, "rename", renamed_and_put)
    folder.remove(name, now() - timedelta(days=1))
    assert folder.get(name) == b"imens"


def test_the_worker_sweeps_once_a_day(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    swept: list[datetime] = []
    monkeypatch.setattr(work, "sweep", lambda moment, _renew: swept.append(moment))
    daily, keeper = work.Daily(), work.Keeper(work.NAME)
    for _turn in range(3):
        work.turn(app, keeper, daily=daily)
    assert len(swept) == 1
    daily.done_on = TODAY
    work.turn(app, keeper, daily=daily)
    assert len(swept) == 2


def test_a_sweep_that_fails_does_not_stop_the_worker(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_now: datetime) -> None:
        raise OSError("the folder is gone")

    monkeypatch.setattr(work, "sweep", broken)
    daily, keeper = work.Daily(), work.Keeper(work.NAME)
    work.turn(app, keeper, daily=daily)
    work.turn(app, keeper, daily=daily)
    assert daily.done_on == datetime.now(UTC).date()


def test_files_are_swept_from_every_kind_of_store(app: Flask, store: Storage) -> None:
    orphan, kept = store.put(b"ukendt", "jpg"), store.put(b"kendt", "jpg")
    db.session.add(
        Picture(
            digest=kept[:-4],
            master=kept[:-4],
            width=600,
            height=800,
            variants=[],
            added_on=TODAY,
        )
    )
    db.session.commit()
    assert sweeping.clear_files(store, later(2)) == (1, 6)
    assert [file.name for file in store.files()] == [kept]
    assert orphan != kept
