"""Fingers on a phone's glass, with the times they would have: each event carries its own clock."""

import time
from dataclasses import dataclass, field

from playwright.sync_api import CDPSession, Page

FRAME = 1 / 60  # s between two events of a finger


@dataclass
class Finger:
    """One finger on a page; `clock` goes on by a frame with every event."""

    page: Page
    clock: float = field(default_factory=time.time)
    at: tuple[float, float] = (0, 0)
    others: list[dict[str, float]] = field(default_factory=list)
    wire: CDPSession | None = None

    def _send(self, kind: str, *, up: bool = False) -> None:
        self.wire = self.wire or self.page.context.new_cdp_session(self.page)
        mine = [] if up else [{"x": self.at[0], "y": self.at[1], "id": 1}]
        said = {"type": kind, "touchPoints": mine + self.others, "timestamp": self.clock}
        self.wire.send("Input.dispatchTouchEvent", said)

    def down(self, x: float, y: float) -> "Finger":
        self.at = (x, y)
        self._send("touchStart")
        return self

    def move(self, dx: float, dy: float = 0, *, ms: int = 100) -> "Finger":
        """Move on by so many px at an even pace, in so many milliseconds."""
        steps = max(1, round(ms / 1000 / FRAME))
        x, y = self.at
        for step in range(1, steps + 1):
            self.clock += ms / 1000 / steps
            self.at = (x + dx * step / steps, y + dy * step / steps)
            self._send("touchMove")
        return self

    def rest(self, ms: int) -> "Finger":
        self.clock += ms / 1000
        return self

    def up(self) -> None:
        self.clock += 0.002
        self._send("touchEnd", up=True)

    def second(self, x: float, y: float) -> "Finger":
        """Let another finger come down, which stays."""
        self.others = [{"x": x, "y": y, "id": 2}]
        self.clock += FRAME
        self._send("touchStart")
        return self

    def lost(self) -> None:
        """Let the phone take the touch away, as for a call."""
        self._send("touchCancel", up=True)


def middle(page: Page, selector: str = "[data-card]") -> tuple[float, float]:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def on_card(page: Page, part: str = "") -> Finger:
    """Put a finger on the middle of the top card, or of a part of it."""
    return Finger(page).down(*middle(page, f"[data-card] {part}".strip()))
