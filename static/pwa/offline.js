// Keeps what a visited survey needs, so that it starts again without a line: the page, its build and
// its pictures. Where there is no service worker (plain http, some apps' own browsers) nothing of
// this happens and nothing is missed. The browser is not asked to hold on to it (`storage.persist`):
// some ask the person, and what is kept is a copy; answers wait days, not months.

import { picture } from "./pictures.js";
import { day, t } from "./strings.js";

const PAGES = "swipe-pages";
const PICTURES = "swipe-pictures";
const BUILD = "swipe-build-";
const MOST = 12; // pages kept: a kiosk has one for each language
const BUILDS = 2; // kept besides those that a kept page is made of: this one and the one before
const CALM = 3000; // ms for card 2 and 3 of a person who starts at once

let held = null;

/** Keeps a page for later, where a service worker can answer from it. */
export async function keepForLater({ deck }) {
  if (!navigator.serviceWorker) return;
  warn(deck.survey);
  const [scope] = /^\/[^/]+\//.exec(location.pathname);
  held = await navigator.serviceWorker.register("/sw.js", { scope, updateViaCache: "none" });
  document.addEventListener("visibilitychange", look);
  const worker = held.installing;
  if (worker) await new Promise((resolve) => { worker.onstatechange = resolve; });
  if (!(await caches.match(import.meta.url))) return; // switched off, or there was no room
  const others = scope === "/kiosk/" ? deck.survey.languages.map((code) => `?lang=${code}`) : [];
  const decks = [await keep(location.href, document.getElementById("deck").textContent)];
  for (const address of others) decks.push(await keep(new URL(address, location.href)).catch(() => decks[0]));
  await sweep();
  await keepPictures(decks.flatMap(({ cards }) => cards));
}

/** A copy may be older than the end of its survey; only then does it matter that it is a copy. The
 *  server has the last word: what it takes is said to be sent. */
function warn({ closes_at: end }) {
  if (Date.parse(end) > Date.now()) return;
  for (const place of ["banner", "status"]) {
    document.getElementById(place).textContent = t("Undersøgelsen sluttede den {day}. Et svar nu kommer måske for sent.", { day: day(end) });
  }
  document.getElementById("banner").hidden = false;
}

/** Asks whether there is a newer build, so that it is at hand for the next person. */
export function look() {
  if (document.visibilityState === "visible") held?.update().catch(() => {});
}

/** Keeps one page and returns its deck. The page on screen comes out of the browser's own cache, so
 *  that it is this very page, with the pictures that are fetched already, and nothing is sent again. */
async function keep(address, own = null) {
  const [html, headers] = (own && await ask(address, "force-cache", own)) || await ask(address, "reload", "");
  const pages = await caches.open(PAGES);
  headers.delete("Content-Encoding"); // the text is plain by now
  headers.delete("Content-Length");
  await pages.delete(place(address)); // the newest stands last
  await pages.put(place(address), new Response(html.replace(/&amp;c=[^&"]*/g, ""), { headers }));
  const [, words, build] = / data-src="([^"]+\/(\w+)\/words\/[^"]+)"/.exec(html) ?? []; // none in Danish
  if (words) await (await caches.open(BUILD + build)).add(words);
  return JSON.parse(/ id="deck">([^<]+)/.exec(html)[1]);
}

/** A page as text, with its headers; undefined where it is another one than meant. */
async function ask(address, cache, own) {
  const reply = await fetch(address, { cache });
  const html = await reply.text();
  if (!reply.ok) throw new Error(`status ${reply.status}`);
  return html.includes(own) ? [html, new Headers(reply.headers)] : undefined;
}

/** The address of a copy, as the service worker asks for it. */
function place(address) {
  const { pathname, searchParams } = new URL(address);
  const language = searchParams.get("lang");
  return language ? `${pathname}?lang=${language}` : pathname;
}

/** Lets go of what no kept page is made of. */
async function sweep() {
  const pages = await caches.open(PAGES);
  for (const old of (await pages.keys()).slice(0, -MOST)) await pages.delete(old);
  const texts = (await Promise.all((await pages.matchAll()).map((copy) => copy.text()))).join("");
  const pictures = await caches.open(PICTURES);
  for (const old of await pictures.keys()) {
    if (!texts.includes(new URL(old.url).pathname)) await pictures.delete(old);
  }
  const builds = (await caches.keys()).filter((name) => name.startsWith(BUILD)).slice(0, -BUILDS);
  for (const name of builds) if (!texts.includes(`/pwa/${name.slice(BUILD.length)}/`)) await caches.delete(name);
}

/** Keeps every picture this page fetches, and fetches those of all its cards where data is not dear.
 *  A full phone keeps none: the room is for answers. */
async function keepPictures(cards) {
  const cache = await caches.open(PICTURES);
  let full = false;
  const add = async ({ name }) => {
    if (full || !new URL(name).pathname.startsWith("/media/") || await cache.match(name)) return;
    await cache.add(name).catch((error) => { full = error.name === "QuotaExceededError"; });
    if (full) await caches.delete(PICTURES);
  };
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => add(entry).catch(() => {})))
    .observe({ type: "resource", buffered: true });
  if (navigator.connection?.saveData) return;
  await new Promise((resolve) => { setTimeout(resolve, CALM); });
  for (const card of cards) {
    const image = picture(card).lastChild;
    if (!full) await new Promise((resolve) => { image.onload = image.onerror = resolve; });
  }
}

/** Lets a newer build take over where one waits; only for between two people. Resolves true when the
 *  page goes, to come again as the newer one, and with `start` to begin there by itself.
 *  `may()` is asked last, since somebody may have begun meanwhile. */
export async function renew(start = false, may = () => true) {
  look();
  if (!held?.waiting || navigator.onLine === false) return false;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    setTimeout(resolve, 1000);
  });
  held.waiting.postMessage(null, [port2]);
  const build = await answer;
  if (!build || import.meta.url.includes(`/${build}/`) || !may()) return false;
  try {
    if (start) sessionStorage.setItem("start", "1");
  } catch { /* blocked: then one more tap starts */ }
  location.reload();
  return true;
}
