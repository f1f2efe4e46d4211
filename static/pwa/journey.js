// The way through the page: landing, cards, background, result. Holds the participation and tells
// every other part about it.

import { Deck } from "./deck.js";
import { make } from "./elements.js";
import { blockOrder } from "./order.js";
import { begin, describe, nextCard } from "./participation.js";
import { Pictures } from "./pictures.js";
import { confirm } from "./sheet.js";
import { Store } from "./store.js";
import { t } from "./strings.js";
import { Sender } from "./sync.js";

const find = (id) => document.getElementById(id);
const read = (id) => JSON.parse(find(id).textContent);
const FORMAT = 1;

const deck = read("deck");
const page = read("page");
const known = new Map(deck.cards.map((card) => [card.id, card]));
const pictures = new Pictures(known);
let store = null;
let sender = null;
let trial = null;
let kiosk = null;
let record = null;
let cards = null;
let mode = "phone";
let first = document.querySelector("[data-first]")?.dataset.first ?? null;
let parts = null;

/** Finds what this phone has from before and shows where the person was.
 *
 *  A preview is a `trial` with its own `store` and `sender`, which keep and send nothing. A `kiosk`
 *  is for many people in turn: nothing of the one before is found again, `kiosk.step(name)` hears
 *  every stage, and `kiosk.land()` stands where the landing page would. */
export async function open({ trial: own = null, kiosk: shared = null } = {}) {
  trial = own;
  kiosk = shared;
  if (kiosk) mode = "kiosk";
  store = trial?.store ?? new Store(() => banner(t("Telefonen kan ikke gemme her. Hold siden åben, til der står Sendt.")));
  sender = trial?.sender ?? new Sender(store, report, { hold: deck.formats && !deck.formats.includes(FORMAT) });
  addEventListener("popstate", back);
  document.addEventListener("visibilitychange", comeBack);
  document.head.append(make("link", { rel: "stylesheet", href: new URL("later.css", import.meta.url).pathname }));
  history.replaceState(null, "");
  record = kiosk ? null : await store.mine(deck.survey.id);
  if (record) {
    sender.follow(record);
    if (record.done) await showResult();
    else offerToGoOn();
  }
  sender.flush();
  if (!trial) import("./offline.js").then(({ keepForLater }) => keepForLater({ deck, page })).catch(() => {});
  return { start, again, store, sender };
}

/** The Start button: a new participation, or the next card of the one that was begun. */
export async function start() {
  parts ??= { background: import("./background.js"), result: import("./result.js") };
  Object.values(parts).forEach((part) => part.catch(() => { parts = null; }));
  if (!record) await beginAnew();
  else if (record.language !== page.lang) {
    record.language = page.lang;
    record.revision += 1;
  }
  const from = document.querySelector("#peek .frame")?.getBoundingClientRect();
  const grows = record.at === first && from;
  showCards(grows ? { from } : {});
}

async function beginAnew() {
  record = begin({ survey: deck.survey.id, area: page.area.slug, language: page.lang, channel: page.channel,
    mode, order: blockOrder(deck.cards, first) });
  sender.follow(record);
  if (!kiosk) await store.choose(record);
  sender.changed(record, true);
}

function stage(name) {
  kiosk?.step(name);
  for (const id of ["landing", "cards", "after"]) find(id).hidden = id !== name;
  document.body.dataset.stage = name;
  scrollTo(0, 0);
}

function showCards(how) {
  stage("cards");
  if (history.state?.stage !== "cards") history.pushState({ stage: "cards" }, "");
  if (!cards) {
    cards = new Deck({ deck, known, pictures, on: { change: changed, end: finish } });
    cards.listen();
    find("leave").addEventListener("click", () => history.back());
  }
  cards.take(record);
  find("ask").focus({ preventScroll: true });
  cards.show(how);
  cards.hint();
}

function changed(last) {
  sender.changed(record, last);
}

