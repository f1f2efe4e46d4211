"""Changing how the municipality looks. Never commits."""

from flask_babel import gettext as _
from sqlalchemy.dialects import postgresql, sqlite

from swipe.accounts import audit
from swipe.brand import accent, colour
from swipe.brand.logo import Logo
from swipe.brand.models import Brand
from swipe.db import db
from swipe.errors import Conflict, Invalid

ACTION = "brand.changed"
ONE = 1


def set_accent(typed: str) -> Brand:
    """Give every page the municipality's colour.

    Raises Invalid with a sentence for what is no colour, or one that cannot be read; then
    `nearest` of the facts is a colour of the same hue that can.
    """
    chosen = colour.read(typed)
    if chosen is None:
        raise Invalid(_("Skriv farven som # og seks tegn, fx #004d99."), nearest=None)
    if not accent.passes(chosen):
        raise Invalid(too_light(), nearest=accent.nearest(chosen))
    return _changed(accent=chosen)


def too_light() -> str:
    """Return the sentence about a colour that cannot be read."""
    return _(
        "Farven er for lys. Hvid tekst på den, eller den som tekst på lyst, er svær at læse. "
        "Vælg en, der er mørkere."
    )


def usual_accent() -> Brand:
    """Go back to the usual colour."""
    return _changed(accent=None)


def set_logo(logo: Logo, named: bool) -> Brand:
    """Put a logo in the head of every page; `named` says that the name stands in it."""
    row = _row()
    before = _words(row)
    row.logo, row.logo_digest, row.logo_plate = logo.data, logo.digest, logo.plate
    row.logo_width, row.logo_height, row.logo_named = logo.width, logo.height, named
    _record(before, row)
    return row


def set_named(named: bool) -> Brand:
    """Say whether the municipality's name stands in the logo. Raises Conflict without a logo."""
    if _row().logo_digest is None:
        raise Conflict(_("Der er intet logo. Det er måske fjernet i et andet vindue."))
    return _changed(logo_named=named)


def remove_logo() -> Brand:
    """Go back to the drawn mark."""
    fields = ("logo", "logo_digest", "logo_width", "logo_height")
    return _changed(**dict.fromkeys(fields), logo_plate="", logo_named=False)


def _row() -> Brand:
    # Two administrators may be the first at the same moment.
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    first = insert(Brand).values(id=ONE, logo_plate="", logo_named=False)
    db.session.execute(first.on_conflict_do_nothing(index_elements=["id"]))
    return db.session.get_one(Brand, ONE, populate_existing=True, with_for_update=True)


def _changed(**fields: object) -> Brand:
    row = _row()
    before = _words(row)
    for name, value in fields.items():
        setattr(row, name, value)
    _record(before, row)
    return row


def _words(row: Brand) -> dict[str, object]:
    return {"accent": row.accent, "logo": row.logo_digest, "logo_named": row.logo_named}


def _record(before: dict[str, object], row: Brand) -> None:
    old, new = audit.changes(before, _words(row))
    if new:
        audit.record(ACTION, thing="brand", before=old, after=new)
