"""What the audit trail keeps of a draft that was removed with its cards."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from swipe.accounts.audit import AuditEvent
from swipe.db import db, glance
from swipe.surveys import editing
from swipe.surveys.models import Survey
from tests.builders import cards_of, make_survey

Login = Callable[[str], FlaskClient]


def removed(client: FlaskClient, survey: Survey) -> AuditEvent:
    client.post(f"/admin/surveys/{survey.id}/removal")
    with glance():
        return db.session.query(AuditEvent).where(AuditEvent.action == "survey.removed").one()


def test_a_removed_draft_leaves_its_cards_in_the_trail(login: Login) -> None:
    survey, client = make_survey(state="draft", cards=3), login("admin")
    first = cards_of(survey)[0]
    before = removed(client, survey).before or {}
    assert before["cards"] == 3
    assert before["card_titles"] == ["Motiv 0", "Motiv 1", "Motiv 2"]
    row = before["rows"][0]
    assert (row["id"], row["alts"], row["picture"]) == (str(first.id), first.alts, first.picture)
    page = client.get("/admin/audit").text
    assert "Motiv 0, Motiv 1, Motiv 2" in page
    assert first.picture not in page


def test_a_huge_draft_leaves_the_titles_and_how_many(
    login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editing, "MOST_WRITTEN_DOWN", 100)
    before = removed(login("admin"), make_survey(state="draft", cards=2)).before or {}
    assert (before["cards"], before["card_titles"]) == (2, ["Motiv 0", "Motiv 1"])
    assert "rows" not in before
