"""A phone that can be full, forbid storage, lose its line and die, as a real browser."""

import os
import shutil
import signal
import tempfile
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Error as BrowserError

from tests.journeys.conftest import ARGUMENTS, chromium

# Long waits take a twentieth of their time, but not those in which storage must answer. Writing
# fails while `full` is set, and a hidden page is one that says so.
SETTING = """(() => {
  const wait = setTimeout;
  globalThis.setTimeout = (work, time = 0, ...more) =>
    wait(work, time > 450 && time !== 1500 && time !== 4000 ? time / 20 : time, ...more);
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...row) {
    if (globalThis.full) throw new DOMException("full", "QuotaExceededError");
    return put.apply(this, row);
  };
  const state = () => (globalThis.away ? "hidden" : "visible");
  Object.defineProperty(document, "visibilityState", { get: state });
})()"""
DENIED = """Object.defineProperty(globalThis, "indexedDB", {
  get() { throw new DOMException("no", "SecurityError"); },
})"""
FULL = "globalThis.full = true"


class Phone:
    """A browser and what it keeps; `die` ends it at once, and `start` turns it on again."""

    def __init__(self, browser: Browser, port: int, *, mortal: bool, denied: bool) -> None:
        self.browser, self.denied = browser, denied
        self.profile = Path(tempfile.mkdtemp()) if mortal else None
        self.looks = {
            "viewport": {"width": 390, "height": 844},
            "base_url": f"http://127.0.0.1:{port}",
            "service_workers": "block",
            "reduced_motion": "reduce",
        }
        self.faults: list[str] = []
        self.scripts = [SETTING, DENIED] if denied else [SETTING]
        self.start()

    def start(self) -> None:
        """Open the browser on what it kept."""
        if self.profile is None:
            self.context: BrowserContext = self.browser.new_context(**self.looks)
        else:
            self.context = self.browser.browser_type.launch_persistent_context(
                str(self.profile), executable_path=chromium(), args=ARGUMENTS, **self.looks
            )
        self.context.set_default_timeout(60_000)
        self.context.on("weberror", lambda error: self.faults.append(str(error.error)))
        self.context.on("console", lambda said: self.faults.append(said.text))
        for script in self.scripts:
            self.context.add_init_script(script)

    def fill(self) -> None:
        """From now on nothing more can be written."""
        self.scripts.append(FULL)
        self.context.add_init_script(FULL)
        for page in self.context.pages:
            page.evaluate(FULL)

    def die(self) -> None:
        """End the browser as an empty battery does."""
        os.kill(self._process(), signal.SIGKILL)
        with suppress(BrowserError):
            self.context.close()
        for lock in self.profile.glob("Singleton*"):  # type: ignore[union-attr]
            lock.unlink()

    def _process(self) -> int:
        """Return the id of the browser process on our own profile."""
        mine = f"--user-data-dir={self.profile}".encode()
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                words = (folder / "cmdline").read_bytes().split(b"\0")
                if mine in words and not any(word.startswith(b"--type=") for word in words):
                    return int(folder.name)
        raise AssertionError("the browser is not running")

    def close(self) -> None:
        """Close the browser and forget what it kept."""
        with suppress(BrowserError):
            self.context.close()
        if self.profile:
            shutil.rmtree(self.profile, ignore_errors=True)
