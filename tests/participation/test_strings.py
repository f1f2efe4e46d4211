"""The citizen app speaks another language only where the catalogue does."""

from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError

from swipe.participation.strings import messages

CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

#: static/pwa/journey.js:154
msgid "Fortsæt"
msgstr "Weiter – hier"

#: static/pwa/result.js:17 swipe/templates/citizen/shell.html:40
msgid "Spring over"
msgstr "Überspringen"

#: swipe/templates/staff/base.html:30
msgid "Log ud"
msgstr "Abmelden"

#: static/pwa/sheet.js:18
msgid "Luk"
msgstr ""

#: static/pwa/sheet.js:36
#, fuzzy
msgid "Nej, behold det"
msgstr "Vielleicht"

#: static/pwa/progress.js:49
msgid "{n} af {total}"
msgstr "{n} von {total}"

#: static/pwa/review.js:11
msgid "%(num)s kort"
msgid_plural "%(num)s kort"
msgstr[0] "%(num)s Karte"
msgstr[1] "%(num)s Karten"

#~ msgid "Tak"
#~ msgstr "Danke"
"""


def with_catalogue(folder: Path, language: str, text: str = CATALOGUE) -> Path:
    place = folder / language / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "messages.po").write_text(text, encoding="utf-8")
    return folder


def test_only_finished_translations_of_the_citizen_app_are_handed_over(tmp_path: Path) -> None:
    assert messages("de", with_catalogue(tmp_path, "de")) == {
        "Fortsæt": "Weiter – hier",
        "Spring over": "Überspringen",
        "{n} af {total}": "{n} von {total}",
    }


def test_danish_is_its_own_key_even_when_somebody_keeps_a_catalogue(tmp_path: Path) -> None:
    assert messages("da", with_catalogue(tmp_path, "da")) == {}


def test_a_language_without_a_catalogue_shows_danish(tmp_path: Path) -> None:
    assert messages("so", with_catalogue(tmp_path, "de")) == {}


def test_a_language_of_three_letters_has_its_catalogue_too(tmp_path: Path) -> None:
    folder = with_catalogue(tmp_path, "ckb")
    assert messages("ckb", folder)["Spring over"] == "Überspringen"


def test_a_catalogue_with_a_merge_left_in_it_is_an_error_and_not_a_silent_half(
    tmp_path: Path,
) -> None:
    folder = with_catalogue(tmp_path, "tr", f"<<<<<<< yours\n{CATALOGUE}")
    with pytest.raises(PoFileError):
        messages("tr", folder)
