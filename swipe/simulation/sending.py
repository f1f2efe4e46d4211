"""A simulated city sends its answers to a running server, as so many phones would."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

import orjson

from swipe.errors import SetupError
from swipe.simulation.bodies import Answers

CONNECTIONS = 8
TRIES = 6  # of one event, when the server is busy or the connection breaks
LONGEST_WAIT, PAUSE = 60.0, 1.0  # seconds
SECONDS = 30.0  # that an answer may take
UNANSWERED = 0  # the status of an event that no answer came to
BUSY = (429, 503)


class Sender:
    """Sends each event once over a few kept connections, and counts the answers by status."""

    def __init__(self, url: str, told: Callable[[int], None] = lambda _n: None) -> None:
        """Raises SetupError for an address that is not http(s)://host, with or without a port."""
        try:
            parts = urlsplit(url)
            self._host, self._port = parts.hostname or "", parts.port
        except ValueError as error:
            raise SetupError(f"{url} is not an address.") from error
        if parts.scheme not in ("http", "https") or not self._host:
            raise SetupError(f"{url} is not an address. Write it as http://127.0.0.1:8000")
        self._kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self._path = parts.path.rstrip("/") + "/api/v1/participations/"
        self.told, self._lock = told, threading.Lock()
        self._stopped = False
        self.statuses: Counter[int] = Counter()

    def send(self, answers: Iterable[Answers]) -> Counter[int]:
        """Send everything; return how many events ended with which status (0 for no answer)."""
        waiting = iter(answers)
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            try:
                for done in [pool.submit(self._work, waiting) for _ in range(CONNECTIONS)]:
                    done.result()
            finally:
                self._stopped = True  # told to stop, nobody begins another one
        return self.statuses

    def _work(self, waiting: Iterator[Answers]) -> None:
        with closing(self._kind(self._host, self._port, timeout=SECONDS)) as connection:
            while (answer := self._next(waiting)) is not None:
                status = self._deliver(connection, answer)
                with self._lock:
                    self.statuses[status] += 1
                    self.told(1)

    def _next(self, waiting: Iterator[Answers]) -> Answers | None:
        with self._lock:  # a generator cannot be asked by two at a time
            return None if self._stopped else next(waiting, None)

    def _deliver(self, connection: HTTPConnection, answer: Answers) -> int:
        """Put one event until it is answered; a repeat is harmless by the API's own promise."""
        person, document = answer
        body, status = orjson.dumps(document), UNANSWERED
        for _try in range(TRIES):
            try:
                path, headers = f"{self._path}{person}", {"Content-Type": "application/json"}
                connection.request("PUT", path, body, headers)
                reply = connection.getresponse()
                reply.read()
                status = reply.status
            except (OSError, HTTPException):
                connection.close()  # the next request opens it anew
                status = UNANSWERED
                time.sleep(PAUSE)
                continue
            if status not in BUSY:
                return status
            time.sleep(_wait(reply))
        return status


def _wait(reply: HTTPResponse) -> float:
    """Return how many seconds the server asks us to wait, within reason."""
    try:
        asked = float(reply.headers.get("Retry-After", PAUSE))
    except ValueError:  # a date; none of our servers sends one
        asked = PAUSE
    return min(max(asked, 0.0), LONGEST_WAIT)
