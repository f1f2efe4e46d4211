"""What is true is told to whom it concerns, once, in a mail that says it plainly."""

from datetime import UTC, datetime, timedelta

import pytest
from alert_city import (
    SENDER,
    alarming,
    lagging,
    later,
    look,
    make_residents,
    reader,
    rows,
    states,
    text_of,
)
from flask import Flask
from mail_servers import Letters

from swipe.areas.models import Area, City
from swipe.db import db
from swipe.surveys.models import Survey
from tests.builders import keep, make_decision, make_staff, make_survey


def test_a_survey_that_opens_is_told_once(app: Flask, office: Letters) -> None:
    staff = reader()
    survey = make_survey(opens_at=later(-5))
    worker = look(app)
    look(app, worker)
    look(app)  # a worker that was started anew
    assert states() == {"opened": "sent"}
    assert office.to == [[staff.email]]
    assert "Bolbro er åben." in text_of(office)
    assert f"https://by.dk/planner/areas/bolbro?survey={survey.id}" in text_of(office)


def test_a_survey_that_lags_is_told_with_the_figures_that_were_published(
    app: Flask, office: Letters
) -> None:
    reader(["behind"])
    lagging(people=40)
    look(app)
    assert "Bolbro er bagud. 3\xa0% er nået. Målet er 33\xa0%." in text_of(office)


@pytest.mark.parametrize("people", [None, 12])
def test_a_survey_that_nobody_answers_is_told_without_a_number(
    app: Flask, office: Letters, people: int | None
) -> None:
    reader(["behind"])
    lagging(people=people)
    look(app)
    assert text_of(office).startswith("Bolbro er bagud. Under 20 har svaret. Målet er 33\xa0%.")


@pytest.mark.parametrize(
    ("flags", "notes", "said"),
    [
        (["reach-over-100"], [], "flere svar end indbyggere"),
        ([], ["many-flagged"], "så hurtigt"),
    ],
)
def test_answers_that_seem_repeated_are_told(
    app: Flask, office: Letters, flags: list[str], notes: list[str], said: str
) -> None:
    reader(["repeats"])
    alarming(make_survey(), flags, notes)
    look(app)
    assert said in text_of(office)


def test_other_notes_on_the_answers_are_no_alarm(app: Flask, office: Letters) -> None:
    reader(["repeats"])
    alarming(make_survey(), ["old-register", "fraction-clamped"], ["many-skipped"])
    look(app)
    assert states() == {}


def test_a_survey_that_closes_and_a_late_decision_are_told(app: Flask, office: Letters) -> None:
    reader()
    yesterday = (datetime.now(UTC) - timedelta(days=2)).date()
    survey = make_survey(state="grace", decided_on=yesterday)
    look(app)
    assert states(survey) == {"closed": "sent", "overdue": "sent"}
    assert len(office.taken) == 1
    assert "Bolbro er lukket. Sene svar tæller med i 7 dage endnu." in text_of(office)
    assert "https://by.dk/planner/areas/bolbro/decisions" in text_of(office)


def test_a_decision_that_citizens_can_read_is_not_late(app: Flask, office: Letters) -> None:
    reader(["overdue"])
    survey = make_survey(state="closed", decided_on=(datetime.now(UTC) - timedelta(days=9)).date())
    make_decision(survey=survey)
    look(app)
    assert states() == {}


def test_drafts_and_coming_surveys_are_nobodys_news(app: Flask, office: Letters) -> None:
    reader()
    make_survey(area="lumby", state="draft")
    make_survey(area="stige", state="coming")
    look(app)
    assert (states(), office.taken) == ({}, [])


def test_several_alerts_of_one_person_are_one_mail(app: Flask, office: Letters) -> None:
    first, second = reader(["opened"], name="Mette"), reader(["opened"], name="Lise")
    for area in ("bolbro", "lumby", "stige"):
        make_survey(area=area)
    look(app)
    assert sorted(office.to) == sorted([[first.email], [second.email]])
    assert str(office.taken[0]["Subject"]).endswith("og 2 beskeder mere")
    for area in ("Bolbro", "Lumby", "Stige"):
        assert f"{area} er åben." in text_of(office, 0)


