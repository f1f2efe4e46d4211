"""Two clicks, or two people, at the same moment: each thing is written, changed or moved once."""

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from decision_desk import TEXT, acts, desk, kept, sent, write
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from swipe.outreach import deciding
from swipe.surveys.models import Survey
from tests.builders import make_decision, make_survey

Login = Callable[[str], FlaskClient]
TEXTS = ("Den første ting her.", "Den anden ting her.", "Den tredje ting her.")


@pytest.fixture
def survey(app: Flask) -> Survey:
    return make_survey(state="closed", languages=["da", "en"])


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let both come as far as reading what is there before either goes on, unless one waits."""
    barrier, read = Barrier(2), deciding.decisions_of

    def reading(survey: Any) -> Any:
        found = read(survey)
        if not barrier.broken:
            try:
                barrier.wait(1)
            except Exception:
                barrier.abort()
        return found

    monkeypatch.setattr(deciding, "decisions_of", reading)


def at_once(app: Flask, acts: Sequence[Callable[[], TestResponse]]) -> list[TestResponse]:
    def run(act: Callable[[], TestResponse]) -> TestResponse:
        with app.app_context():
            return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def twice(app: Flask, login: Login, act: Callable[[FlaskClient], TestResponse]) -> list[int]:
    """Let one click come twice at the same moment; return how both were answered."""
    clients = [login("planner"), login("planner")]
    replies = at_once(app, [lambda client=client: act(client) for client in clients])
    return [reply.status_code for reply in replies]


def words(survey: Survey) -> list[str]:
    return [one.texts["da"].split()[1] for one in kept(survey)]


def marks(client: FlaskClient, address: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', client.get(address).text)
    assert found
    return found[1].replace("&#34;", '"')


def test_two_clicks_at_the_same_moment_write_it_down_once(
    app: Flask, login: Login, survey: Survey, meeting: None
) -> None:
    assert twice(app, login, lambda client: write(client, survey)) == [303, 303]
    assert len(kept(survey)) == 1
    assert acts() == ["decision.added"]


def test_the_second_of_two_clicks_leads_to_what_the_first_wrote(
    login: Login, survey: Survey
) -> None:
    client = login("planner")
    first, second = write(client, survey), write(client, survey)
    assert first.location == second.location
    assert len(kept(survey)) == 1


def test_what_citizens_read_already_is_not_taken_for_a_draft(login: Login, survey: Survey) -> None:
    make_decision(survey=survey)
    assert write(login("planner"), survey).status_code == 422


def test_two_people_who_write_at_the_same_moment_get_a_place_each(
    app: Flask, login: Login, survey: Survey, meeting: None
) -> None:
    one, other = login("planner"), login("admin")
    at_once(
        app,
        [
            lambda: write(one, survey, **{"text-da": TEXTS[0]}),
            lambda: write(other, survey, **{"text-da": TEXTS[1]}),
        ],
    )
    assert [row.position for row in kept(survey)] == [1, 2]


def test_two_people_who_move_at_the_same_moment_leave_an_order_without_gaps(
    app: Flask, login: Login, survey: Survey, meeting: None
) -> None:
    rows = [
        make_decision(survey=survey, texts={"da": text}, position=place, published=False)
        for place, text in enumerate(TEXTS, 1)
    ]
    one, other = login("planner"), login("admin")
    at_once(
        app,
        [
            lambda: one.post(f"{desk()}/{rows[0].id}/position", data={"step": "down"}),
            lambda: other.post(f"{desk()}/{rows[2].id}/position", data={"step": "up"}),
        ],
    )
    assert [row.position for row in kept(survey)] == [1, 2, 3]
    assert words(survey) in (["anden", "tredje", "første"], ["tredje", "første", "anden"])


def test_two_clicks_on_an_arrow_move_it_one_place(
    app: Flask, login: Login, survey: Survey, meeting: None
) -> None:
    rows = [
        make_decision(survey=survey, texts={"da": text}, position=place, published=False)
        for place, text in enumerate(TEXTS, 1)
    ]
    address, sends = f"{desk()}/{rows[2].id}/position", {"step": "up", "place": "3"}
    page = login("planner").get(desk()).text
    assert 'name="place" value="3"' in page
    assert twice(app, login, lambda client: client.post(address, data=sends)) == [303, 303]
    assert words(survey) == ["første", "tredje", "anden"]


def test_who_moves_what_somebody_else_has_moved_away_is_told(login: Login, survey: Survey) -> None:
    rows = [
        make_decision(survey=survey, texts={"da": text}, position=place, published=False)
        for place, text in enumerate(TEXTS, 1)
    ]
    client, address = login("planner"), f"{desk()}/{rows[2].id}/position"
    for place in ("3", "2"):
        client.post(address, data={"step": "up", "place": place})
    client.get(desk())
    reply = client.post(address, data={"step": "up", "place": "3"})
    assert "Nogen har flyttet om imens" in client.get(reply.location).text
    assert words(survey) == ["tredje", "første", "anden"]


def test_the_same_change_sent_twice_is_no_clash(
    app: Flask, login: Login, survey: Survey, meeting: None
) -> None:
    one = make_decision(survey=survey, published=False)
    address = f"{desk()}/{one.id}"
    change = sent(seen=marks(login("planner"), address)) | {"text-da": f"{TEXT} \nOg bænke. "}
    assert twice(app, login, lambda client: client.post(address, data=change)) == [303, 303]
    assert kept(survey)[0].texts["da"] == f"{TEXT}\nOg bænke."
    assert acts() == ["decision.changed"]
