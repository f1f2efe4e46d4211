"""Pure: the hosts that a webhook may call, and nobody else's."""

import re
from urllib.parse import urlsplit

from swipe.errors import SetupError

Host = tuple[str, int]
HTTPS = 443
_HOST = re.compile(r"(?=.{1,253}(?::|$))[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?")
# What stands in the line of a request: no space, no control character, nothing beyond ASCII.
_SENT_AS_IT_IS = re.compile(r"[\x21-\x7e]+")


def read_hosts(text: str) -> frozenset[Host]:
    """Return the hosts of a setting, HOST or HOST:PORT between commas; raises SetupError."""
    found = set()
    for word in filter(None, (part.strip().lower() for part in text.split(","))):
        host, _colon, port = word.partition(":")
        if not _HOST.fullmatch(word) or int(port or HTTPS) not in range(1, 65536):
            raise SetupError("SWIPE_WEBHOOK_HOSTS names hosts alone: hooks.kommune.dk, b.dk:8443.")
        found.add((host, int(port or HTTPS)))
    return frozenset(found)


def named(hosts: frozenset[Host]) -> list[str]:
    """Return the hosts as people write them, in order."""
    return sorted(host if port == HTTPS else f"{host}:{port}" for host, port in hosts)


def target(address: str, hosts: frozenset[Host]) -> tuple[str, int, str] | None:
    """Return (host, port, path) of an address that a webhook may call, None for any other.

    Only https, only one of the hosts, as it is written: no name or password, no fragment, no
    second spelling of a port or a host.
    """
    if not _SENT_AS_IT_IS.fullmatch(address) or "\\" in address:
        return None
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", HTTPS if parts.port is None else parts.port
    except ValueError:
        return None
    spelled = parts.netloc.lower() in (host, f"{host}:{port}")
    if parts.scheme != "https" or not spelled or parts.fragment or (host, port) not in hosts:
        return None
    return host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
