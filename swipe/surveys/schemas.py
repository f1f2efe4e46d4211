"""The shapes of areas and decks, as the API's description shows them, and of an order of cards."""

from marshmallow import Schema, fields


class BriefSchema(Schema):
    """An area's open survey, else its next."""

    id = fields.String(required=True)
    state = fields.String(required=True)
    opens_at = fields.String(required=True)
    closes_at = fields.String(required=True)


class AreaSchema(Schema):
    """One local area."""

    slug = fields.String(required=True)
    name = fields.String(required=True)
    survey = fields.Nested(BriefSchema, allow_none=True, required=True)


class ThemeSchema(Schema):
    """One theme with the colour and pattern that tell it apart."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    hue = fields.Integer(required=True)
    pattern = fields.String(required=True)


class SourceSchema(Schema):
    """One file of a picture."""

    type = fields.String(required=True)
    width = fields.Integer(required=True)
    url = fields.String(required=True)


class PictureSchema(Schema):
    """One picture with its files."""

    digest = fields.String(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
    placeholder = fields.String(allow_none=True, required=True)
    sources = fields.List(fields.Nested(SourceSchema), required=True)


class CardSchema(Schema):
    """One card of the deck."""

    id = fields.String(required=True)
    theme = fields.String(required=True)
    title = fields.String(required=True)
    alt = fields.String(required=True)
    why = fields.String(required=True)
    credit = fields.String(required=True)
    picture = fields.Nested(PictureSchema, required=True)


class DeckSchema(Schema):
    """A survey with its themes and cards."""

    formats = fields.List(fields.Integer(), required=True)
    build = fields.String(required=True)
    survey = fields.Dict(required=True)
    themes = fields.List(fields.Nested(ThemeSchema), required=True)
    cards = fields.List(fields.Nested(CardSchema), required=True)


class RowSchema(Schema):
    """The cards of one theme in the order that a person wants."""

    theme = fields.String(required=True)
    cards = fields.List(fields.UUID(), required=True)
