"""Each member of staff says herself what she is told of; nobody is told of anything unasked."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from alert_city import PAGE, Settings, lagging, look, post_office, reader, rows, states
from certificates import Trust
from flask import Flask
from flask.testing import FlaskClient
from hook_servers import Hook, hook_server
from mail_servers import PASSWORD, USER, Letters, mail_server, silent_server
from sqlalchemy import select

from swipe import work
from swipe.accounts.audit import AuditEvent
from swipe.accounts.models import Staff
from swipe.alerts import trying
from swipe.alerts.choosing import Choice, choice_of
from swipe.alerts.models import KINDS
from swipe.db import db, glance
from swipe.smtp_url import MailServer
from tests.builders import make_survey
from tests.live import free_port
from tests.participation.test_one_connection import connections
from tests.reports.planner_snapshots import words_of

HOSTS = frozenset({("hooks.kommune.dk", 443)})
HOOK = "https://hooks.kommune.dk/i/hemmelig"
MAIL = post_office(9)


@pytest.fixture
def planner(login: Callable[[str], FlaskClient]) -> FlaskClient:
    return login("planner")


def me() -> Staff:
    with glance():
        return db.session.scalars(select(Staff)).one()


def chosen() -> Choice:
    staff = me().id
    with glance():
        return choice_of(staff)


def save(client: FlaskClient, *kinds: str, **fields: str) -> Any:
    return client.post(PAGE, data={"kinds": list(kinds), **fields})


def after(client: FlaskClient, reply: Any) -> str:
    """Return the words of the page that a POST leads to."""
    assert reply.status_code == 303, reply.text
    return words_of(client.get(reply.location))


def test_everything_is_off_until_she_chooses(planner: FlaskClient, settings: Settings) -> None:
    settings(**MAIL)
    page = planner.get(PAGE).text
    assert page.count('type="checkbox"') == len(KINDS) + 1
    assert " checked" not in page
    assert chosen() == Choice()


def test_a_choice_is_kept_and_shown(planner: FlaskClient, settings: Settings) -> None:
    settings(**MAIL, webhook_hosts=HOSTS)
    reply = save(planner, "behind", "overdue", by_mail="1", webhook=f" {HOOK} ")
    assert "Gemt. Du får besked om det, der sker fra nu af." in after(planner, reply)
    assert chosen() == Choice(("behind", "overdue"), True, HOOK)
    assert planner.get(PAGE).text.count(" checked") == 3


def test_a_choice_can_be_taken_back(planner: FlaskClient, settings: Settings) -> None:
    settings(**MAIL)
    save(planner, "opened", by_mail="1")
    assert "Du får ingen beskeder." in after(planner, save(planner))
    assert chosen() == Choice()


def test_what_and_how_belong_together(planner: FlaskClient, settings: Settings) -> None:
    settings(**MAIL)
    lacking = save(planner, "opened")
    assert (lacking.status_code, "hvordan du vil have besked" in lacking.text) == (422, True)
    assert 'value="opened" checked' in lacking.text, "what was typed stays"
    empty = save(planner, by_mail="1")
    assert (empty.status_code, "hvad du vil have besked om" in empty.text) == (422, True)
    assert chosen() == Choice()


@pytest.mark.parametrize(
    "address",
    ["http://hooks.kommune.dk/x", "https://evil.dk/", "javascript:1", "x" * 600, "https://a@b\\c"],
)
def test_only_addresses_of_named_hosts_are_kept(
    planner: FlaskClient, settings: Settings, address: str
) -> None:
    settings(**MAIL, webhook_hosts=HOSTS)
    reply = save(planner, "opened", webhook=address)
    assert reply.status_code == 422
    assert "Skriv en adresse, der begynder med https://hooks.kommune.dk/." in reply.text
    assert chosen() == Choice()


def test_a_way_that_is_not_set_up_is_not_offered_and_not_kept(
    planner: FlaskClient, settings: Settings
) -> None:
    settings(mail_server=None, webhook_hosts=HOSTS)
    page = planner.get(PAGE).text
    assert "E-mail er ikke sat op her. Spørg den, der driver systemet." in page
    assert 'name="by_mail"' not in page
    assert save(planner, "opened", by_mail="1").status_code == 422
    settings(**MAIL, webhook_hosts=frozenset())
    assert 'name="webhook"' not in planner.get(PAGE).text
    save(planner, "opened", by_mail="1", webhook=HOOK)
    assert chosen() == Choice(("opened",), True, "")


def test_without_any_way_the_page_says_so_and_names_whom_to_ask(
    planner: FlaskClient, settings: Settings
) -> None:
    settings(mail_server=None, webhook_hosts=frozenset())
    words = words_of(planner.get(PAGE))
    assert "Beskeder er ikke sat op her" in words
    assert "Spørg den, der driver systemet." in words
    assert save(planner, "opened", by_mail="1").status_code == 422


@pytest.mark.parametrize(
    "fields", [{}, {"kinds": "sludder"}, {"kinds": "opened' or 1=1"}, {"webhook": "\u202e"}]
)
def test_nonsense_is_answered_with_the_page(
    planner: FlaskClient, settings: Settings, fields: dict[str, str]
) -> None:
    settings(**MAIL, webhook_hosts=HOSTS)
    assert planner.post(PAGE, data=fields).status_code in (303, 422)
    assert planner.get(f"{PAGE}?x=%00&kinds=opened").status_code in (200, 400)


def test_who_chooses_is_told_of_what_comes_and_not_of_what_was(
    app: Flask, planner: FlaskClient, settings: Settings
) -> None:
    letters = Letters()
    old = lagging("bolbro")
    make_survey(area="lumby", state="grace", decided_on=datetime(2020, 1, 1, tzinfo=UTC).date())
    with mail_server(letters) as port:
        settings(**post_office(port))
        save(planner, *KINDS, by_mail="1")
        assert set(states().values()) == {"known"}
        look(app)
        assert letters.taken == []
        new = make_survey(area="stige")
        look(app)
    assert states(old) == {"behind": "known"}
    assert states(new) == {"opened": "sent"}
    assert len(letters.taken) == 1


def test_a_kind_or_a_way_that_is_added_later_begins_then(
    app: Flask, planner: FlaskClient, settings: Settings
) -> None:
    settings(**post_office(free_port()), webhook_hosts=HOSTS)
    save(planner, "closed", by_mail="1")
    make_survey()
    look(app)
    assert rows() == {}
    save(planner, "closed", "opened", by_mail="1", webhook=HOOK)
    assert set(states().values()) == {"known"}
    assert {way for _survey, _kind, way in rows()} == {"mail", "webhook"}
    look(app)
    assert set(states().values()) == {"known"}


def test_what_waits_goes_with_the_choice_that_asked_for_it(
    app: Flask, planner: FlaskClient, settings: Settings
) -> None:
    settings(**post_office(free_port()))
    save(planner, "opened", "closed", by_mail="1")
    make_survey()
    look(app)
    assert states() == {"opened": "waiting"}
    save(planner, "closed", by_mail="1")
    assert states() == {}


def test_two_clicks_at_once_keep_one_choice(planner: FlaskClient, settings: Settings) -> None:
    settings(**MAIL)
    for _click in range(2):
        assert save(planner, "opened", by_mail="1").status_code == 303
    assert chosen() == Choice(("opened",), True, "")


def test_the_trail_tells_what_was_chosen_and_no_key_of_a_webhook(
    planner: FlaskClient, settings: Settings, login: Callable[[str], FlaskClient]
) -> None:
    settings(**MAIL, webhook_hosts=HOSTS)
    for _again in range(2):
        save(planner, "opened", by_mail="1", webhook=HOOK)
    with glance():
        events = db.session.scalars(select(AuditEvent)).all()
    assert [event.action for event in events] == ["alert.changed"]
    assert events[0].after == {"kinds": ["opened"], "by_mail": True, "webhook": "hooks.kommune.dk"}
    assert "hemmelig" not in json.dumps([event.after for event in events])
    assert "ændrede sine beskeder" in words_of(login("admin").get("/admin/audit?kind=staff"))


def test_a_trial_arrives_and_says_that_it_is_one(planner: FlaskClient, settings: Settings) -> None:
    letters = Letters()
    with mail_server(letters) as port:
        settings(**post_office(port))
        reply = planner.post(f"{PAGE}/trial", data={"way": "mail"})
        assert f"Prøven er sendt til {me().email}." in after(planner, reply)
    assert letters.to == [[me().email]]
    assert "Dette er en prøve." in letters.taken[0].get_content()
    assert rows() == {}


def test_a_trial_goes_to_the_program_that_was_saved(
    planner: FlaskClient, settings: Settings, trusted: Trust
) -> None:
    with hook_server(trusted, Hook()) as hook:
        settings(webhook_hosts=hook.hosts)
        save(planner, "opened", webhook=hook.address())
        assert "Send en prøve til programmet" in planner.get(PAGE).text
        said = after(planner, planner.post(f"{PAGE}/trial", data={"way": "webhook"}))
    assert "tog imod den" in said
    assert [one["kind"] for one in hook.got] == ["trial"]
    assert set(hook.got[0]) == {"kind", "area", "survey", "link", "sentence"}


def trial(client: FlaskClient, way: str = "mail") -> str:
    said = after(client, client.post(f"{PAGE}/trial", data={"way": way}))
    assert "Prøven kom ikke afsted." in said
    return said


def test_a_trial_that_fails_says_why_in_plain_words(
    planner: FlaskClient, settings: Settings, trusted: Trust
) -> None:
    settings(**post_office(free_port()))
    assert "Mailserveren svarer ikke. Spørg den, der driver systemet." in trial(planner)
    with mail_server(Letters(), starttls=trusted.served, login=True) as port:
        settings(mail_server=MailServer("localhost", port, False, False, USER, "forkert"))
        assert "Mailserveren afviser systemets adgangskode." in trial(planner)
    with mail_server(Letters(), login=True, open_login=True) as port:
        settings(mail_server=MailServer("localhost", port, False, False, USER, PASSWORD))
        assert "Mailserveren kan ikke tale krypteret" in trial(planner)
    with mail_server(Letters("550 no", at="RCPT")) as port:
        settings(**post_office(port))
        assert "tager ikke imod post til din adresse" in trial(planner)
    settings(mail_server=None, webhook_hosts=HOSTS)
    assert "E-mail er ikke sat op." in trial(planner)
    assert "Adressen er ikke en af dem" in trial(planner, "webhook")


def test_a_trial_waits_only_a_little_and_holds_no_connection_meanwhile(
    planner: FlaskClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[int] = []
    monkeypatch.setattr(trying, "ANSWER_WITHIN", 0.2)
    monkeypatch.setattr(
        trying.mailing, "_in_our_words", _noting(trying.mailing._in_our_words, held)
    )
    with silent_server() as port:
        settings(**post_office(port))
        assert "Mailserveren svarer ikke." in trial(planner)
    assert held
    assert max(held) == 0


def _noting(inner: Callable[[], Any], held: list[int]) -> Callable[[], Any]:
    def noted() -> Any:
        pool: Any = db.engine.pool
        held.append(pool.checkedout())
        return inner()

    return noted


def test_the_page_says_what_was_sent_and_what_could_not_be(
    app: Flask, planner: FlaskClient, settings: Settings
) -> None:
    settings(**post_office(free_port()))
    save(planner, "opened", by_mail="1")
    make_survey()
    assert "Ingen beskeder endnu." in words_of(planner.get(PAGE))
    look(app)
    words = words_of(planner.get(PAGE))
    assert "E-mail. Mailserveren svarer ikke. Vi prøver igen" in words
    assert "Bolbro åbnet" in words
    now = datetime.now(UTC)
    for minutes in (2, 10, 60, 300, 1000, 2000, 2000, 2000):
        look(app, now=now + timedelta(minutes=minutes))
        now += timedelta(minutes=minutes)
    assert states() == {"opened": "given-up"}
    assert "Vi er holdt op med at prøve." in words_of(planner.get(PAGE))
    with mail_server(Letters()) as port:
        settings(**post_office(port))
        assert "Vi prøver igen med 1 besked." in after(planner, planner.post(f"{PAGE}/again"))
        look(app)
    assert states() == {"opened": "sent"}
    words = words_of(planner.get(PAGE))
    assert "Sendt til dig Bolbro åbnet · E-mail" in words
    assert "Der er ikke noget at sende igen." in after(planner, planner.post(f"{PAGE}/again"))


def test_nobody_sees_or_sends_the_alerts_of_another(
    app: Flask, planner: FlaskClient, settings: Settings
) -> None:
    mine = me().email
    settings(**post_office(free_port()))
    reader(["opened"], email="lise@by.dk")
    make_survey()
    look(app)
    words = words_of(planner.get(PAGE))
    assert "Bolbro" not in words
    assert "lise@by.dk" not in words
    assert mine in words
    planner.post(f"{PAGE}/again")
    assert states() == {"opened": "waiting"}


def test_the_page_takes_one_connection(planner: FlaskClient, settings: Settings) -> None:
    settings(**MAIL)
    db.session.remove()
    with connections() as taken:
        assert planner.get(PAGE).status_code == 200
    assert max(taken) == 1


def test_every_staff_page_leads_there(planner: FlaskClient) -> None:
    assert f'href="{PAGE}"' in planner.get("/planner").text


def test_the_real_worker_sends_by_its_settings(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = Letters()
    reader(["opened"])
    make_survey()
    with mail_server(letters) as port:
        settings(**post_office(port))
        messenger = work.Messenger(app.config["SWIPE"])
        work.turn(app, work.Keeper(work.NAME), messenger=messenger)
        messenger.rest(60)
        db.session.remove()
    assert len(letters.taken) == 1
