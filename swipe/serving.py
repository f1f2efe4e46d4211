"""Running the web program and its worker together until one of them ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from swipe.errors import SetupError

WORKERS, THREADS = 2, 16
PRIVATE = 0o077  # what the program writes is for its own user alone
STARTS_WITHIN = 60.0


def gunicorn(host: str, port: int) -> list[str]:
    """Return the command line of the web program."""
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "swipe:create_app()",
        f"--bind={host}:{port}",
        "--worker-class=gthread",
        f"--workers={WORKERS}",
        f"--threads={THREADS}",
        "--backlog=1024",
        "--graceful-timeout=25",
        "--no-control-socket",
        "--log-level=warning",
    ]


def refuse_taken_port(host: str, port: int) -> None:
    """Raise SetupError when somebody else listens already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SetupError(
                f"Port {port} cannot be used on {host} ({error.strerror}). "
                "Choose another with --port."
            ) from error


class Pair:
    """Web program and worker as child processes over one data folder."""

    def __init__(self, data: Path, host: str, port: int, **settings: str) -> None:
        environment = {**os.environ, "SWIPE_DATA": str(data), **settings}
        self.address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104
        self.children = [
            subprocess.Popen(command, env=environment, umask=PRIVATE)  # noqa: S603 - our own
            for command in (gunicorn(host, port), [sys.executable, "-m", "swipe.cli", "work"])
        ]

    def wait_until_ready(self) -> None:
        """Return when the web program answers; raise SetupError when it does not in time."""
        end = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < end:
            if any(child.poll() is not None for child in self.children):
                break
            try:
                with urlopen(f"{self.address}/readyz", timeout=5):  # noqa: S310 - our own address
                    return
            except (URLError, OSError):
                time.sleep(0.1)
        self.stop()
        raise SetupError("The program did not start. The reason stands above.")

    def run(self) -> int:
        """Wait until a child ends or we are told to stop; then stop both."""
        told = {"stop": False}

        def stop(*_: object) -> None:
            told["stop"] = True

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        while not told["stop"] and all(child.poll() is None for child in self.children):
            time.sleep(0.2)
        failed = not told["stop"]
        self.stop()
        return int(failed)

    def stop(self) -> None:
        """End both children, gently first."""
        for child in self.children:
            if child.poll() is None:
                child.terminate()
        for child in self.children:
            try:
                child.wait(timeout=30)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
