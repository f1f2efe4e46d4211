"""Writing the mail: all that one person is to be told, as one plain letter."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from flask_babel import gettext as _
from flask_babel import ngettext

from swipe.alerts.alert_words import Said, plain_name
from swipe.alerts.troubles import NotDelivered
from swipe.config import Config

MOST = 30  # alerts in full; the others are counted


def letter(
    settings: Config, to: str, subject: str, text: str, key: str, mark: str | None = None
) -> EmailMessage:
    """Return a mail in plain text; `mark` is what a demo city says on everything.

    The same `key` gives the same Message-ID, by which a mail that was sent twice is known for
    one. Raises NotDelivered for an address that no mail can go to.
    """
    mail = EmailMessage(policy=SMTP)
    sender = settings.mail_from
    mail["From"] = Address(plain_name(settings.municipality), addr_spec=sender)
    try:
        mail["To"] = Address(addr_spec=to)
    except (ValueError, IndexError, HeaderParseError):
        raise NotDelivered("address", everybody=False) from None
    mail["Subject"] = f"{mark} · {subject}" if mark else subject
    mail["Date"] = datetime.now(settings.timezone)
    mail["Message-ID"] = (
        f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{Address(addr_spec=sender).domain}>"
    )
    mail["Auto-Submitted"] = "auto-generated"
    whole = [mark, "", text] if mark else [text]
    mail.set_content("\n".join([*whole, "", *_foot(settings)]), cte="quoted-printable")
    mail["Content-Language"] = "da"  # afterwards, since a new content takes the old one's with it
    return mail


def subject(alerts: Sequence[Said]) -> str:
    """Return the one line that a person reads first."""
    first = alerts[0].headline
    if len(alerts) == 1:
        return first
    return ngettext(
        "%(first)s, og %(num)s besked mere",
        "%(first)s, og %(num)s beskeder mere",
        len(alerts) - 1,
        first=first,
    )


def body(alerts: Sequence[Said], base: str) -> str:
    """Return every alert with its survey and its link."""
    parts = [_paragraph(one) for one in alerts[:MOST]]
    left = len(alerts) - MOST
    if left > 0:
        more = ngettext("Der er %(num)s besked mere.", "Der er %(num)s beskeder mere.", left)
        parts.append(f"{more}\n{base}/planner")
    return "\n\n".join(parts)


def trial(base: str) -> tuple[str, str]:
    """Return (subject, text) of a mail that only shows that mail arrives."""
    text = _("Dette er en prøve. Kan du læse den, kommer beskeder frem til dig.")
    return _("Prøve: beskeder kommer frem"), f"{text}\n{base}/planner/alerts"


def _paragraph(one: Said) -> str:
    title = [f"»{one.survey}«"] if one.survey else []
    return "\n".join([one.sentence, *title, one.link])


def _foot(settings: Config) -> list[str]:
    return [
        "-- ",
        _("Du får denne mail, fordi du har bedt om den. Vælg fra her:"),
        f"{settings.base_url}/planner/alerts",
        plain_name(settings.municipality),
    ]
