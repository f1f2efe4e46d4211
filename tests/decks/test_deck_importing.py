"""A whole deck into a draft: good lines become cards, the rest is named, nothing is left behind."""

import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from flask import Flask

from swipe.accounts.audit import AuditEvent
from swipe.db import db, glance
from swipe.decks.deck_folder import open_folder
from swipe.decks.deck_importing import Outcome, import_cards, take_pictures
from swipe.decks.deck_planning import Plan, plan_deck
from swipe.decks.deck_zip import open_zip
from swipe.errors import Conflict, Invalid, NotFound
from swipe.media.models import Picture
from swipe.surveys.languages import LANGUAGES
from swipe.surveys.models import Card, Survey, Theme, live_cards
from tests.builders import make_survey
from tests.decks.deck_making import good_deck, picture, table, zipped

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture(autouse=True)
def _danish(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def draft(**fields: object) -> Survey:
    return make_survey(state="draft", cards=0, **fields)  # type: ignore[arg-type]


def planned(survey: Survey, file: IO[bytes], theme: str = "", stored: bool = True) -> Plan:
    deck = open_zip(file)
    plan = plan_deck(survey.id, deck, theme)
    for _progress in take_pictures(plan, deck, stored):
        db.session.commit()
    return plan


def imported(survey: Survey, file: IO[bytes], theme: str = "") -> Outcome:
    outcome = import_cards(survey.id, planned(survey, file, theme).cards, "deck.zip")
    db.session.commit()
    return outcome


def cards(survey: Survey) -> list[Card]:
    with glance():
        return list(live_cards(survey.id))


def count(model: type) -> int:
    with glance():
        return db.session.query(model).count()


def said(plan: Plan) -> list[str]:
    return [problem.sentence() for problem in plan.problems]


def stored_files(app: Flask) -> set[Path]:
    return {path for path in app.config["SWIPE"].data.rglob("pictures/*/*") if path.is_file()}


def test_a_whole_deck_becomes_cards_in_the_order_of_its_table() -> None:
    survey = draft()
    assert imported(survey, good_deck()) == Outcome(2, 0)
    found = cards(survey)
    assert [(one.titles["da"], one.theme) for one in found] == [
        ("Torvedag", "byliv"),
        ("Ny sti", "byliv"),
    ]
    assert found[0].alts == {"da": "Boder på et torv."}
    with glance():
        assert db.session.get_one(Survey, survey.id).version == survey.version + 1
        event = db.session.query(AuditEvent).one()
    assert (event.action, event.survey, event.label) == ("deck.imported", survey.id, "deck.zip")
    assert event.after == {"cards": 2, "known": 0, "themes": {"byliv": 2}}


def test_the_deck_of_the_seeds_can_be_imported_as_a_folder() -> None:
    survey, deck = draft(), open_folder(SEEDS)
    plan = plan_deck(survey.id, deck)
    for _progress in take_pictures(plan, deck, stored=False):
        pass
    assert (len(plan.cards), plan.problems) == (24, [])
    assert all(set(one.row.titles) == set(one.row.alts) == {*LANGUAGES} for one in plan.cards)
    assert any("English" in notice for notice in plan.notices)


def test_every_bad_file_is_named_by_its_line_and_the_rest_is_kept() -> None:
    lines = (
        "god.jpg;byliv;God;",
        "nej.jpg;byliv;Nej;",
        "ond.jpg;byliv;Ond;",
        "lille.jpg;byliv;Lille;",
        "igen.jpg;byliv;Igen;",
        "x.jpg;findes ikke;X;",
    )
    files = {
        "deck/cards.csv": table(*lines),
        "deck/god.jpg": picture("red"),
        "deck/ond.jpg": b"<svg onload='alert(1)'/>",
        "deck/lille.jpg": picture("red", (100, 100)),
        "deck/igen.jpg": picture("red"),
        "deck/x.jpg": picture("blue"),
        "deck/glemt.jpg": picture("green"),
        "../ud.jpg": picture("green"),
    }
    survey = draft()
    plan = planned(survey, zipped(files))
    assert [one.row.file for one in plan.cards] == ["god.jpg"]
    wanted = (
        "../ud.jpg: Navnet peger ud",
        "Linje 3: billedet 'nej.jpg' er der ikke.",
        "Linje 4: ond.jpg: Filen er ikke et billede",
        "Linje 5: lille.jpg: Billedet er for lille",
        "Linje 6: igen.jpg: Billedet er det samme som på linje 2.",
        "Linje 7: temaet 'findes ikke' findes ikke.",
    )
    assert len(plan.problems) == len(wanted), said(plan)
    assert all(one.startswith(start) for one, start in zip(said(plan), wanted, strict=True)), said(
        plan
    )
    assert plan.notices == [
        "1 fil står ikke i cards.csv og er ikke taget med: deck/glemt.jpg",
    ]


def test_a_refused_file_that_a_line_names_is_said_once() -> None:
    lines = ("../ud.jpg;byliv;Ud;", "god.jpg;byliv;God;")
    files = {"cards.csv": table(*lines), "../ud.jpg": b"x", "god.jpg": picture()}
    plan = planned(draft(), zipped(files))
    assert said(plan) == ["Linje 2: ../ud.jpg: Navnet peger ud af mappen. Filen er ikke åbnet."]


def test_without_a_table_folders_name_the_theme_and_files_the_title() -> None:
    files = {
        "mit/Grønne områder/vild-eng.jpg": picture("red"),
        "mit/IMG_1.jpg": picture("blue"),
        "mit/laes.txt": b"hej",
    }
    survey = draft()
    plan = planned(survey, zipped(files), "byliv")
    assert [(one.row.theme, one.row.titles) for one in plan.cards] == [
        ("groenne-omraader", {"da": "Vild eng"}),
        ("byliv", {}),
    ]
    assert said(plan)[0].startswith("mit/laes.txt: Filen er ikke et billede")
    assert "ingen cards.csv" in plan.notices[0]
    lacks = plan.missing(plan.cards[1])
    assert (lacks.title, lacks.alt, lacks.licence) == (True, True, True)


def test_without_a_table_and_a_theme_a_picture_is_named() -> None:
    plan = planned(draft(), zipped({"torv.jpg": picture()}))
    assert said(plan) == [
        "torv.jpg: Vælg et tema til billeder uden skema, eller giv mappen temaets navn."
    ]


def test_a_picture_the_survey_has_is_said_and_passed_over(app: Flask) -> None:
    survey = draft()
    imported(survey, good_deck())
    again = planned(survey, good_deck())
    assert (again.cards, again.known, again.problems) == ([], ["torv.jpg", "sti.jpg"], [])


def test_taking_the_same_cards_twice_makes_them_once() -> None:
    survey = draft()
    plan = planned(survey, good_deck())
    assert import_cards(survey.id, plan.cards, "a.zip") == Outcome(2, 0)
    assert import_cards(survey.id, plan.cards, "a.zip") == Outcome(0, 2)
    db.session.commit()
    assert (len(cards(survey)), count(AuditEvent)) == (2, 1)


def test_a_focus_point_makes_a_picture_of_its_own() -> None:
    head = "file;theme;title_da;focus_x;focus_y"
    files = {"cards.csv": table("a.jpg;byliv;A;20;80", head=head), "a.jpg": picture()}
    survey = draft()
    imported(survey, zipped(files))
    with glance():
        shown = db.session.get_one(Picture, cards(survey)[0].picture)
    assert (shown.focus_x, shown.focus_y) == (20, 80)
    assert shown.digest != shown.master


def test_texts_of_a_language_the_survey_lacks_are_kept_and_said() -> None:
    files = {
        "cards.csv": table("a.jpg;byliv;Torv;Market", head="file;theme;title_da;title_en"),
        "a.jpg": picture(),
    }
    survey = draft()
    plan = planned(survey, zipped(files))
    assert plan.notices[0].startswith("Undersøgelsen tilbydes ikke på English endnu.")
    import_cards(survey.id, plan.cards, "a.zip")
    db.session.commit()
    assert cards(survey)[0].titles == {"da": "Torv", "en": "Market"}


def test_missing_texts_are_named_by_language() -> None:
    plan = planned(draft(languages=["da", "en"]), good_deck())
    lacks = plan.missing(plan.cards[0])
    assert (lacks.title, lacks.alt, lacks.languages) == (False, False, ("en",))


def test_a_dry_run_without_a_trace_writes_nothing(app: Flask) -> None:
    survey, before = draft(), stored_files(app)
    pictures = count(Picture)
    plan = planned(survey, good_deck(), stored=False)
    assert len(plan.cards) == 2
    assert (count(Picture), stored_files(app)) == (pictures, before)


def test_a_dry_run_and_the_real_one_agree_about_the_pictures() -> None:
    survey = draft()
    dry = planned(survey, good_deck(), stored=False)
    assert dry.cards == planned(survey, good_deck()).cards


def test_refusals_leave_no_row_and_no_file(app: Flask) -> None:
    survey, files = draft(), stored_files(app)
    rows, temporary = count(Picture), set(Path(tempfile.gettempdir()).iterdir())
    hostile = {
        "cards.csv": table("a.jpg;byliv;A;", "b.jpg;byliv;B;", "c.jpg;byliv;C;"),
        "a.jpg": picture()[:300],
        "b.jpg": bytes(30_000_000),
        "c.jpg": b"%PDF-1.7",
        "../../d.jpg": picture(),
    }
    plan = planned(survey, zipped(hostile))
    assert (plan.cards, len(plan.problems)) == ([], 4)
    assert (count(Picture), stored_files(app)) == (rows, files)
    left = set(Path(tempfile.gettempdir()).iterdir()) - temporary
    assert [path for path in left if path.suffix in (".jpg", ".csv", ".zip")] == []


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "ingen billeder"),
        ({"cards.csv": b"\x81\xff"}, "ikke en tekstfil"),
        ({"cards.csv": b"file;theme;title_da\n" + b"x" * 1_100_000}, "Grænsen er 1 MB"),
        ({"a/cards.csv": b"", "b/cards.csv": b""}, "flere filer"),
    ],
)
def test_a_deck_that_cannot_be_read_at_all_is_refused(files: dict[str, bytes], reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        planned(draft(), zipped(files))


def test_a_published_survey_and_an_unknown_one_take_no_deck() -> None:
    survey = draft()
    ready = planned(survey, good_deck()).cards
    published = make_survey(area="stige", state="open", cards=1)
    with pytest.raises(Conflict):
        planned(published, good_deck())
    with pytest.raises(Conflict):
        import_cards(published.id, ready, "a.zip")
    with pytest.raises(NotFound):
        planned(Survey(id=uuid.uuid4()), good_deck())


def test_a_theme_that_went_meanwhile_stops_the_import() -> None:
    survey = draft()
    ready = planned(survey, good_deck()).cards
    db.session.delete(db.session.get_one(Theme, "byliv"))
    db.session.commit()
    with pytest.raises(Conflict, match="slettet imens"):
        import_cards(survey.id, ready, "a.zip")


def test_a_survey_never_gets_more_cards_than_one_can_answer() -> None:
    survey = make_survey(state="draft", cards=199)
    ready = planned(survey, good_deck()).cards
    with pytest.raises(Conflict, match="højst være 200 kort"):
        import_cards(survey.id, ready, "a.zip")
