"""`swipe doctor` reads every picture again and says what is damaged, where, and what to do."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from swipe.cli import swipe as command
from swipe.db import db
from swipe.media import adding, health
from swipe.media.models import Picture
from swipe.media.storage import Folder, Storage
from swipe.surveys.models import Card
from tests.builders import make_survey
from tests.media.samples import encoded, photo


@pytest.fixture
def folder(app: Flask) -> Folder:
    store = adding.storage()
    assert isinstance(store, Folder)
    shutil.rmtree(store.root, ignore_errors=True)
    return store


@pytest.fixture
def picture(folder: Folder) -> Picture:
    """One whole picture, on one card of Bolbro."""
    with db.session.no_autoflush:
        picture = adding.keep(600, 800, encoded(photo(), "JPEG"), "f" * 64)
    adding.note(picture.digest, adding.encoded(picture.master))
    db.session.commit()
    make_survey(cards=1, picture=picture)
    return picture


def doctor(app: Flask, *words: str) -> Result:
    """Run the command over the tests' own city, from which a session of ours has let go."""
    db.session.rollback()
    data = app.config["SWIPE"].data
    return CliRunner().invoke(command, ["doctor", *words, "--data", str(data)])


def damage(folder: Folder, name: str) -> Path:
    path = folder.path(name)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    return path


def state_of(digest: str) -> tuple[str, str | None]:
    db.session.expire_all()
    found = db.session.get_one(Picture, digest)
    db.session.rollback()
    return found.state, found.upload


def test_a_city_in_order_is_told_so(app: Flask, picture: Picture) -> None:
    said = doctor(app)
    assert said.exit_code == 0
    assert f"Picture files: {len(picture.variants) + 1}, " in said.output
    assert "Every picture is whole." in said.output
    assert "Reading pictures" in said.stderr


def test_one_turned_bit_is_found_and_named_with_the_card_and_the_area(
    app: Flask, folder: Folder, picture: Picture
) -> None:
    name = picture.variants[0]["name"]
    damage(folder, name)
    said = doctor(app)
    assert said.exit_code == 1
    assert f"DAMAGED {name}: made from a picture. Run: swipe doctor --mend" in said.output
    assert "card “Motiv 0” in Bolbro, “Mere af hvad?”" in said.output
    assert "Every picture is whole." not in said.output


def test_a_card_without_a_title_is_named_by_the_number_of_its_page(
    app: Flask, folder: Folder, picture: Picture
) -> None:
    survey = make_survey(area="stige", state="draft", cards=4, themes=("byliv", "foreningsliv"))
    with db.session.begin():
        last = db.session.scalars(select(Card).filter_by(survey=survey.id, position=2)).one()
        last.titles, last.picture = {}, picture.digest
    damage(folder, picture.variants[0]["name"])
    assert "card “4” in Stige" in doctor(app).output


def test_a_missing_file_is_found(app: Flask, folder: Folder, picture: Picture) -> None:
    name = f"{picture.master}.whole"
    folder.path(name).unlink()
    said = doctor(app)
    assert said.exit_code == 1
    assert f"MISSING {name}: a picture itself" in said.output
    assert "upload the picture again" in said.output


def test_mending_lets_the_worker_make_a_damaged_variant_again(
    app: Flask, folder: Folder, picture: Picture
) -> None:
    digest, bad = picture.digest, [one["name"] for one in picture.variants[:2]]
    damage(folder, bad[0])
    folder.path(bad[1]).unlink()
    said = doctor(app, "--mend")
    assert said.exit_code == 0
    assert "To be made again: 1. To be uploaded again: 0." in said.output
    assert state_of(digest)[0] == "pending"
    adding.note(digest, adding.encoded(digest))
    db.session.commit()
    assert "Every picture is whole." in doctor(app).output


def test_a_damaged_master_is_whole_again_after_the_same_file_is_uploaded(
    app: Flask, folder: Folder, picture: Picture
) -> None:
    digest, master = picture.digest, encoded(photo(), "JPEG")
    damage(folder, f"{digest}.whole")
    assert "To be uploaded again: 1." in doctor(app, "--mend").output
    assert state_of(digest) == ("failed", None)
    assert adding.known_upload("f" * 64) is None
    adding.keep(600, 800, master, "f" * 64)
    db.session.commit()
    assert state_of(digest) == ("pending", "f" * 64)
    assert "Every picture is whole." in doctor(app).output


def test_a_file_that_belongs_to_no_picture_is_counted_and_no_fault(
    app: Flask, folder: Folder, picture: Picture
) -> None:
    damage(folder, folder.put(b"ukendt", "jpg"))
    said = doctor(app)
    assert "1 of them belong to no picture" in said.output
    assert "nothing is lost" in said.output


def test_every_kind_of_store_is_read_again(app: Flask, store: Storage) -> None:
    kept = store.put(b"helt", "jpg")
    told: list[int] = []
    found = health.examine(store, told.append)
    assert (found.files, found.bytes, found.unnamed, found.faults) == (1, 4, 1, [])
    assert told == [1]
    assert health.count(store) == 1
    assert kept
