"""cards.csv from anybody's spreadsheet: read, or refused with a sentence that says what to do."""

from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from swipe.decks.deck_rows import Themes
from swipe.decks.deck_sheet import Sheet, decode_sheet, read_sheet
from swipe.errors import Invalid, SwipeError
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
        ("licence", "tyv", "licensen 'tyv' findes ikke. Brug own, permission"),
        ("facing", "op", "retningen 'op' findes ikke. Brug left, right eller neutral"),
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
        ("file;theme;title_da;titel_en", "Kolonnen 'titel_en' kendes ikke. Mente du title_en?"),
        ("file;theme;titel_da", "Mente du title_da?"),
        ("file;theme;title_da;title_xx", "Sproget 'xx' findes ikke. Brug da, en"),
        ("file;theme;title_da;qqqqqq", "Kolonnen 'qqqqqq' kendes ikke. Slet den i skemaet."),
        ("file;theme;title_da;file", "Kolonnen file er der to gange."),
        ("file;title_da", "mangler kolonnen theme."),
        ("", "mangler kolonnen file, theme, title_da."),
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
