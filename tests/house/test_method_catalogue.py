"""The method in another language: its catalogue has every text, whole and in the same shape."""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from swipe.catalogues import FOLDER
from swipe.participation.tongues import page_language
from swipe.reports import tongue

ROOT = Path(__file__).resolve().parents[2]
WORDS = {"_", "ngettext"}
VALUE = re.compile(r"%\((\w+)\)s")
OTHERS = sorted(set(tongue.LANGUAGES) - {tongue.SOURCE_LANGUAGE})
Text = str | tuple[str, ...]


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Yield the modules whose texts come out of the catalogue, and the one it translates."""
    yield from ((path, parsed(path)) for path in [ROOT / "swipe" / "insight" / "sentences.py"])
    for path in sorted((ROOT / "swipe").rglob("*.py")):
        tree = parsed(path)
        froms = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
        names = {
            name.name for one in froms if one.module == "swipe.reports.tongue" for name in one.names
        }
        if names & {"gettext", "ngettext"}:
            yield path, tree


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def texts() -> set[Text]:
    """Return every text that is asked for, as the catalogue names it."""
    found: set[Text] = set()
    for _path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in WORDS:
                parts = [part.value for part in node.args if isinstance(part, ast.Constant)]
                said = tuple(part for part in parts if isinstance(part, str))
                found |= {said[0] if len(said) == 1 else said} if said else set()
    return found


def messages(language: str) -> list[Message]:
    with tongue.catalogue_file(language).open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    return [message for message in catalogue if message.id]


def said(text: Text) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_has_exactly_the_texts_that_are_asked_for(language: str) -> None:
    asked = texts()
    assert "Hvem spurgte" in asked
    assert {message.id for message in messages(language)} == asked


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_with_the_same_values_in_it(language: str) -> None:
    wrong = [
        message.id
        for message in messages(language)
        if message.fuzzy
        or not all(said(message.string))
        or {*VALUE.findall("".join(said(message.string)))}
        != {*VALUE.findall("".join(said(message.id)))}
    ]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_readable_catalogue_is_the_one_that_speaks(language: str) -> None:
    for message in messages(language):
        if isinstance(message.id, str):
            assert tongue.catalogue(language).gettext(message.id) == message.string


@pytest.mark.parametrize("language", OTHERS)
def test_the_method_alone_makes_no_page_of_a_citizen_speak_another_language(
    language: str, tmp_path: Path
) -> None:
    own = tongue.catalogue_file(language)
    alone = tmp_path / own.relative_to(FOLDER)
    alone.parent.mkdir(parents=True)
    shutil.copy(own, alone)
    assert page_language(language, tmp_path) == "da"
