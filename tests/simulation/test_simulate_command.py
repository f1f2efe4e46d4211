"""`swipe simulate`: the same seed is the same bytes, and every mistake gets a sentence."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from swipe.areas.rows import read_areas, read_residents
from swipe.cli import swipe as command
from swipe.participation.parsing import parse, to_uuid
from swipe.simulation import decks, demo
from swipe.simulation.demo import READY

SMALL = ("--areas", "2", "--residents", "300")


@pytest.fixture(autouse=True)
def own_city(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SWIPE_DATABASE_URL", raising=False)


def run(*words: object) -> Result:
    return CliRunner().invoke(command, ["simulate", *map(str, words)])


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        assert run("--seed", seed, "--out", tmp_path / name, *SMALL).exit_code == 0
    first, second, other = (files(tmp_path / name) for name in "abc")
    assert sorted(first) == ["areas.csv", "events.ndjson", "residents.csv", "truth.json"]
    assert first == second
    assert first["events.ndjson"] != other["events.ndjson"]


def test_the_files_are_what_the_other_commands_and_the_api_read(tmp_path: Path) -> None:
    said = run("--seed", 5, "--out", tmp_path / "by", "--stress", "--zeal", ".25", *SMALL)
    assert said.exit_code == 0
    found = {name: raw.decode() for name, raw in files(tmp_path / "by").items()}
    areas, errors = read_areas(found["areas.csv"])
    residents, more = read_residents(found["residents.csv"], {row.slug for row in areas})
    assert (errors, more) == ([], [])
    truth = json.loads(found["truth.json"])
    assert sum(row.count for row in residents) == truth["city"]["residents"] == 300
    events = [json.loads(line) for line in found["events.ndjson"].splitlines()]
    assert len(events) == truth["city"]["visits"]
    surveys = {area["survey"] for area in truth["areas"]}
    for event in events:
        assert to_uuid(event["uuid"]) is not None
        assert str(parse(event["body"]).survey) in surveys
    assert truth["seed"] == 5
    assert truth["parameters"]["zeal"] == 0.25


def test_a_folder_that_is_used_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("vigtigt")
    said = run("--out", tmp_path, *SMALL)
    assert said.exit_code == 1
    assert "is not empty. Name a new folder." in said.output
    assert list(files(tmp_path)) == ["mine.txt"]
    said = run("--out", tmp_path / "mine.txt", *SMALL)
    assert "is a file. Name a folder." in said.output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "Say what to do with the city"),
        (["--load"], "Name the folder of the database"),
        (["--out", "FOLDER", "--empty"], "Give both"),
        (["--out", "FOLDER", "--zeal", 9], "zeal between"),
        (["--send", "by.dk"], "is not an address"),
        (["--out", "FOLDER", "--areas", 0], "at least one area"),
        (["--out", "FOLDER", "--residents", 5], "a resident for each"),
        (["--out", "FOLDER", "--seed", -1], "seed must lie"),
        (["--out", "FOLDER", "--reach-factor", "nan"], "reach-factor must lie"),
    ],
)
def test_every_mistake_gets_one_sentence(
    tmp_path: Path, words: list[object], sentence: str
) -> None:
    folder = tmp_path / "by"
    said = run(*(folder if word == "FOLDER" else word for word in words))
    assert said.exit_code == 1
    assert sentence in said.output
    assert said.output.count("\n") == 1
    assert not folder.exists()


def test_a_city_is_never_loaded_over_a_real_one(tmp_path: Path) -> None:
    data, areas = tmp_path / "by", tmp_path / "areas.csv"
    areas.write_text("slug,name\nbolbro,Bolbro\n")
    CliRunner().invoke(command, ["migrate", "--data", str(data)])
    CliRunner().invoke(command, ["areas", "import", str(areas), "--data", str(data)])
    said = run("--load", "--data", data, *SMALL)
    assert said.exit_code == 1
    assert "A real city lives here." in said.output


def test_a_loaded_city_is_ready_to_look_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = decks.read_deck()[:1] + decks.read_deck()[-1:]
    for room in (decks, demo):
        monkeypatch.setattr(room, "read_deck", lambda: few)
    monkeypatch.setattr("swipe.simulation.writing.read_deck", lambda: few)
    said = run("--load", "--data", tmp_path, *SMALL)
    assert said.exit_code == 0, said.output
    assert "2 areas with" in said.output
    assert (tmp_path / READY).exists()
    snapshot = CliRunner().invoke(command, ["snapshot", "--data", str(tmp_path)])
    assert snapshot.exit_code == 0
    again = run("--load", "--empty", "--data", tmp_path, *SMALL)
    assert again.exit_code == 0, again.output
    other = run("--load", "--seed", 2, "--data", tmp_path, *SMALL)
    assert other.exit_code == 1
    assert other.output.startswith("The database holds another city already")
    assert other.output.count("\n") == 1
