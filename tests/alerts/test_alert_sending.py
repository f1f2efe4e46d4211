"""What is to be told gets there though the way fails: late or twice, and never not at all."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from alert_city import (
    Settings,
    lagging,
    later,
    look,
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
from swipe.db import db
from swipe.lease import Keeper
from swipe.surveys.models import Survey
from tests.builders import make_survey
from tests.live import free_port


def test_what_could_not_be_sent_is_tried_later_and_later_and_at_last_given_up(
    app: Flask, settings: Settings
) -> None:
    settings(**post_office(free_port()))
    reader(["opened"])
    make_survey()
    waits, now = [], datetime.now(UTC)
    for _try in range(8):
        before = datetime.now(UTC)
        look(app, now=now)
        waits.append(round((waits_until("opened") - before).total_seconds() / 60))
        now = waits_until("opened")
    assert waits == [1, 5, 30, 120, 720, 1440, 1440, 0]
    assert [row[:2] for row in rows().values()] == [("given-up", "unreachable")]
    look(app, now=now + timedelta(days=1))
    assert [row[3] for row in rows().values()] == [8]


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
