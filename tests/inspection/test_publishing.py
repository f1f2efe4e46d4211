"""The checklist, publishing, taking back, and that two surveys never overlap."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from swipe.accounts.audit import AuditEvent
from swipe.areas.models import Residents
from swipe.db import db, glance
from swipe.errors import Conflict, NotFound
from swipe.inspection import checklist, publishing
from swipe.surveys import scheduling
from swipe.surveys.models import Card, Survey
from tests.builders import cards_of, keep, make_picture, make_survey

Login = Callable[[str], FlaskClient]


def states(survey: Survey) -> dict[str, str]:
    with glance():
        items = publishing.check(db.session.get_one(Survey, survey.id), datetime.now(UTC))
        return {item.title: item.state for item in items}


def not_done(survey: Survey) -> dict[str, str]:
    return {title: state for title, state in states(survey).items() if state != "done"}


def change_cards(survey: Survey, many: int, **values: object) -> list[uuid.UUID]:
    with glance():
        ids = [card.id for card in cards_of(survey)[:many]]
    db.session.execute(update(Card).where(Card.id.in_(ids)).values(**values))
    db.session.commit()
    return ids


def published(survey: Survey) -> bool:
    with glance():
        return db.session.get_one(Survey, survey.id).published_at is not None


@pytest.fixture
def told(app: Flask) -> Iterator[None]:
    """A municipality that has set its contact and its accessibility statement."""
    before = app.config["SWIPE"]
    app.config["SWIPE"] = replace(before, contact="borger@by.dk", was_url="https://by.dk/was")
    yield
    app.config["SWIPE"] = before


def test_a_whole_survey_lacks_nothing_but_residents(told: None) -> None:
    survey = make_survey(state="draft")
    assert not_done(survey) == {"Indbyggere": "warning"}
    keep(
        Residents(
            area="bolbro",
            as_of=datetime.now(UTC).date(),
            age_band="15-24",
            gender="female",
            count=9,
            source="S",
        )
    )
    assert not_done(survey) == {}


def test_a_city_without_contact_and_statement_is_warned(app: object) -> None:
    found = not_done(make_survey(state="draft"))
    assert found["Kontakt"] == found["Tilgængelighedserklæring"] == "warning"


@pytest.mark.parametrize(
    ("can_change", "state"),
    [
        ("Hvad vi bruger pengene til i parken og på torvet, når året er omme.", "done"),
        ("Anlægsbevillingens prioritering af rekreative opholdsfaciliteter.", "blocked"),
    ],
)
def test_a_mandate_that_is_hard_to_read_blocks(app: object, can_change: str, state: str) -> None:
    texts = {"can_change": {"da": can_change}, "cannot_change": {"da": can_change}}
    survey = make_survey(state="draft", **texts)
    assert states(survey)["Sproget i spørgsmål og spillerum"] == state


def test_names_and_a_few_words_are_not_measured_as_text(app: object) -> None:
    survey = make_survey(state="draft", decided_by={"da": "Beskæftigelses- og Socialudvalget"})
    assert states(survey)["Sproget i spørgsmål og spillerum"] == "done"


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"cards": 5}, "Antal kort"),
        ({"cards": 7, "themes": ("byliv", "foreningsliv", "a", "b")}, "Kort i hvert tema"),
        ({"pot": {}}, "Hvad svaret kan ændre"),
        ({"decided_by": {"da": ""}}, "Hvad svaret kan ændre"),
        ({"can_change": {}}, "Hvad svaret kan ændre"),
        ({"cannot_change": {}}, "Hvad svaret kan ændre"),
        ({"question": {"en": "More?"}}, "Spørgsmålet"),
        ({"closes_at": datetime.now(UTC) - timedelta(hours=1)}, "Tidspunkterne"),
    ],
)
def test_what_is_missing_blocks(login: Login, fields: dict[str, object], title: str) -> None:
    fields = {"opens_at": datetime.now(UTC) - timedelta(days=1), **fields}
    survey, client = make_survey(state="draft", **fields), login("admin")  # type: ignore[arg-type]
    assert states(survey)[title] == "blocked"
    client.post(f"/admin/surveys/{survey.id}/publication")
    assert not published(survey)
    assert "Noget mangler endnu" in client.get(f"/admin/surveys/{survey.id}/publication").text


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"titles": {}}, "Titel og beskrivelse"),
        ({"alts": {"en": "A bench"}}, "Titel og beskrivelse"),
    ],
)
def test_a_card_without_words_blocks_and_is_named(
    login: Login, values: dict[str, object], title: str
) -> None:
    survey = make_survey(state="draft")
    change_cards(survey, 1, **values)
    assert states(survey)[title] == "blocked"
    with glance():
        card = cards_of(survey)[0]
    page = login("admin").get(f"/admin/surveys/{survey.id}/publication").text
    field = "title" if values.get("titles") == {} else "alt"
    assert f'<a href="/admin/cards/{card.id}#{field}">' in page


@pytest.mark.parametrize("state", ["pending", "failed"])
def test_a_picture_that_is_not_ready_blocks(app: object, state: str) -> None:
    survey = make_survey(state="draft")
    change_cards(survey, 2, picture=make_picture(state=state).digest)
    assert states(survey)["Billedfilerne"] == "blocked"


def test_uneven_themes_and_long_titles_only_warn(app: object) -> None:
    survey = make_survey(state="draft", cards=12)
    change_cards(survey, 6, theme="byliv", titles={"da": "Et ord for meget på dette kort"})
    found = not_done(survey)
    assert found["Kort i hvert tema"] == found["Ordene i titlerne"] == "warning"
    assert "blocked" not in found.values()


def test_one_theme_or_very_many_cards_only_warn(app: object) -> None:
    found = not_done(make_survey(state="draft", cards=31, themes=("byliv",)))
    assert found["Kort i hvert tema"] == found["Antal kort"] == "warning"


def test_publishing_freezes_and_tells_when_it_opens(login: Login) -> None:
    survey, client = make_survey(state="draft"), login("admin")
    client.post(f"/admin/surveys/{survey.id}/publication")
    assert published(survey)
    assert "åbner af sig selv" in client.get(f"/admin/surveys/{survey.id}/publication").text
    with glance():
        assert db.session.get_one(Survey, survey.id).version == survey.version + 1


def test_a_survey_whose_time_has_come_is_open_at_once(login: Login, client: FlaskClient) -> None:
    survey = make_survey(state="draft", opens_at=datetime.now(UTC) - timedelta(minutes=1))
    login("admin").post(f"/admin/surveys/{survey.id}/publication")
    (area,) = client.get("/api/v1/areas").json
    assert (area["survey"]["id"], area["survey"]["state"]) == (str(survey.id), "open")


def audited(action: str) -> dict[str, Any]:
    """Return before and after of the one line of the trail with this action."""
    with glance():
        event = db.session.query(AuditEvent).where(AuditEvent.action == action).one()
        return {"label": event.label, "before": event.before, "after": event.after}


def test_publishing_is_written_down_with_the_advice_that_was_not_followed(login: Login) -> None:
    survey, client = make_survey(state="draft"), login("admin")
    change_cards(survey, 1, titles={"da": "Flere bænke"})
    client.post(f"/admin/surveys/{survey.id}/publication")
    line = audited("survey.published")
    assert line["label"] == "Mere af hvad?"
    assert line["after"]["opens_at"] == survey.opens_at.astimezone(UTC).isoformat()
    assert {"Ordene i titlerne", "Indbyggere"} <= set(line["after"]["warnings"])
    client.post(f"/admin/surveys/{survey.id}/publication/withdrawal")
    assert audited("survey.withdrawn")["before"].keys() == {"opens_at", "closes_at"}


def test_a_moved_end_is_written_down_with_both_times(login: Login) -> None:
    survey = make_survey(state="open")
    later = (datetime.now(UTC) + timedelta(days=20)).strftime("%Y-%m-%dT%H:%M")
    login("admin").post(f"/admin/surveys/{survey.id}/closing", data={"closes_at": later})
    line = audited("survey.closing")
    assert line["before"] == {"closes_at": survey.closes_at.astimezone(UTC).isoformat()}
    assert line["after"].keys() == {"closes_at"}


def test_a_program_reads_the_list_and_publishes_at_the_same_address(login: Login) -> None:
    survey, client = make_survey(state="draft"), login("admin")
    (card,) = change_cards(survey, 1, licence="")
    address, asked = f"/admin/surveys/{survey.id}/publication", {"Accept": "application/json"}
    listed = client.get(address, headers=asked).json
    assert (listed["state"], listed["blocked"]) == ("draft", True)
    items = {item["title"]: item for item in listed["items"]}
    wrong = items["Rettigheder til billederne"]
    assert wrong["state"] == "blocked"
    assert wrong["fix"] == f"/admin/cards/{card}#licence"
    refused = client.post(address, headers=asked)
    assert (refused.status_code, refused.mimetype) == (409, "application/problem+json")
    assert refused.json["blocked"]
    assert not published(survey)
    change_cards(survey, 1, licence="own")
    reply = client.post(address, headers=asked)
    assert (reply.status_code, reply.json["state"]) == (200, "coming")
    assert published(survey)


def test_a_program_that_names_no_survey_is_told_so(login: Login) -> None:
    address, asked = (
        f"/admin/surveys/{uuid.uuid4()}/publication",
        {"Accept": "application/json"},
    )
    assert login("admin").post(address, headers=asked).status_code == 404


def test_the_page_sets_what_must_be_mended_apart_from_advice(login: Login) -> None:
    survey = make_survey(state="draft")
    change_cards(survey, 1, licence="", titles={"da": "Flere bænke"})
    page = login("admin").get(f"/admin/surveys/{survey.id}/publication").text
    wrong, rest = page.split('id="warning"')
    assert "Rettigheder til billederne" in wrong
    assert "Ordene i titlerne" in rest
    assert f'href="/admin/surveys/{survey.id}/check#titles"' in rest
    assert f'href="/admin/surveys/{survey.id}#opens_at"' in page
    assert "punkter er i orden" in rest


def test_publishing_twice_is_refused(app: object) -> None:
    survey, now = make_survey(state="coming"), datetime.now(UTC)
    with pytest.raises(Conflict, match="allerede offentliggjort"):
        publishing.publish(survey.id, now)
    db.session.rollback()


def test_an_unknown_survey_cannot_be_published(app: object) -> None:
    with pytest.raises(NotFound):
        publishing.publish(uuid.uuid4(), datetime.now(UTC))
    db.session.rollback()


@pytest.mark.parametrize(
    ("shift", "blocks"), [(-15, False), (-14, True), (0, True), (14, True), (15, False)]
)
def test_surveys_of_one_area_never_overlap(app: object, shift: int, blocks: bool) -> None:
    other = make_survey(state="coming", cards=0)
    start = other.opens_at + timedelta(days=shift)
    draft = make_survey(state="draft", opens_at=start, closes_at=start + timedelta(days=15))
    assert (states(draft)["Andre undersøgelser i området"] == "blocked") == blocks


def test_a_neighbouring_area_and_a_draft_are_in_nobodys_way(app: object) -> None:
    make_survey(area="stige", state="coming", cards=0)
    make_survey(state="draft", cards=0)
    assert "blocked" not in not_done(make_survey(state="draft")).values()


def test_an_end_that_would_reach_the_next_survey_does_not_move(app: object) -> None:
    now = datetime.now(UTC)
    first = make_survey(state="open", cards=0)
    later = first.closes_at + timedelta(days=2)
    make_survey(state="coming", cards=0, opens_at=later, closes_at=later + timedelta(days=9))
    with pytest.raises(Conflict, match="en anden undersøgelse"):
        scheduling.move_closing(first.id, later + timedelta(hours=1), now)
    scheduling.move_closing(first.id, later, now)
    db.session.rollback()


def test_a_coming_survey_can_be_taken_back_and_changed(login: Login) -> None:
    survey, client = make_survey(state="coming"), login("admin")
    client.post(f"/admin/surveys/{survey.id}/publication/withdrawal")
    assert not published(survey)
    assert 'name="title"' in client.get(f"/admin/surveys/{survey.id}").text


@pytest.mark.parametrize("state", ["open", "grace", "closed", "draft"])
def test_only_a_coming_survey_can_be_taken_back(login: Login, state: str) -> None:
    survey = make_survey(state=state)
    login("admin").post(f"/admin/surveys/{survey.id}/publication/withdrawal")
    assert published(survey) == (state != "draft")


def test_a_warning_blocks_nothing() -> None:
    items = [checklist.Item("done", "", ""), checklist.Item("warning", "", "")]
    assert not checklist.blocked(items)
    assert checklist.blocked([*items, checklist.Item("blocked", "", "")])
