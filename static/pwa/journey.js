// The way through the page: landing, cards, background, result. Holds the participation and tells
// every other part about it.

import { Deck } from "./deck.js";
import { make } from "./elements.js";
import { blockOrder } from "./order.js";
import { begin, describe, nextCard } from "./participation.js";
import { rest } from "./parts.js";
import { Pictures } from "./pictures.js";
import { Store } from "./store.js";
import { isoDay, t, tongue } from "./strings.js";
import { Sender } from "./sync.js";

const find = (id) => document.getElementById(id);
const read = (id) => JSON.parse(find(id).textContent);
const FORMAT = 1;
const LEFT = {
  deleting: () => t("Dit svar bliver slettet, så snart telefonen kan få fat i os."),
  deleted: () => t("Dit svar er slettet."),
  gone: () => t("Kommunen tager ikke imod flere svar fra denne telefon i denne undersøgelse."),
};

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
let returned = false;
let first = document.querySelector("[data-first]")?.dataset.first ?? null;
let later = null;

/** Finds what this phone has from before and shows where the person was.
 *
 *  A preview is a `trial` with its own `store` and `sender`, which keep and send nothing. A `kiosk`
 *  is for many people in turn: it has its own `store` and `mode`, nothing of the one before is found again,
 *  `kiosk.step(name)` hears every stage, `kiosk.leave()` the way back, and the browser's history
 *  never grows. */
export async function open({ trial: own = null, kiosk: shared = null } = {}) {
  trial = own;
  kiosk = shared;
  store = (trial ?? kiosk)?.store ?? new Store(unkept);
  sender = trial?.sender ?? new Sender(store, report, { known, hold: deck.formats && !deck.formats.includes(FORMAT) });
  addEventListener("popstate", back);
  for (const name of ["visibilitychange", "pageshow"]) addEventListener(name, handedOn);
  document.head.append(make("link", { rel: "stylesheet", href: new URL("later.css", import.meta.url).pathname }));
  if (!kiosk) history.replaceState(null, "");
  record = kiosk ? null : await store.mine(deck.survey.id);
  returned = Boolean(record?.done);
  if (record) {
    sender.follow(record);
    if (record.done) await showResult();
    else offerToGoOn();
  }
  sender.flush();
  rest().then((parts) => {
    if (trial) return undefined;
    later = parts;
    return parts.keepForLater({ deck });
  }).catch(() => {});
  return { start, again, store, sender, pictures };
}

/** The Start button: a new participation, or the next card of the one that was begun. */
export async function start() {
  if (!record && !kiosk && store.durable && await later?.renew(true)) return;
  if (!record) await beginAnew();
  else if (record.language !== page.lang) {
    record.language = page.lang;
    record.revision += 1;
    sender.changed(record);
  }
  const from = document.querySelector("#peek .frame")?.getBoundingClientRect();
  const grows = record.at === first && from;
  showCards(grows ? { from } : {});
}

