"""The cards of a published survey: errors are mended, and another picture is another card."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from swipe.db import db, glance
from swipe.decks import card_retiring
from swipe.errors import Conflict, Invalid
from swipe.media.models import Picture
from swipe.participation.models import Participation
from swipe.surveys.models import Card, Survey, live_cards
from tests.builders import cards_of, document, keep, make_picture, make_survey
from tests.decks.card_desk import now, photo, save, trail, undo, version
from tests.decks.set_desk import change

Login = Callable[[str], FlaskClient]
MENDED = {"title": ("Motiv 0", "Bænke i parken"), "credit": ("", "A. Holm")}
FROZEN = {
    "theme": ("foreningsliv", "byliv"),
    "facing": ("neutral", "left"),
    "focus": ("50 50", "10 10"),
    "concept": ("", "x"),
}


def deck(client: FlaskClient, survey: Survey) -> dict[str, str]:
    """Return title by card as a citizen's phone reads it."""
    cards = client.get(f"/api/v1/surveys/{survey.id}/deck").json["cards"]
    return {card["id"]: card["title"] for card in cards}


def answer(client: FlaskClient, survey: Survey, cards: list[Card], who: uuid.UUID) -> int:
    body = document(survey, cards=cards)
    return client.put(f"/api/v1/participations/{who}", json=body).status_code


def pending(who: uuid.UUID) -> int:
    """Return how often a person changed what a figure would count."""
    with glance():
        return db.session.query(Participation.pending).where(Participation.uuid == who).scalar()


@pytest.mark.parametrize("state", ["coming", "open", "closed"])
def test_an_administrator_mends_words_and_the_trail_says_so(login: Login, state: str) -> None:
    survey = make_survey(state=state, languages=["da", "en"])
    card = cards_of(survey)[0]
    client = login("admin")
    assert save(client, card, **MENDED).status_code == 200
    assert save(client, card, "en", title=("", "Benches")).status_code == 200
    assert now(card).titles == {"da": "Bænke i parken", "en": "Benches"}
    assert version(survey) == survey.version + 2
    assert [line.before for line in trail(card)] == [
        {"titles": {"da": "Motiv 0"}, "credit": ""},
        {"titles": {"en": ""}},
    ]
    assert "Ret en fejl" in client.get(f"/admin/cards/{card.id}").text


def test_what_citizens_may_have_read_stays_in_the_trail_step_by_step(login: Login) -> None:
    card = cards_of(make_survey())[0]
    client = login("admin")
    save(client, card, title=("Motiv 0", "Bænke"))
    save(client, card, title=("Bænke", "Motiv 0"))
    assert len(trail(card)) == 2


def test_citizens_see_the_mended_title_at_once(login: Login, client: FlaskClient) -> None:
    survey = make_survey()
    card = cards_of(survey)[0]
    assert deck(client, survey)[str(card.id)] == "Motiv 0"
    save(login("admin"), card, **MENDED)
    assert deck(client, survey)[str(card.id)] == "Bænke i parken"


@pytest.mark.parametrize("field", FROZEN)
def test_what_people_answered_to_is_frozen(login: Login, field: str) -> None:
    survey = make_survey()
    card = cards_of(survey)[0]
    client = login("admin")
    assert save(client, card, **{field: FROZEN[field]}).status_code == 409
    client.post(f"/admin/cards/{card.id}/picture", data={"picture": (photo(), "ny.jpg")})
    assert "offentlig" in client.get(f"/admin/cards/{card.id}").text
    assert version(survey) == survey.version
    assert now(card).picture == card.picture


def test_an_editor_sees_why_the_card_is_locked_and_changes_nothing(login: Login) -> None:
    card = cards_of(make_survey())[0]
    client = login("editor")
    page = client.get(f"/admin/cards/{card.id}").text
    assert "så kortet er låst" in page
    assert "data-changes" not in page
    assert save(client, card, **MENDED).status_code == 409
    assert undo(client, card).status_code == 409
    for address in ("retirement", "replacement", "replacement/picture", "replacement/focus"):
        assert client.post(f"/admin/cards/{card.id}/{address}").status_code == 403


def test_a_published_card_never_loses_its_title_or_its_description(login: Login) -> None:
    card = cards_of(make_survey())[0]
    reply = save(login("admin"), card, title=("Motiv 0", " "), alt=("Et motiv med nummer 0.", ""))
    assert reply.status_code == 422
    assert set(reply.json["errors"]) == {"title", "alt"}


CREDITED = {"licence": ("own", "cc-by"), "credit": ("", "A. Holm")}
PUBLIC_LACKS = {
    "licence": {"licence": ("cc-by", "")},
    "credit": {"credit": ("A. Holm", "")},
    "title": {"title": ("Motiv 0", "")},
    "alt": {"alt": ("Et motiv med nummer 0.", " ")},
}


