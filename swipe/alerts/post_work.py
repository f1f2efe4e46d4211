"""The sending itself, in a thread of the worker: letters over one line, posts one by one.

No transaction is open while anything is sent; each part is marked as soon as it is gone.
"""

import time
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from flask import Flask, current_app

from swipe.alerts import hooks, letter, mailing, noting
from swipe.alerts.alert_words import Said, urgency
from swipe.alerts.choosing import Reader
from swipe.alerts.looking import Fact
from swipe.alerts.noting import Waiting
from swipe.alerts.troubles import NotDelivered
from swipe.config import Config
from swipe.db import db

ROUND_SECONDS = 120.0  # of sending; what is left waits for the next round
Batches = Mapping[tuple[uuid.UUID, str], list[Waiting]]


class Post:
    """One round of sending: who gets what, in words that are written already."""

    def __init__(
        self,
        settings: Config,
        people: Mapping[uuid.UUID, Reader],
        told: Mapping[Fact, Said],
        mark: str | None,
    ) -> None:
        self.settings, self.people, self.told, self.mark = settings, people, told, mark
        self.end = time.monotonic() + ROUND_SECONDS

    def deliver(self, batches: Batches) -> None:
        """Send everything, and mark each part as soon as it is gone."""
        by_way: dict[str, list[list[Waiting]]] = {"mail": [], "webhook": []}
        for (_staff, way), batch in batches.items():
            told = [one for one in batch if one.fact in self.told]
            by_way[way] += [told] if told else []  # its surveys may be gone since
        if by_way["mail"]:
            self._mail(by_way["mail"])
        for batch in by_way["webhook"]:
            self._post(batch)

    def _mail(self, batches: list[list[Waiting]]) -> None:
        """Send a letter to each person over one line; a server that is gone is gone for all."""
        left = list(batches)
        try:
            server = self.settings.mail_server
            if server is None:
                raise NotDelivered("not-set-up")
            with mailing.conversation(server, self.settings.mail_from) as line:
                while left and time.monotonic() < self.end:
                    self._letter(line, left[0])
                    left.pop(0)
        except NotDelivered as error:
            for batch in left:
                _failed(batch, error)

    def _letter(self, line: mailing.Conversation, batch: list[Waiting]) -> None:
        to = self.people[batch[0].staff].email
        told = sorted((self.told[one.fact] for one in batch), key=urgency)
        key = "\n".join(sorted(f"{one.staff} {one.survey} {one.kind}" for one in batch))
        text = letter.body(told, self.settings.base_url)
        try:
            mail = letter.letter(self.settings, to, letter.subject(told), text, key, mark=self.mark)
            line.send(mail, to)
        except NotDelivered as error:
            if error.everybody:
                raise
            _failed(batch, error)
        else:
            _sent(batch)

    def _post(self, batch: list[Waiting]) -> None:
        """Post one person's alerts one by one, until one fails: the others would fail too."""
        address = self.people[batch[0].staff].choice.webhook
        for at, one in enumerate(batch):
            if time.monotonic() > self.end:
                return
            try:
                document = hook_document(one, self.told[one.fact], self.mark)
                hooks.post(address, document, self.settings.webhook_hosts)
            except NotDelivered as error:
                _failed(batch[at:], error)
                return
            _sent([one])


def deliver(app: Flask, post: "Post", batches: Batches) -> None:
    """Send one round; what goes wrong with it is logged by its kind alone, and tried again."""
    with app.app_context():
        try:
            post.deliver(batches)
        except Exception as error:  # its text may hold what was sent
            current_app.logger.error("alerts: %s", type(error).__name__)
        finally:
            db.session.remove()


def hook_document(one: Waiting, told: Said, mark: str | None) -> dict[str, str]:
    """Return what is posted: the keys that our own API uses, and the sentence."""
    return {
        "kind": told.kind,
        "area": told.slug,
        "survey": str(one.survey),
        "link": told.link,
        "sentence": f"{mark}: {told.sentence}" if mark else told.sentence,
    }


def _sent(batch: Sequence[Waiting]) -> None:
    noting.mark_sent(batch, datetime.now(UTC))
    db.session.commit()
    current_app.logger.info("alerts: %s sent by %s", len(batch), batch[0].way)


def _failed(batch: Sequence[Waiting], error: NotDelivered) -> None:
    noting.mark_failed(batch, error.code, datetime.now(UTC))
    db.session.commit()
    current_app.logger.warning(
        "alerts: %s not sent by %s: %s", len(batch), batch[0].way, error.code
    )
