"""Nearly-pictures by the thousand through the real upload form: what was refused, what was taken.

Starts the web program over a city of its own, logs in, and sends mutated files of every format, ten
in a form; the same ones for the same seed. Ends with 1 when any reply was a fault, any stored file
holds anything but pixels, or any temporary file is left.

    nice .venv/bin/python bench/fuzz_pictures.py [--count 5000] [--seed 1] [--variants 40]
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

import click
from flask import Flask
from flask_migrate import upgrade

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from swipe import create_app, work
from swipe.db import db
from swipe.media import adding
from swipe.media.models import Picture
from swipe.media.storage import Folder
from tests.builders import make_staff, make_survey
from tests.live import running_web
from tests.media.fuzzing import Editor, Outcome, fuzz, leaking, left_behind


def run(app: Flask, temporary: Path, count: int, seed: int) -> Outcome:
    """Send the files with a progress bar."""
    email = make_staff(role="editor").email
    with (
        running_web(app.config["SWIPE"].data) as port,
        click.progressbar(length=count, label="Sending files", file=sys.stderr) as bar,
    ):
        editor = Editor(port, email)
        outcome = fuzz(editor, lambda: make_survey(state="draft", cards=0), count, seed, bar.update)
    folder = adding.storage()
    assert isinstance(folder, Folder)
    outcome.faults += left_behind(folder, temporary)
    return outcome


def make_variants(wanted: int) -> int:
    """Make the variants of so many of the pictures that were taken; return how many."""
    made = 0
    while made < wanted and (more := work.make_pictures(lambda: True)):
        made += more
    return made


def report(outcome: Outcome, seconds: float, made: int, files: int) -> None:
    """Print the figures."""
    refused = sum(outcome.reasons.values())
    print(f"{outcome.sent} files in {seconds:.0f} s: {outcome.taken} taken, {refused} refused")
    for reason, count in outcome.reasons.most_common():
        print(f"{count:7}  {reason}")
    kept = db.session.query(Picture).where(Picture.upload.is_not(None)).count()
    failed = db.session.query(Picture).where(Picture.state == "failed").count()
    print(f"{kept} different pictures; variants of {made} made, {failed} could not be made")
    print(f"{files} stored files looked through")
    for fault in outcome.faults[:20]:
        print(f"FAULT  {fault}")
    print(f"{len(outcome.faults)} faults")


def main() -> int:
    """Run and print; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, usual in (("count", 5000), ("seed", 1), ("variants", 40)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args()
    os.environ.pop("SWIPE_DATABASE_URL", None)
    os.environ.pop("SWIPE_MEDIA_URL", None)
    with tempfile.TemporaryDirectory() as name:
        data, temporary = Path(name) / "city", Path(name) / "temporary"
        temporary.mkdir()
        os.environ["TMPDIR"] = str(temporary)
        app = create_app(data)
        with app.app_context():
            upgrade()
            begun = time.monotonic()
            outcome = run(app, temporary, asked.count, asked.seed)
            seconds = time.monotonic() - begun
            made = make_variants(asked.variants)
            outcome.faults += leaking(Folder(data / "pictures"))
            files = sum(1 for _file in adding.storage().files())
            report(outcome, seconds, made, files)
            db.session.remove()
            db.engine.dispose()
    return int(bool(outcome.faults))


if __name__ == "__main__":
    sys.exit(main())