async function beginAnew() {
  record = begin({ survey: deck.survey.id, area: page.area.slug, language: page.lang, channel: kiosk ? page.channel : new URLSearchParams(location.search).get("c"),
    mode: kiosk?.mode, order: blockOrder(deck.cards, first) });
  if (!kiosk) {
    Object.assign(record, { day: isoDay(), told: { area: page.area.name, question: deck.survey.question,
      ...tongue(deck.survey, "question"), decided_on: deck.survey.mandate?.decided_on } });
    record = (await store.choose(record)) ?? record; // another tab may have begun meanwhile
  }
  sender.follow(record, Boolean(kiosk));
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
  if (!kiosk && history.state?.stage !== "cards") history.pushState({ stage: "cards" }, "");
  if (!cards) {
    cards = new Deck({ deck, known, pictures, on: { change: changed, end: finish } });
    cards.listen();
    find("leave").addEventListener("click", () => (kiosk ? kiosk.leave() : history.back()));
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
  const { ask } = await rest();
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
  record.revision += 1;
  sender.changed(record, true);
  await showResult();
}

async function showResult() {
  const { result } = await rest();
  later?.look();
  stage("after");
  document.body.dataset.stage = "result";
  kiosk?.step("result");
  const actions = { edit, remove, again: kiosk ? null : again };
  const words = trial?.again ?? (page.demo ? t("Prøv igen som en ny person") : t("Lad den næste svare på denne telefon"));
  result(find("after"), { deck, page, record, actions, trial, kiosk, words, returned,
    keep: (seen) => !kiosk && store.update(record, (row) => { row.seen = seen; }) });
  sender.follow(record); // tells again where the answers are
}

async function edit() {
  const { review } = await rest();
  const leave = () => { sender.flush(); showResult(); };
  review(find("after"), { deck, record, known, change: () => changed(false), done: leave });
}

async function remove() {
  const { toDelete } = await rest();
  if (!(await toDelete())) return;
  const { uuid } = record;
  await sender.remove(record);
  await forget();
  await sender.flush();
  const waits = (await store.unsent()).some((other) => other.uuid === uuid);
  // Somebody else may have begun meanwhile, and it is not hers that was deleted.
  if (!record && document.body.dataset.stage === "landing") note(waits ? LEFT.deleting() : LEFT.deleted());
}

async function again() {
  const { toHandOn } = await rest();
  if (!trial && !kiosk && !page.demo && !(await toHandOn())) return;
  first = null;
  await forget();
}

/** A page that was kept for the way back must not show a result when the phone was handed on since. */
async function handedOn() {
  if (!record?.done || trial || kiosk || document.visibilityState === "hidden") return;
  if ((await store.mine(deck.survey.id))?.uuid !== record?.uuid) location.reload();
}

/** Back to the landing page without a participation. */
async function forget() {
  if (record) await store.release(record);
  sender.follow(null);
  record = null;
  returned = false;
  find("after").replaceChildren();
  find("status").replaceChildren();
  if (!kiosk) {
    history.replaceState(null, "");
    find("start").textContent = t("Start");
  }
  find("progress").hidden = true;
  land();
}

function land() {
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
  if (kiosk || record?.done) return;
  if (event.state?.stage === "cards" && record) return showCards({});
  land();
  if (record) offerToGoOn();
}

/** Another tab went on with the same participation: shows where both together are. */
function moved() {
  const { stage: here } = document.body.dataset;
  if (record.done) return showResult();
  if (here === "landing") return offerToGoOn();
  if (here === "cards" || record.at !== null) return showCards({});
  return undefined;
}

function banner(words) {
  if (kiosk) return; // where answers are is for the staff to know: it stands in their corner
  if (find("banner").textContent === words) return;
  find("banner").textContent = words;
  find("banner").hidden = !words;
  if (words) find("status").textContent = words;
}

function unkept() {
  banner(t("Telefonen kan ikke gemme her. Hold siden åben, til der står Sendt."));
}

/** Says truthfully where the answers are; nothing while they are being kept. */
function report(what, trouble) {
  if (what === "moved") return moved();
  if (what in LEFT) return kiosk ? undefined : forget().then(() => note(LEFT[what]()));
  const sent = what === "sent";
  const kept = store.durable ? t("Gemt på telefonen") : t("Ikke sendt endnu");
  for (const state of document.querySelectorAll(".state")) {
    state.hidden = false;
    state.style.visibility = what === "saving" ? "hidden" : "";
    state.textContent = sent ? t("Sendt") : kept;
    state.classList.toggle("sent", sent);
  }
  if (!store.durable) return sent && record?.done ? banner("") : unkept();
  if (trouble === "offline") banner(t("Svarene kan ikke sendes lige nu. Telefonen prøver selv igen."));
  if (trouble === "refused" || sender.hold) banner(t("Svarene kan ikke sendes i dag. De er gemt på telefonen."));
  if (sent) banner("");
  return undefined;
}
