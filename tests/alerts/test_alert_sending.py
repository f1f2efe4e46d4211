"""What is true is told to whom it concerns: once, in one mail, and never lost."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from alert_city import (
    SENDER,
    alarming,
    lagging,
    look,
    make_residents,
    post_office,
    reader,
    rows,
    states,
    waits_until,
)
from certificates import Trust
from flask import Flask
from hook_servers import Hook, hook_server
from mail_servers import Letters, mail_server, silent_server

from swipe import work
from swipe.accounts import staffing
from swipe.accounts.models import Staff
from swipe.alerts import alert_work, noting
from swipe.alerts.alert_work import Messenger
from swipe.areas.models import Area, City
from swipe.config import Config
from swipe.db import db
from swipe.lease import Keeper
from swipe.surveys.models import Survey
from tests.builders import keep, make_decision, make_staff, make_survey
from tests.live import free_port

Settings = Callable[..., Config]


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
def office(settings: Settings, letters: Letters) -> Iterator[Letters]:
    """A mail server that takes every letter, and settings that name it."""
    with mail_server(letters) as port:
        settings(**post_office(port))
        yield letters


def text_of(letters: Letters, at: int = -1) -> str:
    return str(letters.taken[at].get_content())


def later(minutes: float) -> datetime:
    return datetime.now(UTC) + timedelta(minutes=minutes)


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


def test_what_could_not_be_sent_is_tried_later_and_later_and_at_last_given_up(
    app: Flask, settings: Settings
) -> None:
    settings(**post_office(free_port()))
    reader(["opened"])
    make_survey()
    waits, now = [], datetime.now(UTC)
    for _try in range(6):
        before = datetime.now(UTC)
        look(app, now=now)
        waits.append(round((waits_until("opened") - before).total_seconds() / 60))
        now = waits_until("opened")
    assert waits == [1, 5, 30, 120, 720, 0]
    assert [row[:2] for row in rows().values()] == [("given-up", "unreachable")]
    look(app, now=now + timedelta(days=1))
    assert [row[3] for row in rows().values()] == [6]


def test_what_waits_is_sent_once_the_server_is_back(app: Flask, settings: Settings) -> None:
    port = free_port()
    settings(**post_office(port))
    reader(["opened"])
    make_survey()
    worker, letters = look(app), Letters()
    assert states() == {"opened": "waiting"}
    with mail_server(letters):
        pass
    with mail_server(letters) as other:
        settings(**post_office(other))
        worker.settings = app.config["SWIPE"]
        look(app, worker, now=later(2))
    assert states() == {"opened": "sent"}
    assert len(letters.taken) == 1


@pytest.mark.parametrize(("at", "answer"), [("DATA", "451 later"), ("RCPT", "550 nobody here")])
def test_one_persons_trouble_is_not_anothers(
    app: Flask, settings: Settings, at: str, answer: str
) -> None:
    letters = Letters(answer, "250 OK", at=at)
    reader(["opened"])
    reader(["opened"])
    make_survey()
    with mail_server(letters) as port:
        settings(**post_office(port))
        look(app)
    assert len(letters.taken) == 1
    with db.session.begin():
        found = sorted(row.state for row in db.session.query(noting.Alert))
    assert found == ["sent", "waiting"]


@pytest.mark.parametrize(
    "odd",
    [
        "søren@by.dk",
        "a,b@by.dk",
        "<a>@by.dk",
        "a@b@by.dk",
        "(a)@by.dk",
        "a@by.dk,c@by.dk",
        ".@by.dk",
    ],
)
def test_an_address_that_no_mail_can_go_to_is_its_owners_trouble_alone(
    app: Flask, office: Letters, odd: str
) -> None:
    reader(["opened"], email=odd)
    other = reader(["opened"])
    make_survey()
    look(app)
    assert [other.email] in office.to
    assert {tuple(to) for to in office.to} <= {(other.email,), (odd,)}
    with db.session.begin():
        found = {row.trouble for row in db.session.query(noting.Alert) if row.state == "waiting"}
    assert found <= {"address"}


def test_a_stop_between_handing_over_and_marking_sends_twice_and_never_not_at_all(
    app: Flask, office: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader(["opened", "closed"])
    make_survey()
    make_survey(area="lumby", state="grace")

    def stopped(*_words: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(noting, "mark_sent", stopped)
        look(app)
    assert states() == {"opened": "waiting", "closed": "waiting"}
    look(app)
    assert len(office.taken) == 1, "it is put off for as long as a round may take"
    look(app, now=later(6))
    assert states() == {"opened": "sent", "closed": "sent"}
    assert len({mail["Message-ID"] for mail in office.taken}) == 1, "known for the same mail"
    assert len(office.taken) == 2


def test_a_survey_that_is_gone_before_it_is_told_is_left_out(
    app: Flask, office: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader(["opened"])
    make_survey()
    with monkeypatch.context() as patch:
        patch.setattr(alert_work, "_told", lambda *_words: {})
        look(app)
    assert (office.taken, states()) == ([], {"opened": "waiting"})
    look(app, now=later(6))
    assert states() == {"opened": "sent"}


def test_a_survey_that_has_closed_is_not_said_to_lag_any_more(
    app: Flask, settings: Settings
) -> None:
    settings(**post_office(free_port()))
    reader(["behind"])
    survey = lagging()
    look(app)
    assert states() == {"behind": "waiting"}
    with db.session.begin():
        db.session.get_one(Survey, survey.id).closes_at = datetime.now(UTC)
    look(app, now=later(2))
    assert states() == {}


def test_what_was_sent_stays_sent_when_it_is_true_again(app: Flask, office: Letters) -> None:
    reader(["opened"])
    survey = make_survey()
    look(app)
    for published in (None, datetime.now(UTC)):  # withdrawn, and published again
        with db.session.begin():
            db.session.get_one(Survey, survey.id).published_at = published
        look(app)
    assert len(office.taken) == 1


def test_the_alerts_of_who_is_removed_go_away(app: Flask, settings: Settings) -> None:
    settings(**post_office(free_port()))
    staff = reader()
    make_survey()
    look(app)
    assert states() == {"opened": "waiting"}
    staffing.remove_staff(staff.id)
    db.session.commit()
    assert rows() == {}
    look(app, now=later(2))
    assert rows() == {}


def test_who_wants_nothing_costs_nothing(app: Flask, office: Letters) -> None:
    make_staff()
    make_survey()
    look(app)
    assert rows() == {}


def test_nothing_is_noted_where_no_way_is_set_up(app: Flask, settings: Settings) -> None:
    settings(mail_server=None, webhook_hosts=frozenset())
    messenger = Messenger(app.config["SWIPE"])
    assert not messenger.is_due(datetime.now(UTC))


def test_a_worker_looks_at_most_once_a_minute(app: Flask, office: Letters) -> None:
    messenger, now = Messenger(app.config["SWIPE"]), datetime.now(UTC)
    assert messenger.is_due(now)
    look(app, messenger, now)
    assert not messenger.is_due(now + timedelta(seconds=59))
    assert messenger.is_due(now + timedelta(seconds=60))


def test_a_dead_mail_server_keeps_no_turn_waiting(app: Flask, settings: Settings) -> None:
    """A turn ends while the server is silent, and the next one works as ever."""
    reader(["opened"])
    make_survey()
    with silent_server() as port:
        settings(**post_office(port))
        messenger = Messenger(app.config["SWIPE"])
        work.turn(app, Keeper(work.NAME), messenger=messenger)
        assert messenger.is_sending()
        assert Keeper(work.NAME).hold(), "the lease is free for the next turn"
        work.turn(app, Keeper(work.NAME), messenger=messenger)
        assert messenger.is_sending()
    messenger.rest(60)
    db.session.remove()
    assert [row[:2] for row in rows().values()] == [("waiting", "unreachable")]


def test_a_fault_in_alerts_is_logged_and_keeps_nothing_else_from_being_done(
    app: Flask, office: Letters, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []
    monkeypatch.setattr(work, "make_pictures", lambda *_words: done.append("pictures"))
    monkeypatch.setattr(Messenger, "look", lambda *_words: 1 / 0)
    work.turn(app, Keeper(work.NAME), messenger=Messenger(app.config["SWIPE"]))
    assert done == ["pictures"]
    assert [record.message for record in caplog.records] == ["alerts"]


def test_an_alert_is_posted_in_the_words_of_the_api(
    app: Flask, settings: Settings, trusted: Trust
) -> None:
    with hook_server(trusted, Hook()) as hook:
        settings(webhook_hosts=hook.hosts, base_url="https://by.dk")
        reader(["opened", "closed"], by_mail=False, webhook=hook.address())
        survey, closed = make_survey(), make_survey(area="lumby", state="grace")
        look(app)
    assert set(states().values()) == {"sent"}
    by_kind = {one["kind"]: one for one in hook.got}
    assert by_kind["opened"] == {
        "kind": "opened",
        "area": "bolbro",
        "survey": str(survey.id),
        "link": f"https://by.dk/planner/areas/bolbro?survey={survey.id}",
        "sentence": by_kind["opened"]["sentence"],
    }
    assert by_kind["opened"]["sentence"].startswith("Bolbro er åben.")
    assert by_kind["closed"]["survey"] == str(closed.id)


def test_a_program_that_refuses_is_left_alone_for_a_while(
    app: Flask, settings: Settings, trusted: Trust
) -> None:
    with hook_server(trusted, Hook(status=500)) as hook:
        settings(webhook_hosts=hook.hosts)
        reader(["opened"], by_mail=False, webhook=hook.address())
        for area in ("bolbro", "lumby", "stige"):
            make_survey(area=area)
        look(app)
        assert len(hook.got) == 1, "the others would meet the same"
        assert {row[:2] for row in rows().values()} == {("waiting", "hook-refused")}
        hook.status = 200
        look(app, now=later(2))
    assert set(states().values()) == {"sent"}
    assert len(hook.got) == 4


def test_a_host_that_was_taken_off_the_list_is_not_called(
    app: Flask, settings: Settings, trusted: Trust
) -> None:
    with hook_server(trusted, Hook()) as hook:
        settings(webhook_hosts=frozenset({("hooks.kommune.dk", 443)}))
        reader(["opened"], by_mail=False, webhook=hook.address())
        make_survey()
        look(app)
    assert hook.got == []
    assert [row[:2] for row in rows().values()] == [("waiting", "hook-off")]


def test_many_posts_go_a_few_at_a_time(
    app: Flask, settings: Settings, trusted: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noting, "HOOKS", 2)
    with hook_server(trusted, Hook()) as hook:
        settings(webhook_hosts=hook.hosts)
        reader(["opened"], by_mail=False, webhook=hook.address())
        for area in ("bolbro", "lumby", "stige"):
            make_survey(area=area)
        worker = look(app)
        assert len(hook.got) == 2
        look(app, worker)
    assert len(hook.got) == 3


def test_logs_hold_no_address_and_no_word_of_an_alert(
    app: Flask, settings: Settings, trusted: Trust, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    with hook_server(trusted, Hook(status=500)) as hook:
        settings(**post_office(free_port()), webhook_hosts=hook.hosts)
        staff: Staff = reader(["opened"], webhook=hook.address("/nøgle".encode().hex()))
        make_survey()
        look(app)
    ours = [record.getMessage() for record in caplog.records if record.name == app.logger.name]
    assert len(ours) == 2
    whole = json.dumps(ours)
    assert staff.email not in whole
    assert "localhost" not in whole
    assert "Bolbro" not in whole


def test_residents_that_come_late_bring_the_alert_with_them(app: Flask, office: Letters) -> None:
    reader(["behind"])
    now = datetime.now(UTC)
    make_survey(opens_at=now - timedelta(days=20), closes_at=now + timedelta(days=10))
    worker = look(app)
    assert states() == {}
    make_residents("bolbro", 4000)
    look(app, worker)
    assert states() == {"behind": "sent"}
