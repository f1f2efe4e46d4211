"""The pages of the check and of publishing, below the administrator's other pages."""

from swipe.inspection import check_pages, publication_pages
from swipe.surveys.pages import bp

for part in (check_pages, publication_pages):
    bp.register_blueprint(part.bp)
