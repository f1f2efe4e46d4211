"""What the documents promise is there: commands, files, settings; and what no file may name."""

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click

from swipe.cli import swipe
from swipe.config import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LEFT_OUT = {"var", "dist", "node_modules", "__pycache__", "uv.lock"}
BLOCK = re.compile(r"^```[^\n]*\n(.*?)^```|((?:^ {4}\S[^\n]*\n)+)", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
NAMED = re.compile(r"[\w.{}*<>-]+(?:/[\w.{}*<>-]*)+|[\w-]+\.(?:md|py|csv)")
COMMAND = re.compile(r"(?:^|[\s/])(?<!from )swipe((?: +[\w./=:-]+)+)")
SETTING = re.compile(r"^\| `(SWIPE_\w+)` \| (.+?) \|$", re.MULTILINE)
# Written so that this file does not name what it looks for.
REGISTRY = re.compile(
    r"\b(?:pypi|pythonhosted|npmjs|yarnpkg|jsdelivr|unpkg|crates|golang|docker|ghcr|"
    r"(?:deb|security|ftp)\.debian|archive\.ubuntu)\.(?:org|com|net|io)\b"
)
MACHINE = re.compile(r"(?<![\w.:/*}-])/(?:work|root|home/\w+|Users/\w+|mnt/\w+)(?=[/\s\"'`),]|$)")


def code_in(document: Path) -> Iterator[str]:
    """Yield each line of code blocks without its comment, and each piece of inline code."""
    text = document.read_text(encoding="utf-8")
    for fenced, indented in BLOCK.findall(text):
        for line in (fenced or indented).splitlines():
            yield line.partition(" #")[0].strip()
    yield from INLINE.findall(BLOCK.sub("", text))


@cache
def all_code() -> list[tuple[str, str]]:
    return [(path.name, code) for path in DOCUMENTS for code in code_in(path)]


@cache
def project_files() -> list[Path]:
    """Return every file of the project: nothing that a tool or a running city has made."""
    found = []
    for folder, names, files in os.walk(ROOT):
        names[:] = [name for name in names if is_ours(name)]
        found += [Path(folder) / name for name in files if is_ours(name)]
    return found


def is_ours(name: str) -> bool:
    hidden = name.startswith(".") and name not in (".ci", ".gitignore")
    return not hidden and name not in LEFT_OUT and not name.endswith(".mo")


def texts() -> Iterator[tuple[str, str]]:
    for path in project_files():
        try:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture


def paths_in(code: str) -> Iterator[str]:
    """Yield what a piece of code names as a file of the project."""
    for word in code.split():
        address = "://" in word or word.startswith(("/", "<", "-"))
        made_later = word.startswith((".venv/", "var/", "/", "~")) or "SWIPE_DATA" in word
        if not address and not made_later and "{" not in word and NAMED.fullmatch(word):
            yield word


def is_there(name: str) -> bool:
    """Whether a path stands in the project; a room may be named without the package's folder."""
    if "/" not in name:
        return any(path.name == name for path in project_files())
    known = {str(path.relative_to(ROOT)) for path in project_files()}
    known |= {str(parent) for path in known for parent in Path(path).parents}
    wanted = re.compile(r"(?:swipe/)?" + re.escape(name.rstrip("/")).replace(r"\*", "[^/]*"))
    return any(wanted.fullmatch(path) for path in known)


def is_a_kind_or_zone(name: str) -> bool:
    """Whether a word with a slash is a media type or a time zone."""
    return bool(re.fullmatch(r"(application|image|text|audio)/[\w.+*-]+|Europe/\w+", name))


def test_every_file_that_a_document_names_is_there() -> None:
    named = {(where, path) for where, code in all_code() for path in paths_in(code)}
    files = {(where, path) for where, path in named if not is_a_kind_or_zone(path)}
    assert ("operations.md", "seeds/areas.csv") in files
    assert {(where, path) for where, path in files if not is_there(path)} == set()


def test_every_program_in_bin_that_a_document_names_can_be_run() -> None:
    named = {word for _where, code in all_code() for word in code.split()}
    programs = {word for word in named if re.fullmatch(r"bin/[\w-]+", word)}
    assert [name for name in sorted(programs) if not os.access(ROOT / name, os.X_OK)] == []
    written = [path for path in (ROOT / "bin").iterdir() if path.is_file()]
    assert [path.name for path in written if not os.access(path, os.X_OK)] == []


def unknown_part(words: list[str]) -> str | None:
    """Return the first word or option of a typed line that the command does not know."""
    command: click.Command = swipe
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.commands.get(words[0])
        if found is None:
            return words[0]
        command, words = found, words[1:]
    known = {name for option in command.params for name in option.opts} | {"--help"}
    typed = [word.partition("=")[0] for word in words if word.startswith("--")]
    return next((word for word in typed if word not in known), None)


def test_every_swipe_command_in_a_document_exists_with_its_options() -> None:
    lines = {(where, line) for where, code in all_code() for line in COMMAND.findall(code)}
    assert any(line.split()[0] == "serve" for _where, line in lines)
    wrong = {(where, line, unknown_part(line.split())) for where, line in lines}
    assert {one for one in wrong if one[2]} == set()


def test_the_table_of_settings_is_what_the_program_reads() -> None:
    table = SETTING.findall((ROOT / "docs" / "operations.md").read_text(encoding="utf-8"))
    assert dict(table) == SETTINGS
    assert len(table) == len(SETTINGS)


def test_the_locks_name_no_address() -> None:
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    assert [path.name for path in locks] == ["dev.txt", "runtime.txt"]
    found = [path.name for path in locks if re.search(r"https?://", path.read_text())]
    assert found == []


def test_no_file_names_a_package_registry() -> None:
    assert [(where, found) for where, text in texts() for found in REGISTRY.findall(text)] == []


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    found = [(where, spot[0]) for where, text in texts() for spot in MACHINE.finditer(text)]
    assert found == []
