"""`swipe verify`: one line for each survey, and an exit that a night job can rely on."""

import shutil
import sqlite3
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from swipe import create_app
from swipe.cli import swipe as command
from swipe.db import db
from swipe.figures_cli import SOFTWARE
from swipe.insight import snapshots
from swipe.surveys.models import published_surveys
from tests.builders import make_survey
from tests.commands.stored_city import filling
from tests.insight.test_snapshots import PRESS, answer

IDENTICAL = "is identical to what the stored answers say"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a city with a snapshot of Bolbro and of Stige, and of the city itself."""
    data = tmp_path_factory.mktemp("built") / "city"
    with filling(data):
        press = snapshots.Press(**{**vars(PRESS), "software": SOFTWARE})
        for area in ("bolbro", "stige"):
            survey = make_survey(area=area)
            answer(survey, 40)
            snapshots.take(survey, press, datetime.now(UTC), lambda: True)
        snapshots.take_city(press, datetime.now(UTC))
    return data


@pytest.fixture
def data(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of that city for one test."""
    monkeypatch.delenv("SWIPE_DATABASE_URL", raising=False)
    return shutil.copytree(built, tmp_path / "city")


def run(data: Path, *words: str) -> Result:
    return CliRunner().invoke(command, ["verify", *words, "--data", str(data)])


def by_force(data: Path, statement: str) -> None:
    with sqlite3.connect(data / "swipe.sqlite3") as connection:
        connection.execute(statement)
    connection.close()


def survey_of(data: Path, area: str) -> str:
    with sqlite3.connect(data / "swipe.sqlite3") as connection:
        row = connection.execute("select hex(id) from survey where area = ?", (area,)).fetchone()
    connection.close()
    return str(row[0])


def test_a_whole_city_is_said_to_be_identical(data: Path) -> None:
    result = run(data)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        f"bolbro: snapshot 1 {IDENTICAL}",
        f"stige: snapshot 1 {IDENTICAL}",
        "the city: digests and numbering are right",
    ]
    assert "Counting again" in result.stderr


def test_one_area_or_one_survey_can_be_asked_for(data: Path) -> None:
    for words in (("--area", "stige"), ("--survey", survey_of(data, "stige"))):
        result = run(data, *words)
        assert (result.exit_code, result.stdout) == (0, f"stige: snapshot 1 {IDENTICAL}\n")
        assert result.stderr == ""


def test_what_has_no_snapshot_is_no_success(data: Path) -> None:
    by_force(data, "insert into area (slug, name) values ('vollsmose', 'Vollsmose')")
    result = run(data, "--area", "vollsmose")
    assert (result.exit_code, result.output) == (1, "There is no snapshot of that.\n")


def test_an_area_or_survey_that_is_not_there_is_named_as_unknown(data: Path) -> None:
    nobody = uuid.UUID(int=1)
    for words, says in (
        (("--area", "bolbor"), "There is no area bolbor.\n"),
        (("--survey", str(nobody)), f"There is no survey {nobody}.\n"),
    ):
        result = run(data, *words)
        assert (result.exit_code, result.output) == (1, says)


def test_a_changed_answer_ends_with_status_one_and_names_place_and_values(data: Path) -> None:
    by_force(
        data,
        "update swipe set answer = 'yes'"
        " where survey = (select id from survey where area = 'stige')",
    )
    result = run(data)
    assert result.exit_code == 1
    assert f"bolbro: snapshot 1 {IDENTICAL}" in result.stdout
    assert "stige: snapshot 1 is not what the answers say" in result.stdout
    assert 'stige: snapshot 1: themes[0].bound null, now ">0.95"\n' in result.stdout
    assert result.stderr.endswith("Something is wrong in: stige\n")


def test_a_changed_document_of_the_city_is_found(data: Path) -> None:
    by_force(data, "update snapshot set digest = 'sha256:0' where survey is null")
    result = run(data)
    assert result.exit_code == 1
    assert "the city: snapshot 1: the stored digest is sha256:0" in result.stdout


def test_answers_that_wait_are_no_fault(data: Path) -> None:
    with create_app(data).app_context():
        survey = published_surveys()[0]
        db.session.rollback()
        answer(survey, 3)
        db.session.remove()
        db.engine.dispose()
    result = run(data, "--area", survey.area)
    assert result.exit_code == 0
    assert "answers have moved on (3 changes)" in result.stdout


def test_an_empty_city_has_nothing_to_verify(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SWIPE_DATABASE_URL", raising=False)
    CliRunner().invoke(command, ["migrate", "--data", str(tmp_path)])
    result = run(tmp_path)
    assert (result.exit_code, result.output) == (0, "the city: there is no snapshot yet\n")
