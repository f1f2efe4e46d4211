"""A slip of a key in --data makes no city, and every folder that cannot be used is one sentence."""

import uuid
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from swipe import create_app
from swipe.cli import swipe as command
from swipe.errors import SetupError

EXPORT = ["--survey", str(uuid.UUID(int=1)), "--out", "OUT", "--requested-by", "a@by.dk"]
READS = [
    ["verify"],
    ["snapshot"],
    ["doctor"],
    ["work"],
    ["export", *EXPORT, "--released-by", "b@by.dk", "--purpose", "Til et studie"],
    ["areas", "import", "FILE"],
    ["residents", "import", "FILE"],
    ["cards", "import", "FOLDER", "--survey", "bolbro"],
    ["staff", "reset", "--email", "a@by.dk", "--password", "en lang og god kode"],
]
MAKES = [["migrate"], ["serve"], ["demo"], ["simulate", "--load", "--areas", "1"]]


@pytest.fixture(autouse=True)
def own_city(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SWIPE_DATABASE_URL", "SWIPE_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)


def run(words: list[str], data: Path, near: Path) -> Result:
    (near / "areas.csv").write_text("slug,name\n")
    (near / "kort").mkdir(exist_ok=True)
    places = {"FILE": near / "areas.csv", "FOLDER": near / "kort", "OUT": near / "ud.csv"}
    line = [str(places.get(word, word)) for word in words]
    return CliRunner().invoke(command, [*line, "--data", str(data)])


@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_a_folder_that_is_not_there_is_refused_and_not_made(
    tmp_path: Path, words: list[str]
) -> None:
    missing = tmp_path / "min by"
    result = run(words, missing, tmp_path)
    assert result.exit_code == 1
    assert result.output == (
        f"{missing} holds no city. Name another folder, or make a city there: "
        f"swipe migrate --data '{missing}'\n"
    )
    assert not missing.exists()


@pytest.mark.parametrize("words", READS + MAKES, ids=" ".join)
@pytest.mark.parametrize(
    ("name", "says"), [("by", "is a file. Name a folder."), ("by/inde", "cannot be used")]
)
def test_a_file_is_no_folder(tmp_path: Path, words: list[str], name: str, says: str) -> None:
    (tmp_path / "by").write_text("vigtigt")
    data = tmp_path / name
    (tmp_path / "near").mkdir()
    result = run(words, data, tmp_path / "near")
    assert result.exit_code == 1
    assert result.output.count("\n") == 1, result.output
    assert says in result.output or "holds no city" in result.output
    assert str(data) in result.output
    assert (tmp_path / "by").read_text() == "vigtigt"


def test_a_key_or_a_database_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    for name in ("secret_key", "swipe.sqlite3"):
        data = tmp_path / name
        (data / name).mkdir(parents=True)
        result = CliRunner().invoke(command, ["doctor", "--data", str(data)])
        assert result.exit_code == 1
        assert result.output == f"{data} cannot be used: Is a directory.\n"


def test_an_empty_folder_is_told_what_to_type(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["snapshot", "--data", str(tmp_path)])
    assert result.exit_code == 1
    said = f"The database is not ready. Run first: swipe migrate --data {tmp_path}\n"
    assert result.output == said


def test_the_folder_of_the_environment_is_looked_for_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SWIPE_DATA", str(tmp_path / "by"))
    result = CliRunner().invoke(command, ["verify"])
    assert (result.exit_code, "holds no city" in result.output) == (1, True)
    assert not (tmp_path / "by").exists()


def test_with_a_database_elsewhere_a_new_machine_begins_without_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SWIPE_DATABASE_URL", "mysql://nowhere")
    result = CliRunner().invoke(command, ["verify", "--data", str(tmp_path / "by")])
    assert "SWIPE_DATABASE_URL must begin with postgresql://" in result.output


def test_the_web_program_says_it_in_the_same_words(tmp_path: Path) -> None:
    (tmp_path / "by").write_text("vigtigt")
    with pytest.raises(SetupError, match="is a file"):
        create_app(tmp_path / "by")
