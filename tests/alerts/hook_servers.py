"""A real HTTPS server on this machine that takes what alerts post, or behaves badly."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from certificates import Trust


@dataclass
class Hook:
    """What the server does (`status`, `headers`, `behaviour`), and all that it was sent."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    behaviour: str = ""  # `huge` answers without end, `silent` not at all, `drip` a byte at a time
    port: int = 0
    got: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    sent: int = 0  # bytes of answers that left

    @property
    def hosts(self) -> frozenset[tuple[str, int]]:
        """What SWIPE_WEBHOOK_HOSTS would name."""
        return frozenset({("localhost", self.port)})

    def address(self, path: str = "/hook") -> str:
        return f"https://localhost:{self.port}{path}"


def _handler(hook: Hook) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.got.append(json.loads(body))
            hook.paths.append(self.path)
            with suppress(OSError):
                self._answer()

        def do_GET(self) -> None:
            hook.paths.append(f"GET {self.path}")
            self.send_response(200)
            self.end_headers()

        def _answer(self) -> None:
            if hook.behaviour == "silent":
                self.rfile.read()  # until the other side has had enough
                return
            self.send_response(hook.status)
            for name, value in hook.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if hook.behaviour == "huge":
                for _megabyte in range(64):
                    self.wfile.write(b"x" * 2**20)
                    hook.sent += 2**20
            while hook.behaviour == "drip":
                self.wfile.write(b"x")
                time.sleep(0.05)

        def log_message(self, *_words: object) -> None:
            pass

    return Handler


@contextmanager
def hook_server(trust: Trust, hook: Hook) -> Iterator[Hook]:
    """Run the server; `hook.port` says where."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(hook))
    server.handle_error = lambda *_words: None  # type: ignore[method-assign]  # broken lines
    server.socket = trust.served.wrap_socket(server.socket, server_side=True)
    hook.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
