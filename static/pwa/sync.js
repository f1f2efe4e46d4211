// Sends participations until the server has confirmed them. A document is always sent whole, and
// only as the phone keeps it, so repeats, reorders and lost replies do no harm; it is done when the
// confirmed revision is our own. No clock is asked: phones have wrong ones.

import { merge, wire } from "./participation.js";

const EVERY = 6; // answers
const AT_LATEST = 15_000; // ms after an answer
const GIVE_UP = 20_000; // ms for one request with its reply
const LONGEST_REST = 60; // seconds between two tries
const LONGEST_ASKED = 600; // seconds, when the server asks for a rest
const LATER = [408, 425, 429]; // the only 4xx that a mere repeat may mend

function request(record, options) {
  const path = `/api/v1/participations/${record.uuid}`;
  if (record.deleted) return fetch(`${path}?survey=${record.survey}`, { ...options, method: "DELETE" });
  const headers = { "Content-Type": "application/json" };
  return fetch(path, { ...options, method: "PUT", headers, body: JSON.stringify(wire(record)) });
}

/** What a person can see of a participation. */
function shown({ swipes, done }) {
  return `${swipes.map(({ card, answer }) => card + answer).sort()} ${done}`;
}

/** The rest a server asks for, in seconds or until a time by its own clock; 0 without one. */
function asked(headers) {
  const words = headers.get("Retry-After");
  const seconds = Number(words) || (Date.parse(words) - Date.parse(headers.get("Date"))) / 1000;
  return seconds > 0 ? Math.min(seconds, LONGEST_ASKED) : 0;
}

/** Sends one document; returns {status, revision, rest}. The status is 0 when what answers is not
 *  our server: no line, a login page of somebody's network, a reply cut in half. */
async function exchange(record, keepalive) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), GIVE_UP);
  try {
    const reply = await request(record, { keepalive, credentials: "omit", cache: "no-store", redirect: "error", signal: stop.signal });
    const body = reply.status === 204 ? {} : await reply.json().catch(() => null);
    return { status: body ? reply.status : 0, revision: Number(body?.revision), rest: asked(reply.headers) };
  } catch {
    return { status: 0, rest: 0 };
  } finally {
    clearTimeout(timer);
  }
}

/** One sender at a time on this phone. Without locks (plain http), or when a sleeping tab does not
 *  give the lock back, two do no harm either. */
function alone(work) {
  let begun = null;
  const go = () => (begun ??= work());
  if (!navigator.locks) return go();
  const patience = new Promise((resolve) => { setTimeout(resolve, GIVE_UP); });
  return Promise.race([navigator.locks.request("swipe-send", go).catch(go), patience.then(go)]);
}

export class Sender {
  #store;
  #known;
  #own = null; // {record, base}: the live object, and the document as it was last kept
  #turns = Promise.resolve();
  #parked = new Set();
  #round = null;
  #next = null;
  #timer = 0;
  #rest = 0;
  #asked = false;
  #failures = 0;
  #answers = 0;
  #farewelled = null;

