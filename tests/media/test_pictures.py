"""A picture from upload to its address."""

import io
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from swipe.db import db
from swipe.media import adding
from swipe.media.models import Picture
from swipe.media.reading import smallest_jpeg, sources_of
from swipe.media.storage import Folder
from swipe.media.variants import AVIF_BUDGET, crop, make


def upload(colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 1200), colour).save(out, "PNG")
    return out.getvalue()


def test_the_same_picture_twice_is_one_row_and_one_file(app: Flask) -> None:
    first, second = adding.add_picture(upload()), adding.add_picture(upload())
    other = adding.add_picture(upload("red"))
    db.session.commit()
    assert first is second
    assert db.session.query(Picture).count() == 2
    db.session.rollback()
    assert adding.read_master(first.digest) != adding.read_master(other.digest)


def test_every_variant_is_a_picture_of_its_width_within_its_budget() -> None:
    noise = Image.effect_noise((1200, 1600), 60).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG")
    made, placeholder = make(out.getvalue())
    assert {(variant.type, variant.width) for variant in made} == {
        (kind, width) for kind in ("image/avif", "image/jpeg") for width in (480, 750)
    }
    for variant in made:
        assert Image.open(io.BytesIO(variant.data)).size == (variant.width, variant.height)
        assert variant.width * 4 == variant.height * 3
    assert placeholder.startswith("data:image/webp;base64,")
    assert len(placeholder) < 600


def test_a_plain_picture_is_far_below_the_budget() -> None:
    made, _placeholder = make(upload_as_master())
    assert max(len(variant.data) for variant in made if variant.ending == "avif") < AVIF_BUDGET


def upload_as_master() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 1200), "teal").save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize("size", [(1000, 600), (600, 1000), (600, 800)])
def test_cutting_keeps_the_middle_and_the_shape(size: tuple[int, int]) -> None:
    cut = crop(Image.new("RGB", size))
    assert abs(cut.width / cut.height - 3 / 4) < 0.01
    assert cut.width == size[0] or cut.height == size[1]


def test_a_ready_picture_is_served_unchangeable_and_harmless(
    app: Flask, client: FlaskClient
) -> None:
    picture = adding.add_picture(upload())
    rows = adding.encoded(picture.digest)
    assert rows is not None
    picture.variants, picture.placeholder = rows
    picture.state = "ready"
    db.session.commit()
    assert [one["type"] for one in sources_of(picture)][-1] == "image/jpeg"
    reply = client.get(smallest_jpeg(picture) or "")
    assert reply.mimetype == "image/jpeg"
    assert "immutable" in reply.headers["Cache-Control"]
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in reply.headers["Content-Security-Policy"]
    reply.close()


@pytest.mark.parametrize(
    "name", ["x.jpg", "a" * 64 + ".svg", "a" * 64 + ".jpg", "..%2fsecret_key", "A" * 64 + ".jpg"]
)
def test_only_stored_names_are_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/media/{name}").status_code == 404


def test_a_name_that_is_no_digest_never_reaches_the_disk(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    name = folder.put(b"abc", "jpg")
    assert folder.get(name) == b"abc"
    for bad in ("../x.jpg", "/etc/passwd", name.replace("jpg", "html")):
        with pytest.raises(ValueError):
            folder.path(bad)


def test_a_master_that_cannot_be_encoded_is_told_and_not_raised(app: Flask) -> None:
    name = adding.storage().put(b"no picture", "jpg")
    assert adding.encoded(name.removesuffix(".jpg")) is None
