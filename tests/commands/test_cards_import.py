"""`swipe cards import`: a deck from a folder or a ZIP by one line."""

import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from swipe import create_app
from swipe.cli import swipe as command
from swipe.db import db
from tests.builders import make_survey
from tests.decks.deck_making import good_deck, picture, table


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A city with two drafts in Stige and one in Bolbro."""
    monkeypatch.delenv("SWIPE_DATABASE_URL", raising=False)
    data = tmp_path / "city"
    assert CliRunner().invoke(command, ["migrate", "--data", str(data)]).exit_code == 0
    with create_app(data).app_context():
        for area in ("bolbro", "stige", "stige"):
            make_survey(area=area, state="draft", cards=0)
        db.session.remove()
        db.engine.dispose()
    return data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "kort"
    root.mkdir()
    lines = ("torv.jpg;byliv;Torvedag;Boder.", "sti.jpg;byliv;Sti;En sti.")
    (root / "cards.csv").write_bytes(table(*lines))
    (root / "torv.jpg").write_bytes(picture("red"))
    (root / "sti.jpg").write_bytes(picture("blue"))
    return root


def run(source: Path, data: Path, *words: str, survey: str = "bolbro") -> Result:
    line = ["cards", "import", str(source), "--survey", survey, *words, "--data", str(data)]
    return CliRunner().invoke(command, line)


def titles(data: Path) -> list[str]:
    with sqlite3.connect(data / "swipe.sqlite3") as connection:
        return [row[0] for row in connection.execute("select titles from card order by position")]


def contents(data: Path) -> tuple[str, set[Path]]:
    with sqlite3.connect(data / "swipe.sqlite3") as connection:
        return "\n".join(connection.iterdump()), set(data.rglob("*.jpg"))


def test_a_folder_becomes_the_cards_of_the_only_draft(folder: Path, data: Path) -> None:
    result = run(folder, data)
    assert result.exit_code == 0, result.output
    assert "Imported: 2 new, 0 there already, 0 not usable." in result.output
    assert titles(data) == ['{"da": "Torvedag"}', '{"da": "Sti"}']
    assert "Imported: 0 new, 2 there already" in run(folder, data).output


def test_a_zip_becomes_cards_by_the_id_of_the_survey(tmp_path: Path, data: Path) -> None:
    file = tmp_path / "deck.zip"
    file.write_bytes(good_deck().getvalue())
    with sqlite3.connect(data / "swipe.sqlite3") as connection:
        key = connection.execute("select hex(id) from survey where area='stige'").fetchone()[0]
    assert "Imported: 2 new" in run(file, data, survey=key).output


def test_a_dry_run_writes_nothing_at_all(folder: Path, data: Path) -> None:
    before = contents(data)
    result = run(folder, data, "--dry-run")
    assert "Would import: 2 new" in result.output
    assert contents(data) == before


def test_a_wrong_line_is_named_and_the_rest_imported(folder: Path, data: Path) -> None:
    (folder / "sti.jpg").write_bytes(b"<svg/>")
    result = run(folder, data)
    assert result.exit_code == 0
    assert "Linje 3: sti.jpg: Filen er ikke et billede" in result.output
    assert "Imported: 1 new, 0 there already, 1 not usable." in result.output


def test_all_or_nothing_makes_no_card_when_a_line_is_wrong(folder: Path, data: Path) -> None:
    (folder / "sti.jpg").unlink()
    result = run(folder, data, "--all-or-nothing")
    assert result.exit_code == 1
    assert "Linje 3: billedet 'sti.jpg' er der ikke." in result.output
    assert result.output.endswith("Nothing was imported.\n")
    assert titles(data) == []


def test_pictures_alone_need_a_theme(folder: Path, data: Path) -> None:
    (folder / "cards.csv").unlink()
    assert run(folder, data).exit_code == 1
    assert "Imported: 2 new" in run(folder, data, "--theme", "byliv").output


@pytest.mark.parametrize(("survey", "drafts"), [("stige", 2), ("vollsmose", 0)])
def test_an_area_without_exactly_one_draft_needs_an_id(
    folder: Path, data: Path, survey: str, drafts: int
) -> None:
    result = run(folder, data, survey=survey)
    assert result.exit_code == 1
    assert f"has {drafts} drafts. Give the id of a survey." in result.output


def test_a_file_that_is_no_zip_gets_one_sentence(tmp_path: Path, data: Path) -> None:
    file = tmp_path / "deck.zip"
    file.write_bytes(b"nej")
    result = run(file, data)
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert "ikke en ZIP-fil" in result.output
