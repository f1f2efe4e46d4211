"""Writing down what was decided: by whom, what is refused, and what the trail keeps."""

import re
from collections.abc import Callable

import pytest
from decision_desk import TEXT, acts, day, desk, followed, kept, sent, write
from flask.testing import FlaskClient

from swipe.db import db
from swipe.outreach import deciding
from swipe.outreach.models import Decision
from swipe.surveys.models import Survey
from tests.builders import cards_of, make_area, make_decision, make_survey

Login = Callable[[str], FlaskClient]


@pytest.fixture
def survey(app) -> Survey:
    return make_survey(state="closed", languages=["da", "en"])


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("text-da", "", "mindst 10 tegn"),
        ("text-da", "For kort", "mindst 10 tegn"),
        ("text-da", "x" * 601, "600 tegn"),
        ("text-da", "Vend \u202eom på det hele", "ikke kan vises"),
        ("text-en", "Too few", "mindst 10 tegn"),
        ("text-pl", "Sadzimy czterdzieści drzew.", "ikke på det sprog"),
        ("state", "perhaps", "hvor langt det er"),
        ("state", "", "hvor langt det er"),
        ("decided_on", "i morgen", "Skriv en dato"),
        ("decided_on", day(2).isoformat(), "fremtiden"),
        ("decided_on", day(-90).isoformat(), "før undersøgelsen"),
        ("themes", ["trafik"], "undersøgelsens temaer"),
        ("cards", ["00000000-0000-4000-8000-000000000000"], "undersøgelsens kort"),
        ("snapshot", "7", "De tal findes ikke"),
    ],
)
def test_what_cannot_be_right_is_refused_in_a_sentence_and_the_words_stay(
    login: Login, survey: Survey, field: str, value: str, said: str
) -> None:
    reply = login("planner").post(f"{desk()}/new?survey={survey.id}", data=sent() | {field: value})
    assert reply.status_code == 422
    assert said in reply.text
    assert kept(survey) == []
    if field != "text-da":
        assert TEXT in reply.text


def test_a_text_is_cleaned_of_what_nobody_sees(login: Login, survey: Survey) -> None:
    write(login("planner"), survey, **{"text-da": f"  {TEXT}  \r\nOg bænke.\r\n "})
    assert kept(survey)[0].texts["da"] == f"{TEXT}\nOg bænke."


def test_four_pictures_are_one_too_many(login: Login, survey: Survey) -> None:
    cards = [str(card.id) for card in cards_of(survey)]
    assert write(login("planner"), survey, cards=cards[:4]).status_code == 422
    assert write(login("planner"), survey, cards=cards[:3]).status_code == 303
    assert kept(survey)[0].cards == sorted(cards[:3])


def test_the_same_text_is_not_written_down_for_two_things(login: Login, survey: Survey) -> None:
    client = login("planner")
    write(client, survey)
    assert write(client, survey, state="done").status_code == 422
    assert len(kept(survey)) == 1


@pytest.mark.parametrize("state", ["draft", "coming"])
def test_nothing_is_decided_before_anybody_could_answer(login: Login, state: str) -> None:
    early = make_survey(state=state)
    client = login("admin")
    page = followed(client, f"{desk()}/new?survey={early.id}")
    assert "Undersøgelsen er ikke åbnet endnu" in page
    write(client, early)
    assert kept(early) == []


def test_a_decision_is_changed_and_the_trail_says_from_what_to_what(
    login: Login, survey: Survey
) -> None:
    one = make_decision(survey=survey, published=False)
    client = login("planner")
    client.post(f"{desk()}/{one.id}", data=sent(state="done", decided_on=day().isoformat()))
    (changed,) = kept(survey)
    assert (changed.state, changed.decided_on) == ("done", day())
    told = login("admin").get("/admin/audit?kind=decision").text
    assert "hvor langt det er" in told
    assert "færdigt" in told
    assert f"»{TEXT}«" in told


def test_what_citizens_read_is_for_administrators_to_change(login: Login, survey: Survey) -> None:
    one = make_decision(survey=survey)
    other = sent() | {"text-da": "Der kommer ikke flere træer alligevel."}
    planner, admin = login("planner"), login("admin")
    planner.post(f"{desk()}/{one.id}", data=other)
    assert kept(survey)[0].texts["da"] == TEXT
    page = followed(planner, f"{desk()}/{one.id}")
    assert "En administrator kan rette det" in page
    admin.post(f"{desk()}/{one.id}", data=other)
    assert kept(survey)[0].texts["da"] == other["text-da"]


def test_two_people_at_one_decision_never_overwrite_each_other(
    login: Login, survey: Survey
) -> None:
    one = make_decision(survey=survey, published=False)
    mette, bodil = login("planner"), login("admin")
    page = mette.get(f"{desk()}/{one.id}").text
    seen = re.search(r'name="seen" value="([^"]*)"', page)
    assert seen
    marks = seen[1].replace("&#34;", '"')
    bodil.post(f"{desk()}/{one.id}", data=sent() | {"text-da": "Bodil skriver om en bænk."})
    mine = sent(seen=marks) | {"text-da": "Mette skriver om en sti."}
    reply = mette.post(f"{desk()}/{one.id}", data=mine)
    assert reply.status_code == 409
    assert "Mette skriver om en sti." in reply.text
    assert "Bodil skriver om en bænk." in reply.text
    assert kept(survey)[0].texts["da"] == "Bodil skriver om en bænk."


def test_decisions_stand_in_the_order_that_somebody_chose(login: Login, survey: Survey) -> None:
    client = login("planner")
    for text in ("Den første ting her.", "Den anden ting her.", "Den tredje ting her."):
        write(client, survey, **{"text-da": text})
    last = kept(survey)[-1]
    for _time in range(3):
        client.post(f"{desk()}/{last.id}/position", data={"step": "up"})
    assert [one.texts["da"].split()[1] for one in kept(survey)] == ["tredje", "første", "anden"]
    assert acts().count("decision.changed") == 2


def test_a_draft_can_be_removed_and_a_public_one_cannot(login: Login, survey: Survey) -> None:
    draft = make_decision(survey=survey, published=False)
    public = make_decision(survey=survey)
    client = login("planner")
    client.post(f"{desk()}/{draft.id}/removal")
    client.post(f"{desk()}/{public.id}/removal")
    assert [one.id for one in kept(survey)] == [public.id]
    assert acts() == ["decision.removed"]


def test_a_decision_of_another_area_is_not_there(login: Login, survey: Survey) -> None:
    one = make_decision(survey=survey)
    make_area(slug="stige", name="Stige")
    client = login("admin")
    for path in (f"{desk('stige')}/{one.id}", f"{desk('stige')}/{one.id}/publication"):
        assert client.get(path).status_code == 404
    assert client.get(f"{desk('stige')}/new?survey={survey.id}").status_code == 404
    assert client.get(f"{desk('stige')}/new?survey=nonsense").status_code == 404


def test_a_hard_text_gets_advice_and_is_kept_all_the_same(login: Login, survey: Survey) -> None:
    hard = (
        "Forvaltningen igangsætter projekteringen af klimatilpasningsforanstaltninger "
        "i overensstemmelse med borgerinddragelsesprocessens hovedkonklusioner vedrørende "
        "områdefornyelsen og trafiksikkerheden ved institutionerne."
    )
    client = login("planner")
    page = write(client, survey, **{"text-da": hard})
    assert page.status_code == 303
    assert "svær at læse: lixtal" in client.get(page.location).text
    assert kept(survey)[0].texts["da"] == hard


def test_writing_never_commits_by_itself(app, survey: Survey) -> None:
    with app.test_request_context():
        one = make_decision(survey=survey, published=False)
        deciding.publish(one.id)
        db.session.rollback()
    assert not db.session.get_one(Decision, one.id).published
