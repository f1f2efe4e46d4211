"""How a person works on a card set: pictures in, cards moved, and what the trail says of it."""

import io
from typing import Any

from flask.testing import FlaskClient
from PIL import Image

from swipe.accounts.audit import AuditEvent
from swipe.db import db, glance
from swipe.media.models import Picture
from swipe.surveys.models import Card, Survey, live_cards
from tests.builders import keep, make_picture


def picture(colour: str = "green", size: tuple[int, int] = (600, 800)) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    out.seek(0)
    return out


def upload(client: FlaskClient, survey: Survey, *files: tuple[io.BytesIO, str], **more: Any) -> Any:
    data = {"theme": "byliv", "pictures": list(files)}
    return client.post(f"/admin/surveys/{survey.id}/cards", data=data, **more)


def page(client: FlaskClient, survey: Survey, question: str = "") -> str:
    return client.get(f"/admin/surveys/{survey.id}/cards{question}").text


def cards(survey: Survey) -> list[Card]:
    with glance():
        return list(live_cards(survey.id))


def rows(survey: Survey) -> dict[str, list[str]]:
    """Return the cards of every theme in order, by their numbers: Motiv 3 is 3."""
    found: dict[str, list[str]] = {}
    for card in cards(survey):
        found.setdefault(card.theme, []).append(card.titles["da"].removeprefix("Motiv "))
    return found


def version(survey: Survey) -> int:
    with glance():
        return db.session.get_one(Survey, survey.id).version


def trail(survey: Survey) -> list[AuditEvent]:
    """Return what the audit trail says of a survey, oldest first."""
    with glance():
        events = db.session.query(AuditEvent).filter_by(survey=survey.id)
        return events.order_by(AuditEvent.at).all()


def change(card: Card, **fields: Any) -> None:
    with db.session.begin():
        for name, value in fields.items():
            setattr(db.session.get_one(Card, card.id), name, value)


def show_another_picture(card: Card, state: str = "ready") -> Picture:
    shown: Picture = make_picture(state=state)
    change(card, picture=shown.digest)
    return shown


def own_pictures(survey: Survey, state: str = "ready") -> None:
    """Give every card a picture of its own, as uploading does."""
    for card in cards(survey):
        show_another_picture(card, state)


def keep_focus(card: Card, focus: str) -> None:
    """Give a card the same master under another focus point, which is another picture."""
    with glance():
        held = db.session.get_one(Picture, card.picture)
    columns = ("master", "width", "height", "upload", "added_on")
    same = {name: getattr(held, name) for name in columns}
    keep(Picture(digest=focus * 64, focus_x=10, **same))
    change(card, picture=focus * 64)
