"""A ZIP or a folder from anybody: what is refused by name and reason, and that the rest is kept."""

import io
import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from swipe.decks import deck_files
from swipe.decks.deck_files import Deck
from swipe.decks.deck_folder import open_folder
from swipe.decks.deck_zip import open_zip
from swipe.errors import Invalid, SwipeError
from tests.decks.deck_making import good_deck, picture, zipped


@pytest.fixture(autouse=True)
def _danish(whole_app: Flask) -> Iterator[None]:
    with whole_app.test_request_context():
        yield


def info(name: str, **values: int) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.compress_type = zipfile.ZIP_DEFLATED
    for field, value in values.items():
        setattr(made, field, value)
    return made


def deck_of(*files: tuple[zipfile.ZipInfo, bytes]) -> Deck:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for one, data in files:
            archive.writestr(one, data)
    out.seek(0)
    return open_zip(out)


def refusals(deck: Deck) -> dict[str, str]:
    """Return why each file cannot be used, those that can be read left out."""
    told = {problem.file: problem.reason for problem in deck.refused()}
    for member in deck.usable():
        try:
            deck.read(member)
        except Invalid as error:
            told[member.name] = error.detail
    return told


GOOD = (info("god.jpg"), b"et billede")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../ud.jpg", "peger ud af mappen"),
        ("a/../../ud.jpg", "peger ud af mappen"),
        ("..\\..\\ud.jpg", "peger ud af mappen"),
        ("/etc/ud.jpg", "peger ud af mappen"),
        ("C:\\ud.jpg", "peger ud af mappen"),
        ("\\\\server\\ud.jpg", "peger ud af mappen"),
        ("x" * 600 + ".jpg", "Navnet er for langt"),
        ("flere.zip", "selv en ZIP"),
    ],
)
def test_a_name_that_does_not_belong_is_refused_and_the_rest_kept(name: str, reason: str) -> None:
    deck = deck_of((info(name), b"ond"), GOOD)
    assert [reason in why for why in refusals(deck).values()] == [True]
    assert deck.read(deck.find("god.jpg")) == GOOD[1]


def test_a_shortcut_is_refused() -> None:
    link = info("genvej.jpg", external_attr=(stat.S_IFLNK | 0o777) << 16)
    assert "genvej" in refusals(deck_of((link, b"/etc/passwd"), GOOD))["genvej.jpg"]


def test_a_locked_file_is_refused() -> None:
    data = bytearray(zipped({"laast.jpg": b"x", "god.jpg": b"y"}).getvalue())
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(mark) + place] |= 1
    deck = open_zip(io.BytesIO(bytes(data)))
    assert refusals(deck) == {"laast.jpg": "Filen er låst med en adgangskode."}


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_rare_way_of_packing_is_refused(packed: int) -> None:
    deck = open_zip(zipped({"a.jpg": b"x"}, packed))
    assert "almindelig ZIP" in refusals(deck)["a.jpg"]


def test_two_files_with_the_same_name_are_told_apart_by_nobody() -> None:
    files = ((info("Åse.jpg"), b"1"), (info(unicodedata.normalize("NFD", "åse.JPG")), b"2"), GOOD)
    deck = deck_of(*files)
    assert list(refusals(deck).values()) == [
        "Der er to filer med det navn. Kun den første er brugt."
    ]
    assert deck.read(deck.find("åse.jpg")) == b"1"


def test_a_bomb_is_not_unpacked_and_the_rest_is_kept() -> None:
    deck = open_zip(zipped({"bombe.jpg": bytes(40_000_000), "god.jpg": picture()}))
    assert set(refusals(deck)) == {"bombe.jpg"}
    assert deck.read_so_far < 1_000_000


def test_what_the_headers_claim_is_not_believed() -> None:
    """A central list that says one byte, over a stream of twenty megabytes."""
    data = bytearray(zipped({"a.jpg": os.urandom(1000) * 20_000}).getvalue())
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", 1)
    assert "beskadiget" in refusals(open_zip(io.BytesIO(bytes(data))))["a.jpg"]


def test_a_file_over_the_limit_is_refused_and_the_next_is_read() -> None:
    deck = open_zip(zipped({"stor.jpg": os.urandom(15 * 1024 * 1024 + 1), "god.jpg": b"x"}, 0))
    assert refusals(deck) == {"stor.jpg": "Filen er for stor. Grænsen er 15 MB."}


def test_all_files_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deck_files, "MOST_BYTES", 2500)
    deck = open_zip(zipped({f"{n}.jpg": bytes(1000) for n in range(4)}, zipfile.ZIP_STORED))
    assert set(refusals(deck)) == {"2.jpg", "3.jpg"}


def test_too_many_files_are_refused() -> None:
    with pytest.raises(Invalid, match="for mange filer"):
        open_zip(zipped({f"{n}.jpg": b"" for n in range(401)}))


def test_a_list_of_files_without_end_is_refused_before_it_is_read() -> None:
    with pytest.raises(Invalid, match="for mange filer"):
        open_zip(zipped({f"{n:0>90}.jpg": b"" for n in range(9000)}))


