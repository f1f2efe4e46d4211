"""Never lost, never twice: whatever line and phone do, the server holds what she last saw.

Six seeds run with the suite and see every fault and every act. `SWIPE_SEEDS=0-199` runs those from
the first to the last, `SWIPE_SEED=17` repeats one; a failure says its seed and its script.
"""

import os
import random
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser
from playwright.sync_api import Error as BrowserError
from sqlalchemy import select

from swipe.db import db, glance
from swipe.media import adding
from swipe.media.models import Picture
from swipe.participation.models import Participation, Swipe
from swipe.surveys.models import Survey
from tests.builders import keep, make_survey
from tests.journeys.chaos import FAULTS, BadLine, bad_line
from tests.journeys.chaos_person import Person
from tests.journeys.chaos_phone import Phone
from tests.journeys.chaos_script import ACTS, KINDS, play, script
from tests.journeys.conftest import photo

pytestmark = [pytest.mark.browser, pytest.mark.both_engines]
USUAL = [0, 1, 3, 4, 5, 8]  # together they see every fault and every act
CARDS = 6
PATIENCE = 90  # seconds until an honest line has everything
Rows = dict[uuid.UUID, dict[str, str]]
_played: Counter[str] = Counter()
_picture: dict[str, Any] = {}


def seeds() -> list[int]:
    """Return the seeds that were asked for."""
    if one := os.environ.get("SWIPE_SEED"):
        return [int(one)]
    if "SWIPE_SEEDS" not in os.environ:
        return USUAL
    first, _dash, last = os.environ["SWIPE_SEEDS"].partition("-")
    return list(range(int(first), int(last or first) + 1))


@pytest.fixture(scope="module")
def line(port: int) -> Iterator[BadLine]:
    with bad_line(port) as line:
        yield line


@pytest.fixture
def survey(app: Flask) -> Survey:
    """A survey of few cards; the picture is encoded once for all seeds."""
    if not _picture:
        width, height, master = adding.decode(photo(size=(600, 800)))
        picture = adding.keep(width, height, master)
        adding.note(picture.digest, adding.encoded(picture.digest))
        _picture.update({key.name: getattr(picture, key.name) for key in Picture.__table__.columns})
        db.session.rollback()
    return make_survey(cards=CARDS, picture=keep(Picture(**_picture)))


def living(survey: Survey) -> Rows:
    """Return the answers of everyone who has not taken hers back."""
    with glance():
        alive = select(Participation.uuid).where(
            Participation.survey == survey.id, Participation.status != "withdrawn"
        )
        rows: Rows = {who: {} for who in db.session.scalars(alive)}
        mine = select(Swipe.participation, Swipe.card, Swipe.answer)
        for who, card, answer in db.session.execute(mine.where(Swipe.survey == survey.id)):
            rows[who][str(card)] = answer
    return rows


def ages(survey: Survey) -> set[str | None]:
    with glance():
        mine = select(Participation.age_band).where(Participation.survey == survey.id)
        return set(db.session.scalars(mine))


def withdrawn(survey: Survey) -> int:
    with glance():
        mine = select(Participation.uuid).where(
            Participation.survey == survey.id, Participation.status == "withdrawn"
        )
        return len(list(db.session.scalars(mine)))


def soon(person: Person, holds: Callable[[], bool], words: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, words()
        person.page.wait_for_timeout(100)


def look(person: Person, survey: Survey) -> None:
    """When the screen she answered on says Sendt, the server has all that stands on it."""
    if person.page == person.acted and person.state() == "Sendt" and person.certain:
        assert person.answers in living(survey).values(), "it said Sendt, and was not"


def read_all(person: Person) -> None:
    """Let her finish in one tab and read the list of all: that is what stands on the screen."""
    for page in person.phone.context.pages:
        if page != person.page:
            page.close()
    play(person, "reload")
    play(person, "finish")
    seen = person.reviewed()
    if person.certain:
        assert person.answers == seen, "the phone has lost or invented an answer"
    person.answers = seen


def arrived(person: Person, survey: Survey) -> bool:
    """Whether the screen says that all is sent; the questions at the end have no such line."""
    asked = person.stage() == "after"
    return person.answers in living(survey).values() if asked else person.state() == "Sendt"


def judge(person: Person, survey: Survey, line: BadLine) -> None:
    """With an honest line again, the server comes to hold what stands on the screen, once."""
    line.honest = True
    play(person, "go online")
    if person.certain and person.dice.random() < 0.3:
        play(person, "reload")  # she leaves it half done
        person.on_cards()
    else:
        read_all(person)
    soon(person, lambda: arrived(person, survey), lambda: f"it says {person.state()!r}")
    line.late_arrivals()
    rows = living(survey)
    assert person.answers in rows.values(), f"the server has {rows}, she answered {person.answers}"
    assert len(rows) <= 1 + person.strays, "counted twice"
    assert all(set(one.items()) <= person.ever for one in rows.values()), "nobody answered that"
    soon(person, lambda: withdrawn(survey) == person.deleted, lambda: "not deleted")
    if person.background:
        assert person.background in ages(survey)


def shown(person: Person) -> str:
    with suppress(BrowserError):
        return str(person.page.evaluate("() => document.body.innerText.slice(0, 300)"))
    return "nothing"


@pytest.mark.parametrize("seed", seeds())
def test_the_server_holds_what_she_last_saw(
    survey: Survey, browser: Browser, line: BadLine, seed: int
) -> None:
    dice, kind = random.Random(seed), KINDS[seed % len(KINDS)]
    acts = script(dice, kind)
    line.begin(seed)
    phone = Phone(browser, line.server_port, mortal="mortal" in kind, denied="denied" in kind)
    person = None
    try:
        person = Person(phone, "/a/bolbro", dice)
        for act in acts:
            play(person, act)
            look(person, survey)
        judge(person, survey, line)
        _played.update(person.done)
    except BaseException as error:
        error.add_note(f"SWIPE_SEED={seed} repeats it. Script: {acts}")
        error.add_note(f"Done: {person.log if person else []}; faults: {dict(line.seen)}")
        error.add_note(f"The browser says: {phone.faults[-5:]}")
        error.add_note(f"On the screen of {person.page.url}: {shown(person)}" if person else "")
        raise
    finally:
        phone.close()


def test_every_fault_and_every_act_was_among_them(line: BadLine) -> None:
    if seeds() != USUAL:
        return  # a chosen few need not show everything
    assert set(ACTS) <= set(+_played)
    assert set(FAULTS) <= set(line.seen)
