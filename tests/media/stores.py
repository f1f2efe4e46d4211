"""A real server that speaks the S3 protocol, as a process of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection

from tests.live import free_port

KEYS = {"AWS_ACCESS_KEY_ID": "swipe", "AWS_SECRET_ACCESS_KEY": "only for tests"}


@contextmanager
def running_store() -> Iterator[int]:
    """Yield the port of an S3 server with one bucket, `pictures`; it keeps nothing."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        env={**os.environ, **KEYS},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _make_bucket(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _make_bucket(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("PUT", "/pictures")
                if connection.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the store did not start")


def address(port: int, folder: str) -> str:
    """Return what SWIPE_MEDIA_URL would say."""
    return f"s3://pictures/{folder}?endpoint=http://127.0.0.1:{port}&region=eu-north-1"
