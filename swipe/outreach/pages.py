"""All pages about what became of the answers."""

from flask import Blueprint

from swipe.accounts.audit_words import told_by
from swipe.outreach import decision_pages, public_pages
from swipe.outreach.models import areas_told
from swipe.surveys import theming

bp = Blueprint("outreach", __name__)
for part in (decision_pages, public_pages):
    bp.register_blueprint(part.bp)
told_by("about", theming.danish_names)
# The list of areas stands in a room below and says where something was decided.
bp.app_context_processor(lambda: {"areas_told": areas_told})
