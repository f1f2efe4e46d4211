"""Small simulated cities for the tests, and pictures that stand in for the deck's."""

from dataclasses import replace

from swipe.simulation.city import Plan, sites
from swipe.simulation.decks import Motif, read_deck
from swipe.simulation.towns import Town, settle
from swipe.simulation.writing import deck
from tests.builders import make_picture
from tests.insight.insight_people import FRAME as INSIGHT

FRAME = replace(INSIGHT, area="omraade-01", number=1, software="0", channels=("Plakat",))


def towns_of(plan: Plan) -> list[Town]:
    return [settle(plan, site) for site in sites(plan, deck())]


def motifs() -> list[Motif]:
    digest = make_picture().digest
    return [Motif(row["file"].rpartition(".")[0], row["theme"], digest, row) for row in read_deck()]
