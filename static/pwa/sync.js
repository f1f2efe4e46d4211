// Sends participations until the server has confirmed them. A document is always sent whole, so
// repeats, reorders and lost replies do no harm; it is done when the confirmed revision is our own.

import { wire } from "./participation.js";

const EVERY = 6; // answers
const AT_LATEST = 15_000; // ms after an answer
const GIVE_UP = 20_000; // ms for one request
const LONGEST_WAIT = 60; // seconds between two tries

function address(record) {
  const path = `/api/v1/participations/${record.uuid}`;
  return record.deleted ? `${path}?survey=${record.survey}` : path;
}

function request(record, keepalive) {
  const options = { keepalive, credentials: "omit", cache: "no-store" };
  if (record.deleted) return fetch(address(record), { ...options, method: "DELETE" });
  const headers = { "Content-Type": "application/json" };
  return fetch(address(record), { ...options, method: "PUT", headers, body: JSON.stringify(wire(record)) });
}

async function within(promise, time) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), time);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** One sender at a time on this phone; without locks (plain http) two do no harm either. */
function alone(work) {
  return navigator.locks ? navigator.locks.request("swipe-send", work) : work();
}

export class Sender {
  #store;
  #own = null;
  #parked = new Set();
  #timer = 0;
  #due = Infinity;
  #failures = 0;
  #answers = 0;
  #running = null;

  /** `report` hears "sent", "kept", "offline", "refused" or "gone" about the own participation. */
  constructor(store, report, { hold = false } = {}) {
    this.#store = store;
    this.report = report;
    this.hold = hold; // the server speaks another format: everything stays on the phone
    addEventListener("online", () => this.flush());
    addEventListener("pagehide", () => this.#farewell());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.#farewell();
    });
  }

  /** Watches over the participation on screen; the same object is changed by the app. */
  follow(record) {
    this.#own = record;
    if (record) this.#tell();
  }

  /** Keeps a changed participation, and sends it now or with the next few answers. */
  async changed(record, now = false) {
    await this.#store.keep(record);
    this.#tell();
    this.#answers += 1;
    if (now || this.#answers >= EVERY) await this.flush();
    else this.#later(AT_LATEST);
  }

  /** Sends everything that is not confirmed; calls that come meanwhile share the next round. */
  async flush() {
    if (this.hold) return;
    while (this.#running) await this.#running;
    this.#answers = 0;
    clearTimeout(this.#timer);
    this.#due = Infinity;
    this.#running = alone(() => this.#drain()).catch(() => {}).finally(() => { this.#running = null; });
    await this.#running;
  }

  #later(time) {
    if (Date.now() + time >= this.#due) return;
    clearTimeout(this.#timer);
    this.#due = Date.now() + time;
    this.#timer = setTimeout(() => this.flush(), time);
  }

  async #drain() {
    const waiting = (await this.#store.unsent()).filter((record) => !this.#parked.has(record.uuid));
    for (const found of waiting) {
      const record = found.uuid === this.#own?.uuid ? this.#own : found;
      const wait = await this.#send(record);
      if (wait > 0) return this.#later(wait);
    }
    this.#failures = 0;
    return undefined;
  }

  /** Sends one document; returns how many ms to wait before another try, 0 when settled. */
  async #send(record, keepalive = false) {
    const revision = record.revision;
    let reply;
    try {
      reply = await within(request(record, keepalive), GIVE_UP);
      if (reply.status >= 500) throw new Error(`status ${reply.status}`);
    } catch {
      this.#tell("offline", record);
      return this.#pause(Number(reply?.headers.get("Retry-After")));
    }
    if (reply.status === 429) return this.#pause(Number(reply.headers.get("Retry-After")) || 10);
    const body = await reply.json().catch(() => ({}));
    return this.#settle(record, revision, reply.status, body);
  }

  async #settle(record, revision, status, body) {
    if (record.deleted && [204, 404, 410].includes(status)) await this.#store.drop(record);
    else if (status === 410) await this.#gone(record);
    else if (status === 200 && body.revision === revision) await this.#confirm(record, revision);
    else if ((status === 200 || status === 409) && body.revision >= revision) {
      record.revision = Math.max(record.revision, body.revision) + 1;
      await this.#store.keep(record);
      return 1;
    } else {
      this.#parked.add(record.uuid);
      this.#tell("refused", record);
    }
    return 0;
  }

  async #confirm(record, revision) {
    record.acked = Math.max(record.acked, revision);
    await this.#store.keep(record);
    this.#tell(undefined, record);
    if (record.acked < record.revision) this.#later(AT_LATEST);
  }

  async #gone(record) {
    await this.#store.drop(record);
    if (record.uuid === this.#own?.uuid) await this.#store.release(record.survey);
    this.#tell("gone", record);
  }

  #pause(seconds) {
    const backoff = Math.min(LONGEST_WAIT, 2 ** this.#failures) * (0.5 + Math.random() / 2);
    this.#failures += 1;
    return Math.max(seconds || 0, backoff) * 1000;
  }

  /** The page may be closing: one more try that outlives it. */
  #farewell() {
    const record = this.#own;
    if (!this.hold && record && !record.deleted && record.acked !== record.revision) this.#send(record, true);
  }

  #tell(what, record = this.#own) {
    if (!record || record.uuid !== this.#own?.uuid) return;
    this.report(what ?? (record.acked === record.revision ? "sent" : "kept"));
  }
}