  /** `report(state, trouble)` hears where the own participation is: "saving", "kept" or "sent",
   *  with the trouble "offline" or "refused"; or that it was "moved" on by another tab, is
   *  "deleting" or "deleted" there, or "gone" because its survey takes no more answers. */
  constructor(store, report, { hold = false, known = new Map() } = {}) {
    this.#store = store;
    this.#known = known;
    this.report = report;
    this.hold = hold; // the server speaks another format: everything stays on the phone
    store.onchange = () => this.#meet();
    addEventListener("online", () => this.flush());
    addEventListener("pagehide", () => this.#farewell());
    // A page that was frozen, or kept for the way back, becomes visible like any other.
    const look = () => (document.visibilityState === "visible" ? this.#meet().then(() => this.flush()) : this.#farewell());
    document.addEventListener("visibilitychange", look);
    addEventListener("pageshow", ({ persisted }) => persisted && look());
  }

  /** Watches over the participation on screen; the same object is changed by the app. One that the
   *  phone does not keep yet is `fresh`. */
  follow(record, fresh = false) {
    const base = record && { ...structuredClone(record), ...(fresh && { revision: 0 }) };
    if (this.#own?.record !== record) this.#own = record && { record, base };
    this.#tell();
  }

  /** Keeps a changed participation, and sends it now or with the next few answers. */
  async changed(record, now = false) {
    this.#tell();
    await this.#keep(this.#own);
    this.#answers += 1;
    if (now || !this.#store.durable) await this.flush();
    else if (this.#answers >= EVERY && !this.#rest) await this.flush();
    else this.#soon();
  }

  /** Marks the own participation as deleted, for good once that is kept; it is sent by `flush`. */
  remove(record) {
    record.deleted = true;
    record.revision += 1;
    return this.#keep(this.#own);
  }

  /** Lets what was refused be tried once more, on a page that lives for weeks. */
  retry() {
    this.#parked.clear();
  }

  /** Sends everything that is not confirmed; calls that come meanwhile share the next round. A
   *  rest that the server asked for is kept. */
  flush() {
    if (this.hold || (this.#rest && this.#asked)) return Promise.resolve();
    if (this.#round) return (this.#next ??= this.#round.then(() => { this.#next = null; return this.flush(); }));
    clearTimeout(this.#timer);
    clearTimeout(this.#rest);
    this.#timer = this.#rest = this.#answers = 0;
    this.#round = alone(() => this.#drain()).catch(() => {}).finally(() => { this.#round = null; });
    return this.#round;
  }

  #soon() {
    this.#timer ||= setTimeout(() => { this.#timer = 0; if (!this.#rest) this.flush(); }, AT_LATEST);
  }

  /** One thing at a time with what is kept, so that `base` is never older than our own writing. */
  #turn(work) {
    return (this.#turns = this.#turns.then(work).catch(() => {}));
  }

  #keep(own) {
    return this.#turn(async () => {
      const { record, base } = own;
      if (record.revision === base.revision) return; // a keep before this one took it along
      const mine = structuredClone(record);
      this.#adopt(own, mine, await this.#store.keep(mine, base, this.#known));
    });
  }

  /** Another tab may have gone on with the same participation. */
  #meet() {
    const own = this.#own;
    return this.#turn(async () => {
      const row = own && await this.#store.find(own.record);
      if (row) this.#adopt(own, own.base, row);
    });
  }

  /** Takes over what is kept, under what was done since `mine`. */
  #adopt(own, mine, row) {
    const { record } = own;
    if (own !== this.#own || record.deleted) return;
    if (row.dropped || row.late) return this.report(row.deleted ? "deleted" : "gone");
    if (row.deleted) return this.report("deleting");
    const before = shown(record);
    if (row.revision !== mine.revision) Object.assign(record, merge(record, mine, row, this.#known));
    record.acked = Math.max(record.acked, row.acked);
    own.base = row;
    this.#tell();
    if (before !== shown(record)) this.report("moved");
  }

  async #drain() {
    const own = (row) => Number(row.uuid === this.#own?.record.uuid);
    const rows = (await this.#store.unsent()).sort((a, b) => own(b) - own(a));
    let wait = null;
    for (const row of rows) {
      const rest = this.#parked.has(row.uuid) ? null : await this.#send(row);
      wait ??= rest;
      if (rest && rest.status !== 500) break; // a fault over one document need not stop the others
    }
    if (wait) this.#pause(wait.seconds);
    else this.#failures = 0;
  }

  /** Sends one document; returns {status, seconds} when it needs another try after a rest. */
  async #send(row, keepalive = false) {
    const { status, revision, rest } = await exchange(row, keepalive);
    if (status === (row.deleted ? 204 : 410)) await this.#store[row.deleted ? "drop" : "miss"](row).then(() => this.#meet());
    else if (!row.deleted && revision >= row.revision && [200, 409].includes(status)) await this.#settle(row, status, revision);
    else if (status < 400 || status > 499 || LATER.includes(status)) {
      if (!keepalive) this.#tell("offline", row);
      return { status, seconds: rest };
    } else {
      this.#parked.add(row.uuid); // until the next deck is loaded
      this.#store.refuse?.(row);
      this.#tell("refused", row);
    }
    return null;
  }

  /** The server holds our revision, or one that is unknown here: then ours goes over it. */
  async #settle({ survey, uuid, revision }, status, held) {
    const ours = status === 200 && held === revision;
    const row = await this.#store.update({ survey, uuid }, (kept) => {
      if (ours) kept.acked = Math.max(kept.acked, revision);
      else if (kept.acked < held && kept.revision <= held) kept.revision = held + 1;
    });
    await this.#meet();
    if (row && row.acked < row.revision) ours ? this.#soon() : this.flush();
  }

  #pause(seconds) {
    const backoff = Math.min(LONGEST_REST, 2 ** this.#failures) * (0.5 + Math.random() / 2);
    this.#failures += 1;
    this.#asked = seconds > 0;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => { this.#rest = 0; this.flush(); }, Math.max(seconds, backoff) * 1000);
  }

  /** The page may be closing: one more try that outlives it, and that nothing depends on. */
  #farewell() {
    const row = this.#own?.base;
    if (this.hold || !row || row === this.#farewelled || row.acked >= row.revision) return;
    if (this.#parked.has(row.uuid) || (this.#rest && this.#asked)) return;
    this.#farewelled = row;
    this.#send(row, true);
  }

  #tell(trouble, row) {
    const { record, base } = this.#own ?? {};
    if (!record || (row && row.uuid !== record.uuid)) return;
    const state = base.revision === record.revision ? "kept" : "saving";
    this.report(record.acked === record.revision ? "sent" : state, trouble);
  }
}
