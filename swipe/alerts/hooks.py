"""Posting an alert to another program. Slow: never call it inside a transaction."""

import http.client
import json
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from swipe.alerts.troubles import NotDelivered
from swipe.hook_hosts import Host, target

ANSWER_WITHIN = 10.0
DONE_WITHIN = 20.0
MOST_READ = 4096  # bytes of what the other side answers; nobody looks at them


def post(
    address: str,
    document: Mapping[str, str],
    hosts: frozenset[Host],
    answer_within: float = ANSWER_WITHIN,
    done_within: float = DONE_WITHIN,
) -> None:
    """Post a JSON document to an address of one of the hosts; raises NotDelivered.

    No redirect is followed and no proxy asked, so that nothing goes to a host that is not named.
    """
    found = target(address, hosts)
    if found is None:
        raise NotDelivered("hook-off")
    host, port, path = found
    trusted = ssl.create_default_context()
    line = http.client.HTTPSConnection(host, port, timeout=answer_within, context=trusted)
    try:
        with _in_our_words():
            line.connect()
            status = _answer(line, done_within, path, document)
    finally:
        line.close()
    _check(status)


def _answer(
    line: http.client.HTTPSConnection, seconds: float, path: str, document: Mapping[str, str]
) -> int:
    """Send the document over an open line and return the status of the answer."""
    body = json.dumps(document, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Swipe"}
    timer = threading.Timer(seconds, _cut, [line.sock])
    timer.daemon = True
    timer.start()
    try:
        line.request("POST", path, body, headers)
        reply = line.getresponse()
        reply.read(MOST_READ)
        return reply.status
    finally:
        timer.cancel()


@contextmanager
def _in_our_words() -> Iterator[None]:
    """Say of every fault only which kind it is: an address may hold a key of its owner."""
    try:
        yield
    except ssl.SSLCertVerificationError:
        raise NotDelivered("hook-trust") from None
    except (OSError, http.client.HTTPException, UnicodeError):
        raise NotDelivered("hook-silent") from None


def _check(status: int) -> None:
    if 300 <= status < 400:
        raise NotDelivered("hook-moved")
    if not 200 <= status < 300:
        raise NotDelivered("hook-refused")


def _cut(line: socket.socket) -> None:
    """End what takes too long, however slowly it drips."""
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
