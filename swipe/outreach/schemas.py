"""The shapes of decisions, as the API's description shows them."""

from marshmallow import Schema, fields, validate

from swipe.outreach.decision_rules import STATES


class DecisionSchema(Schema):
    """One decision; `lang` is the language its text is written in, `themes` are slugs."""

    text = fields.String(required=True)
    lang = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    decided_on = fields.Date(required=True, allow_none=True)
    themes = fields.List(fields.String(), required=True)


class DecisionsSchema(Schema):
    """What was decided after a survey, in the order the municipality chose."""

    decisions = fields.List(fields.Nested(DecisionSchema), required=True)
