"""The form of one card. It reads what was typed; the verbs say what is wrong."""

from collections.abc import Iterator

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField

from swipe.accounts.forms import StaffForm, WholeNumber
from swipe.decks.card_editing import LONGEST, Change
from swipe.decks.card_fields import FIELDS

NO_FOCUS = "-"  # two inputs that are no whole numbers; no focus point reads like this


def _typed(name: str) -> dict[str, object]:
    return {"maxlength": LONGEST[name], "autocomplete": "off"}


class CardForm(StaffForm):
    """Everything a person decides about a card, its texts in one language."""

    title = StringField(
        _l("Titel"), description=_l("Højst fem ord. Fx Bænke i parken"), render_kw=_typed("title")
    )
    alt = TextAreaField(
        _l("Hvad viser billedet?"),
        description=_l("Én sætning til den, der ikke kan se det. Skriv, hvad man ser, uden ros."),
        render_kw=_typed("alt"),
    )
    why = TextAreaField(
        _l("Hvorfor spørger vi?"),
        description=_l("Må stå tom. Fx Kommunen kan sætte ti nye bænke op til foråret."),
        render_kw=_typed("why"),
    )
    theme = SelectField(_l("Tema"), validate_choice=False)
    facing = RadioField(
        _l("Peger motivet en vej?"),
        description=_l("Et motiv, der peger, kan trække svaret med sig."),
        validate_choice=False,
        choices=[
            SelectChoice("neutral", _l("Nej")),
            SelectChoice("left", _l("Mod venstre")),
            SelectChoice("right", _l("Mod højre")),
        ],
    )
    concept = SelectField(
        _l("Samme motiv som"),
        description=_l("To billeder af det samme viser, hvor meget billedet selv betyder."),
        validate_choice=False,
    )
    focus_x = WholeNumber(_l("Vandret"), render_kw={"min": 0, "max": 100})
    focus_y = WholeNumber(_l("Lodret"), render_kw={"min": 0, "max": 100})
    credit = StringField(
        _l("Foto"), description=_l("Fx navnet på fotografen."), render_kw=_typed("credit")
    )
    licence = RadioField(
        _l("Hvem må bruge billedet?"),
        validate_choice=False,
        choices=[
            SelectChoice("", _l("Ikke valgt endnu")),
            SelectChoice("own", _l("Kommunens eget")),
            SelectChoice("permission", _l("Med tilladelse")),
            SelectChoice("cc0", _l("Frit (CC0)")),
            SelectChoice("cc-by", _l("Frit med navn (CC BY)")),
            SelectChoice("cc-by-sa", _l("Frit med navn, deles ens (CC BY-SA)")),
            SelectChoice("other", _l("En anden aftale")),
        ],
    )

    def say(self, errors: dict[str, str]) -> None:
        """Show the refusal of a verb at its fields; the focus point has two."""
        named = {("focus_x" if name == "focus" else name): said for name, said in errors.items()}
        super().say(named)


def licences() -> list[SelectChoice]:
    """Return the licences by name, the unsaid one first."""
    return list(CardForm.licence.kwargs["choices"])


def licence_hints() -> dict[str, str]:
    """Return the line that explains each licence."""
    return {
        "": _("Vælg, før undersøgelsen bliver offentlig."),
        "own": _("Taget af en, der er ansat i kommunen."),
        "permission": _("Fotografen har sagt ja. Gem svaret."),
        "cc0": _("Alle må bruge det, også uden navn."),
        "cc-by": _("Fotografens navn skal stå i feltet Foto."),
        "cc-by-sa": _("Som CC BY. En ny udgave deles på samme vilkår."),
        "other": _("Skriv kort hvilken i feltet Foto."),
    }


def sent_changes() -> dict[str, Change]:
    """Return what the form of this request changes: what was drawn, and what stands there now.

    A field that was not sent is left alone, and so is one whose author chose the words of the
    other person (`theirs`).
    """
    left_alone = request.form.get("theirs", "")
    return {
        field: Change(request.form.get(f"was_{field}", ""), now)
        for field, now in _sent()
        if field != left_alone
    }


def _sent() -> Iterator[tuple[str, str]]:
    for field in FIELDS:
        if field == "focus" and "focus_x" in request.form:
            yield field, f"{_number('focus_x')} {_number('focus_y')}"
        elif field in request.form:
            yield field, request.form[field]


def _number(name: str) -> str:
    text = request.form.get(name, "").strip()
    return str(int(text)) if text.isascii() and text.isdigit() and len(text) < 4 else NO_FOCUS
