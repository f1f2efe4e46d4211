"""Every change by staff is written in the audit trail: each route says by which act."""

import ast
from pathlib import Path

from flask import Flask

from swipe.accounts.access import mark_of
from swipe.accounts.audit_vocabulary import SENTENCES

PACKAGE = Path(__file__).resolve().parents[2] / "swipe"
# Each view that changes something, with the acts it writes down.
WRITTEN = {
    "accounts.staff.add": {"staff.added"},
    "accounts.staff.change_role": {"staff.changed"},
    "accounts.staff.remove": {"staff.removed"},
    "accounts.staff.reset_password": {"staff.password"},
    "alerts.choose": {"alert.changed"},
    "areas_admin.add": {"area.added"},
    "areas_admin.boundaries.put": {"boundaries.imported"},
    "areas_admin.boundaries.remove": {"boundaries.removed"},
    "areas_admin.imports.areas": {"areas.imported"},
    "areas_admin.imports.residents": {"residents.imported"},
    "areas_admin.remove": {"area.removed"},
    "areas_admin.rename": {"area.changed"},
    "brand.put_accent": {"brand.changed"},
    "brand.drop_accent": {"brand.changed"},
    "brand.put_logo": {"brand.changed"},
    "brand.name_logo": {"brand.changed"},
    "brand.drop_logo": {"brand.changed"},
    "decks.cards.change": {"card.changed"},
    "decks.cards.pictures.put": {"card.changed"},
    "decks.cards.pictures.replace": {"card.replaced"},
    "decks.cards.pictures.retire": {"card.retired"},
    "decks.cards.save": {"card.changed"},
    "decks.cards.undo": {"card.changed"},
    "kiosks.add": {"kiosk.added"},
    "kiosks.rename": {"kiosk.changed"},
    "kiosks.withdraw": {"kiosk.withdrawn"},
    "surveys_admin.change": {"survey.changed"},
    "surveys_admin.change_closing": {"survey.closing"},
    "decks.copies.bring": {"deck.copied"},
    "decks.copies.copy": {"deck.copied"},
    "surveys_admin.create": {"survey.created"},
    "decks.deck_import.take": {"deck.imported"},
    "decks.order.arrange": {"card.moved"},
    "decks.order.move": {"card.moved"},
    "decks.order.move_to_theme": {"card.moved"},
    "inspection.publication.publish": {"survey.published"},
    "inspection.publication.withdraw": {"survey.withdrawn"},
    "outreach.decisions.add": {"decision.added"},
    "outreach.decisions.change": {"decision.changed"},
    "outreach.decisions.publication.move": {"decision.changed"},
    "outreach.decisions.publication.publish": {"decision.published"},
    "outreach.decisions.publication.remove": {"decision.removed"},
    "outreach.decisions.publication.withdraw": {"decision.withdrawn"},
    "planner.notes.add": {"note.added"},
    "planner.notes.change": {"note.changed"},
    "planner.notes.remove": {"note.removed"},
    "surveys_admin.remove": {"survey.removed"},
    "decks.rights.fill": {"card.changed"},
    "decks.set.remove": {"card.removed"},
    "decks.set.restore": {"card.restored"},
    "surveys_admin.texts.change": {"survey.changed"},
    "surveys_admin.themes.add": {"theme.added"},
    "surveys_admin.themes.add_usual": {"theme.added"},
    "surveys_admin.themes.change": {"theme.changed"},
    "surveys_admin.themes.move": {"theme.changed"},
    "surveys_admin.themes.remove": {"theme.removed"},
    "decks.uploads.known": {"card.added"},
    "decks.uploads.upload": {"card.added"},
}
# What is sent by POST and changes nothing that anybody else sees, and why.
UNWRITTEN = {
    "alerts.send_again": "asks for her own messages once more",
    "alerts.send_trial": "sends herself a message that says nothing",
    "decks.deck_import.check": "shows what a file would do",
    "decks.cards.pictures.choose": "shows a picture before it replaces another",
    "decks.cards.pictures.refocus": "shows a cut before it replaces another",
}


def acts_recorded() -> set[str]:
    """Return the act of every `record(…)` in the program, named or by a plain string."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node.value in SENTENCES:
                found |= {str(node.value)} if path.name != "audit_vocabulary.py" else set()
    return found


def staff_views_that_change(app: Flask) -> set[str]:
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}
        and mark_of(app.view_functions[rule.endpoint]) != "public"
    }


def test_every_change_by_staff_says_what_it_writes_down_or_why_not(whole_app: Flask) -> None:
    assert staff_views_that_change(whole_app) == set(WRITTEN) | set(UNWRITTEN)
    assert not set(WRITTEN) & set(UNWRITTEN)


def test_every_act_of_the_table_is_recorded_somewhere_and_has_words() -> None:
    acts = set().union(*WRITTEN.values())
    assert acts <= set(SENTENCES)
    assert acts - acts_recorded() == set()


def test_every_act_that_has_words_is_recorded_by_something() -> None:
    assert set(SENTENCES) - acts_recorded() == set()
