"""cards.csv from anybody's spreadsheet: read, or refused with a sentence that says what to do."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from swipe.decks.deck_rows import Themes
from swipe.decks.deck_sheet import Sheet, decode_sheet, read_sheet
from swipe.decks.sheet_words import (
    PLAIN_NAMES,
    TEXT_NAMES,
    column_named,
    column_shown,
    nearest_column,
)
from swipe.errors import Invalid, SwipeError
from swipe.surveys.languages import LANGUAGES
from swipe.surveys.models import Texts

THEMES = Themes(
    {
        "byliv": "byliv",
        "groenne-omraader": "groenne-omraader",
        "grønne områder": "groenne-omraader",
    },
    ["Byliv", "Grønne områder"],
)
HEAD = "file;theme;title_da"
COLUMNS = (*PLAIN_NAMES, *(f"{text}_{code}" for text in TEXT_NAMES for code in LANGUAGES))


@pytest.fixture(autouse=True)
def _danish(whole_app: Flask) -> Iterator[None]:
    with whole_app.test_request_context():
        yield


def sheet(*lines: str, head: str = HEAD, fallback: str = "") -> Sheet:
    return read_sheet("\n".join((head, *lines)), THEMES, fallback)


def said(found: Sheet) -> list[str]:
    return [problem.sentence() for problem in found.problems]


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("written", ["byliv", "Byliv", "BYLIV"])
def test_semicolon_comma_and_tab_are_read_alike(mark: str, written: str) -> None:
    text = f"title_da;file;theme\r\nTorvedag;torv.jpg;{written}\r\n\r\n".replace(";", mark)
    found = read_sheet(text, THEMES)
    assert said(found) == []
    assert [(one.file, one.theme, one.titles) for one in found.rows] == [
        ("torv.jpg", "byliv", {"da": "Torvedag"})
    ]


def test_every_column_finds_its_place() -> None:
    head = (
        "file;theme;title_da;title_en;alt_ar;why_da;credit;licence;facing;concept;focus_x;focus_y"
    )
    line = 'a.jpg;Grønne områder;"To;\n ord";Two;صورة;Fordi;A. Holm;CC-BY;venstre;bænk;10 %;0'
    (row,) = sheet(line, head=head).rows
    assert row.titles == {"da": "To; ord", "en": "Two"}
    assert (row.alts, row.why) == ({"ar": "صورة"}, {"da": "Fordi"})
    assert (row.theme, row.credit, row.licence) == ("groenne-omraader", "A. Holm", "cc-by")
    assert (row.facing, row.concept, row.focus) == ("left", "bænk", (10, 0))


DANISH = (
    "Billede;TEMA;Titel;titel_EN;Beskrivelse;beskrivelse ar;Hvorfor;Fotograf;Licens;Retning;"
    "Motiv;Fokus vandret;FOKUS_LODRET"
)


@pytest.mark.parametrize("letters", ["NFC", "NFD"])
def test_danish_headings_and_values_say_the_same_as_the_english_ones(
    letters: Literal["NFC", "NFD"],
) -> None:
    line = "a.jpg;byliv;To ord;Two;Hus;صورة;Fordi;A. Holm;CC BY;højre;bænk;10 %;0"
    (row,) = sheet(unicodedata.normalize(letters, line), head=DANISH).rows
    head = (
        "file;theme;title_da;title_en;alt_da;alt_ar;why_da;credit;licence;facing;"
        "concept;focus_x;focus_y"
    )
    (same,) = sheet(line.replace("CC BY", "cc-by").replace("højre", "right"), head=head).rows
    assert (row.licence, row.facing) == ("cc-by", "right")
    assert replace(row, concept=same.concept) == same


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("fil", "file"),
        ("foto", "credit"),
        ("ret", "licence"),
        ("alt", "alt_da"),
        ("alttekst", "alt_da"),
        ("titel da", "title_da"),
        ("Title-EN", "title_en"),
        ("hvorfor_so", "why_so"),
        ("titel xx", ""),
        ("Fokus  Lodret", "focus_y"),
        ("???", ""),
    ],
)
def test_a_heading_is_known_however_it_is_written(heading: str, column: str) -> None:
    assert column_named(heading) == column


@pytest.mark.parametrize(
    ("written", "licence"),
    [
        ("", ""),
        ("Kommunens eget", "own"),
        ("eget", "own"),
        ("med tilladelse", "permission"),
        ("TILLADELSE", "permission"),
        ("frit (cc0)", "cc0"),
        ("CC0", "cc0"),
        ("cc by", "cc-by"),
        ("CC BY-SA", "cc-by-sa"),
        ("cc-by-sa", "cc-by-sa"),
        ("andet", "other"),
        ("own", "own"),
    ],
)
def test_a_licence_is_known_in_danish_and_in_english(written: str, licence: str) -> None:
    (row,) = sheet(f"a.jpg;byliv;Torv;{written}", head="fil;tema;titel;ret").rows
    assert row.licence == licence


@pytest.mark.parametrize(
    ("written", "facing"),
    [("Nej", "neutral"), ("venstre", "left"), ("HØJRE", "right"), ("hoejre", "right")],
)
def test_a_direction_is_known_with_or_without_its_danish_letters(written: str, facing: str) -> None:
    (row,) = sheet(f"a.jpg;byliv;Torv;{written}", head="fil;tema;titel;retning").rows
    assert row.facing == facing


def test_a_sentence_calls_a_column_what_the_table_calls_it() -> None:
    found = sheet(f"a.jpg;byliv;{'x' * 81}", ";byliv;T", head="Billede;Tema;Titel")
    assert said(found) == [
        "Linje 2: teksten i titel er for lang. Grænsen er 80 tegn.",
        "Linje 3: der mangler et filnavn i kolonnen billede.",
    ]


@pytest.mark.parametrize("column", COLUMNS)
def test_what_a_column_is_called_for_a_reader_can_be_written(column: str) -> None:
    assert column_named(column) == column
    assert column_named(column_shown(column)) == column


@pytest.mark.parametrize("heading", ["titler", "titel2", "tittel", "beskrivelses", "hvorforr"])
def test_no_other_language_is_proposed_to_who_wrote_none(heading: str) -> None:
    assert nearest_column(heading) in {"titel", "beskrivelse", "hvorfor"}


def test_empty_cells_are_the_plain_choice() -> None:
    (row,) = sheet(
        "a.jpg;;;;;;;", head="file;theme;title_da;licence;facing;focus_x;;", fallback="byliv"
    ).rows
    assert (row.theme, row.titles, row.licence, row.facing) == ("byliv", {}, "", "neutral")
    assert (row.focus, row.line) == ((50, 50), 2)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (";byliv;Torv", "Linje 3: der mangler et filnavn"),
        ("a.jpg;;Torv", "Linje 3: temaet mangler."),
        ("a.jpg;Grøne områder;T", "temaet 'Grøne områder' findes ikke. Mente du Grønne områder?"),
        ("a.jpg;Zoo;Torv", "Linje 3: temaet 'Zoo' findes ikke. Brug Byliv, Grønne områder."),
        (f"a.jpg;byliv;{'x' * 81}", "Linje 3: teksten i title_da er for lang. Grænsen er 80 tegn."),
        ("GOD.jpg;byliv;Torv", "Linje 3: billedet 'GOD.jpg' står allerede på linje 2."),
        ("a.jpg;byliv", "Linje 3 har ikke de samme kolonner"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_and_the_others_are_kept(line: str, reason: str) -> None:
    found = sheet("god.jpg;byliv;God", line)
    assert [one.file for one in found.rows] == ["god.jpg"]
    assert [reason in sentence for sentence in said(found)] == [True], said(found)


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("alt_da", "x" * 301, "alt_da er for lang. Grænsen er 300 tegn"),
        ("why_en", "x" * 401, "why_en er for lang. Grænsen er 400 tegn"),
        ("credit", "x" * 201, "credit er for lang. Grænsen er 200 tegn"),
        ("concept", "x" * 65, "concept er for lang. Grænsen er 64 tegn"),
        ("licence", "tyv", "retten 'tyv' findes ikke. Skriv kommunens eget, med tilladelse, frit"),
        ("facing", "op", "retningen 'op' findes ikke. Skriv nej, venstre, højre."),
        ("focus_x", "101", "focus_x skal være et helt tal fra 0 til 100"),
        ("focus_y", "0,5", "focus_y skal være et helt tal fra 0 til 100"),
        ("focus_y", "-1", "focus_y skal være et helt tal fra 0 til 100"),
    ],
)
def test_a_bad_value_is_named_with_what_can_be_written(
    column: str, value: str, reason: str
) -> None:
    found = sheet(f"a.jpg;byliv;Torv;{value}", head=f"{HEAD};{column}")
    assert (found.rows, len(found.problems)) == ([], 1)
    assert reason in said(found)[0]


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("fil;tema;titel;titl_en", "Kolonnen 'titl_en' kendes ikke. Mente du titel en?"),
        ("fil;tema;titler", "Kolonnen 'titler' kendes ikke. Mente du titel?"),
        ("fil;tema;titel;titler", "Kolonnen 'titler' kendes ikke. Slet den i skemaet."),
        ("fil;tema;title_da;titl en", "Kolonnen 'titl en' kendes ikke. Mente du titel en?"),
        ("fil;tema;titel;beskrivlse", "Mente du beskrivelse?"),
        ("fil;tema;titel;licenc", "Mente du licens?"),
        ("fil;tema;titel;fokus_vandrete", "Mente du fokus vandret?"),
        ("fil;tema;titel;why_enn", "Sproget 'enn' kendes ikke. Skriv det som da, en"),
        ("fil;tema;titel;titel engelsk", "Sproget 'engelsk' kendes ikke. Skriv det som da, en"),
        ("fil;tema;titel;title_da", "Kolonnerne titel og title_da er den samme. Slet den ene."),
        ("file;theme;title_da;title_xx", "Sproget 'xx' kendes ikke. Skriv det som da, en"),
        ("file;theme;title_da;qqqqqq", "Kolonnen 'qqqqqq' kendes ikke. Slet den i skemaet."),
        ("file;theme;title_da;file", "Kolonnen file er der to gange."),
        ("file;title_da", "mangler kolonnen tema."),
        ("", "mangler kolonnen fil, tema, titel."),
    ],
)
def test_a_wrong_column_is_named_with_the_nearest_right_one(head: str, reason: str) -> None:
    found = sheet("a;b;c;d", head=head)
    assert found.rows == []
    assert reason in " ".join(said(found))


def test_a_table_without_lines_and_one_without_end_are_refused() -> None:
    assert said(sheet()) == ["Der er ingen rækker i filen."]
    assert said(sheet(*["a.jpg;byliv;T"] * 401)) == [
        "Skemaet har for mange linjer. Grænsen er 400."
    ]


def test_a_table_made_to_take_long_is_refused_at_once() -> None:
    wide = sheet(head=";".join(f"kolonne{number}" for number in range(60_000)))
    assert len(wide.problems) == 11
    assert said(sheet(*["x"] * 400_000))[0].startswith("Skemaet har for mange linjer.")


@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_without_a_word(letters: str) -> None:
    assert decode_sheet("blåbærgrød".encode(letters)) == ("blåbærgrød", "")


def test_windows_1252_as_excel_writes_it_is_read_and_said() -> None:
    text, notice = decode_sheet("blåbærgrød – 5 €".encode("cp1252"))
    assert text == "blåbærgrød – 5 €"
    assert notice == (
        "Filen er læst som Windows-1252, sådan som Excel gemmer den. "
        "Se efter, om æ, ø og å er rigtige."
    )


@pytest.mark.parametrize("letters", ["utf-16", "utf-16-be"])
def test_unicode_text_from_excel_is_read_and_said(letters: str) -> None:
    text, notice = decode_sheet(
        ("\ufeff" if letters == "utf-16-be" else "").encode(letters) + "grød".encode(letters)
    )
    assert (text.lstrip("\ufeff"), "UTF-16" in notice) == ("grød", True)


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04\0\0", b"\x81\x8d\xff", "file".encode("utf-16-le"), b"\xff\xfea"]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid, match="ikke en tekstfil"):
        decode_sheet(data)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_sentence(data: bytes) -> None:
    try:
        text, _notice = decode_sheet(data)
    except SwipeError:
        return
    assert read_sheet(text, THEMES).problems


cells = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=90)


@given(st.lists(st.tuples(cells, st.sampled_from(["byliv", "x", ""]), cells, cells), max_size=8))
def test_any_line_is_a_card_within_the_limits_or_a_sentence(
    lines: list[tuple[str, str, str, str]],
) -> None:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    written = [";".join(map(cell, line)) for line in lines]
    found = sheet(*written, head="file;theme;title_da;facing")
    assert len(found.rows) + len(found.problems) >= len(
        [line for line in lines if "".join(line).strip()]
    )
    for row in found.rows:
        titles: Texts = row.titles
        assert len(titles.get("da", "")) <= 80
        assert row.facing in ("left", "right", "neutral")
        assert row.file
