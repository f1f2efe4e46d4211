"""What the forms of all staff pages share: fields that tell what is wrong, in words."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import DateField, DateTimeLocalField, IntegerField
from wtforms.fields.core import Field


class StaffForm(FlaskForm):
    """A form whose inputs point at their hint and at what is wrong with them."""

    class Meta(FlaskForm.Meta):
        """How inputs are drawn."""

        def render_field(self, field: Field, render_kw: dict[str, Any]) -> Markup:
            """Draw an input; a screen reader hears its hint and its error with it.

            `other` of a field is what somebody else has written there meanwhile.
            """
            told = []
            if field.description:
                told.append(f"{field.id}-hint")
            if getattr(field, "other", ""):
                told.append(f"{field.id}-other")
            if field.errors:
                told.append(f"{field.id}-wrong")
                render_kw.setdefault("aria-invalid", "true")
            if told:
                render_kw.setdefault("aria-describedby", " ".join(told))
            return Markup(super().render_field(field, render_kw))  # noqa: S704 - escaped by WTForms

    def wrong(self) -> list[tuple[str, str]]:
        """Return (id of the field, sentence) of everything that is wrong, in page order."""
        return [(field.id, str(field.errors[0])) for field in self if field.errors]

    def say(self, errors: dict[str, str]) -> None:
        """Show the refusal of a verb at its fields."""
        for name, sentence in errors.items():
            field = self[name]
            field.errors = [*field.errors, sentence]


class WholeNumber(IntegerField):
    """A whole number."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the number; raises ValueError with a sentence."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Skriv et helt tal.")) from error


class Day(DateField):
    """A date without a time."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the date; an empty input is no date. Raises ValueError with a sentence."""
        if not any(valuelist):
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Skriv en dato, fx 2026-12-31.")) from error


class LocalMoment(DateTimeLocalField):
    """A date with a time to the minute, as the clock on the wall shows it."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **options)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read date and time; an empty input is none. Raises ValueError with a sentence."""
        if not any(valuelist):
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Skriv dato og klokkeslæt, fx 2026-12-31T20:00.")) from error
