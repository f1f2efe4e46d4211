"""Two clicks on the same button are one click and a sentence."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from swipe.accounts import staffing
from swipe.accounts.models import Staff
from swipe.db import db
from swipe.errors import Invalid
from tests.builders import PASSWORD, make_staff


def test_an_account_added_a_moment_before_is_a_sentence_and_no_fault(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_staff(email="mette@by.dk")
    # What the second click sees: the first one has not been committed when it looks.
    monkeypatch.setattr(staffing, "staff_by_email", lambda _email: None)
    with app.test_request_context(), pytest.raises(Invalid) as refusal:
        staffing.add_staff("Mette", "mette@by.dk", "editor", PASSWORD, date(2026, 1, 1))
    assert "allerede" in refusal.value.facts["errors"]["email"]
    assert db.session.scalar(select(func.count()).select_from(Staff)) == 1