def test_a_thousand_surveys_that_open_at_once_are_still_one_mail(
    app: Flask, office: Letters
) -> None:
    reader(["opened"])
    for number in range(40):
        make_survey(area=f"omraade-{number}", cards=0, themes=())
    look(app)
    assert len(office.taken) == 1
    assert text_of(office).count("er åben") == 30
    assert "Der er 10 beskeder mere." in text_of(office)
    assert set(states().values()) == {"sent"}


def test_a_mail_is_plain_and_says_that_no_person_wrote_it(app: Flask, office: Letters) -> None:
    staff = reader(["opened"])
    make_survey()
    look(app)
    mail = office.taken[0]
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content_charset() == "utf-8"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].strip("<>").endswith("@kommune.dk")
    assert (mail["To"], SENDER in mail["From"]) == (staff.email, True)
    assert mail["Date"].datetime is not None
    assert not mail.defects


def test_nothing_in_a_mail_is_about_a_person(app: Flask, office: Letters) -> None:
    staff = reader(name="Mette Holm")
    lagging(people=40)
    look(app)
    whole = office.taken[0].as_string()
    assert "Mette Holm" not in whole
    assert whole.count(staff.email) == 1


@pytest.mark.parametrize(
    "name",
    [
        "Bolbro\r\nBcc: alle@by.dk",
        "B" * 200,
        "حي السلام",
        "Bolbro\u202egnis",
        "\u2028Bolbro\x07",
        "Æblehaven & Søndersø",
    ],
)
def test_no_name_of_an_area_can_break_a_mail(app: Flask, office: Letters, name: str) -> None:
    reader(["opened"])
    survey = make_survey()
    with db.session.begin():
        db.session.get_one(Area, "bolbro").name = name
        db.session.get_one(Survey, survey.id).title = {"da": f"{name}\nX-Spam: no"}
    db.session.remove()
    look(app)
    mail = office.taken[0]
    assert (mail["Bcc"], mail["X-Spam"]) == (None, None)
    assert len(str(mail["Subject"])) < 160
    assert not mail.defects
    assert "\u202e" not in mail.get_content()
    assert states() == {"opened": "sent"}


def test_an_area_that_was_renamed_is_told_by_its_name_of_today(app: Flask, office: Letters) -> None:
    reader(["opened"])
    make_survey()
    with db.session.begin():
        db.session.get_one(Area, "bolbro").name = "Bolbro og Højby"
    look(app)
    assert "Bolbro og Højby er åben." in text_of(office)


def test_a_name_with_a_full_stop_is_whole_in_the_subject(app: Flask, office: Letters) -> None:
    reader(["opened"])
    make_survey()
    with db.session.begin():
        db.session.get_one(Area, "bolbro").name = "Skt. Klemens, Stenløse & Fangel"
    look(app)
    assert office.taken[0]["Subject"] == "Skt. Klemens, Stenløse & Fangel er åben"


def test_what_asks_for_most_stands_first(app: Flask, office: Letters) -> None:
    reader()
    make_survey(area="aaby")
    lagging("bolbro")
    look(app)
    assert str(office.taken[0]["Subject"]) == "Bolbro er bagud, og 1 besked mere"
    assert text_of(office).index("Bolbro er bagud") < text_of(office).index("Aaby er åben")


def test_a_demo_says_so_in_every_mail(app: Flask, office: Letters) -> None:
    keep(City(id=1, mark="demo"))
    reader(["opened"])
    make_survey()
    look(app)
    assert "tallene er opdigtede" in str(office.taken[0]["Subject"])
    assert "tallene er opdigtede" in text_of(office)


def test_who_wants_nothing_costs_nothing(app: Flask, office: Letters) -> None:
    make_staff()
    make_survey()
    look(app)
    assert rows() == {}


def test_residents_that_come_late_bring_the_alert_with_them(app: Flask, office: Letters) -> None:
    reader(["behind"])
    now = datetime.now(UTC)
    make_survey(opens_at=now - timedelta(days=20), closes_at=now + timedelta(days=10))
    worker = look(app)
    assert states() == {}
    make_residents("bolbro", 4000)
    look(app, worker)
    assert states() == {"behind": "sent"}
