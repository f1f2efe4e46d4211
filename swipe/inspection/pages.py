"""The pages of the check and of publishing."""

from flask import Blueprint

from swipe.inspection import check_pages, publication_pages

bp = Blueprint("inspection", __name__, url_prefix="/admin")
for part in (check_pages, publication_pages):
    bp.register_blueprint(part.bp)
