"""The forms of a survey and of a card. They read what was typed; the verbs say what is wrong."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)

from swipe.accounts.forms import Day, LocalMoment, StaffForm, WholeNumber
from swipe.errors import Invalid
from swipe.surveys.editing import BACKGROUND, LONGEST, YEARS, SurveyValues, wrong_year
from swipe.surveys.languages import LANGUAGES
from swipe.surveys.models import Survey, in_language
from swipe.surveys.seen import marks

TEXTS = tuple(LONGEST)
CLOCK = "%Y-%m-%dT%H:%M"


class TextsForm(StaffForm):
    """The texts of a survey; `seen` holds marks of what the form was drawn from."""

    seen = HiddenField()
    title = StringField(_l("Titel"), description=_l("Fx Hvad mangler Bolbro?"))
    question = StringField(
        _l("Spørgsmål"),
        description=_l("Det, borgerne svarer ja eller nej til. Fx Skal vi have mere af det her?"),
    )
    yes_label = StringField(_l("Knap til højre"), description=_l("Fx Ja"))
    no_label = StringField(_l("Knap til venstre"), description=_l("Fx Nej"))
    pot = TextAreaField(
        _l("Hvilken pulje"), description=_l("Fx 2 mio. kr. til lokalområder i 2027.")
    )
    decided_by = StringField(_l("Hvem beslutter"), description=_l("Fx By- og Kulturudvalget."))
    decided_on = Day(_l("Beslutning tages den"), description=_l("Må stå tom."))
    can_change = TextAreaField(
        _l("Det kan svaret ændre"),
        description=_l("Fx hvad der bygges først på torvet og i parken."),
    )
    cannot_change = TextAreaField(
        _l("Det kan svaret ikke ændre"),
        description=_l("Fx lokalplanen og det, der er besluttet om skolen."),
    )

    def drawn_from(self, values: Mapping[str, object]) -> None:
        """Remember what the form shows, so that a later change by somebody else is noticed."""
        self.seen.data = marks(values)


class SurveyForm(TextsForm):
    """Everything a person decides about a survey."""

    area = SelectField(_l("Lokalområde"), validate_choice=False)
    languages = SelectMultipleField(
        _l("Sprog"),
        description=_l("Dansk er altid med. En tekst, der mangler på et sprog, vises på dansk."),
        validate_choice=False,
        choices=[
            SelectChoice(code, name, render_kw={"lang": code})
            for code, name in LANGUAGES.items()
            if code != "da"
        ],
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )
    opens_at = LocalMoment(_l("Åbner"))
    closes_at = LocalMoment(_l("Slutter"))
    reach_goal = WholeNumber(
        _l("Mål for dækning"), description=_l("Hvor stor en del af dem på 15 år og over, vil I nå?")
    )
    results = RadioField(
        _l("Hvem ser resultatet?"),
        validate_choice=False,
        choices=[
            SelectChoice("live", _l("Borgeren ser det straks efter sit eget sidste svar")),
            SelectChoice("after_close", _l("Alle ser det, når undersøgelsen er slut")),
            SelectChoice("staff", _l("Kun medarbejdere ser det")),
        ],
    )
    invited = RadioField(
        _l("Hvordan inviterer I?"),
        description=_l("Kun når alle får deres egen besked, kan vi regne en svarprocent ud."),
        validate_choice=False,
        choices=[
            SelectChoice(
                "open",
                _l("Åbent: plakater, opslag, link, breve til nogle, eller vi møder folk"),
            ),
            SelectChoice(
                "everyone", _l("Alle på 15 år og over får deres eget brev eller Digital Post")
            ),
        ],
    )
    background = SelectMultipleField(
        _l("Spørg også om"),
        description=_l("Det er frivilligt for borgeren. Færre spørgsmål giver flere svar."),
        validate_choice=False,
        choices=[
            SelectChoice("lives_here", _l("Bor du her?")),
            SelectChoice("age_band", _l("Alder i grupper")),
            SelectChoice("gender", _l("Køn")),
            SelectChoice("household", _l("Husstand")),
        ],
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )

    def values(self, timezone: ZoneInfo) -> SurveyValues:
        """Return what was typed; times on the wall become moments of the municipality."""
        texts = {name: self[name].data or "" for name in TEXTS}
        return SurveyValues(
            **texts,
            decided_on=self.decided_on.data,
            opens_at=_on_the_wall(self.opens_at.data, timezone),
            closes_at=_on_the_wall(self.closes_at.data, timezone),
            reach_goal=self.reach_goal.data,
            results=self.results.data or "",
            invited=self.invited.data or "open",
            background=self.background.data or [],
            languages=["da", *(self.languages.data or [])],
        )


class ClosingForm(StaffForm):
    """The end of an open survey."""

    closes_at = LocalMoment(_l("Slutter"))


def moment(local: datetime | None, timezone: ZoneInfo) -> datetime | None:
    """Return a time on the wall as a moment; raises Invalid for a year no survey has."""
    if local and local.year not in YEARS:
        raise Invalid(wrong_year())
    return _on_the_wall(local, timezone)


def _on_the_wall(local: datetime | None, timezone: ZoneInfo) -> datetime | None:
    return local.replace(tzinfo=timezone) if local else None


def stored(survey: Survey, timezone: ZoneInfo) -> dict[str, object]:
    """Return what a form shows of a survey."""
    shown: dict[str, object] = {name: in_language(getattr(survey, name), "da") for name in TEXTS}
    for name in ("area", "decided_on", "reach_goal", "results", "invited", "background"):
        shown[name] = getattr(survey, name)
    shown["languages"] = [code for code in survey.languages if code != "da"]
    for name in ("opens_at", "closes_at"):
        shown[name] = getattr(survey, name).astimezone(timezone).replace(tzinfo=None)
    return shown


def first_values(area: str, name: str, today: date) -> dict[str, object]:
    """Return good values for a new survey: it opens on a Monday morning for four weeks."""
    monday = today + timedelta(days=14 - today.weekday())
    question = _("Skal vi have mere af det her?")
    return {
        "area": area,
        "title": _("Hvad mangler %(area)s?", area=name) if name else "",
        "question": question,
        "yes_label": _("Ja"),
        "no_label": _("Nej"),
        "opens_at": datetime.combine(monday, time(8)),
        "closes_at": datetime.combine(monday + timedelta(days=27), time(23, 59)),
        "reach_goal": 33,
        "results": "live",
        "invited": "open",
        "background": list(BACKGROUND),
    }
