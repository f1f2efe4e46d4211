"""Nearly-pictures sent through the upload form of the real program, and what became of them."""

import json
import random
import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from swipe.media.storage import NAME, Folder
from swipe.surveys.models import Survey
from tests.builders import PASSWORD
from tests.media.metadata import found_in
from tests.media.mutations import PAYLOAD, mutated, seeds

AT_ONCE = 10
A_SURVEY_TAKES = 180  # then another one is begun
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
LOGIN_TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


@dataclass
class Outcome:
    """What a run has seen. `faults` is what must never be."""

    sent: int = 0
    taken: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


class Editor:
    """One person with a browser, as far as the upload form goes."""

    def __init__(self, port: int, email: str) -> None:
        self.port, self.cookie = port, ""
        page = self.ask("GET", "/login")[1].decode()
        token = LOGIN_TOKEN.search(page)
        assert token
        words = {"csrf_token": token[1], "email": email, "password": PASSWORD}
        status, body = self.ask("POST", "/session", urlencode(words).encode())
        assert status in (302, 303), body[-500:]

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, bytes]:
        """Send one request; return status and body."""
        headers = {"Accept": "application/json" if kind else "text/html", "Cookie": self.cookie}
        headers["Content-Type"] = kind or "application/x-www-form-urlencoded"
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=600)) as connection:
            connection.request(method, path, body, headers)
            reply = connection.getresponse()
            for cookie in reply.headers.get_all("Set-Cookie") or []:
                self.cookie = cookie.partition(";")[0]
            return reply.status, reply.read()

    def upload(self, survey: Survey, files: list[bytes]) -> tuple[int, bytes]:
        """Send files as the form does, every one called a photo."""
        page = self.ask("GET", f"/admin/surveys/{survey.id}/cards")[1].decode()
        token = TOKEN.search(page)
        assert token
        edge = uuid.uuid4().hex
        parts = [_part(edge, "csrf_token", token[1].encode())]
        parts.append(_part(edge, "theme", b"byliv"))
        names = [f"IMG_{number:04}.jpg" for number in range(len(files))]
        parts += [
            _part(edge, "pictures", data, name) for data, name in zip(files, names, strict=True)
        ]
        body = b"".join(parts) + f"--{edge}--\r\n".encode()
        kind = f"multipart/form-data; boundary={edge}"
        return self.ask("POST", f"/admin/surveys/{survey.id}/cards", body, kind)


def _part(edge: str, name: str, data: bytes, filename: str = "") -> bytes:
    file = f'; filename="{filename}"\r\nContent-Type: image/jpeg' if filename else ""
    head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
    return head.encode() + data + b"\r\n"


def fuzz(
    editor: Editor,
    new_survey: Callable[[], Survey],
    count: int,
    seed: int,
    told: Callable[[int], None] = lambda _number: None,
) -> Outcome:
    """Send so many mutated files, ten in a form; every reply must be an answer to every file."""
    chance, known, outcome = random.Random(seed), seeds(), Outcome()
    survey, in_survey = new_survey(), 0
    while outcome.sent < count:
        number = min(AT_ONCE, count - outcome.sent)
        if in_survey + number > A_SURVEY_TAKES:
            survey, in_survey = new_survey(), 0
        files = [mutated(chance, known) for _file in range(number)]
        status, body = editor.upload(survey, files)
        outcome.sent += number
        if status != 200:
            outcome.faults.append(f"status {status} after {outcome.sent} files (seed {seed})")
        else:
            in_survey += _noted(outcome, json.loads(body), number)
        told(number)
    return outcome


def _noted(outcome: Outcome, said: dict[str, object], number: int) -> int:
    refused = said["refused"]
    assert isinstance(refused, list)
    taken = int(str(said["taken"]))
    if taken + len(refused) != number:
        outcome.faults.append(f"{number} files, {taken} taken and {len(refused)} refused")
    outcome.taken += taken
    outcome.reasons.update(one["reason"] for one in refused)
    return taken


def left_behind(folder: Folder, *temporary: Path) -> Iterator[str]:
    """Yield a sentence for whatever should not lie there after a run."""
    for path in folder.root.rglob("*"):
        if path.is_file() and not NAME.match(path.name):
            yield f"a temporary file: {path.name}"
    for place in temporary:
        yield from (f"a temporary file: {path}" for path in place.rglob("*") if path.is_file())


def leaking(folder: Folder) -> Iterator[str]:
    """Yield a sentence for everything in a stored file that is not pixels."""
    runs = {PAYLOAD[at : at + 16] for at in range(len(PAYLOAD) // 4)}
    for file in folder.files():
        data = folder.get(file.name)
        yield from (f"{file.name}: {found}" for found in found_in(file.name, data))
        if any(run in data for run in runs):
            yield f"{file.name}: a piece of the payload"
