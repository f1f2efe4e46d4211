"""Somebody was logged out while she wrote: she is told so, and how not to lose her words."""

from flask.testing import FlaskClient

from tests.builders import make_survey


def test_words_sent_after_being_logged_out_are_answered_with_what_to_do(
    client: FlaskClient,
) -> None:
    survey = make_survey(state="draft", cards=0)
    reply = client.post(f"/admin/surveys/{survey.id}", data={"title": "Nye ord"})
    assert reply.status_code == 401
    assert "Du er logget ud" in reply.text
    assert "Gå så tilbage hertil" in reply.text
    assert 'href="/login" target="_blank"' in reply.text
