"""Real mail servers on this machine: one that takes letters, and some that do not."""

import socket
import ssl
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from swipe.smtp_url import MailServer
from tests.live import free_port

USER, PASSWORD = "swipe", "en hemmelig kode".replace(" ", "-")


class Letters:
    """What a server does with a letter; `answers` are given in turn instead, the last one stays."""

    def __init__(self, *answers: str, at: str = "DATA") -> None:
        self.taken: list[EmailMessage] = []
        self.to: list[list[str]] = []
        self.encrypted: list[bool] = []
        self.answers, self.at = list(answers), at

    def _answer(self, at: str) -> str:
        if at != self.at or not self.answers:
            return "250 OK"
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        answer = self._answer("RCPT")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:
        answer = self._answer("DATA")
        if answer.startswith("250"):
            mail = message_from_bytes(envelope.original_content, policy=default)
            assert isinstance(mail, EmailMessage)
            self.taken.append(mail)
            self.to.append(list(envelope.rcpt_tos))
            self.encrypted.append(session.ssl is not None)
        return answer


def _lets_in(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    fits = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=fits, handled=False)


@contextmanager
def mail_server(
    letters: Letters,
    starttls: ssl.SSLContext | None = None,
    encrypted: ssl.SSLContext | None = None,
    login: bool = False,
    open_login: bool = False,
) -> Iterator[int]:
    """Yield the port of a server that takes letters; `open_login` takes passwords in the open."""
    port = free_port()
    # Its own name, which it would else ask the network for.
    options: dict[str, Any] = {
        "server_hostname": "localhost",
        "tls_context": starttls,
        "auth_require_tls": not open_login,
    }
    if login:
        options |= {"auth_required": True, "authenticator": _lets_in}
    server = Controller(letters, hostname="127.0.0.1", port=port, ssl_context=encrypted, **options)
    with warnings.catch_warnings():
        if open_login:  # which the server rightly advises against
            warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS")
        server.start()
        try:
            yield port
        finally:
            server.stop()


@contextmanager
def silent_server(*said: bytes) -> Iterator[int]:
    """Yield the port of a server that takes every call, says a few words at most, and no more."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        calls: list[socket.socket] = []

        def take() -> None:
            with suppress(OSError):
                while True:
                    call, _address = server.accept()
                    calls.append(call)
                    for words in said:
                        call.sendall(words)

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join(5)
            for call in calls:
                call.close()


def elsewhere(port: int, user: str = "", password: str = "", encrypted: bool = False) -> MailServer:
    """Return a server of this machine as if it stood on another one."""
    return MailServer("localhost", port, encrypted, local=False, user=user, password=password)
