"""Our own files: published once under the digest of their folder, then served unchanged.

The citizen app lives under /static/pwa/<build>/, so that relative imports inherit the build;
every other build answers 404 and is never kept.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from flask import Flask, current_app
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from swipe import joining

SOURCE = Path(__file__).resolve().parent.parent / "static"
CARRIED = Path(__file__).resolve().parent / "carried" / "static"
FOLDERS = ("pwa", "staff")
NOTHING: Mapping[str, bytes] = {}
# The files that the app's modules are published in, each with the module it is there for. What
# stands in one is not in those after it; a page that has one to itself needs no other.
JOINED: tuple[Mapping[str, Sequence[str]], ...] = (
    {
        "app.js": ["app"],
        "journey.js": ["journey"],
        "rest.js": ["rest"],
        "preview.js": ["preview"],
        "kiosk.js": ["kiosk"],
        "kiosk_turns.js": ["kiosk_turns"],
    },
    {"closed.js": ["closed"]},
    {"receipts.js": ["receipts"]},
    {"kiosk_waiting.js": ["kiosk_waiting"]},
)
FIRST = ("app.js", "journey.js")  # until a card can be swiped
WHOLE = {"sw.js"}  # no module
# Raised when the same files are published in another way: what is kept for good must change.
FORM = f"2 minify-go {version('minify-go')}".encode()
LIGHTENING = Path(__file__).resolve().parent / "lightening.py"


def source() -> Path:
    """Return the folder of our files, in a checkout or in an installed package."""
    return SOURCE if SOURCE.is_dir() else CARRIED


def build_id(folder: Path, made: Mapping[str, bytes] = NOTHING) -> str:
    """Return eight hex digits over names and bytes of everything in a folder and made for it."""
    digest = hashlib.sha256(FORM)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    files = [(str(path.relative_to(folder)), path.read_bytes()) for path in paths]
    for name, content in [*files, *sorted(made.items())]:
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()[:8]


def lighter(texts: Mapping[str, str]) -> dict[str, str]:
    """Return scripts and styles, by name, without comments and white space, local names made short.

    Raises ValueError for one that cannot be read.
    """
    command = [sys.executable, "-I", str(LIGHTENING)]
    child = subprocess.run(  # noqa: S603 - our own interpreter and our own file
        command, input=json.dumps(texts), capture_output=True, text=True, check=False
    )
    if child.returncode:
        raise ValueError(f"our files cannot be made lighter: {child.stderr.strip()[-300:]}")
    return dict(json.loads(child.stdout))


@cache
def before_a_card() -> frozenset[str]:
    """Return the modules of the citizen app that are there when a card can be swiped."""
    files = joining.members(_modules(source() / "pwa"), JOINED[0])
    return frozenset(name for file in FIRST for name in files[file])


def _modules(folder: Path) -> dict[str, str]:
    paths = [path for path in folder.glob("*.js") if path.name not in WHOLE]
    return {path.stem: path.read_text(encoding="utf-8") for path in paths}


def joined_app(folder: Path) -> dict[str, str]:
    """Return the script files of the citizen app as they are published, by name.

    Raises ValueError for modules that cannot be joined.
    """
    texts = _modules(folder)
    files: dict[str, str] = {}
    for together in JOINED:
        files |= joining.joined(texts, together)
    return files


def publish(folder: Path, target: Path, made: Mapping[str, bytes] = NOTHING) -> None:
    """Copy a folder, made lighter, with brotli and gzip beside each file; whole or not at all.

    `made` are files that stand in no folder, by their name in this one.
    """
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as temporary:
        copy = Path(temporary) / "copy"
        shutil.copytree(folder, copy)
        if folder.name == "pwa":
            _join(copy)
        for name, content in made.items():
            (copy / name).parent.mkdir(exist_ok=True)
            (copy / name).write_bytes(content)
        _lighten(copy)
        compressor = Compressor(quiet=True)
        for path in sorted(copy.rglob("*")):
            if path.is_file() and compressor.should_compress(path.name):
                compressor.compress(str(path))
        try:
            copy.rename(target)
        except OSError:
            if not target.exists():  # anything but another process that was faster
                raise


def _join(folder: Path) -> None:
    """Put the files that phones ask for in the place of the modules they are made of."""
    files = joined_app(folder)
    for path in folder.glob("*.js"):
        if path.name not in WHOLE:
            path.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def _lighten(folder: Path) -> None:
    paths = [path for path in folder.rglob("*") if path.suffix in (".js", ".css")]
    texts = {str(path): path.read_text(encoding="utf-8") for path in paths}
    for name, text in lighter(texts).items():
        Path(name).write_text(text, encoding="utf-8")


def url(name: str) -> str:
    """Return the address of one of our files, as `staff/staff.css`."""
    folder, _slash, rest = name.partition("/")
    return f"/static/{folder}/{current_app.extensions['builds'][folder]}/{rest}"


def published(app: Flask, name: str) -> Path:
    """Return the folder below SWIPE_DATA that one of our folders was published in."""
    return Path(app.config["SWIPE"].data) / "static" / name / app.extensions["builds"][name]


def init_app(app: Flask, words: Mapping[str, bytes] = NOTHING) -> None:
    """Publish our files below SWIPE_DATA and serve them in front of the program.

    `words` are the files of the citizen app that come out of the catalogues.
    """
    white = WhiteNoise(app.wsgi_app, immutable_file_test=lambda *_: True, max_age=31536000)
    builds: dict[str, str] = {}
    app.extensions["builds"] = builds
    for name in FOLDERS:
        folder = source() / name
        made = words if name == "pwa" else NOTHING
        builds[name] = build_id(folder, made)
        target = published(app, name)
        publish(folder, target, made)
        white.add_files(str(target), prefix=f"static/{name}/{builds[name]}/")
    app.wsgi_app = white  # type: ignore[method-assign]