def test_what_a_system_leaves_behind_is_passed_over() -> None:
    left = ("__MACOSX/deck/._a.jpg", "deck/.DS_Store", "deck/Thumbs.db", "deck/._a.jpg")
    deck = open_zip(zipped(dict.fromkeys((*left, "deck/a.jpg", "deck/b/"), b"x")))
    assert [one.name for one in deck.usable()] == ["deck/a.jpg"]
    assert deck.refused() == []


@pytest.mark.parametrize("written", ["kø.jpg", "KØ.JPG", "./kø.jpg", "deck\\kø.jpg"])
def test_a_name_is_found_however_it_is_written(written: str) -> None:
    deck = open_zip(zipped({"deck/kø.jpg": b"ko"}))
    assert deck.read(deck.find(written)) == b"ko"


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        (unicodedata.normalize("NFD", "blå.jpg").encode(), "blå.jpg"),  # a Mac, saying nothing
        ("grøn.jpg".encode("cp850"), "grøn.jpg"),  # Windows in Denmark
        ("blå.jpg".encode("cp437"), "blå.jpg"),
    ],
)
def test_a_zip_that_does_not_say_its_letters_is_understood(raw: bytes, wanted: str) -> None:
    stand_in = ("x" * (len(raw) - 4) + ".jpg").encode()
    data = zipped({stand_in.decode(): b"farve"}).getvalue().replace(stand_in, raw)
    deck = open_zip(io.BytesIO(data))
    assert deck.read(deck.find(wanted)) == b"farve"


def test_the_same_name_in_two_folders_needs_its_folder() -> None:
    deck = open_zip(zipped({"a/x.jpg": b"1", "b/x.jpg": b"2"}))
    assert deck.read(deck.find("b/x.jpg")) == b"2"
    with pytest.raises(Invalid, match="flere billeder hedder"):
        deck.find("x.jpg")


def test_two_tables_are_refused() -> None:
    with pytest.raises(Invalid, match=r"flere filer, der hedder cards\.csv"):
        open_zip(zipped({"a/cards.csv": b"", "b/cards.csv": b""})).sheet()


def test_a_damaged_file_is_named_and_the_rest_kept() -> None:
    data = bytearray(zipped({"a.jpg": b"mange ord " * 50, "god.jpg": b"y"}, 0).getvalue())
    data[data.index(b"mange ord")] ^= 1
    assert "beskadiget" in refusals(open_zip(io.BytesIO(bytes(data))))["a.jpg"]


@pytest.mark.parametrize("cut", [0, 10, 100, -1, -30])
def test_half_a_zip_is_no_zip(cut: int) -> None:
    with pytest.raises(Invalid, match="ikke en ZIP"):
        open_zip(io.BytesIO(good_deck().getvalue()[:cut]))


@given(st.binary(max_size=2000))
def test_any_bytes_are_a_deck_or_a_sentence(data: bytes) -> None:
    try:
        refusals(open_zip(io.BytesIO(data)))
    except SwipeError:
        return


@given(st.data())
def test_a_zip_with_any_bytes_changed_is_a_deck_or_a_sentence(data: st.DataObject) -> None:
    raw = bytearray(zipped({"a/b.jpg": b"indhold" * 30, "c.csv": b"file;theme"}).getvalue())
    for _time in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place] = data.draw(st.integers(0, 255))
    try:
        deck = open_zip(io.BytesIO(bytes(raw)))
        deck.sheet()
        refusals(deck)
    except SwipeError:
        return


def test_a_folder_is_read_and_its_shortcuts_and_pipes_are_not(tmp_path: Path) -> None:
    outside = tmp_path / "hemmelig.jpg"
    outside.write_bytes(b"hemmelig")
    root = tmp_path / "deck"
    (root / "billeder" / ".git").mkdir(parents=True)
    (root / "billeder" / "a.jpg").write_bytes(b"a")
    (root / "billeder" / ".git" / "b.jpg").write_bytes(b"b")
    (root / "genvej.jpg").symlink_to(outside)
    (root / "mappe").symlink_to(tmp_path)
    os.mkfifo(root / "roer.jpg")
    deck = open_folder(root)
    assert [one.name for one in deck.usable()] == ["billeder/a.jpg"]
    assert sorted(one.file for one in deck.refused()) == ["genvej.jpg", "mappe", "roer.jpg"]
    assert deck.read(deck.find("a.jpg")) == b"a"


def test_a_folder_with_too_many_files_is_refused(tmp_path: Path) -> None:
    for number in range(401):
        (tmp_path / f"{number}.jpg").touch()
    with pytest.raises(Invalid, match="for mange filer"):
        open_folder(tmp_path)


@pytest.mark.parametrize("claimed", [200_000_000, 14_000_000, 1000])
def test_a_bomb_is_stopped_whatever_its_headers_claim(claimed: int) -> None:
    squeezed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = squeezed.compress(bytes(200_000_000)) + squeezed.flush()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.jpg", body)
    data = bytearray(out.getvalue())
    data[8:10] = struct.pack("<H", zipfile.ZIP_DEFLATED)
    place = data.index(b"PK\x01\x02") + 10
    data[place : place + 2] = struct.pack("<H", zipfile.ZIP_DEFLATED)
    for at in (22, data.index(b"PK\x01\x02") + 24):
        data[at : at + 4] = struct.pack("<I", claimed)
    deck = open_zip(io.BytesIO(bytes(data)))
    assert set(refusals(deck)) == {"a.jpg"}
    assert deck.read_so_far < 16_000_000
