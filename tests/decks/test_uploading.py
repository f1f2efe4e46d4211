"""Pictures into the set: every file for itself, known ones without bytes, nothing left behind."""

import gc
import hashlib
import io
import os
import tempfile
import uuid
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from swipe.db import db
from swipe.decks import card_adding
from swipe.decks.card_adding import title_from
from swipe.media import adding
from swipe.media.decoding import MAX_BYTES
from swipe.surveys.models import Card, Survey
from tests.builders import make_survey
from tests.decks.set_desk import cards, keep_focus, page, picture, trail, upload, version

Login = Callable[[str], FlaskClient]


def test_several_pictures_become_cards_in_the_chosen_theme(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=0), login("editor")
    reply = upload(client, survey, (picture("red"), "vilde-blomster.jpg"), (picture(), "IMG_1.jpg"))
    assert reply.status_code == 303
    assert [(card.theme, card.titles) for card in cards(survey)] == [
        ("byliv", {"da": "Vilde blomster"}),
        ("byliv", {}),
    ]
    assert version(survey) == survey.version + 2
    shown = page(client, survey)
    assert shown.count("Billedet gøres klar") == 2
    assert "mangler beskrivelse" in shown
    assert [event.action for event in trail(survey)] == ["card.added"] * 2


def test_who_may_use_the_pictures_is_said_once_for_all_of_them(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=0), login("editor")
    files = [(picture("red"), "en.jpg"), (picture("blue"), "to.jpg")]
    said = {"theme": "byliv", "licence": "permission", "credit": " Bodil Hansen "}
    address = f"/admin/surveys/{survey.id}/cards"
    client.post(address, data={**said, "pictures": files})
    assert [(card.licence, card.credit) for card in cards(survey)] == [
        ("permission", "Bodil Hansen")
    ] * 2
    wrong = {**said, "licence": "stolen", "pictures": [(picture("green"), "tre.jpg")]}
    assert "Vælg, hvem der må bruge billedet." in client.post(address, data=wrong).text
    assert len(cards(survey)) == 2


def test_a_file_that_cannot_be_used_is_named_and_the_others_stay(login: Login) -> None:
    survey = make_survey(state="draft", cards=0)
    reply = upload(
        login("editor"),
        survey,
        (picture("red"), "god.jpg"),
        (io.BytesIO(b"<svg onload='alert(1)'/>"), "<b>ond.jpg"),
        (picture("blue", (100, 100)), "lille.png"),
        (picture(), "endnu-en.jpg"),
    )
    assert reply.status_code == 200
    assert "<strong>&lt;b&gt;ond.jpg</strong>: Filen er ikke et billede" in reply.text
    assert "<strong>lille.png</strong>: Billedet er for lille" in reply.text
    assert [card.titles["da"] for card in cards(survey)] == ["God", "Endnu en"]


def test_the_same_picture_twice_in_a_survey_is_recognised(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=0), login("editor")
    upload(client, survey, (picture(), "torvedag.jpg"))
    reply = upload(client, survey, (picture(), "samme-igen.jpg"))
    assert "allerede i undersøgelsen på kortet ‘Torvedag’" in reply.text
    assert len(cards(survey)) == 1


def test_the_same_pixels_in_another_file_are_recognised_too(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=0), login("editor")
    upload(client, survey, (picture(), "torvedag.jpg"))
    renamed = io.BytesIO(picture().getvalue() + b"\0")  # other bytes, the same picture
    assert "allerede i undersøgelsen" in upload(client, survey, (renamed, "kopi.jpg")).text
    assert len(cards(survey)) == 1


def test_a_picture_with_another_focus_point_is_still_the_same_picture(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=0), login("editor")
    upload(client, survey, (picture(), "torvedag.jpg"))
    keep_focus(cards(survey)[0], "f")
    assert "allerede i undersøgelsen" in upload(client, survey, (picture(), "igen.jpg")).text


