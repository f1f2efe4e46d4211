"""A bad line: a proxy in front of the real server that does to answers what networks do.

Which fault comes when is written in the seed; once `honest` is set, everything goes through.
"""

import random
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

ANSWERS = "/api/v1/participations/"
PORTAL = b"<!doctype html><title>Velkommen</title><h1>Log ind for at komme videre</h1>"
NOT_PASSED_ON = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Asked(NamedTuple):
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Reply(NamedTuple):
    status: int
    headers: list[tuple[str, str]]
    body: bytes


class BadLine(ThreadingHTTPServer):
    """The proxy: `seen` counts the faults, `held` are requests that arrive late."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, upstream: int) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.upstream, self.guard = upstream, threading.Lock()
        self.seen: Counter[str] = Counter()
        self.begin(0)
        self.honest = True

    def begin(self, seed: int) -> None:
        """Deal the faults of a seed: all of them in turn, each seed from another place on."""
        self.dice, self.held = random.Random(seed), []  # type: ignore[var-annotated]
        self.turn = seed * 3
        self.honest = False

    def next_fault(self) -> str:
        """Return the fault for the next request; every third goes well."""
        with self.guard:
            self.turn += 1
            chosen = list(FAULTS)[(self.turn * 2 // 3) % len(FAULTS)]
            fault = "none" if self.honest or self.turn % 3 == 0 else chosen
            self.seen[fault] += 1
        return fault

    def pass_on(self, asked: Asked) -> Reply:
        """Let a request through to the server; raises OSError where it is not there."""
        with closing(HTTPConnection("127.0.0.1", self.upstream, timeout=30)) as line:
            line.request(asked.method, asked.path, asked.body or None, asked.headers)
            reply = line.getresponse()
            kept = [pair for pair in reply.getheaders() if pair[0].lower() not in NOT_PASSED_ON]
            return Reply(reply.status, kept, reply.read())

    def late_arrivals(self) -> None:
        """Let everything arrive that was held back, the newest first."""
        with self.guard:
            held, self.held = self.held[::-1], []
        for asked in held:
            self.pass_on(asked)

    def handle_error(self, *_whose: Any) -> None:
        """Say nothing of a browser that hangs up; tests look at what is stored."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60
    server: BadLine

    def log_message(self, *_words: Any) -> None:
        """Keep quiet."""

    def relay(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        sent = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
        asked = Asked(self.command, self.path, sent, body)
        fault = self.server.next_fault() if self.path.startswith(ANSWERS) else "none"
        if self.path == "/portal":
            self.answer(Reply(200, [("Content-Type", "text/html")], PORTAL))
        elif fault == "none":
            self.answer(self.server.pass_on(asked))
        else:
            FAULTS[fault](self, asked)

    do_GET = do_HEAD = do_PUT = do_DELETE = do_POST = relay

    def answer(self, reply: Reply, *, cut: bool = False) -> None:
        """Send a reply; one that is cut says how long it would have been."""
        self.send_response_only(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        if reply.status not in (204, 304) and self.command != "HEAD":
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body[: len(reply.body) // 2] if cut else reply.body)
        if cut:
            self.hang_up()

    def hang_up(self) -> None:
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)


def lose_request(phone: Handler, _asked: Asked) -> None:
    phone.hang_up()


def lose_reply(phone: Handler, asked: Asked) -> None:
    phone.server.pass_on(asked)  # stored, and the phone never hears of it
    phone.hang_up()


def double(phone: Handler, asked: Asked) -> None:
    phone.server.pass_on(asked)
    phone.answer(phone.server.pass_on(asked))


def hold_back(phone: Handler, asked: Asked) -> None:
    """Let it arrive after what is sent later."""
    with phone.server.guard:
        phone.server.held.append(asked)
    phone.hang_up()


def overtake(phone: Handler, asked: Asked) -> None:
    """Let it through, and after it what was held back before."""
    phone.answer(phone.server.pass_on(asked))
    phone.server.late_arrivals()


def delay(phone: Handler, asked: Asked) -> None:
    threading.Event().wait(0.2 + phone.server.dice.random() * 1.2)
    phone.answer(phone.server.pass_on(asked))


def cut_request(phone: Handler, asked: Asked) -> None:
    with closing(socket.create_connection(("127.0.0.1", phone.server.upstream), 5)) as line:
        head = f"{asked.method} {asked.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(asked.body)}\r\n\r\n"
        line.sendall(head.encode() + asked.body[: len(asked.body) // 2])
    phone.hang_up()


def cut_reply(phone: Handler, asked: Asked) -> None:
    phone.answer(phone.server.pass_on(asked), cut=True)


def broken_json(phone: Handler, asked: Asked) -> None:
    reply = phone.server.pass_on(asked)
    phone.answer(Reply(200, [("Content-Type", "application/json")], reply.body[:-1] or b"{"))


def portal(phone: Handler, _asked: Asked) -> None:
    phone.answer(Reply(200, [("Content-Type", "text/html")], PORTAL))


def login_page(phone: Handler, _asked: Asked) -> None:
    phone.answer(Reply(302, [("Location", "/portal")], b""))


def refusing(
    status: int, rest: Callable[[], str] | None = None
) -> Callable[[Handler, Asked], None]:
    def refuse(phone: Handler, _asked: Asked) -> None:
        headers = [("Content-Type", "application/problem+json"), ("Date", stamp(0))]
        if rest:
            headers.append(("Retry-After", rest()))
        phone.answer(Reply(status, headers, b'{"status": %d}' % status))

    return refuse


def stamp(seconds: int) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


FAULTS: dict[str, Callable[[Handler, Asked], None]] = {
    "lose the request": lose_request,
    "lose the reply": lose_reply,
    "double": double,
    "hold back": hold_back,
    "overtake": overtake,
    "delay": delay,
    "cut the request": cut_request,
    "cut the reply": cut_reply,
    "broken json": broken_json,
    "portal": portal,
    "login page": login_page,
    "503 for two seconds": refusing(503, lambda: "2"),
    "429 until a time": refusing(429, lambda: stamp(3)),
    "500": refusing(500),
    "413": refusing(413),
}


@contextmanager
def bad_line(upstream: int) -> Iterator[BadLine]:
    """Yield a proxy in front of a port; it is honest until a seed begins."""
    with BadLine(upstream) as line:
        thread = threading.Thread(target=line.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield line
        finally:
            line.shutdown()
            thread.join()
