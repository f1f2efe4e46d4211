"""A survey from first draft to removal, in the administrator's pages."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from swipe.db import db, glance
from swipe.surveys.models import Card, Survey
from tests.builders import make_area, make_survey

Login = Callable[[str], FlaskClient]
FORM: dict[str, Any] = {
    "area": "bolbro",
    "title": "Hvad mangler Bolbro?",
    "question": "Skal vi have mere af det her?",
    "yes_label": "Ja",
    "no_label": "Nej",
    "pot": "2 mio. kr.",
    "decided_by": "Byrådet",
    "decided_on": "2027-03-01",
    "can_change": "hvad der bygges først",
    "cannot_change": "skolen",
    "opens_at": "2027-01-04T08:00",
    "closes_at": "2027-01-31T23:59",
    "reach_goal": "33",
    "results": "live",
    "background": ["lives_here", "gender"],
}


def surveys() -> list[Survey]:
    with glance():
        return list(db.session.scalars(select(Survey)))


def test_a_new_survey_is_a_draft_with_everything_that_was_typed(login: Login) -> None:
    make_area()
    reply = login("admin").post("/admin/surveys", data=FORM)
    (survey,) = surveys()
    assert reply.location == f"/admin/surveys/{survey.id}/cards"
    assert survey.published_at is None
    assert (survey.title, survey.pot) == ({"da": FORM["title"]}, {"da": "2 mio. kr."})
    assert (survey.background, survey.reach_goal) == (["lives_here", "gender"], 33)
    assert str(survey.decided_on) == "2027-03-01"


@pytest.mark.parametrize(
    ("sent", "everyone"),
    [({}, False), ({"invited": "open"}, False), ({"invited": "everyone"}, True)],
)
def test_a_survey_is_open_to_whoever_comes_unless_everyone_is_written_to(
    login: Login, sent: dict[str, str], everyone: bool
) -> None:
    make_area()
    login("admin").post("/admin/surveys", data=FORM | sent)
    assert surveys()[0].everyone_invited is everyone


def test_an_unknown_way_to_invite_is_refused_with_a_sentence(login: Login) -> None:
    make_area()
    reply = login("admin").post("/admin/surveys", data=FORM | {"invited": "nobody"})
    assert reply.status_code == 422
    assert "Vælg hvordan I inviterer." in reply.text
    assert surveys() == []


def test_times_are_those_of_the_clock_on_the_towns_wall(login: Login) -> None:
    make_area()
    login("admin").post("/admin/surveys", data=FORM | {"closes_at": "2027-07-01T12:00"})
    (survey,) = surveys()
    assert survey.opens_at == datetime(2027, 1, 4, 7, tzinfo=UTC)  # winter
    assert survey.closes_at == datetime(2027, 7, 1, 10, tzinfo=UTC)  # summer


def test_the_mandate_may_wait_while_it_is_a_draft(login: Login) -> None:
    make_area()
    empty = {"pot": "", "decided_by": "", "decided_on": "", "can_change": "", "cannot_change": ""}
    login("admin").post("/admin/surveys", data=FORM | empty)
    assert [(survey.pot, survey.decided_on) for survey in surveys()] == [({}, None)]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("area", "", "Vælg et lokalområde."),
        ("title", " ", "Skriv noget her."),
        ("question", "x" * 161, "Grænsen er 160 tegn."),
        ("opens_at", "", "Skriv hvornår undersøgelsen åbner."),
        ("opens_at", "snart", "Skriv dato og klokkeslæt"),
        ("closes_at", "2027-01-04T08:00", "skal slutte efter"),
        ("decided_on", "til foråret", "Skriv en dato"),
        ("reach_goal", "101", "fra 1 til 100"),
        ("reach_goal", "mange", "Skriv et helt tal."),
        ("results", "never", "Vælg hvornår"),
        ("background", ["shoe_size"], "Vælg blandt de fire"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    login: Login, field: str, value: Any, sentence: str
) -> None:
    make_area()
    reply = login("admin").post("/admin/surveys", data=FORM | {field: value})
    assert reply.status_code == 422
    assert sentence in reply.text
    assert f'<a href="#{field}">' in reply.text
    kept = ("pot", "can_change", "cannot_change", "decided_by")
    assert all(FORM[name] in reply.text for name in kept)
    assert surveys() == []


def test_a_draft_can_be_changed_and_every_edit_raises_the_version(login: Login) -> None:
    survey = make_survey(state="draft", cards=0)
    before = survey.version
    reply = login("admin").post(f"/admin/surveys/{survey.id}", data=FORM | {"title": "Ny titel"})
    (after,) = surveys()
    assert reply.status_code == 303
    assert (after.title, after.version) == ({"da": "Ny titel"}, before + 1)


def test_other_languages_survive_a_change_of_the_danish_text(login: Login) -> None:
    survey = make_survey(state="draft", cards=0, title={"da": "Gammel", "en": "Old"})
    login("admin").post(f"/admin/surveys/{survey.id}", data=FORM | {"title": "Ny"})
    assert surveys()[0].title == {"da": "Ny", "en": "Old"}


@pytest.mark.parametrize("state", ["coming", "open", "closed"])
def test_a_published_survey_keeps_its_texts(login: Login, state: str) -> None:
    survey = make_survey(state=state, cards=0)
    client = login("admin")
    client.post(f"/admin/surveys/{survey.id}", data=FORM | {"title": "Ny titel"})
    assert surveys()[0].title == survey.title
    page = client.get(f"/admin/surveys/{survey.id}").text
    assert "kan ikke ændres" in page
    assert 'name="title"' not in page


def test_only_a_draft_can_be_deleted_and_its_cards_go_with_it(login: Login) -> None:
    draft, open_one, client = make_survey(state="draft"), make_survey(area="stige"), login("admin")
    client.post(f"/admin/surveys/{open_one.id}/removal")
    client.post(f"/admin/surveys/{draft.id}/removal")
    assert [survey.id for survey in surveys()] == [open_one.id]
    with glance():
        left = set(db.session.scalars(select(Card.survey)))
    assert left == {open_one.id}


@pytest.mark.parametrize("state", ["draft", "coming", "open", "grace", "closed"])
def test_the_end_moves_while_open_and_never_after(login: Login, state: str) -> None:
    later = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(days=30)
    client, survey = login("admin"), make_survey(state=state, cards=0)
    zone = client.application.config["SWIPE"].timezone
    local = later.astimezone(zone).strftime("%Y-%m-%dT%H:%M")
    client.post(f"/admin/surveys/{survey.id}/closing", data={"closes_at": local})
    assert (surveys()[0].closes_at == later) == (state == "open")


@pytest.mark.parametrize("typed", ["", "2020-01-01T08:00", "i morgen"])
def test_the_end_is_never_moved_to_a_moment_that_has_passed(login: Login, typed: str) -> None:
    survey, client = make_survey(state="open", cards=0), login("admin")
    client.post(f"/admin/surveys/{survey.id}/closing", data={"closes_at": typed})
    assert "ligger efter nu" in client.get(f"/admin/surveys/{survey.id}").text
    assert surveys()[0].closes_at == survey.closes_at


def test_the_first_day_shows_five_steps_and_the_first_is_next(login: Login) -> None:
    page = login("admin").get("/admin").text
    assert page.count("<li data-state=") == 5
    assert page.count('<li data-state="now">') == 1
    assert page.index('data-state="now"') < page.index('data-state="later"')


def test_the_overview_finds_by_area_and_by_state(login: Login) -> None:
    make_survey(area="bolbro", state="open", cards=0, title={"da": "Den åbne"})
    make_survey(area="stige", state="draft", cards=3, title={"da": "Kladden her"})
    client = login("admin")
    both = client.get("/admin").text
    assert "Den åbne" in both
    assert "Kladden her" in both
    assert "Den åbne" not in client.get("/admin?q=STIGE").text
    assert "Kladden her" not in client.get("/admin?state=open").text
    assert "Ingen undersøgelser passer" in client.get("/admin?q=findes-ikke").text


def test_an_editor_sees_the_overview_but_no_way_to_new_surveys(login: Login) -> None:
    make_survey(state="draft")
    page = login("editor").get("/admin").text
    assert "/cards" in page
    assert "/admin/surveys/new" not in page
    assert "/admin/staff" not in page


def test_a_published_survey_says_how_people_are_invited_and_who_sees_the_result(
    login: Login,
) -> None:
    survey = make_survey(state="open", background=["lives_here", "gender"])
    page = login("admin").get(f"/admin/surveys/{survey.id}").get_data(as_text=True)
    assert "Hvordan inviterer I?" in page
    assert "Åbent: plakater, opslag, link, breve til nogle, eller vi møder folk" in page
    assert "Hvem ser resultatet?" in page
    assert "Bor du her? · Køn" in page
