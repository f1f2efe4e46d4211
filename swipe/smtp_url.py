"""Pure: the address of a mail server, read into its parts, and the address mail comes from."""

import ipaddress
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.headerregistry import Address
from urllib.parse import unquote, urlsplit

from swipe.errors import SetupError

PORTS = {"smtp": 587, "smtps": 465}
SHAPE = "SWIPE_SMTP_URL looks like smtp://USER:PASSWORD@HOST:587 or smtps://HOST."


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over; `local` is this machine itself, which needs no encryption.

    The password is in no text that is made of this.
    """

    host: str
    port: int
    encrypted: bool  # from the first byte on; else STARTTLS follows
    local: bool
    user: str = ""
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'smtps' if self.encrypted else 'smtp'}://{host}:{self.port}"


def read_smtp_url(url: str) -> MailServer | None:
    """Return the server that an address names, None for an empty one.

    Raises SetupError, which never repeats the address, since it holds a password.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise SetupError(SHAPE) from None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    beside = parts.path not in ("", "/") or parts.query or parts.fragment
    if not parts.hostname or beside or not _plain(parts.hostname + user + password):
        raise SetupError(SHAPE)
    if bool(user) != bool(password):
        raise SetupError("SWIPE_SMTP_URL needs a user and a password, or neither.")
    local = _is_local(parts.hostname)
    return MailServer(parts.hostname, port, parts.scheme == "smtps", local, user, password)


def _plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def read_sender(address: str) -> str:
    """Return the address that mail comes from; raises SetupError where it is none."""
    try:
        read = Address(addr_spec=address) if address else None
    except (ValueError, HeaderParseError, IndexError):
        read = None
    if read is None or not read.domain or not _plain(address):
        raise SetupError("SWIPE_MAIL_FROM must be a mail address, as swipe@kommune.dk.")
    return address
