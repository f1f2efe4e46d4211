"""Two people at one survey never overwrite each other without seeing it."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from swipe.db import db, glance
from swipe.surveys import seen
from swipe.surveys.models import Survey
from tests.builders import make_survey
from tests.surveys.test_survey_pages import FORM

Login = Callable[[str], FlaskClient]
TEXTS = st.dictionaries(st.sampled_from(["a", "b", "c"]), st.text(max_size=20))


def carried(page: str) -> str:
    found = re.search(r'name="seen" type="hidden" value="([^"]*)"', page)
    assert found is not None
    return html.unescape(found[1])


def opened(client: FlaskClient, address: str) -> str:
    """Return the marks that a page carries when a person opens it."""
    return carried(client.get(address).text)


def stored(survey: Survey) -> Survey:
    with glance():
        return db.session.get_one(Survey, survey.id)


def send(client: FlaskClient, survey: Survey, marks: str, **fields: Any) -> Any:
    return client.post(f"/admin/surveys/{survey.id}", data=FORM | {"seen": marks} | fields)


@pytest.fixture
def survey(login: Login) -> Survey:
    """Return a draft that holds what FORM says."""
    survey = make_survey(state="draft", cards=0)
    login("admin").post(f"/admin/surveys/{survey.id}", data=FORM)
    return survey


def test_the_second_to_save_sees_what_the_first_wrote_and_nothing_is_overwritten(
    login: Login, survey: Survey
) -> None:
    bodil, mette, page = login("admin"), login("admin"), f"/admin/surveys/{survey.id}"
    first, second = opened(bodil, page), opened(mette, page)
    assert send(bodil, survey, first, title="Bodils titel").status_code == 303
    reply = send(mette, survey, second, title="Mettes titel")
    assert reply.status_code == 409
    assert 'value="Mettes titel"' in reply.text
    assert "Mette har skrevet: »Bodils titel«" in reply.text
    assert "Intet er overskrevet." in reply.text
    assert stored(survey).title == {"da": "Bodils titel"}


def test_saving_again_is_done_knowingly(login: Login, survey: Survey) -> None:
    client, page = login("admin"), f"/admin/surveys/{survey.id}"
    first = opened(client, page)
    send(client, survey, first, title="Den første")
    reply = send(client, survey, first, title="Den anden")
    assert send(client, survey, carried(reply.text), title="Den anden").status_code == 303
    assert stored(survey).title == {"da": "Den anden"}


def test_a_field_she_left_alone_shows_what_the_other_wrote(login: Login, survey: Survey) -> None:
    client, page = login("admin"), f"/admin/surveys/{survey.id}"
    marks = opened(client, page)
    send(client, survey, marks, pot="5 mio. kr.", closes_at="2027-02-14T20:00", reach_goal="40")
    reply = send(client, survey, marks, title="Min titel")
    assert reply.status_code == 409
    assert "5 mio. kr." in reply.text
    assert 'value="2027-02-14T20:00"' in reply.text
    assert 'value="40"' in reply.text
    assert "14. februar 2027 kl. 20.00" in reply.text
    send(client, survey, carried(reply.text), title="Min titel", pot="5 mio. kr.")
    assert stored(survey).pot == {"da": "5 mio. kr."}


def test_the_same_change_by_two_people_loses_nothing(login: Login, survey: Survey) -> None:
    client, page = login("admin"), f"/admin/surveys/{survey.id}"
    marks = opened(client, page)
    send(client, survey, marks, background=["lives_here"], languages=["en"])
    reply = send(client, survey, marks, background=["gender"], languages=["en"])
    assert reply.status_code == 409
    assert "har skrevet: »bor du her?«" in reply.text
    assert "har skrevet: »dansk, engelsk«" in reply.text
    assert stored(survey).background == ["lives_here"]


def test_alone_nobody_is_ever_asked(login: Login, survey: Survey) -> None:
    client, page = login("admin"), f"/admin/surveys/{survey.id}"
    for title in ("Første\r\nlinje", "Anden", "Tredje"):
        marks = opened(client, page)
        assert send(client, survey, marks, title=title, pot="En\r\nto").status_code == 303


def test_what_is_wrong_and_what_the_other_wrote_are_both_said(login: Login, survey: Survey) -> None:
    client, page = login("admin"), f"/admin/surveys/{survey.id}"
    marks = opened(client, page)
    send(client, survey, marks, title="Den første")
    reply = send(client, survey, marks, title="Den anden", reach_goal="mange")
    assert reply.status_code == 409
    assert "Skriv et helt tal." in reply.text
    assert "har skrevet: »Den første«" in reply.text


def test_texts_in_another_language_are_guarded_likewise(login: Login) -> None:
    survey = make_survey(state="draft", cards=0, languages=["da", "en"])
    client, page = login("editor"), f"/admin/surveys/{survey.id}/texts/en"
    marks = opened(client, page)
    client.post(page, data={"seen": marks, "title": "The first"})
    reply = client.post(page, data={"seen": marks, "title": "The second"})
    assert reply.status_code == 409
    assert "Mette har skrevet: »The first«" in reply.text
    assert 'value="The second"' in reply.text
    assert stored(survey).title["en"] == "The first"
    other = client.post(page, data={"seen": carried(reply.text), "title": "The second"})
    assert other.status_code == 303


UNREADABLE = ["", "{", "[]", "null", "7", "[" * 100_000, '{"title":' * 50_000, "9" * 5_000]
UNREADABLE += ['{"title": [1]}', '{"title": 1e999}', "NaN", '{"title": null}']


@pytest.mark.parametrize("marks", UNREADABLE, ids=lambda marks: ascii(marks[:12]))
def test_marks_that_nobody_can_read_compare_with_nothing(
    login: Login, survey: Survey, marks: str
) -> None:
    assert send(login("admin"), survey, marks, title="Ny").status_code == 303
    assert seen.changed(marks, {"title": "Ny"}) == []


@given(shown=TEXTS, now=TEXTS)
def test_exactly_the_fields_that_differ_are_named(
    shown: dict[str, str], now: dict[str, str]
) -> None:
    def plain(text: str) -> str:
        return "\n".join(text.splitlines()).strip()

    both = shown.keys() & now.keys()
    wanted = {name for name in both if plain(shown[name]) != plain(now[name])}
    assert set(seen.changed(seen.marks(shown), now)) == wanted
    assert all(seen.untouched(seen.marks(shown), name, shown[name]) for name in shown)