def test_the_same_picture_in_two_surveys_is_stored_once(login: Login) -> None:
    first, second = (
        make_survey(state="draft", cards=0),
        make_survey(area="stige", cards=0, state="draft"),
    )
    client = login("editor")
    upload(client, first, (picture(), "a.jpg"))
    upload(client, second, (picture(), "b.jpg"))
    assert cards(first)[0].picture == cards(second)[0].picture


def test_a_script_hears_of_each_file_how_it_went(login: Login) -> None:
    survey = make_survey(state="draft", cards=0)
    accept = {"Accept": "application/json"}
    files = ((picture(), "god.jpg"), (io.BytesIO(b"nej"), "ond.jpg"))
    told = upload(login("editor"), survey, *files, headers=accept).json
    assert told["taken"] == 1
    assert [one["name"] for one in told["refused"]] == ["ond.jpg"]


def test_no_file_and_no_theme_are_said_in_words(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=0), login("editor")
    upload(client, survey)
    assert "Vælg et eller flere billeder" in client.get(f"/admin/surveys/{survey.id}/cards").text
    data = {"theme": "findes-ikke", "pictures": [(picture(), "a.jpg")]}
    reply = client.post(f"/admin/surveys/{survey.id}/cards", data=data)
    assert "Vælg et tema." in reply.text
    assert cards(survey) == []


def test_an_upload_to_an_unknown_survey_leaves_no_card(login: Login) -> None:
    data = {"theme": "byliv", "pictures": [(picture(), "a.jpg")]}
    assert (
        login("editor").post(f"/admin/surveys/{uuid.uuid4()}/cards", data=data).status_code == 404
    )


def ask(client: FlaskClient, survey: Survey, data: bytes, **more: str) -> Any:
    """Ask whether a file is known, as the script does before it sends one."""
    asked = {"theme": "byliv", "digest": hashlib.sha256(data).hexdigest(), "name": "torvedag.jpg"}
    return client.post(f"/admin/surveys/{survey.id}/cards/known", data=asked | more).json


def test_a_file_that_came_before_becomes_a_card_without_being_sent_again(login: Login) -> None:
    first, second = (make_survey(state="draft", cards=0) for _ in range(2))
    client, data = login("editor"), picture().getvalue()
    assert ask(client, first, data) == {"known": False}
    upload(client, first, (picture(), "torvedag.jpg"))
    assert ask(client, second, data) == {"known": True, "taken": 1, "refused": []}
    (card,) = cards(second)
    assert (card.picture, card.titles) == (cards(first)[0].picture, {"da": "Torvedag"})
    assert [event.action for event in trail(second)] == ["card.added"]
    (refusal,) = ask(client, second, data)["refused"]
    assert refusal["here"]
    assert "på kortet ‘Torvedag’" in refusal["reason"]
    assert len(cards(second)) == 1


def test_asking_for_a_known_file_is_refused_where_a_card_would_be(login: Login) -> None:
    survey, client, data = make_survey(state="draft", cards=0), login("editor"), picture()
    upload(client, survey, (picture(), "torvedag.jpg"))
    published = make_survey(state="coming", cards=1)
    for where, more in ((published, {}), (make_survey(state="draft"), {"theme": "nej"})):
        (refusal,) = ask(client, where, data.getvalue(), **more)["refused"]
        assert not refusal["here"]
        assert refusal["reason"]
    assert ask(client, survey, b"", digest="../../etc/passwd") == {"known": False}


def test_a_picture_that_failed_is_sent_again(login: Login) -> None:
    first, second = (make_survey(state="draft", cards=0) for _ in range(2))
    client = login("editor")
    upload(client, first, (picture(), "torvedag.jpg"))
    picture_of_it = cards(first)[0].picture
    with db.session.begin():
        adding.note(picture_of_it, None)
    assert ask(client, second, picture().getvalue()) == {"known": False}


