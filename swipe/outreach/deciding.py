"""Writing down what was decided, and letting citizens read it. Never commits.

What citizens can read is changed, shown and hidden by administrators alone; pages see to that.
"""

import uuid
from datetime import date, datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from swipe.accounts.audit import changes, record
from swipe.db import db
from swipe.errors import Conflict, NotFound
from swipe.insight.reading import document_numbered
from swipe.outreach.decision_rules import SOURCE, DecisionValues, Frame, tidy, wrong
from swipe.outreach.decision_trail import named, row
from swipe.outreach.decision_words import refusal
from swipe.outreach.evidence import cards_of, themes_of
from swipe.outreach.models import Decision, decisions_of
from swipe.surveys.editing import survey_or_404
from swipe.surveys.languages import LANGUAGES
from swipe.surveys.models import Survey


def asked_survey(survey_id: uuid.UUID, now: datetime) -> Survey:
    """Return a survey that people could answer, so that something can be decided after it.

    Raises NotFound; Conflict for one that has not opened, which may still go away again.
    """
    survey = survey_or_404(survey_id)
    if survey.published_at is None or survey.opens_at > now:
        raise Conflict(_("Undersøgelsen er ikke åbnet endnu. Der er ikke noget at beslutte."))
    return survey


def locked_decision(decision_id: uuid.UUID) -> Decision:
    """Return a decision that nobody else can change meanwhile; raises NotFound.

    Its survey is locked first: the texts and the order are about all decisions of a survey.
    """
    survey = db.session.scalar(select(Decision.survey).where(Decision.id == decision_id))
    if survey is not None:
        _lock(survey)
    found = db.session.get(Decision, decision_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound(_("Aftrykket findes ikke."))
    return found


def _lock(survey_id: uuid.UUID) -> None:
    """Wait for whoever else writes about a survey; its citizens go on answering meanwhile."""
    wanted = select(Survey.id).where(Survey.id == survey_id).with_for_update(key_share=True)
    db.session.execute(wanted)


def write(survey_id: uuid.UUID, values: DecisionValues, now: datetime) -> Decision:
    """Add a decision that only staff can read yet; the second of two clicks gets the first's.

    Raises NotFound, Conflict for a survey that has not opened, Invalid with `errors` by field.
    """
    _lock(survey_id)
    survey = asked_survey(survey_id, now)
    written = decisions_of(survey_id)
    decision = Decision(id=uuid.uuid4(), survey=survey_id, published=False)
    _fill(decision, {}, values)
    same = [one for one in written if not one.published and row(one) == row(decision)]
    if same:
        return same[0]
    _check(survey, values, now, None)
    decision.position = max((one.position for one in written), default=0) + 1
    db.session.add(decision)
    db.session.flush()
    record("decision.added", **named(decision), after=row(decision))
    return decision


def change(decision_id: uuid.UUID, values: DecisionValues, now: datetime) -> Decision:
    """Change a decision; what citizens read of it changes at once.

    Raises NotFound, Invalid with `errors` by field.
    """
    decision = locked_decision(decision_id)
    _check(survey_or_404(decision.survey), values, now, decision)
    held = row(decision)
    _fill(decision, decision.texts, values)
    before, after = changes(held, row(decision))
    if after:
        record("decision.changed", **named(decision), before=before, after=after)
    return decision


def move(decision_id: uuid.UUID, step: int, *, admin: bool, place: int | None = None) -> Decision:
    """Move a decision one place up (-1) or down (1) in its survey; at the end nothing happens.

    `place` is where it stood on the page, from 1; sent twice it is moved once. Raises NotFound;
    Conflict where somebody else has moved it meanwhile, or where citizens read the order already
    and it is no administrator.
    """
    decision = locked_decision(decision_id)
    row_of_them = list(decisions_of(decision.survey))
    if not admin and any(one.published for one in row_of_them):
        raise Conflict(_("Borgerne kan læse rækkefølgen. En administrator kan ændre den."))
    old = row_of_them.index(decision)
    new = old + step
    if place is not None and old + 1 == place + step:
        return decision
    if place is not None and old + 1 != place:
        raise Conflict(_("Nogen har flyttet om imens. Nu ser du den nye rækkefølge. Prøv igen."))
    if step in (-1, 1) and 0 <= new < len(row_of_them):
        row_of_them[old], row_of_them[new] = row_of_them[new], row_of_them[old]
        for place, one in enumerate(row_of_them, 1):
            one.position = place
        before, after = {"order": old + 1}, {"order": new + 1}
        record("decision.changed", **named(decision), before=before, after=after)
    return decision


def publish(decision_id: uuid.UUID) -> Decision:
    """Let citizens read a decision; raises NotFound, Conflict when they can already."""
    decision = locked_decision(decision_id)
    if decision.published:
        raise Conflict(_("Borgerne kan allerede læse aftrykket."))
    decision.published = True
    record("decision.published", **named(decision), after=row(decision))
    return decision


def withdraw(decision_id: uuid.UUID) -> Decision:
    """Hide a decision from citizens; it stays as a draft. Raises NotFound, Conflict for a draft."""
    decision = locked_decision(decision_id)
    if not decision.published:
        raise Conflict(_("Aftrykket er en kladde. Borgerne kan ikke læse det."))
    decision.published = False
    record("decision.withdrawn", **named(decision), before=row(decision))
    return decision


def remove(decision_id: uuid.UUID) -> uuid.UUID:
    """Remove a draft and return its survey; raises NotFound, Conflict for a public one."""
    decision = locked_decision(decision_id)
    if decision.published:
        raise Conflict(_("Borgerne kan læse aftrykket. Træk det tilbage først."))
    survey = decision.survey
    record("decision.removed", **named(decision), before=row(decision))
    db.session.delete(decision)
    db.session.flush()
    return survey


def _check(survey: Survey, values: DecisionValues, now: datetime, changed: Decision | None) -> None:
    faults = wrong(values, frame_of(survey, values, now))
    text = tidy(values.texts.get(SOURCE, changed.texts[SOURCE] if changed else ""))
    others = [one for one in decisions_of(survey.id) if one is not changed]
    if changed is None and SOURCE not in values.texts:
        faults["text-da"] = "short"
    elif "text-da" not in faults and any(one.texts[SOURCE] == text for one in others):
        faults["text-da"] = "twice"
    if faults:
        raise refusal(faults)


def frame_of(survey: Survey, values: DecisionValues, now: datetime) -> Frame:
    """Return what a decision of a survey can be tied to."""
    timezone = current_app.config["SWIPE"].timezone
    number = values.snapshot
    known = number is not None and document_numbered(survey.id, number)
    return Frame(
        opened=_day(survey.opens_at, timezone),
        today=_day(now, timezone),
        languages=survey.languages,
        themes=[theme.slug for theme in themes_of(survey.id)],
        cards=[str(card.id) for card in cards_of(survey.id)],
        snapshots=[number] if number is not None and known else [],
    )


def _day(moment: datetime, timezone: Any) -> date:
    return moment.astimezone(timezone).date()


def _fill(decision: Decision, held: dict[str, str], values: DecisionValues) -> None:
    typed = {code: tidy(text) for code, text in values.texts.items()}
    texts = {**held, **typed}
    decision.texts = {code: texts[code] for code in LANGUAGES if texts.get(code)}
    for name in ("state", "decided_on", "snapshot"):
        setattr(decision, name, getattr(values, name))
    decision.themes, decision.cards = list(values.themes), list(values.cards)
