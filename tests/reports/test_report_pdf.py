"""The report as a PDF: everything told, told to everybody, and nothing in it can be run."""

import io

import pytest
from PIL import Image
from planner_pages import broken, told_whole
from planner_snapshots import residents, told
from report_files import (
    REPORT,
    jpeg,
    pdf_of,
    pdf_words,
    real_picture,
    tags_of,
    tidy,
    words_of_pages,
)
from sqlalchemy import update

from swipe.areas.models import City
from swipe.brand.models import Brand
from swipe.db import db
from swipe.reports.report import printing
from swipe.reports.report.keeping import KEPT, kept
from swipe.surveys.models import Card
from tests.builders import keep, make_area, make_picture, make_survey
from tests.live import loaded_by_web


def retitle(title):
    db.session.execute(update(Card).values(titles={"da": title}))
    db.session.commit()


def test_nobody_takes_the_report_without_logging_in(client):
    make_area()
    assert client.get(f"{REPORT}.pdf").status_code == 302


def test_the_report_tells_every_part_and_promises_nothing(planner):
    told_whole(make_survey())
    words = pdf_words(planner)
    for heading in (
        "Det ønsker området",
        "Hvem er nået",
        "Hvem mangler",
        "Det siger grupperne",
        "Det samler, og det deler",
        "Kort for kort",
        "Så godt er svarene givet",
        "Det kan tallene ikke sige",
        "Sådan er tallene lavet",
    ):
        assert heading in words
    assert "Grønne områder ligger klart først." in words
    assert not broken(words)


def test_every_page_says_which_figures_it_shows(planner):
    document = told_whole(make_survey())
    pages = words_of_pages(pdf_of(planner))
    assert len(pages) > 3
    for page in pages:
        assert document["snapshot"]["digest"] in page
        assert "Bolbro · Tal fra 20. november 2026, opsamling 9" in page or "opsamling" in page


def test_the_report_is_tagged_for_those_who_hear_it(planner):
    picture = make_picture()
    survey = make_survey(picture=picture)
    real_picture(picture, jpeg())
    told_whole(survey)
    reader = pdf_of(planner)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "da"
    assert reader.metadata.title == "Opsamling fra Bolbro"
    assert b"<pdfuaid:part>1" in root["/Metadata"].get_data()
    tags = tags_of(reader)
    kinds = {kind for kind, _alt in tags}
    assert {"H1", "H2", "Table", "TH", "TD", "Figure", "LI"} <= kinds
    assert {alt for kind, alt in tags if kind == "Figure" and alt} >= {"Et motiv med nummer 0."}
    assert all(alt for kind, alt in tags if kind == "Figure")
    marks = [one.title for one in reader.outline if not isinstance(one, list)]
    assert marks[:2] == ["Det ønsker området", "Området i forhold til andre"]


def test_the_report_speaks_english_to_its_bones(planner):
    told_whole(make_survey())
    reader = pdf_of(planner, "?lang=en")
    words = " ".join(words_of_pages(reader))
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert "What the area wants" in words
    assert "Green areas is clearly first." in words
    for danish in ("Hvem", "indbyggere", "Deltagerne", "svarede"):
        assert danish not in words


@pytest.mark.parametrize(
    "title",
    [
        '#panic("her")',
        '#read("/etc/passwd")',
        "= Overskrift",
        "$x^2$",
        '"] #image("logo.webp") [',
        "@kort <mærke> *fed* _skrå_ `kode` \\",
        "//ikke en note /* heller ikke */",
    ],
)
def test_a_title_is_never_a_command(planner, title):
    survey = make_survey()
    retitle(title)
    told_whole(survey)
    assert tidy(title).replace(" ", "") in pdf_words(planner).replace(" ", "")


@pytest.mark.parametrize(
    "title", ["公園 og grill", "Fest 🎉", "\u0000\u0007 støj", "हिन्दी", "‮bagvendt"]
)
def test_letters_that_no_font_has_do_not_stop_the_report(planner, title):
    survey = make_survey()
    retitle(title)
    told_whole(survey)
    assert "Kort for kort" in pdf_words(planner)


def test_a_picture_that_is_none_is_left_out(planner):
    picture = make_picture()
    survey = make_survey(picture=picture)
    real_picture(picture, b"no picture")
    told_whole(survey)
    assert "Kort for kort" in pdf_words(planner)


def test_long_and_arabic_titles_have_room(planner):
    survey = make_survey()
    retitle("المزيد من الأشجار " + "Enmegetlangtitelpåetkort" * 8)
    told_whole(survey)
    assert "langtitelpåetkort" in pdf_words(planner)


