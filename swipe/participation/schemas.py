"""The shape of a participation, as the API's description shows it.

`parsing` does the checking on the hot path; tests/participation/test_parsing.py holds the two to
the same verdict over generated documents.
"""

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from swipe.participation import words
from swipe.participation.parsing import MAX_INT, MAX_POSITION, MAX_SWIPES, MAX_UNDONE, to_uuid


class CanonicalUuid(fields.String):
    """A uuid as text with dashes."""

    def _deserialize(self, value, attr, data, **kwargs):  # type: ignore[no-untyped-def]
        if to_uuid(value) is None:
            raise ValidationError("Not a uuid.")
        return value


class PlainBoolean(fields.Boolean):
    """True or false, never "yes" or 1."""

    def _deserialize(self, value, attr, data, **kwargs):  # type: ignore[no-untyped-def]
        if type(value) is not bool:
            raise ValidationError("Not true or false.")
        return value


def _choice(values: tuple[str, ...], **kwargs: object) -> fields.String:
    return fields.String(validate=validate.OneOf(values), **kwargs)  # type: ignore[arg-type]


class StrictSchema(Schema):
    """Unknown keys are refused."""

    class Meta:
        unknown = RAISE


class SwipeSchema(StrictSchema):
    """One answer to one card."""

    card = CanonicalUuid(required=True)
    answer = _choice(words.ANSWERS, required=True)
    seq = fields.Integer(strict=True, required=True, validate=validate.Range(1, MAX_INT))
    ms = fields.Integer(strict=True, allow_none=True, validate=validate.Range(0))
    input = _choice(words.INPUTS, allow_none=True)
    position = fields.Integer(
        strict=True, allow_none=True, validate=validate.Range(1, MAX_POSITION)
    )
    undone = fields.Integer(strict=True, allow_none=True, validate=validate.Range(0, MAX_UNDONE))


class BackgroundSchema(StrictSchema):
    """What a person may say about herself; all of it optional."""

    lives_here = _choice(words.LIVES_HERE, allow_none=True)
    age_band = _choice(words.AGE_BANDS, allow_none=True)
    gender = _choice(words.GENDERS, allow_none=True)
    household = _choice(words.HOUSEHOLDS, allow_none=True)


class ParticipationSchema(StrictSchema):
    """The whole participation, sent anew with a growing revision."""

    survey = CanonicalUuid(required=True)
    revision = fields.Integer(strict=True, required=True, validate=validate.Range(1, MAX_INT))
    complete = PlainBoolean(allow_none=True)
    at = fields.String(allow_none=True)
    language = fields.String(allow_none=True)
    channel = fields.String(allow_none=True)
    pass_ = fields.String(allow_none=True, data_key="pass")
    mode = _choice(words.MODES, allow_none=True)
    background = fields.Nested(BackgroundSchema, allow_none=True)
    swipes = fields.List(
        fields.Nested(SwipeSchema), required=True, validate=validate.Length(max=MAX_SWIPES)
    )


class HeldSchema(Schema):
    """The revision that the server now holds."""

    revision = fields.Integer(required=True)