@pytest.mark.parametrize("field", PUBLIC_LACKS)
def test_a_public_card_is_never_saved_without_what_it_was_checked_for(
    login: Login, field: str
) -> None:
    card, client = cards_of(make_survey())[0], login("admin")
    assert save(client, card, **CREDITED).status_code == 200
    reply = save(client, card, **PUBLIC_LACKS[field])
    assert reply.status_code == 422
    assert list(reply.json["errors"]) == [field]
    assert (now(card).licence, now(card).credit) == ("cc-by", "A. Holm")


def test_the_name_is_wanted_with_a_licence_that_says_so_and_only_then(login: Login) -> None:
    card, client = cards_of(make_survey())[0], login("admin")
    assert save(client, card, licence=("own", "cc-by-sa")).json["errors"].keys() == {"credit"}
    assert save(client, card, licence=("own", "permission")).status_code == 200


def test_a_word_can_be_mended_on_a_card_that_lacked_a_licence_all_along(login: Login) -> None:
    card, client = cards_of(make_survey())[0], login("admin")
    change(card, licence="")
    assert save(client, card, title=("Motiv 0", "Bænke")).status_code == 200


def test_undo_never_empties_what_a_public_card_needs(login: Login) -> None:
    card, one, other = cards_of(make_survey())[0], login("admin"), login("admin")
    save(one, card, **CREDITED)
    save(one, card, licence=("cc-by", "own"))
    save(other, card, credit=("A. Holm", ""))
    reply = undo(one, card)
    assert reply.status_code == 422
    assert "hvem der har taget billedet" in reply.json["detail"]
    assert now(card).licence == "own"


def test_undo_never_goes_past_publication(login: Login) -> None:
    survey = make_survey(state="draft")
    card, client = cards_of(survey)[0], login("admin")
    change(card, titles={}, alts={}, licence="")
    save(client, card, title=("", "Bænke"))
    save(client, card, alt=("", "To bænke."))
    save(client, card, licence=("", "own"))
    with db.session.begin():
        db.session.get_one(Survey, survey.id).published_at = datetime.now(UTC)
    save(client, card, title=("Bænke", "Bord"))
    assert undo(client, card).status_code == 200
    assert undo(client, card).json["detail"] == "Der er ikke mere at fortryde."
    stands = now(card)
    assert (stands.titles, stands.alts) == ({"da": "Bænke"}, {"da": "To bænke."})
    assert stands.licence == "own"


def test_a_card_that_lacks_words_or_rights_is_not_replaced_before_it_is_mended(
    login: Login,
) -> None:
    survey = make_survey()
    card, fresh = cards_of(survey)[0], make_picture()
    change(card, alts={})
    with pytest.raises(Invalid):
        card_retiring.replace_card(card.id, fresh.digest, "neutral", datetime.now(UTC))
    db.session.rollback()
    assert version(survey) == survey.version


def test_undo_in_a_published_survey_reaches_no_further_than_words(login: Login) -> None:
    survey = make_survey(state="draft")
    card = cards_of(survey)[0]
    client = login("admin")
    save(client, card, facing=("neutral", "left"))
    with db.session.begin():
        held = db.session.get_one(Survey, survey.id)
        held.published_at, held.opens_at = datetime.now(UTC), datetime.now(UTC)
    save(client, card, title=("Motiv 0", "Bænke"))
    assert undo(client, card).json["said"] == "Fortrudt: titlen."
    assert undo(client, card).status_code == 409
    assert now(card).facing == "left"


def test_a_retired_card_is_shown_to_nobody_new_and_late_answers_to_it_are_taken(
    login: Login, client: FlaskClient
) -> None:
    survey = make_survey(cards=9)
    cards, who = cards_of(survey), uuid.uuid4()
    assert answer(client, survey, cards[:3], who) == 200
    reply = login("admin").post(
        f"/admin/cards/{cards[0].id}/retirement", data={"reason": "Legepladsen er revet ned."}
    )
    assert reply.location == f"/admin/surveys/{survey.id}/cards"
    assert str(cards[0].id) not in deck(client, survey)
    assert len(deck(client, survey)) == 8
    late = document(survey, cards=cards, revision=2)
    assert client.put(f"/api/v1/participations/{who}", json=late).status_code == 200
    assert answer(client, survey, cards, uuid.uuid4()) == 200
    assert [line.after for line in trail(cards[0])] == [{"reason": "Legepladsen er revet ned."}]
    assert save(login("admin"), cards[0], **MENDED).status_code == 409
    assert "er taget ud" in login("admin").get(f"/admin/cards/{cards[0].id}").text


def test_who_answered_a_retired_card_took_part_before_and_after(
    login: Login, client: FlaskClient
) -> None:
    survey, before, after = make_survey(cards=9), uuid.uuid4(), uuid.uuid4()
    cards = cards_of(survey)
    assert answer(client, survey, cards[:6], before) == 200
    assert pending(before) == 1
    login("admin").post(f"/admin/cards/{cards[0].id}/retirement", data={"reason": "Revet ned."})
    assert answer(client, survey, cards[:6], after) == 200
    assert pending(after) == 1


