"""Two people at the same moment on the real engines: nobody waits crosswise, nothing is stale."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection

from swipe.db import db, glance
from swipe.decks import card_editing, card_removal
from swipe.decks.card_adding import held_picture
from swipe.decks.card_editing import Change
from swipe.decks.deck_importing import import_cards
from swipe.decks.deck_planning import PlannedCard
from swipe.decks.deck_rows import DeckRow
from swipe.media.adding import refocused
from swipe.media.models import Picture
from swipe.surveys.editing import locked_draft
from swipe.surveys.models import Card, Survey
from tests.builders import cards_of, make_picture, make_survey
from tests.decks.card_desk import now, save, trail
from tests.decks.set_desk import own_pictures

Login = Callable[[str], FlaskClient]
A_MOMENT = 0.4  # until a thread waits for the lock; too short would only make a test easier


@contextmanager
def held(survey: Survey) -> Iterator[Connection]:
    """Hold the lock of a survey as another person does, and let go at the end."""
    with db.engine.begin() as connection:
        connection.execute(select(Survey.id).where(Survey.id == survey.id).with_for_update())
        yield connection


def begun(app: Flask, verb: Callable[[], Any], faults: list[Exception]) -> threading.Thread:
    """Start a verb as a request of its own that commits, and give it time to come to its lock."""

    def run() -> None:
        with app.app_context():
            try:
                verb()
                db.session.commit()
            except Exception as error:
                faults.append(error)
                db.session.rollback()

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(A_MOMENT)
    return thread


def cut(picture: str, x: int) -> str:
    """Make the same picture cut around another point, and return its key."""
    digest = refocused(db.session.get_one(Picture, picture), x, 50).digest
    db.session.commit()
    db.session.expunge_all()
    return digest


def crossing(verb: str, survey: Survey, client: FlaskClient) -> tuple[Callable[[], Any], str]:
    """Return a verb that needs both the survey and a picture, and the picture's key."""
    card = cards_of(survey)[0]
    if verb == "import":
        wanted = make_picture()
        row = DeckRow(file="a.jpg", theme="byliv", titles={"da": "Ny"})
        planned = PlannedCard(row, wanted.digest, wanted.master)
        return lambda: import_cards(survey.id, [planned], "a.zip"), wanted.digest
    if verb == "restore":
        client.post(f"/admin/cards/{card.id}/removal")
        return lambda: card_removal.restore_card(card.id), card.picture
    digest = cut(card.picture, 10)
    if verb == "focus":
        change = {"focus": Change("50 50", "10 50")}
        return lambda: card_editing.change_card(card.id, "da", change), digest
    save(client, card, focus=("50 50", "10 50"))
    save(client, card, facing=("neutral", "left"))
    save(client, card, focus=("10 50", "90 50"))
    save(client, card, alt=("Et motiv med nummer 0.", "Et motiv."))
    client.post(f"/admin/cards/{card.id}/undo")
    return lambda: undone(client, card), digest


def undone(client: FlaskClient, card: Card) -> None:
    """Take back as the person of a client does."""
    reply = client.post(f"/admin/cards/{card.id}/undo", headers={"Accept": "application/json"})
    assert reply.status_code == 200, reply.text


@pytest.mark.parametrize("verb", ["import", "restore", "focus", "undo"])
def test_who_needs_a_picture_and_a_survey_never_waits_crosswise_for_who_needs_both(
    app: Flask, login: Login, verb: str
) -> None:
    survey, faults = make_survey(state="draft", cards=3), list[Exception]()
    own_pictures(survey)
    one, digest = crossing(verb, survey, login("editor"))

    def other() -> None:
        held_picture(digest)
        locked_draft(survey.id)

    with held(survey):
        threads = [begun(app, one, faults), begun(app, other, faults)]
    for thread in threads:
        thread.join(30)
    assert faults == []


@pytest.mark.parametrize("way", ["position", "theme", "removal"])
def test_a_card_that_is_removed_while_one_waits_to_move_it_is_said_to_be_gone(
    app: Flask, login: Login, way: str
) -> None:
    survey, client = make_survey(state="draft", cards=6), login("editor")
    card, replies = cards_of(survey)[0], list[Any]()
    sent = {"step": "down", "theme": "byliv"}
    with held(survey) as connection:
        thread = begun(
            app, lambda: replies.append(client.post(f"/admin/cards/{card.id}/{way}", data=sent)), []
        )
        connection.execute(delete(Card).where(Card.id == card.id))
    thread.join(30)
    assert [reply.status_code for reply in replies] == [303]
    assert "Kortet " in client.get(replies[0].location).text
    with glance():
        assert db.session.get(Card, card.id) is None


def test_what_somebody_corrected_while_one_waited_to_remove_the_card_is_put_back_too(
    app: Flask, login: Login
) -> None:
    survey, client = make_survey(state="draft", cards=3), login("editor")
    own_pictures(survey)
    card = cards_of(survey)[0]
    with held(survey) as connection:
        thread = begun(app, lambda: client.post(f"/admin/cards/{card.id}/removal"), [])
        mended = update(Card).where(Card.id == card.id).values(titles={"da": "Rettet af Mette"})
        connection.execute(mended)
    thread.join(30)
    client.post(f"/admin/cards/{card.id}/restoration")
    assert now(card).titles == {"da": "Rettet af Mette"}


def test_a_card_that_came_into_the_theme_meanwhile_is_moved_out_of_it_again_and_written_down(
    app: Flask, login: Login
) -> None:
    survey, client = make_survey(state="draft", cards=3), login("editor")
    card = cards_of(survey)[0]
    with held(survey) as connection:
        address = f"/admin/cards/{card.id}/theme"
        thread = begun(app, lambda: client.post(address, data={"theme": card.theme}), [])
        connection.execute(update(Card).where(Card.id == card.id).values(theme="byliv"))
    thread.join(30)
    (line,) = trail(card)
    assert (line.before, line.after) == ({"theme": "byliv"}, {"theme": card.theme})
    assert now(card).theme == card.theme
