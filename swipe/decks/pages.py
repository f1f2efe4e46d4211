"""All pages about card sets, below the address of the administrator's other pages."""

from swipe.accounts.audit_words import told_by
from swipe.decks import (
    card_pages,
    card_view,
    copy_pages,
    deck_import_pages,
    order_pages,
    set_pages,
    upload_pages,
)
from swipe.surveys.pages import bp

for part in (card_pages, copy_pages, deck_import_pages, order_pages, set_pages, upload_pages):
    bp.register_blueprint(part.bp)
told_by("concept", card_view.concept_names)