def test_retiring_needs_a_reason_and_leaves_two_cards_in_the_theme(login: Login) -> None:
    survey = make_survey(cards=9)
    client, cards = login("admin"), cards_of(survey)
    byliv = [card for card in cards if card.theme == "byliv"]
    client.post(f"/admin/cards/{byliv[0].id}/retirement", data={"reason": "  "})
    assert "hvorfor kortet tages ud" in client.get(f"/admin/cards/{byliv[0].id}").text
    for card in byliv[:2]:
        client.post(f"/admin/cards/{card.id}/retirement", data={"reason": "Revet ned."})
    assert "mindst to kort tilbage" in client.get(f"/admin/cards/{byliv[1].id}").text
    with glance():
        assert len(live_cards(survey.id)) == 8


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_only_a_coming_or_open_survey_has_cards_taken_out_or_replaced(
    login: Login, state: str
) -> None:
    survey = make_survey(state=state)
    card = cards_of(survey)[0]
    fresh = make_picture()
    for verb in (
        lambda: card_retiring.retire_card(card.id, "Revet ned.", datetime.now(UTC)),
        lambda: card_retiring.replace_card(card.id, fresh.digest, "neutral", datetime.now(UTC)),
    ):
        with pytest.raises(Conflict):
            verb()
        db.session.rollback()


def test_another_picture_is_a_new_card_in_the_place_of_the_old(
    login: Login, client: FlaskClient
) -> None:
    survey, admin = make_survey(cards=9), login("admin")
    old = cards_of(survey)[4]
    assert answer(client, survey, cards_of(survey), uuid.uuid4()) == 200
    chosen = admin.post(
        f"/admin/cards/{old.id}/replacement/picture", data={"picture": (photo("red"), "ny.jpg")}
    ).location
    digest = chosen.rpartition("=")[2]
    assert "Gøres klar" in admin.get(chosen).text
    admin.post(f"/admin/cards/{old.id}/replacement", data={"picture": digest, "facing": "left"})
    assert "gøres klar lige nu" in admin.get(chosen).text
    assert str(old.id) in deck(client, survey)
    with db.session.begin():
        db.session.get_one(Picture, digest).state = "ready"
    data = {"picture": digest, "facing": "left"}
    reply = admin.post(f"/admin/cards/{old.id}/replacement", data=data)
    with glance():
        fresh = live_cards(survey.id)[4]
    assert reply.location == f"/admin/cards/{fresh.id}"
    assert fresh.id != old.id
    assert (fresh.titles, fresh.alts, fresh.theme) == (old.titles, old.alts, old.theme)
    assert (fresh.picture, fresh.facing, fresh.position) == (digest, "left", old.position)
    assert now(old).picture == old.picture
    shown = deck(client, survey)
    assert str(fresh.id) in shown
    assert str(old.id) not in shown
    assert answer(client, survey, [old, fresh], uuid.uuid4()) == 200
    (line,) = trail(old)
    assert (line.action, line.before["picture"], line.after["card"]) == (
        "card.replaced",
        old.picture,
        str(fresh.id),
    )
    assert (line.before["facing"], line.after["facing"]) == ("neutral", "left")


def test_the_cut_of_a_replacement_is_chosen_before_citizens_see_it(login: Login) -> None:
    card, client = cards_of(make_survey())[0], login("admin")
    fresh = make_picture()
    data = {"picture": fresh.digest, "focus_x": "10", "focus_y": "90"}
    chosen = client.post(f"/admin/cards/{card.id}/replacement/focus", data=data).location
    with glance():
        picture = db.session.get_one(Picture, chosen.rpartition("=")[2])
    assert (picture.master, picture.focus_x, picture.focus_y) == (fresh.digest, 10, 90)
    wrong = client.post(f"/admin/cards/{card.id}/replacement/focus", data=data | {"focus_x": "x"})
    assert "fra 0 til 100" in client.get(wrong.location).text


def test_a_picture_that_is_unknown_broken_or_there_already_replaces_nothing(login: Login) -> None:
    survey = make_survey(picture=make_picture())
    card, client = cards_of(survey)[0], login("admin")
    broken = make_picture(state="failed")
    same = keep(Picture(**_row(card.picture), digest="b" * 64, focus_x=10, state="ready"))
    for digest in ("", "a" * 64, "<b>", broken.digest, card.picture, same.digest):
        data = {"picture": digest, "facing": "neutral"}
        reply = client.post(f"/admin/cards/{card.id}/replacement", data=data)
        assert "alert error" in client.get(reply.location).text
    with pytest.raises(Invalid):
        card_retiring.replace_card(card.id, make_picture().digest, "up", datetime.now(UTC))
    db.session.rollback()
    assert version(survey) == survey.version


def _row(master: str) -> dict[str, object]:
    today = datetime.now(UTC).date()
    return {"master": master, "width": 1500, "height": 2000, "added_on": today, "variants": []}