def test_the_logo_stands_on_the_cover_and_says_whose_it_is(planner):
    survey = make_survey()
    told_whole(survey)
    assert not tags_with_alt(planner, "Odense Kommune")
    out = io.BytesIO()
    Image.new("RGBA", (240, 64), "#7a1f5c").save(out, "WEBP")
    keep(
        Brand(
            id=1,
            accent="#7a1f5c",
            logo=out.getvalue(),
            logo_digest="a" * 16,
            logo_width=240,
            logo_height=64,
            logo_plate="dark",
        )
    )
    assert tags_with_alt(planner, "Odense Kommune") == ["Figure"]


def tags_with_alt(planner, alt):
    return [kind for kind, told in tags_of(pdf_of(planner)) if told == alt]


@pytest.mark.parametrize("name", ["Ø" * 200, "حي السلام الكبير", "<b>By & land</b>"])
def test_any_name_of_an_area_has_room_on_the_cover(planner, name):
    make_area(name=name)
    told_whole(make_survey())
    page = words_of_pages(pdf_of(planner))[0]
    assert "Grønne områder ligger klart først." in page
    assert len(page) > len(name)


def test_without_figures_one_page_says_why(planner):
    make_survey(state="draft")
    reader = pdf_of(planner)
    (page,) = words_of_pages(reader)
    assert "Undersøgelsen er en kladde." in page
    assert "Vi viser først tal, når ingen kan kendes i dem." in page


def test_below_twenty_people_there_is_one_page_without_a_figure(planner):
    told(make_survey(), 19, residents(100))
    (page,) = words_of_pages(pdf_of(planner))
    assert "Under 20 har svaret." in page
    assert "%" not in page


def test_where_the_groups_are_hidden_nobody_is_said_to_be_with(planner):
    told(make_survey(), 45, residents(100))
    words = pdf_words(planner)
    assert "Det kan ikke vises endnu. Det kræver, at grupperne kan vises." in words
    assert "Ingen gruppe mangler." not in words


def test_a_theme_that_shares_the_first_place_is_no_figure_on_the_cover(planner):
    told(make_survey(), 45, residents(100), yes=(0.6, 0.62, 0.61))
    cover = words_of_pages(pdf_of(planner))[0]
    assert "Delt førsteplads" in cover
    assert "siger ja til" not in cover


def test_an_area_without_a_survey_has_a_report_that_says_so(planner):
    make_area()
    (page,) = words_of_pages(pdf_of(planner))
    assert "Her er endnu ingen undersøgelse." in page


def test_a_demo_city_says_so_on_every_page_and_in_the_name(planner):
    keep(City(id=1, mark="demo"))
    told_whole(make_survey())
    assert all("tallene er opdigtede" in page for page in words_of_pages(pdf_of(planner)))
    named = planner.get(f"{REPORT}.pdf").headers["Content-Disposition"]
    assert named.startswith('attachment; filename="proeveby-bolbro-')


def test_a_report_is_made_once_until_something_in_it_changes(planner, monkeypatch):
    survey = make_survey()
    told_whole(survey)
    first = planner.get(f"{REPORT}.pdf").get_data()
    monkeypatch.setattr(printing, "pdf", lambda *_: b"made anew")
    assert planner.get(f"{REPORT}.pdf").get_data() == first
    retitle("Et nyt navn")
    assert planner.get(f"{REPORT}.pdf").get_data() == b"made anew"


def test_only_the_latest_reports_are_kept(tmp_path):
    for number in range(KEPT + 5):
        kept(tmp_path / "reports", f"{number}.pdf", lambda: b"report")
    assert len(list((tmp_path / "reports").iterdir())) == KEPT


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path):
    (tmp_path / "reports").write_text("a file stands in the way")
    assert kept(tmp_path / "reports", "a.pdf", lambda: b"report") == b"report"


def test_a_report_that_is_not_done_in_time_asks_for_patience(planner, monkeypatch):
    told_whole(make_survey())
    retitle("Et navn, som ingen anden prøve har")
    monkeypatch.setattr(printing, "PATIENCE", 0)
    reply = planner.get(f"{REPORT}.pdf")
    assert reply.status_code == 503
    assert "Rapporten blev ikke færdig i tide." in reply.get_data(as_text=True)


def test_the_web_process_never_loads_the_typesetter(tmp_path):
    assert "typst" not in loaded_by_web(tmp_path)
