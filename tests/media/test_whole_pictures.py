"""What a cut leaves out is for editors alone, also while the focus is the middle."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from swipe import work
from swipe.db import db, glance
from swipe.media import adding, health, sweeping
from swipe.media.models import Picture
from swipe.media.reading import whole_address
from swipe.media.storage import TYPES, Storage
from swipe.participation import preview
from tests.builders import make_survey
from tests.media.samples import encoded, photo

Login = Callable[[str], FlaskClient]
RED = (255, 0, 0)
ENDINGS = (*TYPES, "png", "JPG", "Whole", "jpeg", "")


def at_the_edge() -> bytes:
    """Return a wide master whose edges, which the cut in the middle leaves out, are red."""
    wide = Image.new("RGB", (2000, 1500), "teal")
    for left in (0, 1800):
        wide.paste(RED, (left, 0, left + 200, 1500))
    return encoded(wide, "JPEG", quality=92, subsampling=0)


@pytest.fixture
def picture(app: Flask) -> Picture:
    picture = adding.keep(2000, 1500, at_the_edge(), "e" * 64)
    adding.note(picture.digest, adding.encoded(picture.master))
    db.session.commit()
    return picture


def is_red(data: bytes) -> bool:
    with Image.open(io.BytesIO(data)) as opened:
        small = opened.convert("RGB").resize((40, 40), Image.Resampling.BOX)
    return any(r > 200 and g < 60 and b < 60 for _n, (r, g, b) in small.getcolors(1600) or ())


def fetched(client: FlaskClient, address: str) -> tuple[int, bytes]:
    with client.get(address) as reply:
        return reply.status_code, reply.data


def named_in(client: FlaskClient, addresses: list[str]) -> Iterator[bytes]:
    """Yield every picture that these pages and documents name, also in another ending."""
    names: set[str] = set()
    for address in addresses:
        text = client.get(address).text
        assert text
        names |= set(re.findall(r"[0-9a-f]{32,64}", text))
    for name in names:
        for ending in ENDINGS:
            status, data = fetched(client, f"/media/{name}.{ending}")
            if status == 200:
                yield data


def test_nothing_that_a_stranger_can_name_shows_what_the_cut_leaves_out(
    app: Flask, picture: Picture
) -> None:
    client = app.test_client()
    survey = make_survey(cards=6, picture=picture)
    link = f"/a/bolbro?preview={preview.token_for(survey.id)}"
    places = ["/", "/a/bolbro", "/api/v1/areas/bolbro/deck", f"/api/v1/surveys/{survey.id}/deck"]
    found = list(named_in(client, [*places, "/api/v1/areas", link]))
    assert len(found) >= 6
    assert not any(is_red(data) for data in found)
    assert is_red(adding.read_master(picture.master))


def test_a_master_has_no_public_address(app: Flask, picture: Picture) -> None:
    client = app.test_client()
    for ending in ENDINGS:
        assert client.get(f"/media/{picture.master}.{ending}").status_code == 404
    reply = client.get(whole_address(picture.master))
    assert (reply.status_code, "/login" in reply.headers["Location"]) == (302, True)


def test_an_editor_sees_the_whole_picture_and_a_planner_does_not(
    login: Login, picture: Picture
) -> None:
    address = whole_address(picture.master)
    with login("editor").get(address) as reply:
        assert (reply.status_code, reply.mimetype) == (200, "image/jpeg")
        assert (reply.data, reply.headers["Cache-Control"]) == (at_the_edge(), "no-store")
    assert login("planner").get(address).status_code == 403
    jpeg = next(one["name"] for one in picture.variants if one["type"] == "image/jpeg")
    assert login("editor").get(f"/admin/pictures/{jpeg}").status_code == 404


def test_the_editor_of_a_card_shows_the_whole_picture(login: Login, picture: Picture) -> None:
    survey = make_survey(state="draft", cards=1, picture=picture)
    client = login("editor")
    page = client.get(f"/admin/surveys/{survey.id}/cards").text
    card = re.search(r"/admin/cards/[0-9a-f-]{36}", page)
    assert card
    assert whole_address(picture.master) in client.get(card[0]).text


def old(store: Storage, picture: Picture, digits: int = 32) -> str:
    """Put a master where it lay before, and nowhere else; return that name."""
    master = at_the_edge()
    name = store.put(master, "jpg", digits)
    soon = datetime.now(UTC) + timedelta(days=2)
    assert store.remove(f"{picture.master}.whole", soon)
    return name


@pytest.fixture
def in_store(app: Flask, store: Storage, monkeypatch: pytest.MonkeyPatch) -> Storage:
    """Each kind of store as that of the app."""
    monkeypatch.setitem(app.extensions, "picture-storage", store)
    return store


@pytest.mark.parametrize("digits", [32, 64])
def test_an_old_master_is_moved_when_its_picture_is_made(in_store: Storage, digits: int) -> None:
    picture = adding.keep(2000, 1500, at_the_edge())
    name = old(in_store, picture, digits)
    assert adding.encoded(name.removesuffix(".jpg")) is not None
    names = {file.name for file in in_store.files()}
    assert name not in names
    assert name.replace(".jpg", ".whole") in names


def test_an_old_master_of_a_picture_that_is_ready_is_moved_within_a_day(
    in_store: Storage, picture: Picture, app: Flask
) -> None:
    name = old(in_store, adding.keep(2000, 1500, at_the_edge()))
    db.session.commit()
    assert fetched(app.test_client(), f"/media/{name}")[0] == 200
    assert sweeping.clear_files(in_store, datetime.now(UTC) + timedelta(days=3)) == (0, 0)
    assert health.examine(in_store, lambda _count: None).unnamed == 0
    work.sweep(datetime.now(UTC))
    assert app.test_client().get(f"/media/{name}").status_code == 404
    assert adding.read_master(picture.master) == at_the_edge()
    in_store.put(at_the_edge(), "jpg")  # somebody copied the old files back
    work.sweep(datetime.now(UTC))
    assert name not in {file.name for file in in_store.files()}


def test_a_damaged_old_master_is_a_fault_and_stays_for_the_doctor(app: Flask) -> None:
    picture = adding.keep(2000, 1500, at_the_edge())
    store = adding.storage()
    name = old(store, picture)
    db.session.commit()
    path = store.path(name)  # type: ignore[attr-defined]
    path.write_bytes(path.read_bytes()[:-1])
    assert adding.encoded(picture.master) is None
    work.sweep(datetime.now(UTC))
    found = health.examine(store, lambda _count: None)
    assert f"{picture.master}.whole" in [fault.name for fault in found.faults if fault.master]
    assert path.exists()


def test_an_upload_after_that_is_stored_for_editors_alone(app: Flask) -> None:
    picture = adding.add_picture(encoded(photo(), "JPEG"))
    db.session.commit()
    names = {file.name for file in adding.storage().files() if picture.master in file.name}
    assert names == {f"{picture.master}.whole"}
    with glance():
        assert db.session.get_one(Picture, picture.digest).state == "pending"
