"""The `swipe` command: plain sentences, nothing half done, nothing mistaken."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from swipe.cli import swipe as command

BAD = "slug,name\nbolbro,Bolbro\nStor By!,\n"


@pytest.fixture(autouse=True)
def own_city(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SWIPE_DATABASE_URL", raising=False)


def run(*words: str, data: Path, **more: str) -> Result:
    return CliRunner().invoke(command, [*words, "--data", str(data)], **more)


def migrated(data: Path) -> Path:
    assert run("migrate", data=data).exit_code == 0
    return data


@pytest.mark.parametrize("words", [["snapshot"], ["work"], ["areas", "import", "FILE"]])
def test_an_unmigrated_folder_gets_one_sentence(tmp_path: Path, words: list[str]) -> None:
    file = tmp_path / "areas.csv"
    file.write_text("slug,name\n")
    words = [str(file) if word == "FILE" else word for word in words]
    result = run(*words, data=tmp_path)
    assert result.exit_code == 1
    said = f"The database is not ready. Run first: swipe migrate --data {tmp_path}\n"
    assert result.output == said


def test_a_bad_row_is_named_by_its_line_and_nothing_is_imported(tmp_path: Path) -> None:
    data, file = migrated(tmp_path / "city"), tmp_path / "areas.csv"
    file.write_text(BAD)
    result = run("areas", "import", str(file), data=data)
    assert result.exit_code == 1
    assert "Linje 3" in result.output
    assert "Nothing was imported." in result.output
    file.write_text("slug,name\nbolbro,Bolbro\n")
    assert "1 new" in run("areas", "import", str(file), data=data).output


def test_a_dry_run_says_what_would_happen_and_does_not(tmp_path: Path) -> None:
    data, file = migrated(tmp_path / "city"), tmp_path / "areas.csv"
    file.write_text("slug,name\nbolbro,Bolbro\n")
    for _ in range(2):
        assert (
            "Would import: 1 new"
            in run("areas", "import", str(file), "--dry-run", data=data).output
        )


def test_snapshot_without_surveys_says_so_and_ends_well(tmp_path: Path) -> None:
    result = run("snapshot", data=migrated(tmp_path / "city"))
    assert (result.exit_code, result.output) == (0, "There is no survey to take a snapshot of.\n")


def test_staff_are_added_once_and_a_short_password_is_refused(tmp_path: Path) -> None:
    data = migrated(tmp_path / "city")
    words = ["staff", "add", "--name", "Mette", "--email", "mette@by.dk", "--role", "admin"]
    short = run(*words, "--password", "kort", data=data)
    assert short.exit_code == 1
    assert "mindst 10" in short.output
    assert run(*words, "--password", "en god adgangskode", data=data).exit_code == 0
    again = run(*words, "--password", "en god adgangskode", data=data)
    assert again.exit_code == 1


def test_the_doctor_names_versions_and_what_is_missing(tmp_path: Path) -> None:
    said = run("doctor", data=migrated(tmp_path / "city")).output
    assert "SQLite" in said
    assert "There is no staff." in said


def test_the_doctor_says_where_alerts_go_and_never_the_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = migrated(tmp_path / "city")
    said = run("doctor", data=data).output
    assert "Mail to staff: not set up. Set SWIPE_SMTP_URL and SWIPE_MAIL_FROM" in said
    assert "Webhooks may call: nobody" in said
    monkeypatch.setenv("SWIPE_SMTP_URL", "smtp://swipe:hemmeligt@mail.kommune.dk:2525")
    monkeypatch.setenv("SWIPE_MAIL_FROM", "swipe@kommune.dk")
    monkeypatch.setenv("SWIPE_WEBHOOK_HOSTS", "hooks.kommune.dk")
    said = run("doctor", data=data).output
    assert "Mail to staff: by smtp://mail.kommune.dk:2525 from swipe@kommune.dk" in said
    assert "Webhooks may call: hooks.kommune.dk" in said
    assert "Set SWIPE_BASE_URL" in said
    assert "hemmeligt" not in said


def test_a_wrong_setting_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWIPE_TIMEZONE", "Europa/Odense")
    result = run("doctor", data=tmp_path)
    assert (result.exit_code, "SWIPE_TIMEZONE" in result.output) == (1, True)


def test_serve_refuses_a_demo_city(tmp_path: Path) -> None:
    data = migrated(tmp_path / "city")
    mark = (
        "import sys; from swipe import create_app; from swipe.areas.models import City;"
        "from swipe.db import db; app = create_app(sys.argv[1]); app.app_context().push();"
        "db.session.add(City(id=1, mark='demo')); db.session.commit()"
    )
    environment = {key: value for key, value in os.environ.items() if key != "SWIPE_DATABASE_URL"}
    subprocess.run([sys.executable, "-c", mark, str(data)], check=True, env=environment)
    result = run("serve", data=data)
    assert result.exit_code == 1
    assert "demo city" in result.output


def test_the_secret_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    data = migrated(tmp_path / "city")
    key = data / "secret_key"
    first = key.read_text()
    run("doctor", data=data)
    assert key.read_text() == first
    assert key.stat().st_mode & 0o777 == 0o600
