"""The service worker: the file of the app with its build in front, or the one that clears away."""

from pathlib import Path

import orjson
from flask import Blueprint, Response, current_app

from swipe import static
from swipe.accounts.access import access
from swipe.web import compress

bp = Blueprint("offline", __name__)
NAME = "sw.js"
# Everything in the folder is kept on phones but what is in the page, for editors, or for pages that
# say nothing without a line. A name that is missing here costs bytes and breaks nothing.
IN_THE_PAGE = {"app.css"}
FOR_EDITORS = {"preview.js", "preview.css", "no-picture.svg"}
WITH_A_LINE = {"closed.js", "receipts.js", "decisions.css"}
NOT_KEPT = {NAME} | IN_THE_PAGE | FOR_EDITORS | WITH_A_LINE
KEPT_KINDS = {".js", ".css", ".svg"}
# Kept in short, since it is sent to phones that once had another: it takes over at once, deletes
# what we kept, and is gone. Pages that are open go on without it.
CLEARING = """\
async function clear() {
  for (const name of await caches.keys()) if (name.startsWith("swipe-")) await caches.delete(name);
}
addEventListener("install", (event) => event.waitUntil(clear().catch(() => {}).then(skipWaiting)));
addEventListener("activate", (event) => event.waitUntil(
  clear().catch(() => {}).then(() => registration.unregister())));
"""


@bp.get(f"/{NAME}")
@access("public")
def worker() -> Response:
    """Answer the service worker of this build; with SWIPE_OFFLINE=off the one that removes it."""
    settings, build = current_app.config["SWIPE"], current_app.extensions["builds"]["pwa"]
    folder = settings.data / "static" / "pwa" / build
    text = script(folder, build) if settings.offline else CLEARING
    reply = Response(text, mimetype="text/javascript")
    reply.headers["Cache-Control"] = "no-cache"
    return compress(reply)


def script(folder: Path, build: str) -> str:
    """Return the worker of a published folder, told its build and the files to keep of it.

    Raises FileNotFoundError where the folder holds no worker.
    """
    files = [static.url(f"pwa/{name}") for name in kept_files(folder)]
    told = f"const BUILD = {_json(build)};\nconst FILES = {_json(files)};\n"
    return told + (folder / NAME).read_text(encoding="utf-8")


def kept_files(folder: Path) -> list[str]:
    """Return the names of the files that a phone keeps, so that a survey starts without a line."""
    names = {path.name for path in folder.iterdir() if path.suffix in KEPT_KINDS}
    return sorted(names - NOT_KEPT)


def _json(value: object) -> str:
    return orjson.dumps(value).decode("utf-8")