async function finish() {
  const wanted = deck.survey.background ?? ["lives_here", "age_band", "gender", "household"];
  if (record.done || wanted.length === 0) return done();
  const { ask } = await parts.background;
  stage("after");
  ask(find("after"), { area: page.area, wanted, given: record.background, undo: backFromQuestions,
    done: (background) => { describe(record, background); done(); } });
  return undefined;
}

function backFromQuestions() {
  stage("cards");
  cards.undo();
  find("ask").focus({ preventScroll: true });
}

async function done() {
  record.done = true;
  sender.changed(record, true);
  await showResult();
}

async function showResult() {
  parts ??= { result: import("./result.js") };
  const { result } = await parts.result;
  stage("after");
  document.body.dataset.stage = "result";
  const actions = { edit, remove, again: page.demo || trial || kiosk ? again : null };
  result(find("after"), { deck, page, record, actions, trial });
  sender.follow(record); // tells again where the answers are
}

async function edit() {
  const { review } = await import("./review.js");
  const leave = () => { sender.flush(); showResult(); };
  review(find("after"), { deck, record, known, change: () => changed(false), done: leave });
}

async function remove() {
  const sure = await confirm(t("Slet mit svar?"),
    t("Alle dine svar bliver slettet hos kommunen og på telefonen. Det kan ikke fortrydes."), t("Ja, slet mit svar"));
  if (!sure) return;
  record.deleted = true;
  await store.keep(record);
  await forget();
  await sender.flush();
  const waits = (await store.unsent()).some((other) => other.deleted);
  note(waits ? t("Dit svar bliver slettet, så snart telefonen kan få fat i os.") : t("Dit svar er slettet."));
}

async function again() {
  if (!kiosk) mode = "shared";
  first = null;
  await forget();
}

/** Back to the landing page without a participation. */
async function forget() {
  await store.release(deck.survey.id);
  sender.follow(null);
  record = null;
  history.replaceState(null, "");
  find("start").textContent = t("Start");
  find("progress").hidden = true;
  land();
}

function land() {
  if (kiosk) return kiosk.land();
  stage("landing");
  find("start").removeAttribute("aria-busy");
  document.querySelector("#landing h1").focus({ preventScroll: true });
}

function offerToGoOn() {
  const { length } = record.swipes;
  if (length === 0) return;
  find("start").textContent = nextCard(record, known) ? t("Fortsæt") : t("Gør færdig");
  note(t("Du er i gang. Du har svaret på {n} af {total}.", { n: length, total: record.order.length }));
}

function note(words) {
  find("progress").textContent = words;
  find("progress").hidden = false;
  find("status").textContent = words;
}

function back(event) {
  if (record?.done) return;
  if (event.state?.stage === "cards" && record) return showCards({});
  land();
  if (record) offerToGoOn();
}

/** Another tab may have gone on with the same participation: the newer document is the true one. */
async function comeBack() {
  if (document.visibilityState !== "visible" || !record) return;
  const stored = await store.mine(deck.survey.id);
  if (stored && stored.uuid === record.uuid && stored.revision > record.revision) location.reload();
}

function banner(words) {
  find("banner").textContent = words;
  find("banner").hidden = !words;
  if (words) find("status").textContent = words;
}

/** Says truthfully where the answers are. */
function report(what) {
  if (what === "gone") return refused();
  const sent = what === "sent";
  const kept = store.durable ? t("Gemt på telefonen") : t("Ikke sendt endnu");
  for (const state of document.querySelectorAll(".state")) {
    state.hidden = false;
    state.textContent = sent ? t("Sendt") : kept;
    state.classList.toggle("sent", sent);
  }
  if (!store.durable) return undefined;
  if (what === "offline") banner(t("Svarene kan ikke sendes lige nu. Telefonen prøver selv igen."));
  if (what === "refused") banner(t("Svarene kan ikke sendes i dag. De er gemt på telefonen."));
  if (sent) banner("");
  return undefined;
}

async function refused() {
  await forget();
  note(t("Kommunen tager ikke imod flere svar fra denne telefon i denne undersøgelse."));
}
