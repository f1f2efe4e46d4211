"""`swipe export`: two people, a trail, and a file that nobody else can read."""

import hashlib
import json
import shutil
import sqlite3
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from swipe.cli import swipe as command
from swipe.insight import snapshots
from tests.builders import PASSWORD, make_staff, make_survey
from tests.commands.stored_city import filling
from tests.insight.test_snapshots import PRESS
from tests.insight.test_verifying import mixed

ASKS, RELEASES = "planner@by.dk", "admin@by.dk"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a city with an ended survey of sixty people, and three members of staff."""
    data = tmp_path_factory.mktemp("built") / "city"
    with filling(data):
        make_staff(role="planner", email=ASKS, name="Per")
        make_staff(role="admin", email=RELEASES, name="Anne")
        make_staff(role="editor", email="editor@by.dk", name="Eva")
        survey = make_survey(state="closed", cards=6)
        mixed(survey, 60)
        snapshots.take(survey, PRESS, datetime.now(UTC), lambda: True, final=True)
    return data


@pytest.fixture
def data(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of that city for one test."""
    monkeypatch.delenv("SWIPE_DATABASE_URL", raising=False)
    return shutil.copytree(built, tmp_path / "city")


def read(data: Path, question: str) -> list[tuple]:
    connection = sqlite3.connect(data / "swipe.sqlite3")
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


def run(data: Path, out: Path, *passwords: str, **changes: str) -> Result:
    options = {
        "survey": read(data, "select hex(id) from survey")[0][0],
        "out": str(out),
        "requested-by": ASKS,
        "released-by": RELEASES,
        "purpose": "Speciale ved SDU",
        "data": str(data),
        **{key.replace("_", "-"): value for key, value in changes.items()},
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    typed = "".join(f"{password}\n" for password in passwords)
    return CliRunner().invoke(command, ["export", *words], input=typed)


def trail(data: Path) -> list[tuple]:
    found = "select staff_name, action, after from audit_event where action = 'answers.exported'"
    return read(data, found)


def test_two_people_release_the_answers_and_the_trail_says_so(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "svar.csv"
    result = run(data, out, PASSWORD, PASSWORD)
    assert result.exit_code == 0, result.output
    assert f"60 people: {out}" in result.stdout
    ((who, _action, after),) = trail(data)
    assert who == "Anne"
    assert json.loads(after) == {
        "requested_by": "Per",
        "released_by": "Anne",
        "purpose": "Speciale ved SDU",
        "people": 60,
        "sha256": hashlib.sha256(out.read_bytes()).hexdigest(),
    }


def test_both_files_are_their_owners_alone(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "svar.csv"
    run(data, out, PASSWORD, PASSWORD)
    for path in (out, tmp_path / "svar.txt"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert out.read_text(encoding="utf-8-sig").startswith("id;age_band;gender;household;")


def test_no_password_is_ever_echoed(data: Path, tmp_path: Path) -> None:
    assert PASSWORD not in run(data, tmp_path / "svar.csv", PASSWORD, PASSWORD).output


@pytest.mark.parametrize("there", ["svar.csv", "svar.txt"])
def test_nothing_that_is_there_is_overwritten(data: Path, tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("mit")
    result = run(data, tmp_path / "svar.csv", PASSWORD, PASSWORD)
    assert result.exit_code == 1
    assert "is there already" in result.output
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [there]
    assert (tmp_path / there).read_text() == "mit"
    assert trail(data) == []


@pytest.mark.parametrize(
    ("passwords", "changes", "said"),
    [
        (("en forkert kode", PASSWORD), {}, "Nobody on the staff"),
        ((PASSWORD, "en forkert kode"), {}, "Nobody on the staff"),
        ((PASSWORD, PASSWORD), {"requested_by": "ukendt@by.dk"}, "Nobody on the staff"),
        ((PASSWORD, PASSWORD), {"requested_by": " ADMIN@by.dk"}, "Two different people"),
        ((PASSWORD, PASSWORD), {"released_by": "editor@by.dk"}, "Only an administrator"),
        ((PASSWORD, PASSWORD), {"purpose": " … "}, "--purpose"),
        ((PASSWORD, PASSWORD), {"survey": "7d8e0a52-6a0e-4c39-9d64-0f6b8f1f0c11"}, "no such"),
    ],
)
def test_whatever_is_missing_no_file_and_no_trail_is_left(
    data: Path, tmp_path: Path, passwords: tuple[str, ...], changes: dict[str, str], said: str
) -> None:
    result = run(data, tmp_path / "svar.csv", *passwords, **changes)
    assert result.exit_code == 1
    assert said in result.output
    assert list(tmp_path.glob("svar.*")) == []
    assert trail(data) == []


def test_a_file_of_another_kind_or_in_no_folder_is_refused(data: Path, tmp_path: Path) -> None:
    assert "must end in .csv" in run(data, tmp_path / "svar.txt", PASSWORD, PASSWORD).output
    lost = run(data, tmp_path / "nowhere" / "svar.csv", PASSWORD, PASSWORD)
    assert (lost.exit_code, "cannot be written" in lost.output) == (1, True)


def test_the_trail_is_written_before_the_answers(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def full(_file: int) -> None:
        seen.append((len(trail(data)), (tmp_path / "svar.csv").exists()))
        raise OSError("No space left on device")

    monkeypatch.setattr("swipe.figures_cli.os.fsync", full)
    result = run(data, tmp_path / "svar.csv", PASSWORD, PASSWORD)
    assert (result.exit_code, seen) == (1, [(1, True)])
    assert list(tmp_path.glob("svar.*")) == []


def test_without_a_trail_no_answer_leaves(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_words: object, **_facts: object) -> None:
        raise RuntimeError("the trail is broken")

    monkeypatch.setattr("swipe.figures_cli.record", broken)
    assert run(data, tmp_path / "svar.csv", PASSWORD, PASSWORD).exit_code == 1
    assert list(tmp_path.glob("svar.*")) == []
