"""All pages about card sets."""

from flask import Blueprint

from swipe.accounts.audit_words import told_by
from swipe.decks import (
    card_pages,
    card_view,
    copy_pages,
    deck_import_pages,
    order_pages,
    rights_pages,
    set_pages,
    set_view,
    upload_pages,
)

PARTS = (
    card_pages,
    copy_pages,
    deck_import_pages,
    order_pages,
    rights_pages,
    set_pages,
    upload_pages,
)

bp = Blueprint("decks", __name__, url_prefix="/admin")
for part in PARTS:
    bp.register_blueprint(part.bp)
told_by("concept", card_view.concept_names)
# The path through a survey stands on pages of other rooms too, and says what the set lacks.
bp.app_context_processor(lambda: {"unfinished": set_view.unfinished})
