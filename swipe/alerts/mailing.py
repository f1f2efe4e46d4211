"""Handing mail over to the server of the settings. Slow: never call it inside a transaction."""

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage

from swipe.alerts.troubles import NotDelivered
from swipe.smtp_url import MailServer

ANSWER_WITHIN = 10.0  # seconds for each answer of the server
DONE_WITHIN = 60.0  # and for all of a conversation, however slowly it drips
GREETING = 220


class Conversation:
    """An open line to the server, over which letters go one after the other."""

    def __init__(self, line: smtplib.SMTP, sender: str) -> None:
        self._line, self._sender = line, sender

    def send(self, mail: EmailMessage, to: str) -> None:
        """Hand one letter over; raises NotDelivered.

        What concerns this letter alone leaves the line open for the next one.
        """
        with _in_our_words():
            try:
                self._line.send_message(mail, self._sender, [to])
            except smtplib.SMTPRecipientsRefused:
                raise NotDelivered("address", everybody=False) from None
            except smtplib.SMTPNotSupportedError:  # an address with other letters than a to z
                raise NotDelivered("address", everybody=False) from None
            except smtplib.SMTPDataError:
                raise NotDelivered("refused", everybody=False) from None


@contextmanager
def conversation(
    server: MailServer,
    sender: str,
    answer_within: float = ANSWER_WITHIN,
    done_within: float = DONE_WITHIN,
) -> Iterator[Conversation]:
    """Open a line to the server and log in; raises NotDelivered, also while letters are sent."""
    line = _line(server, answer_within)
    timer = threading.Timer(done_within, _cut, [line])
    timer.daemon = True
    timer.start()
    try:
        with _in_our_words():
            _begin(line, server)
        yield Conversation(line, sender)
        with suppress(smtplib.SMTPException, OSError):  # all letters are there already
            line.quit()
    finally:
        timer.cancel()
        line.close()


def _line(server: MailServer, seconds: float) -> smtplib.SMTP:
    """Return a line that is not open yet, so that it can be cut from the first moment on.

    The certificate of the server is looked at wherever the line is encrypted.
    """
    line = smtplib.SMTP(timeout=seconds)
    if server.encrypted:
        line = smtplib.SMTP_SSL(timeout=seconds, context=ssl.create_default_context())
    line._host = server.host  # type: ignore[attr-defined]  # whose certificate it must be
    return line


def _cut(line: smtplib.SMTP) -> None:
    """End what takes too long from outside: whoever waits for an answer hears that it is gone."""
    if line.sock is not None:
        with suppress(OSError):
            line.sock.shutdown(socket.SHUT_RDWR)


def _begin(line: smtplib.SMTP, server: MailServer) -> None:
    """Connect, encrypt and log in; on this machine itself nobody listens, so nothing is hidden."""
    code, _words = line.connect(server.host, server.port)
    if code != GREETING:
        raise NotDelivered("unreachable")
    line.ehlo()
    if not server.encrypted and not server.local:
        if line.has_extn("starttls"):
            line.starttls(context=ssl.create_default_context())
            line.ehlo()
        elif server.user:
            raise NotDelivered("no-encryption")
    if server.user:
        line.login(server.user, server.password)


@contextmanager
def _in_our_words() -> Iterator[None]:
    """Say of every fault only which kind it is: what a server answers may repeat what we sent."""
    try:
        yield
    except smtplib.SMTPAuthenticationError:
        raise NotDelivered("login") from None
    except smtplib.SMTPNotSupportedError:  # it takes no login, or none over such a line
        raise NotDelivered("login") from None
    except ssl.SSLCertVerificationError:
        raise NotDelivered("certificate") from None
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError):
        raise NotDelivered("unreachable") from None
    except smtplib.SMTPException:
        raise NotDelivered("refused") from None
    except (OSError, UnicodeError):  # no such host, no answer in time
        raise NotDelivered("unreachable") from None
