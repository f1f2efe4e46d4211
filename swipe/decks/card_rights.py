"""One right on every card that has none. Raises the version; never commits."""

import uuid

from flask_babel import gettext as _

from swipe.decks.card_adding import Rights, check_rights
from swipe.decks.card_fields import cleaned
from swipe.decks.card_rows import card_row
from swipe.decks.card_trail import note_change
from swipe.errors import Invalid
from swipe.surveys.editing import locked_draft
from swipe.surveys.models import LICENCES, live_cards


def fill(survey_id: uuid.UUID, licence: str, credit: str) -> int:
    """Give the cards of a draft without a licence this one, and the name where none is written.

    Returns how many. Raises Invalid without a licence or for a name that cannot be stored,
    Conflict once the survey is published.
    """
    if not licence or licence not in LICENCES:
        raise Invalid(_("Vælg, hvem der må bruge billederne."))
    rights = Rights(licence, cleaned("credit", credit))
    check_rights(rights)
    survey = locked_draft(survey_id)
    bare = [card for card in live_cards(survey_id) if not card.licence]
    for card in bare:
        before = card_row(card)
        card.licence, card.credit = rights.licence, card.credit or rights.credit
        note_change(card, survey, before)
    return len(bare)
