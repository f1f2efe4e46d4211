"""A picture from upload to its address."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from swipe.db import db
from swipe.media import adding
from swipe.media.models import Picture
from swipe.media.reading import cut_size, smallest_jpeg, sources_of


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


def with_variants() -> Picture:
    made = [
        {"type": kind, "width": width, "name": f"{kind[-4:]}{width}", "bytes": 9}
        for kind in ("image/jpeg", "image/webp", "image/avif")
        for width in (750, 480)
    ]
    light = {"type": "image/avif", "width": 750, "name": "light", "bytes": 5, "first": True}
    return Picture(variants=[light, *made], width=4000, height=3000)


def test_a_phone_is_offered_the_best_format_first_and_jpeg_last() -> None:
    offered = [(one["type"][6:], one["width"]) for one in sources_of(with_variants())]
    assert offered == [(kind, width) for kind in ("avif", "webp", "jpeg") for width in (480, 750)]
    assert "/media/light" not in [one["url"] for one in sources_of(with_variants())]


def test_the_first_card_loads_the_lighter_file_in_place_of_the_other() -> None:
    standard, first = (sources_of(with_variants(), first=first) for first in (False, True))
    changed = [(a["url"], b["url"]) for a, b in zip(standard, first, strict=True) if a != b]
    assert changed == [("/media/avif750", "/media/light")]


def test_a_picture_is_as_large_as_its_cut_is_shown() -> None:
    assert cut_size(with_variants()) == (750, 1000)
    assert cut_size(Picture(variants=[], width=4000, height=3000)) == (750, 1000)


def test_a_ready_picture_is_served_unchangeable_and_harmless(
    app: Flask, client: FlaskClient
) -> None:
    picture = adding.add_picture(upload())
    adding.note(picture.digest, adding.encoded(picture.master))
    db.session.commit()
    assert picture.state == "ready"
    assert set(picture.looks or {}) == {"brightness", "saturation", "contrast"}
    assert [one["type"] for one in sources_of(picture)][-1] == "image/jpeg"
    reply = client.get(smallest_jpeg(picture) or "")
    assert reply.mimetype == "image/jpeg"
    assert "immutable" in reply.headers["Cache-Control"]
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in reply.headers["Content-Security-Policy"]
    reply.close()


@pytest.mark.parametrize(
    "name",
    [
        "x.jpg",
        "a" * 32 + ".svg",
        "a" * 64 + ".jpg",
        "a" * 32 + ".jpg",
        "..%2fsecret_key",
        "A" * 64 + ".jpg",
    ],
)
def test_only_stored_names_are_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/media/{name}").status_code == 404


def test_a_master_that_cannot_be_encoded_is_told_and_not_raised(app: Flask) -> None:
    name = adding.storage().put(b"no picture", "whole")
    assert adding.encoded(name.removesuffix(".whole")) is None


def test_another_focus_is_another_picture_of_the_same_master(app: Flask) -> None:
    picture = adding.add_picture(upload())
    left = adding.refocused(picture, 10, 50)
    assert left.digest != picture.digest
    assert (left.master, left.focus_x, left.focus_y) == (picture.master, 10, 50)
    assert adding.refocused(left, 50, 50) is picture
    assert adding.refocused(picture, 10, 50) is left


def test_a_file_sent_again_is_recognised_by_its_bytes(app: Flask) -> None:
    picture = adding.add_picture(upload())
    db.session.commit()
    assert adding.known_upload(adding.upload_digest(upload())) is picture
    assert adding.known_upload(adding.upload_digest(upload("red"))) is None
