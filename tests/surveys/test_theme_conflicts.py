"""Two people at one theme, or at a theme and a survey that shows it."""

import html
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from swipe.db import db, glance
from swipe.errors import Conflict, Invalid
from swipe.inspection import publishing
from swipe.surveys import theming
from swipe.surveys.models import Card, Survey, Theme, all_themes
from swipe.surveys.theming import ThemeValues
from tests.builders import cards_of, make_survey, make_theme

Login = Callable[[str], FlaskClient]
PAGE = "/admin/themes/byliv"


def carried(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found is not None
    return html.unescape(found[1])


def theme(slug: str = "byliv") -> Theme:
    with glance():
        return db.session.get_one(Theme, slug)


def form(marks: str, **fields: str) -> dict[str, str]:
    """Return the form as it was drawn, with some fields changed."""
    drawn = {"name": "Byliv", "name-en": "Town life", "look": "45", "hue": "45"}
    return (
        drawn
        | {"pattern": "solid", "seen": marks}
        | {name.replace("_", "-"): text for name, text in fields.items()}
    )


def test_the_second_to_save_a_theme_sees_what_the_first_wrote(login: Login) -> None:
    bodil, mette = login("admin"), login("admin")
    marks = carried(bodil.get(PAGE).text)
    assert bodil.post(PAGE, data=form(marks, name_en="City", look="295")).status_code == 303
    reply = mette.post(PAGE, data=form(marks, name_en="Town", name_pl="Miasto"))
    assert reply.status_code == 409
    assert "Intet er overskrevet." in reply.text
    assert "Mette har skrevet: »City«" in reply.text
    assert "Mette har skrevet: »violet«" in reply.text
    assert 'value="Town"' in reply.text
    assert 'value="Miasto"' in reply.text
    assert re.search(r'name="look" value="295" checked', reply.text)  # a field she left alone
    assert (theme().names["en"], theme().hue) == ("City", 295)
    assert "pl" not in theme().names
    again = form(carried(reply.text), name_en="Town", look="295")
    assert mette.post(PAGE, data=again).status_code == 303
    assert (theme().names["en"], theme().hue) == ("Town", 295)


def test_what_was_typed_and_wrong_is_still_guarded_when_sent_again(login: Login) -> None:
    client = login("admin")
    marks = carried(client.get(PAGE).text)
    wrong = client.post(PAGE, data=form(marks, name_en="x" * 41))
    client.post(PAGE, data=form(marks, name_en="City"))
    reply = client.post(PAGE, data=form(carried(wrong.text), name_en="Town"))
    assert reply.status_code == 409
    assert theme().names["en"] == "City"


@pytest.mark.parametrize("marks", ["", "[", "[" * 100_000, "7", '{"hue": [1]}'])
def test_marks_that_nobody_can_read_stop_nobody(login: Login, marks: str) -> None:
    assert login("admin").post(PAGE, data=form(marks, name_en="City")).status_code == 303


def test_a_theme_that_comes_into_use_meanwhile_stays(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_survey(state="draft", themes=("byliv",), cards=2)
    monkeypatch.setattr(theming, "_count", lambda slug, published: 0)  # counted before the card
    with pytest.raises(Conflict, match="har kort"):
        theming.remove_theme("byliv")
    db.session.commit()
    assert theme().slug == "byliv"


def test_the_same_theme_added_at_the_same_moment_is_there_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theming, "all_themes", list)  # looked before the other had added it
    with pytest.raises(Invalid, match="allerede et tema"):
        theming.add_theme("Byliv")
    theming.add_usual_themes()
    db.session.commit()
    with glance():
        assert len(all_themes()) == 3


@contextmanager
def meanwhile(app: Flask, act: Callable[[], object]) -> Iterator[list[object]]:
    """Begin an act by somebody else within the block, and wait for its end after it."""
    ended: list[object] = []

    def other() -> None:
        with app.app_context():
            try:
                ended.append(act())
                db.session.commit()
            except Exception as error:
                ended.append(error)
            finally:
                db.session.remove()

    thread = threading.Thread(target=other)
    yield ended
    thread.start()
    thread.join(0.5)
    assert ended == []  # it waits for us
    db.session.commit()
    thread.join(30)


def test_a_theme_is_not_renamed_while_a_survey_with_it_is_published(app: Flask) -> None:
    survey = make_survey(state="draft", themes=("byliv", "foreningsliv"))
    values = ThemeValues({"da": "Et helt andet navn"})
    with meanwhile(app, lambda: theming.change_theme("byliv", values)) as ended:
        publishing.publish(survey.id, datetime.now(UTC))
    assert isinstance(ended[0], Conflict)
    assert theme().names["da"] == "Byliv"


def test_a_survey_is_not_published_while_one_of_its_themes_is_renamed(app: Flask) -> None:
    survey = make_survey(state="draft", themes=("byliv", "foreningsliv"))
    with meanwhile(app, lambda: publishing.publish(survey.id, datetime.now(UTC))) as ended:
        theming.change_theme("byliv", ThemeValues({"da": "Torve"}))
    assert isinstance(ended[0], Survey)
    assert theme().names["da"] == "Torve"


def test_a_theme_is_removed_only_when_no_card_is_on_its_way_into_it(app: Flask) -> None:
    card = cards_of(make_survey(state="draft", themes=("byliv",), cards=2))[0]
    make_theme(slug="nyt")
    with meanwhile(app, lambda: theming.remove_theme("nyt")) as ended:
        db.session.get_one(Card, card.id).theme = "nyt"
        db.session.flush()
    assert isinstance(ended[0], Conflict)
    assert theme("nyt").slug == "nyt"


def test_two_who_add_the_same_theme_get_one_between_them(app: Flask) -> None:
    db.session.execute(delete(Theme))
    db.session.commit()
    with meanwhile(app, lambda: theming.add_theme("Byliv")) as ended:
        theming.add_theme("Byliv")
    assert isinstance(ended[0], Invalid)
    assert theme().names == {"da": "Byliv"}
