"""The real web program, and where wanted its worker, as processes over the tests' database."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from swipe.serving import gunicorn


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def loaded_by_web(data: Path, then: str = "pass") -> set[str]:
    """Return the packages the web program holds once it stands and has done one thing more."""
    look = (
        f"import json, sys; from swipe import create_app; create_app(sys.argv[1]); {then};"
        " print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    command = [sys.executable, "-c", look, str(data)]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(json.loads(found.stdout))


@contextmanager
def running_web(
    data: Path, port: int | None = None, checkout: Path | None = None, **settings: str
) -> Iterator[int]:
    """Yield the port of a gunicorn over a data folder; SWIPE_DATABASE_URL is inherited.

    It runs the program of another `checkout` where one is named.
    """
    port = port or free_port()
    environment = {**os.environ, "SWIPE_DATA": str(data), "SWIPE_LIMITS": "off", **settings}
    process = subprocess.Popen(gunicorn("127.0.0.1", port), env=environment, cwd=checkout)
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=40)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                if call(connection, "GET", "/readyz")[0] == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the web program did not start")


def call(connection: HTTPConnection, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    """Send one request over a kept connection; return status and parsed JSON (or None)."""
    data = None if body is None else json.dumps(body).encode()
    headers = {} if data is None else {"Content-Type": "application/json"}
    connection.request(method, path, data, headers)
    reply = connection.getresponse()
    raw = reply.read()
    return reply.status, json.loads(raw) if "json" in (
        reply.headers["Content-Type"] or ""
    ) else None


def run_worker_until(data: Path, done: Any, seconds: float = 90) -> None:
    """Run the real worker until `done()` holds."""
    environment = {**os.environ, "SWIPE_DATA": str(data)}
    process = subprocess.Popen([sys.executable, "-m", "swipe.cli", "work"], env=environment)
    try:
        end = time.monotonic() + seconds
        while not done():
            if time.monotonic() > end or process.poll() is not None:
                raise RuntimeError("the worker did not get there")
            time.sleep(0.3)
    finally:
        process.terminate()
        process.wait(timeout=40)
