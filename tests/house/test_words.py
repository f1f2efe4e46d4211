"""The words a citizen meets: there in every language, in the same shape, and plain in Danish."""

import re
from functools import cache
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

from swipe.inspection import readability
from swipe.surveys.languages import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
OTHERS = [language for language in LANGUAGES if language != "da"]
SENTENCE = re.compile(r"[.!?]$")
VALUE = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
ENDS_BUTTON = 26  # characters that fit a button across a phone of 320 px
THIRD_OF_A_ROW = 9  # and one of three side by side


@cache
def words() -> ModuleType:
    """Return the command that renews the catalogues: it knows where citizens' words stand."""
    loader = SourceFileLoader("bin_words", str(ROOT / "bin" / "words"))
    spec = spec_from_loader("bin_words", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@cache
def texts() -> dict[str | tuple[str, ...], list[str]]:
    found: dict[str | tuple[str, ...], list[str]] = words().texts()
    return found


def said(language: str, text: str) -> str:
    return str(words().held(language)[text].string)


def running() -> list[str]:
    """Return the Danish sentences; titles, labels and buttons have none to measure."""
    whole = [text if isinstance(text, str) else text[-1] for text in texts()]
    return [VALUE.sub("ord", text) for text in whole if SENTENCE.search(text)]


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_there_in_every_language_with_its_values(language: str) -> None:
    """A red line here names the text; bin/words adds it to the catalogues to be translated."""
    assert words().faults(language, texts()) == []


def test_every_place_where_citizens_words_stand_is_there() -> None:
    assert [place for place in (*words().PLACES, *words().STAFF_ONLY) if not _there(place)] == []


def _there(place: str) -> bool:
    return any(file.startswith(place) for files in texts().values() for file in files) or (
        place in words().STAFF_ONLY and (ROOT / place).is_file()
    )


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogues_are_as_the_command_writes_them(language: str) -> None:
    path = words().catalogue_file(language)
    renewed = words().written(words().renewed(language, texts()))
    assert path.read_text(encoding="utf-8") == renewed


@pytest.mark.parametrize("language", OTHERS)
def test_the_start_button_begins_with_start(language: str) -> None:
    """Checks of the whole product find it by that word."""
    assert said(language, "Start").startswith("Start")


@pytest.mark.parametrize("language", OTHERS)
def test_the_words_of_the_answer_row_are_short(language: str) -> None:
    assert len(said(language, "Spring over")) <= THIRD_OF_A_ROW
    for text in ("Start", "Fortsæt", "Gør færdig", "Se dit resultat"):
        assert len(said(language, text)) <= ENDS_BUTTON


def test_the_danish_sentences_are_easy_to_read() -> None:
    everything = " ".join(running())
    assert len(readability.sentences_of(everything)) > 100
    assert readability.lix(everything) <= readability.EASY


def test_no_danish_text_is_hard_alone() -> None:
    hard = {
        text: round(readability.lix(text))
        for text in running()
        if readability.read(text).measurable and readability.lix(text) > readability.HARDEST
    }
    assert hard == {}
