"""A picture that failed is repaired by sending it again, or by the doctor."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from swipe.cli import swipe as command
from swipe.db import db, glance
from swipe.media import adding
from swipe.media.models import Picture
from swipe.surveys.models import Card, Survey
from tests.builders import make_survey
from tests.decks.set_desk import cards, picture, upload

Login = Callable[[str], FlaskClient]


def states() -> list[str]:
    db.session.rollback()
    with glance():
        return sorted(db.session.scalars(select(Picture.state)))


def let_fail(**more: None) -> None:
    db.session.execute(update(Picture).values(state="failed", **more))
    db.session.commit()


@pytest.fixture
def shown_twice(login: Login) -> tuple[FlaskClient, Survey]:
    """A draft with one card, cut around a focus of its own."""
    survey, client = make_survey(state="draft", cards=0), login("editor")
    db.session.execute(delete(Picture))  # that of the builder, which has no file
    db.session.commit()
    upload(client, survey, (picture("teal"), "torvedag.jpg"))
    card = db.session.scalars(select(Card)).one()
    card.picture = adding.refocused(db.session.get_one(Picture, card.picture), 20, 50).digest
    db.session.commit()
    return client, survey


def test_the_same_file_again_repairs_every_cut_and_adds_no_card(
    shown_twice: tuple[FlaskClient, Survey],
) -> None:
    client, survey = shown_twice
    let_fail()
    reply = upload(client, survey, (picture("teal"), "torvedag.jpg"))
    assert reply.status_code == 303  # nothing was left out
    assert states() == ["pending", "pending"]
    assert len(cards(survey)) == 1
    again = upload(client, survey, (picture("teal"), "torvedag.jpg"))
    assert "allerede i undersøgelsen" in again.text


def test_a_picture_whose_upload_was_forgotten_is_repaired_too(
    shown_twice: tuple[FlaskClient, Survey],
) -> None:
    client, survey = shown_twice
    let_fail(upload=None)
    upload(client, survey, (picture("teal"), "torvedag.jpg"))
    assert (states(), len(cards(survey))) == (["pending", "pending"], 1)


def test_a_script_is_asked_for_the_file_when_any_cut_of_it_failed(
    shown_twice: tuple[FlaskClient, Survey],
) -> None:
    client, survey = shown_twice
    cut = db.session.scalars(select(Picture).where(Picture.digest != Picture.master)).one()
    cut.state = "failed"
    db.session.commit()
    sent = {"digest": adding.upload_digest(picture("teal").getvalue()), "theme": "byliv"}
    reply = client.post(f"/admin/surveys/{survey.id}/cards/known", data=sent)
    assert reply.json == {"known": False}
    upload(client, survey, (picture("teal"), "torvedag.jpg"))
    assert states() == ["pending", "pending"]


def test_the_doctor_lets_what_failed_be_made_again_where_the_master_is_whole(
    app: Flask, shown_twice: tuple[FlaskClient, Survey]
) -> None:
    let_fail()
    data = app.config["SWIPE"].data
    said = CliRunner().invoke(command, ["doctor", "--mend", "--data", str(data)])
    assert said.exit_code == 0
    assert "To be made again: 2. To be uploaded again: 0." in said.output
    assert states() == ["pending", "pending"]
