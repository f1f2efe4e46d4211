"""Small simulated cities for the tests, and pictures that stand in for the deck's."""

from swipe.insight.counts import Frame
from swipe.simulation.city import Plan, sites
from swipe.simulation.decks import Motif, read_deck
from swipe.simulation.towns import Town, settle
from swipe.simulation.writing import deck
from tests.builders import make_picture

FRAME = Frame(
    area="omraade-01",
    survey="7d8e0a52-6a0e-4c39-9d64-0f6b8f1f0c11",
    number=1,
    day="2026-11-20",
    final=False,
    question="Hvad vil du have mere af?",
    asked_by="Prøveby Kommune",
    opens="2026-11-01",
    closes="2026-12-01",
    channels=("Plakat",),
    software="0",
    contact="borger@proeveby.dk",
)


def towns_of(plan: Plan) -> list[Town]:
    return [settle(plan, site) for site in sites(plan, deck())]


def motifs() -> list[Motif]:
    digest = make_picture().digest
    return [Motif(row["file"].rpartition(".")[0], row["theme"], digest, row) for row in read_deck()]
