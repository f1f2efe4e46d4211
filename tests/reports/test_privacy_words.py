"""What the privacy page promises, held against what is kept and what may leave."""

import html
import re

from swipe.insight.research.research_export import COLUMNS
from swipe.inspection.readability import EASY, lix
from swipe.participation.models import Participation, Swipe

# What researchers get, and the words that tell of it. Any other column is each card's answer.
LEAVES = {
    "id": "uden navn",
    "age_band": "aldersgruppe",
    "gender": "køn",
    "household": "hvem folk bor med",
}
# What is kept of what a person did, and the words that tell of it.
KEPT = {
    "answer": "Dine ja og nej",
    "ms": "Hvor længe du så på hvert billede",
    "input": "knap, tast eller finger",
    "undone": "om du fortrød",
    "position": "Rækkefølgen på dine billeder",
    "at": "hvor du stoppede",
    "lives_here": "Om du bor her",
    "age_band": "din aldersgruppe",
    "gender": "dit køn",
    "household": "hvem du bor med",
    "day": "Dagen",
    "language": "sproget",
    "channel": "hvordan du kom hertil",
    "mode": "på din egen telefon, en delt telefon eller en fælles tablet",
    "uuid": "Et tilfældigt nummer",
}
# The rest says which question it was, and what has been done about an answer since.
BOOKKEEPING = {
    *("survey", "participation", "card", "revision", "complete", "pending", "counted"),
    *("code_verified", "status", "flags", "seq"),
}


def part(client, heading):
    """Return the words of the page under one heading."""
    page = client.get("/privatliv").get_data(as_text=True)
    found = re.search(rf"<h2>{re.escape(heading)}</h2>(.*?)(?=<h2>|</article>)", page, re.DOTALL)
    assert found
    text = re.sub(r"</li>|</p>", " ", found[1])
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<.*?>", "", text))).strip()


def test_all_that_researchers_can_get_stands_there(client):
    assert set(LEAVES) == set(COLUMNS)
    said = part(client, "Hvem kan se det?")
    assert {column for column, words in LEAVES.items() if words not in said} == set()
    assert "ja, nej og sprunget over" in said
    assert (
        "Når undersøgelsen er slut, kan navngivne forskere få de enkelte svar uden navn. "
        "To medarbejdere skal sige ja til det."
    ) in said


def test_all_that_is_kept_of_a_person_stands_there(client):
    columns = {
        column.name for table in (Participation, Swipe) for column in table.__table__.columns
    }
    assert set(KEPT) | BOOKKEEPING == columns
    said = part(client, "Det gemmer vi")
    assert {column for column, words in KEPT.items() if words not in said} == set()


def test_what_a_tablet_for_everyone_keeps_and_for_how_long_stands_there(client):
    assert "til de er sendt. Så sletter den dem." in part(client, "Cookies og din telefon")
    assert "Så kan du kun slette, mens du står ved den." in part(client, "Slet dit svar")


def test_who_sees_the_figures_is_true_for_every_kind_of_survey(client):
    said = part(client, "Hvem kan se det?")
    assert "Kommunens medarbejdere ser tallene." in said
    assert "enten med det samme eller når undersøgelsen er slut" in said
    assert "Nogle gange ser kun medarbejdere dem." in said


def test_nobody_is_promised_that_an_answer_cannot_be_known_again(client):
    said = part(client, "Hvor længe?")
    assert said.endswith("Der står intet navn på dem.")
    assert "føres tilbage" not in client.get("/privatliv").get_data(as_text=True)


def test_the_words_are_easy_to_read(client):
    for heading in ("Det gemmer vi", "Hvem kan se det?", "Slet dit svar", "Hvor længe?"):
        assert lix(part(client, heading)) <= EASY
