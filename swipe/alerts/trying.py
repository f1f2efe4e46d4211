"""Trying: a message that only shows that messages arrive. Somebody waits for it, so it is quick."""

import uuid

from swipe.alerts import hooks, letter, mailing
from swipe.alerts.troubles import NotDelivered
from swipe.config import Config

ANSWER_WITHIN = 5.0
DONE_WITHIN = 12.0


def mail_trial(settings: Config, to: str, mark: str | None) -> None:
    """Mail a trial to an address; raises NotDelivered."""
    if settings.mail_server is None:
        raise NotDelivered("not-set-up")
    subject, text = letter.trial(settings.base_url)
    mail = letter.letter(settings, to, subject, text, key=str(uuid.uuid4()), mark=mark)
    line = mailing.conversation(
        settings.mail_server, settings.mail_from, ANSWER_WITHIN, DONE_WITHIN
    )
    with line as open_line:
        open_line.send(mail, to)


def post_trial(settings: Config, address: str, mark: str | None) -> None:
    """Post a trial to a webhook, in the shape of any alert; raises NotDelivered."""
    subject, _text = letter.trial(settings.base_url)
    document = {
        "kind": "trial",
        "area": "",
        "survey": "",
        "link": f"{settings.base_url}/planner/alerts",
        "sentence": f"{mark}: {subject}" if mark else subject,
    }
    hooks.post(address, document, settings.webhook_hosts, ANSWER_WITHIN, DONE_WITHIN)
