"""Every text a person sees reaches the translators: Babel finds what a plain scan finds."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "babel.cfg"
STRING = r'"((?:[^"\\]|\\.)*)"'
IN_SCRIPT = re.compile(rf"(?<![\w.$])t\(\s*{STRING}")
IN_TEMPLATE = re.compile(rf"(?<!\w)(?:_|n?gettext)\(\s*{STRING}")
# t(…) with anything but one plain string; the translators would never see what it shows.
UNREADABLE = re.compile(r'(?<![\w.$])t\(\s*(?!"|text, values)[^\n]*')
PYTHON_WORDS = {"_", "_l", "gettext", "ngettext", "lazy_gettext"}


def keywords_of(config: str) -> dict[str, object]:
    """Return the keywords of the command that babel.cfg names, with Babel's own."""
    command = next(line for line in config.splitlines() if "pybabel extract" in line)
    return {**DEFAULT_KEYWORDS, **parse_keywords(re.findall(r"-k (\S+)", command))}


@cache
def extracted() -> dict[str, set[str]]:
    """Return the texts that Babel finds, by the ending of the file."""
    config = CONFIG.read_text(encoding="utf-8")
    methods, options = parse_mapping_cfg(config.splitlines())
    found: dict[str, set[str]] = {}
    told = extract_from_dir(ROOT, methods, options, keywords=keywords_of(config))
    for name, _line, text, _comments, _context in told:
        texts = text if isinstance(text, tuple) else (text,)
        found.setdefault(Path(name).suffix, set()).update(texts)
    return found


def whole_catalogue() -> set[str]:
    """Return every text; pages take a translation wherever its text was found."""
    return set().union(*extracted().values())


def texts_in(folder: Path, ending: str, pattern: re.Pattern[str]) -> set[str]:
    """Return what a pattern finds in all files, with the escapes of a string undone."""
    files = [path.read_text(encoding="utf-8") for path in folder.rglob(f"*.{ending}")]
    raw = {text for content in files for text in pattern.findall(content)}
    return {text.replace('\\"', '"').replace("\\n", "\n") for text in raw}


def python_texts() -> Iterator[str]:
    for path in (ROOT / "swipe").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in PYTHON_WORDS:
                yield from (part.value for part in node.args if isinstance(part, ast.Constant))


@pytest.mark.parametrize("keyword", ["_", "_l", "gettext", "ngettext", "t"])
def test_the_command_in_the_configuration_knows_every_word_we_use(keyword: str) -> None:
    assert keyword in keywords_of(CONFIG.read_text(encoding="utf-8"))


def test_every_text_of_the_citizen_app_is_extracted() -> None:
    seen = texts_in(ROOT / "static" / "pwa", "js", IN_SCRIPT)
    assert "Spring over" in seen
    # Found in the app itself: the phone is sent only what stands at one of its own files.
    assert seen - extracted()[".js"] == set()


def test_every_text_of_the_templates_is_extracted() -> None:
    seen = texts_in(ROOT / "swipe" / "templates", "html", IN_TEMPLATE)
    assert "Log ind" in seen
    assert seen - whole_catalogue() == set()


def test_every_text_of_the_program_is_extracted() -> None:
    seen = {text for text in python_texts() if isinstance(text, str)}
    assert "Kortet er gemt." in seen
    assert seen - whole_catalogue() == set()


def test_the_citizen_app_asks_for_its_words_with_plain_strings_only() -> None:
    wrong = [
        f"{path.name}: {found}"
        for path in (ROOT / "static" / "pwa").glob("*.js")
        for found in UNREADABLE.findall(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []
