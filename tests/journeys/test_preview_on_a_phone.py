"""The preview on a phone: the whole app of a draft, and nothing kept or sent."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, Request, expect

from swipe.catalogues import FOLDER
from swipe.db import db, glance
from swipe.media import adding
from swipe.media.models import Picture
from swipe.participation import preview
from swipe.participation.models import Participation
from swipe.participation.strings import messages
from swipe.surveys.models import Survey
from tests.builders import keep, make_survey
from tests.journeys.conftest import photo
from tests.journeys.test_citizen import press, start, stored, top_card, wait_until

pytestmark = pytest.mark.browser
STRIP = "Prøve · intet bliver gemt"
# What a page of this address has kept in the browser: documents, and the two small stores.
KEPT = """async () => {
  const names = (await indexedDB.databases()).map(({ name }) => name);
  const rows = names.includes("swipe") ? await new Promise((done, failed) => {
    const asked = indexedDB.open("swipe");
    asked.onerror = () => failed(asked.error);
    asked.onsuccess = () => {
      const all = asked.result.transaction("participations").objectStore("participations").getAll();
      all.onsuccess = () => { asked.result.close(); done(all.result); };
    };
  }) : [];
  return { names, rows, local: localStorage.length, session: sessionStorage.length };
}"""
FORGET_THAT_IT_WAS_SENT = """() => new Promise((done, failed) => {
  const asked = indexedDB.open("swipe");
  asked.onerror = () => failed(asked.error);
  asked.onsuccess = () => {
    const change = asked.result.transaction("participations", "readwrite");
    const rows = change.objectStore("participations");
    rows.getAll().onsuccess = ({ target }) => rows.put({ ...target.result[0], acked: 0 });
    change.oncomplete = () => { asked.result.close(); done(); };
  };
})"""
# How everything in the page's main part is drawn, but for what the strip above it takes.
LOOKS = """() => {
  const names = ["color", "background-color", "padding", "font-size", "border-radius"];
  return [...document.querySelectorAll("main, main *")].map((element) => {
    const style = getComputedStyle(element);
    return [element.localName, ...names.map((name) => style.getPropertyValue(name))].join(" ");
  });
}"""
EMPTY = {"names": [], "rows": [], "local": 0, "session": 0}


@pytest.fixture
def draft(app: Flask, real_picture: Picture) -> Survey:
    return make_survey(state="draft", cards=6, picture=real_picture)


def link(survey: Survey, more: str = "") -> str:
    return f"/a/{survey.area}?preview={preview.token_for(survey.id)}{more}"


def begin(page: Page, survey: Survey, more: str = "") -> None:
    page.goto(link(survey, more))
    expect(page.locator(".preview")).to_be_in_viewport()
    page.get_by_role("button", name="Start").click()
    expect(page.locator("[data-card]")).to_be_visible()


def answer_all(page: Page) -> None:
    for answer in ("yes", "no", "skip", "yes", "yes", "no"):
        press(page, answer)


def people() -> list[Participation]:
    with glance():
        return list(db.session.scalars(db.select(Participation)))


def kept(page: Page) -> Any:
    return page.evaluate(KEPT)


def test_a_draft_is_tried_to_the_end_and_nothing_is_kept_or_sent(
    draft: Survey, phone: BrowserContext
) -> None:
    asked: list[Request] = []
    phone.on("request", lambda request: asked.append(request))
    page = phone.new_page()
    begin(page, draft)
    expect(page.get_by_text(STRIP)).to_be_in_viewport()
    answer_all(page)
    page.get_by_label("25–39").check()
    expect(page.get_by_text(STRIP)).to_be_in_viewport()
    page.get_by_role("button", name="Færdig").click()
    alone = "Sådan ser resultatet ud. I prøven er der ingen andre svar."
    expect(page.get_by_text(alone)).to_be_visible()
    expect(page.get_by_text(STRIP)).to_be_in_viewport()
    expect(page.get_by_text("Sendt")).to_have_count(0)
    expect(page.get_by_text("Gemt på telefonen")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    assert kept(page) == EMPTY
    page.goto("about:blank")  # a page that closes sends what it still holds
    assert {request.method for request in asked} == {"GET"}
    assert [request.url for request in asked if "/api/" in request.url] == []
    assert phone.cookies() == []
    assert people() == []


def test_trying_again_begins_anew(draft: Survey, phone: BrowserContext) -> None:
    page = phone.new_page()
    begin(page, draft)
    press(page, "yes")
    page.get_by_role("link", name="Prøv forfra").click()
    page.get_by_role("button", name="Start").click()
    expect(page.locator("#count")).to_have_text("1 af 6")
    answer_all(page)
    page.locator("#after").get_by_role("button", name="Spring over").click()
    page.get_by_role("button", name="Prøv forfra").click()
    page.get_by_role("button", name="Start").click()
    expect(page.locator("#count")).to_have_text("1 af 6")
    page.reload()
    expect(page.get_by_role("button", name="Start")).to_be_visible()
    assert kept(page) == EMPTY


def test_what_a_citizen_may_do_at_the_end_can_be_tried_too(
    draft: Survey, phone: BrowserContext
) -> None:
    page = phone.new_page()
    begin(page, draft)
    answer_all(page)
    page.locator("#after").get_by_role("button", name="Spring over").click()
    page.get_by_role("button", name="Ret mine svar").click()
    page.locator(".mark.yes").nth(1).click()
    page.get_by_role("button", name="Se dit resultat").click()
    page.get_by_role("button", name="Slet mit svar").click()
    page.get_by_role("button", name="Ja, slet").click()
    expect(page.get_by_text("Dit svar er slettet.").first).to_be_visible()
    assert kept(page) == EMPTY
    assert people() == []


def test_answers_to_the_real_survey_that_wait_on_the_phone_stay_there_untouched(
    draft: Survey, phone: BrowserContext, real_picture: Picture
) -> None:
    real = make_survey(state="open", cards=6, picture=real_picture)
    page = start(phone)
    press(page, "yes")
    page.goto("about:blank")
    wait_until(page, lambda: len(stored(real)) == 1)
    other = phone.new_page()
    other.goto("/privatliv")
    other.evaluate(FORGET_THAT_IT_WAS_SENT)
    before = kept(other)
    assert [(row["acked"], len(row["swipes"])) for row in before["rows"]] == [(0, 1)]
    sent: list[str] = []
    phone.on("request", lambda asked: sent.append(asked.method))
    for survey in (draft, real):  # the same survey as its own preview, too
        begin(page, survey)
        answer_all(page)
        page.locator("#after").get_by_role("button", name="Spring over").click()
        expect(page.get_by_text("I prøven er der ingen andre svar")).to_be_visible()
    assert kept(other) == before
    assert set(sent) == {"GET"}
    assert len(people()) == 1
    page.goto("/a/bolbro")  # the real app sends what waits
    wait_until(page, lambda: kept(other)["rows"][0]["acked"] > 0)


def test_a_picture_that_is_not_cut_yet_is_a_calm_ground(app: Flask, phone: BrowserContext) -> None:
    width, height, master = adding.decode(photo(size=(1200, 900)))
    whole = adding.keep(width, height, master)
    db.session.commit()
    draft = make_survey(state="draft", cards=6, picture=keep(whole))
    page = phone.new_page()
    page.goto(link(draft))
    source = "picture => new URL(picture.currentSrc).pathname.split('/').at(-1)"
    expect(page.locator("#peek img")).to_be_visible()
    assert page.locator("#peek img").evaluate(source) == "no-picture.svg"
    page.get_by_role("button", name="Start").click()
    shown = page.locator("[data-card] img")
    expect(shown).to_have_class("seen")
    assert shown.evaluate(source) == "no-picture.svg"


def test_texts_that_nobody_translated_say_so_on_every_stage(
    draft: Survey, phone: BrowserContext
) -> None:
    """Around them everything is in the chosen language, and needs no mark."""
    held = db.session.get_one(Survey, draft.id)
    held.languages = ["da", "ar"]
    held.question = {"da": "Mere af det her?", "ar": "المزيد من هذا؟"}
    db.session.commit()
    words = messages("ar", FOLDER)
    page = phone.new_page()
    begin(page, draft, "&lang=ar")
    assert page.locator("html").get_attribute("lang") == "ar"
    danish, unmarked = {"lang": "da", "dir": "ltr"}, {"lang": None, "dir": None}
    assert written(page, "#ask") == unmarked
    for place in ("[data-card] .caption", "[data-card] img"):
        assert written(page, place) == danish
    assert top_card(page)
    press(page, "yes")
    assert written(page, "#status span") == danish
    page.locator("#why").click()
    assert written(page, "dialog h2") == danish
    page.get_by_role("button", name=words["Luk"]).click()
    for _card in range(5):
        press(page, "yes")
    page.locator("#after").get_by_role("button", name=words["Spring over"]).click()
    assert written(page, ".strip li span") == danish
    assert written(page, ".verdict") == unmarked
    page.get_by_role("button", name=words["Ret mine svar"]).click()
    assert written(page, ".review .title") == danish


def written(page: Page, place: str) -> dict[str, str | None]:
    shown = page.locator(place).first
    expect(shown).to_be_attached()
    return {name: shown.get_attribute(name) for name in ("lang", "dir")}


def test_a_preview_looks_like_the_real_app(
    app: Flask, phone: BrowserContext, real_picture: Picture
) -> None:
    real = make_survey(state="open", cards=6, picture=real_picture)
    page = phone.new_page()
    looks = []
    for address in ("/a/bolbro", link(real)):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        looks.append(page.evaluate(LOOKS))
    assert looks[0] == looks[1]


def test_a_link_that_no_longer_works_says_what_to_do(draft: Survey, phone: BrowserContext) -> None:
    page = phone.new_page()
    reply = phone.request.get("/a/bolbro?preview=old")
    assert reply.status == 404
    page.set_content(reply.text())
    expect(page.get_by_text("Linket til prøven virker ikke længere.")).to_be_visible()