def test_no_transaction_is_open_while_a_picture_is_decoded(
    login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, decode = [], adding.decode

    def watched(data: bytes) -> Any:
        seen.append(db.session.registry().in_transaction())
        return decode(data)

    monkeypatch.setattr(adding, "decode", watched)
    files = ((picture("red"), "a.jpg"), (picture("blue"), "b.jpg"))
    upload(login("editor"), make_survey(state="draft", cards=0), *files)
    assert seen == [False, False]


def dropped(client: FlaskClient, survey: Survey, place: int, batch: str = "en", **more: str) -> Any:
    """Send one file of several that were dropped together; its name and colour say its place."""
    data = {"theme": "byliv", "batch": batch, "place": str(place), **more}
    file = (picture(f"hsl({25 * place + 7 * len(batch)}, 60%, 50%)"), f"hus-{place}.jpg")
    return client.post(f"/admin/surveys/{survey.id}/cards", data={**data, "pictures": [file]})


def titles(survey: Survey, theme: str = "byliv") -> list[str]:
    return [card.titles["da"] for card in cards(survey) if card.theme == theme]


@pytest.mark.parametrize("arrived", list(permutations([2, 9, 10])))
def test_files_dropped_together_stand_in_order_whichever_comes_first(
    login: Login, arrived: tuple[int, ...]
) -> None:
    survey, client = make_survey(state="draft", cards=0), login("editor")
    upload(client, survey, (picture("white"), "start.jpg"))
    before = cards(survey)[0].id
    for place in arrived:
        dropped(client, survey, place)
    assert titles(survey)[1:] == ["Hus 2", "Hus 9", "Hus 10"]
    assert cards(survey)[0].id == before


def test_what_others_add_meanwhile_keeps_its_place(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=0), login("editor")
    dropped(client, survey, 3)
    dropped(client, survey, 1, theme="foreningsliv")
    dropped(client, survey, 4, batch="et andet")
    upload(client, survey, (picture("white"), "midt.jpg"))
    for place in (2, 5):
        dropped(client, survey, place)
    assert titles(survey) == ["Hus 2", "Hus 3", "Hus 4", "Midt", "Hus 5"]
    assert titles(survey, "foreningsliv") == ["Hus 1"]
    assert len({card.position for card in cards(survey)}) == 6


def test_a_known_file_comes_to_its_place_too(login: Login) -> None:
    first, second = (make_survey(state="draft", cards=0) for _ in range(2))
    client, data = login("editor"), picture().getvalue()
    upload(client, first, (picture(), "torvedag.jpg"))
    dropped(client, second, 2)
    ask(client, second, data, batch="en", place="1")
    assert titles(second) == ["Torvedag", "Hus 2"]


def test_a_place_that_is_taken_or_none_is_no_hindrance(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=0), login("editor")
    address = f"/admin/surveys/{survey.id}/cards"
    sent = [("en", "1"), ("en", "1"), ("en", "-1"), ("en", "x"), ("x" * 65, "1"), ("en", "9" * 30)]
    for number, (batch, place) in enumerate(sent):
        file = (picture(f"hsl({50 * number}, 60%, 50%)"), f"hus-{number}.jpg")
        data = {"theme": "byliv", "batch": batch, "place": place, "pictures": [file]}
        assert client.post(address, data=data).status_code == 303
    assert titles(survey) == [f"Hus {number}" for number in range(len(sent))]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that every temporary file of this test goes to."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def left_in(folder: Path) -> list[str]:
    """Return the files in a folder, also those without a name that somebody still holds open."""
    gc.collect()
    links = [f"/proc/self/fd/{number}" for number in os.listdir("/proc/self/fd")]
    held = [os.readlink(link) for link in links if os.path.lexists(link)]
    return [*os.listdir(folder), *(name for name in held if name.startswith(str(folder)))]


def send(client: FlaskClient, survey: Survey, *files: tuple[io.BytesIO, str]) -> Any:
    """Send files in a form encoded in memory; the client would use temporary files of its own."""
    parts = MultiDict([("theme", "byliv")])
    for data, name in files:
        parts.add("pictures", FileStorage(data, name))
    boundary, body = encode_multipart(parts)
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post(f"/admin/surveys/{survey.id}/cards", data=body, content_type=kind)


def large(size: int) -> io.BytesIO:
    return io.BytesIO(picture("yellow").getvalue().ljust(size, b"x"))


def test_a_part_over_the_limit_is_refused_while_the_others_are_taken(
    login: Login, temporary: Path
) -> None:
    survey = make_survey(state="draft", cards=0)
    reply = send(
        login("editor"),
        survey,
        (picture("red"), "foer.jpg"),
        (large(MAX_BYTES + 1), "kaempe.jpg"),
        (large(MAX_BYTES), "lige-til.jpg"),
        (picture("blue"), "bagefter.jpg"),
    )
    assert "<strong>kaempe.jpg</strong>: Filen er for stor. Grænsen er 15 MB." in reply.text
    assert "1 fil blev ikke lagt op" in reply.text
    assert len(cards(survey)) == 3
    assert left_in(temporary) == []


def test_the_eleventh_file_is_refused_by_name_and_ten_are_taken(
    login: Login, temporary: Path
) -> None:
    survey = make_survey(state="draft", cards=0)
    files = [(picture(f"hsl({30 * n}, 60%, 50%)"), f"nr-{n}.jpg") for n in range(12)]
    reply = send(login("editor"), survey, *files)
    for name in ("nr-10.jpg", "nr-11.jpg"):
        assert f"<strong>{name}</strong>: Der kan sendes ti filer ad gangen." in reply.text
    assert len(cards(survey)) == 10
    assert left_in(temporary) == []


def test_a_body_that_breaks_off_leaves_nothing(login: Login, temporary: Path) -> None:
    survey, client = make_survey(state="draft", cards=0), login("editor")
    head = b'--x\r\nContent-Disposition: form-data; name="pictures"; filename="a.jpg"\r\n\r\n'
    body = head + picture().getvalue().ljust(2_000_000, b"x")
    for end in (b"", b"\r\n--x\r\nnonsense"):
        reply = client.post(
            f"/admin/surveys/{survey.id}/cards",
            input_stream=io.BytesIO(body + end),
            content_type="multipart/form-data; boundary=x",
            content_length=len(body) + 1000,
        )
        assert reply.status_code < 500
    assert cards(survey) == []
    assert left_in(temporary) == []


def test_a_hostile_name_suggests_no_title_that_reads_as_another() -> None:
    assert title_from("gnp.\u202eknirB\x01 i parken.jpg") == "Gnp knirB i parken"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("bord-i-parken.png", "Bord i parken"),
        ("baenke-i-parken.png", ""),
        ("C:\\Billeder\\Åben_café.JPG", "Åben café"),
        ("IMG_20260501_1201.jpg", ""),
        ("DSC00042.jpg", ""),
        ("12.png", ""),
        ("", ""),
    ],
)
def test_a_files_name_suggests_a_title_unless_a_camera_made_it(name: str, title: str) -> None:
    assert title_from(name) == title


def test_a_file_that_the_database_had_no_time_for_is_named_and_the_others_are_taken(
    login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey, add = make_survey(state="draft", cards=0), card_adding.add_card

    def waited_crosswise(*given: Any) -> Card:
        if given[2] == "midt.jpg":
            raise OperationalError("update", {}, Exception("deadlock detected"))
        return add(*given)

    monkeypatch.setattr(card_adding, "add_card", waited_crosswise)
    files = [(picture("red"), "foer.jpg"), (picture("blue"), "midt.jpg")]
    reply = send(login("editor"), survey, *files, (picture("green"), "efter.jpg"))
    assert "<strong>midt.jpg</strong>: Der er travlt lige nu. Prøv igen om lidt." in reply.text
    assert len(cards(survey)) == 2
