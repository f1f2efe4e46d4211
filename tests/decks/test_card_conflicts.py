"""Two people edit the same card: nobody is overwritten without seeing it."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from swipe.db import db
from swipe.surveys.models import Card
from tests.builders import cards_of, make_staff, make_survey
from tests.decks.card_desk import now, save, seen, trail, undo

Login = Callable[[str], FlaskClient]


def as_person(client: FlaskClient, name: str) -> FlaskClient:
    """Let a logged-in client be a person with this name."""
    person = make_staff(role="editor", name=name)
    with client.session_transaction() as session:
        session["staff"], session["epoch"] = str(person.id), person.epoch
    return client


def test_the_second_to_write_a_field_sees_who_wrote_what_before(login: Login) -> None:
    (card,) = cards_of(make_survey(state="draft", cards=1))
    bodil, ada = as_person(login("editor"), "Bodil"), as_person(login("editor"), "Ada")
    save(bodil, card, title=("Motiv 0", "Bænke i parken"))
    reply = save(ada, card, title=("Motiv 0", "Bord"), alt=("Et motiv med nummer 0.", "Et bord."))
    assert reply.status_code == 409
    clash = reply.json["clashes"]["title"]
    assert clash["stored"] == clash["shown"] == "Bænke i parken"
    assert clash["sentence"].startswith("Bodil har ændret titlen kl. ")
    assert reply.json["saved"] == {"alt": "Et bord."}
    assert now(card).titles == {"da": "Bænke i parken"}
    assert now(card).alts == {"da": "Et bord."}
    assert save(ada, card, title=("Bænke i parken", "Bord")).status_code == 200
    assert now(card).titles == {"da": "Bord"}


def test_two_people_in_different_fields_or_languages_never_meet(login: Login) -> None:
    survey = make_survey(state="draft", cards=1, languages=["da", "en"])
    (card,) = cards_of(survey)
    one, other = login("editor"), login("admin")
    assert save(one, card, title=("Motiv 0", "Bænke")).status_code == 200
    assert save(other, card, "en", title=("", "Benches")).status_code == 200
    assert save(other, card, credit=("", "Holm")).status_code == 200
    assert now(card).titles == {"da": "Bænke", "en": "Benches"}


def test_the_same_change_sent_twice_is_no_clash(login: Login) -> None:
    (card,) = cards_of(make_survey(state="draft", cards=1))
    client = login("editor")
    for _time in range(2):
        assert save(client, card, title=("Motiv 0", "Bænke")).status_code == 200
    assert len(trail(card)) == 1


def test_of_many_who_write_at_the_same_moment_one_is_first_and_the_others_hear_it(
    app: Flask, login: Login
) -> None:
    (card,) = cards_of(make_survey(state="draft", cards=1))
    clients = [login("editor") for _person in range(6)]

    def write(number: int) -> int:
        with app.app_context():
            return int(save(clients[number], card, title=("Motiv 0", f"T {number}")).status_code)

    with ThreadPoolExecutor(len(clients)) as pool:
        answers = list(pool.map(write, range(len(clients))))
    assert sorted(answers) == [200, 409, 409, 409, 409, 409]
    assert now(card).titles == {"da": f"T {answers.index(200)}"}
    assert len(trail(card)) == 1


def test_choices_and_the_cut_clash_in_words(login: Login) -> None:
    survey = make_survey(state="draft", cards=2)
    card, other = cards_of(survey)
    bodil, ada = as_person(login("editor"), "Bodil"), login("editor")
    theirs = {
        "theme": ("foreningsliv", "byliv"),
        "licence": (card.licence, "permission"),
        "focus": ("50 50", "10 20"),
    }
    assert save(bodil, card, **theirs, concept=("", str(other.id))).status_code == 200
    mine = {
        "theme": ("foreningsliv", "groenne-omraader"),
        "licence": (card.licence, "cc0"),
        "focus": ("50 50", "90 90"),
        "concept": (str(uuid.uuid4()), ""),
    }
    clashes = save(ada, card, **mine).json["clashes"]
    shown = {name: clash["shown"] for name, clash in clashes.items()}
    assert shown["theme"] == "Byliv"
    assert shown["licence"] == "Med tilladelse"
    assert shown["focus"] == "vandret 10 %, lodret 20 %"
    assert {name: clash["by"] for name, clash in clashes.items()} == dict.fromkeys(mine, "Bodil")


def test_without_a_script_the_page_comes_back_with_both_texts(login: Login) -> None:
    (card,) = cards_of(make_survey(state="draft", cards=1))
    bodil, ada = as_person(login("editor"), "Bodil"), login("editor")
    save(bodil, card, title=("Motiv 0", "Bodils titel"))
    typed = seen(card) | {"title": "Min titel", "alt": "Min beskrivelse."}
    reply = ada.post(f"/admin/cards/{card.id}", data=typed)
    assert reply.status_code == 409
    for words in ("Bodil har ændret titlen", "Bodils titel", "Brug den fra Bodil"):
        assert words in reply.text
    assert 'value="Min titel"' in reply.text
    assert 'name="was_title" value="Bodils titel"' in reply.text
    assert now(card).alts == {"da": "Min beskrivelse."}
    kept = {"was_title": "Bodils titel", "title": "Min titel"}
    theirs = ada.post(f"/admin/cards/{card.id}", data=kept | {"theirs": "title"})
    assert theirs.location == f"/admin/cards/{card.id}"
    assert now(card).titles == {"da": "Bodils titel"}
    ada.post(f"/admin/cards/{card.id}", data=kept)
    assert now(card).titles == {"da": "Min titel"}


def test_undo_never_goes_over_somebody_elses_later_words(login: Login) -> None:
    (card,) = cards_of(make_survey(state="draft", cards=1))
    ada, bodil = login("editor"), as_person(login("editor"), "Bodil")
    save(ada, card, title=("Motiv 0", "Adas titel"))
    save(bodil, card, title=("Adas titel", "Bodils titel"))
    refused = undo(ada, card)
    assert refused.status_code == 409
    assert "Bodil har ændret det siden" in refused.json["detail"]
    assert now(card).titles == {"da": "Bodils titel"}
    assert undo(bodil, card).status_code == 200
    assert now(card).titles == {"da": "Adas titel"}
    assert undo(ada, card).status_code == 200
    assert now(card).titles == {"da": "Motiv 0"}


def test_a_card_that_somebody_removed_meanwhile_is_said_to_be_gone(login: Login) -> None:
    (card,) = cards_of(make_survey(state="draft", cards=1))
    client = login("editor")
    client.post(f"/admin/cards/{card.id}/removal")
    assert save(client, card, title=("Motiv 0", "Bænke")).status_code == 404


WORD = st.sampled_from(["", "Bænk", "Bord", "Sø"])
STEP = st.tuples(st.sampled_from(["title", "alt", "credit"]), st.integers(0, 1), WORD)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, max_size=8))
def test_nothing_is_lost_that_the_next_writer_has_not_seen(
    login: Login, steps: list[tuple[str, int, str]]
) -> None:
    """Each person's page holds what she saw last; a stored text only gives way to who saw it."""
    db.session.rollback()
    (card,) = cards_of(make_survey(state="draft", cards=1))
    people = [login("editor"), login("admin")]
    first = {name: seen(card)[f"was_{name}"] for name in ("title", "alt", "credit")}
    pages, stored = [dict(first), dict(first)], dict(first)
    for field, person, text in steps:
        page = pages[person]
        reply = save(people[person], card, **{field: (page[field], text)})
        knew = stored[field] in (page[field], text) or page[field] == text
        assert (reply.status_code == 200) == knew
        if knew and page[field] != text:
            stored[field] = page[field] = text
        elif not knew:
            page[field] = reply.json["clashes"][field]["stored"]
            assert page[field] == stored[field]
    held: Card = now(card)
    assert (held.titles.get("da", ""), held.alts.get("da", ""), held.credit) == (
        stored["title"],
        stored["alt"],
        stored["credit"],
    )
