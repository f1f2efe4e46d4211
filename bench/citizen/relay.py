"""A line between a browser and the server: counts all that comes down, and may be slow.

It hears what no page hears, as what a service worker fetches, and is as slow for all of it.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from citizen.browser import Line
from citizen.city import free_port

PIECE = 4096  # bytes


class Relay:
    """What has come down the line so far, and how slow it is; None is as fast as the machine."""

    def __init__(self, port: int) -> None:
        self.port, self.down = port, 0
        self.line: Line | None = None
        self.free = 0.0  # when the line has carried what is on it
        self.end: Callable[[], object] = lambda: None

    async def connection(self, near: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        """Carry one connection there and back until either end closes it."""
        far, ask = await asyncio.open_connection("127.0.0.1", self.port)
        await asyncio.sleep(self._rtt())  # what opening a connection costs
        with suppress(OSError, asyncio.CancelledError):
            await asyncio.gather(self._up(near, ask), self._down(far, answer))

    def _rtt(self) -> float:
        return self.line.rtt / 1000 if self.line else 0

    async def _up(self, near: asyncio.StreamReader, ask: asyncio.StreamWriter) -> None:
        while piece := await near.read(PIECE):
            await asyncio.sleep(self._rtt())
            ask.write(piece)
            await ask.drain()
        ask.close()

    async def _down(self, far: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        while piece := await far.read(PIECE):
            self.down += len(piece)
            await self._carried(len(piece))
            answer.write(piece)
            await answer.drain()
        answer.close()

    async def _carried(self, size: int) -> None:
        if self.line:
            now = asyncio.get_running_loop().time()
            self.free = max(now, self.free) + size / self.line.rate
            await asyncio.sleep(self.free - now)


@contextmanager
def relay(address: str) -> Iterator[tuple[str, Relay]]:
    """Yield an address that leads to another, and the line between the two."""
    port, begun = free_port(), threading.Event()
    line = Relay(urlsplit(address).port or 80)
    thread = threading.Thread(target=lambda: asyncio.run(_serve(line, port, begun)), daemon=True)
    thread.start()
    begun.wait(30)
    try:
        yield f"http://127.0.0.1:{port}", line
    finally:
        line.end()
        thread.join(10)


async def _serve(line: Relay, port: int, begun: threading.Event) -> None:
    over, loop = asyncio.Event(), asyncio.get_running_loop()
    line.end = lambda: loop.call_soon_threadsafe(over.set)
    server = await asyncio.start_server(line.connection, "127.0.0.1", port)
    begun.set()
    await over.wait()
    server.close()  # what is still open ends with the loop
