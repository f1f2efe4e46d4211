// One person after the other on a shared tablet. Each gets a participation of her own; when she is
// done or gone, nothing of hers is left on the screen, in the history or, once it has arrived, on
// the tablet.

import "./rest.js"; // all of it now: later there may be no line
import * as journey from "./journey.js";
import { about } from "./kiosk_about.js";
import { stillHere, stopHere } from "./kiosk_asking.js";
import { guard } from "./kiosk_corner.js";
import { Watch, reachable } from "./kiosk_line.js";
import { Patience } from "./kiosk_patience.js";
import { KioskStore } from "./kiosk_store.js";
import { renew } from "./offline.js";
import { picture } from "./pictures.js";

const LOOKS = 180_000; // ms between two looks for something new
const HOME = 60_000; // ms on the first screen in another language
const TOLD = 8000; // ms that a last word stands on the first screen
const GUARD = "kiosk"; // the state of the one entry that the way back leads to
const find = (id) => document.getElementById(id);
const read = (id) => JSON.parse(find(id).textContent);
const deck = read("deck");
const store = new KioskStore();
const watch = new Watch(deck.survey.area, { build: deck.build, survey: deck.survey.id });
const held = []; // the small pictures of the list of answers; an element keeps what it loaded
let app = null;
let asking = null;
let stage = "landing";
let homeward = 0;

const patience = new Patience({ warn, calm, over });

/** Opens the app as a kiosk; returns {start}. */
export async function open() {
  app = await journey.open({ kiosk: { store, mode: "kiosk", step, leave } });
  guard({ store, sender: app.sender, idle });
  for (const link of document.querySelectorAll(".tongues a")) link.addEventListener("click", speak);
  find("next").querySelector("button").addEventListener("click", over);
  find("calm").addEventListener("click", still);
  find("more").addEventListener("click", readOn);
  stayHere();
  awake();
  fetchAll();
  tidy();
  setInterval(look, LOOKS);
  addEventListener("online", () => { fetchAll(); look(); });
  linger();
  return { start };
}

/** Waits on the first screen, where another language is not for long. */
function linger() {
  if (location.search) homeward = setTimeout(home, HOME);
}

/** Somebody reads what is stored; the same time as on a card, and then the first screen again. */
function readOn() {
  clearTimeout(homeward);
  stage = "about";
  patience.at(stage);
  about(() => {
    if (stage !== "about") return;
    step("landing");
    linger();
  });
}

async function start() {
  clearTimeout(homeward);
  await app.start();
}

function idle() {
  return stage === "landing";
}

/** Hears every stage of the app. */
function step(name) {
  stage = name;
  patience.at(name);
  find("next").hidden = name !== "result";
  if (name === "landing") wipe();
  if (name === "result") queueMicrotask(unlink);
}

/** An address in the result is there to be read and written down: here it leads nowhere. */
function unlink() {
  for (const link of find("after").querySelectorAll("a[href]")) link.removeAttribute("href");
}

/** Takes everything away that the next person could read. */
function wipe() {
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.close();
    dialog.remove();
  }
  for (const id of ["stack", "after", "steps", "count", "hint", "status", "progress"]) find(id).replaceChildren();
  find("state").replaceChildren();
  getSelection()?.removeAllRanges();
  globalThis.speechSynthesis?.cancel();
  setTimeout(() => idle() && hush(), TOLD);
}

/** A last word, as that an answer was deleted, goes too. */
function hush() {
  find("progress").hidden = true;
  for (const id of ["progress", "status"]) find(id).replaceChildren();
}

/** The turn is over: what was answered stays answered and is sent. */
async function over() {
  if (idle()) return;
  stage = "landing";
  calm();
  await app.again();
  app.sender.retry();
  await app.sender.flush();
  await tidy();
  await home();
}

/** Now and then on the first screen: what was refused is tried once more. */
function look() {
  if (!idle()) return;
  app.sender.retry();
  app.sender.flush();
  tidy();
}

function warn(seconds) {
  asking ??= stillHere({ stay, done: over }, seconds);
  asking.count(seconds);
}

function stay() {
  calm();
  patience.stay();
}

function calm() {
  asking?.close();
  asking = null;
}

/** The way back from the cards asks, so that a stray touch ends nobody's turn. */
function leave() {
  asking ??= stopHere({ stay, done: over });
}

/** Between two people: lets go of what arrived, and takes what is new. */
async function tidy() {
  if (!idle()) return;
  await store.over();
  if (!(await mayGo()) || await renew(false, idle)) return;
  // The page of a closed kiosk sends what still waits.
  if (await watch.changed() && idle()) location.replace(location.href);
}

/** Whether the page may be left: not with answers that are nowhere else than in its memory. */
async function mayGo() {
  return store.durable || (await store.unsent()).length === 0;
}

/** Back to the kiosk's own language. */
async function home() {
  if (location.search && idle() && await mayGo() && await reachable(location.pathname) && idle()) {
    location.replace(location.pathname);
  }
}

async function speak(event) {
  event.preventDefault();
  const { href } = event.currentTarget;
  find("no-line").hidden = true;
  if (await mayGo() && await reachable(href)) return location.replace(href);
  find("no-line").hidden = false;
  return setTimeout(() => { find("no-line").hidden = true; }, TOLD);
}

function still({ currentTarget }) {
  const stopped = currentTarget.getAttribute("aria-pressed") !== "true";
  currentTarget.setAttribute("aria-pressed", String(stopped));
  find("drift").classList.toggle("still", stopped);
}

/** Nothing leads out of the page: no link, no menu, no way back. */
function stayHere() {
  const out = (event) => event.target.closest("a:not([href^='#'], dialog.corner a)") && event.preventDefault();
  document.addEventListener("click", out);
  document.addEventListener("contextmenu", (event) => event.preventDefault());
  addEventListener("popstate", () => history.state !== GUARD && history.forward());
  addEventListener("pageshow", (event) => event.persisted && over());
  // Browsers skip an entry that was added without a touch.
  const bar = () => history.state !== GUARD && history.pushState(GUARD, "");
  for (const sign of ["pointerup", "keydown"]) addEventListener(sign, bar, { once: true });
}

/** Keeps the screen on where the browser can; it lets go whenever the page is hidden. */
function awake() {
  const hold = () => document.visibilityState === "visible" && navigator.wakeLock?.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", hold);
  hold();
}

/** Fetches every picture in both sizes: the day may go on without a line. */
async function fetchAll() {
  for (const { id } of deck.cards) await app.pictures.get(id).loaded.catch(() => {});
  if (held.length === 0) held.push(...deck.cards.map((card) => picture(card, "64px")));
}
