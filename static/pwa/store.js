// What the phone keeps: participations, and which one is mine in each survey. IndexedDB when it
// works; where it is blocked, full, hangs or breaks the same work goes on in memory and `durable`
// says so. Memory is written into the tab's name too, where a reload finds it again.

import { merge } from "./participation.js";

const OPEN_WITHIN = 1500; // ms; some versions of Safari never answer the first open
const KEPT_WITHIN = 4000; // ms; nor a transaction, after a long sleep
const KEPT_FOR = 63_072e6; // ms, two years: as long as a receipt may have a decision to tell of
const NAMES = ["participations", "mine"];
const PATHS = [["survey", "uuid"], ["survey"]];
const MARK = "swipe:";

/** Rejects when a promise takes longer than `time` ms. */
function within(promise, time) {
  return Promise.race([promise, new Promise((_, reject) => { setTimeout(reject, time); })]);
}

/** The result of an IndexedDB request; what memory gives is a result already. */
function ask(given) {
  return given instanceof IDBRequest ? new Promise((resolve, reject) => {
    given.onsuccess = () => resolve(given.result);
    given.onerror = () => reject(given.error);
  }) : given;
}

async function connect() {
  const request = indexedDB.open("swipe", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(NAMES[0], { keyPath: PATHS[0] });
    request.result.createObjectStore(NAMES[1], { keyPath: PATHS[1][0] });
  };
  const database = await within(ask(request), OPEN_WITHIN);
  database.onversionchange = () => database.close();
  return database;
}

function transact(database, work) {
  return new Promise((resolve, reject) => {
    // Strict: an answer that is "kept on the phone" must also survive an empty battery.
    const transaction = database.transaction(NAMES, "readwrite", { durability: "strict" });
    let result;
    transaction.oncomplete = () => resolve(result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
    work(...NAMES.map((name) => transaction.objectStore(name)))
      .then((value) => { result = value; }, (error) => { reject(error); transaction.abort(); });
  });
}

/** Rows in memory, called as an object store is. */
class Shelf {
  constructor(path) {
    Object.assign(this, { path, rows: new Map() });
  }

  put(row) {
    this.rows.set(String(this.path.map((name) => row[name])), structuredClone(row));
  }

  get(key) {
    return structuredClone(this.rows.get(String(key)));
  }

  getAll() {
    return structuredClone([...this.rows.values()]);
  }

  delete(key) {
    this.rows.delete(String(key));
  }
}

/** Copies what one side has newer than the other. */
async function pour([rows, mine], [toRows, toMine]) {
  for (const row of await ask(rows.getAll())) {
    const held = await ask(toRows.get([row.survey, row.uuid]));
    if (!(held?.revision >= row.revision)) await ask(toRows.put(row));
  }
  for (const row of await ask(mine.getAll())) {
    if (!(await ask(toMine.get(row.survey)))) await ask(toMine.put(row));
  }
}

const live = (row) => row && !row.dropped && !row.deleted && !row.late;

export class Store {
  #opening = null;
  #lost = null;
  #shelves = PATHS.map((path) => new Shelf(path));
  #others = null;
  durable = true;
  kiosk = false;
  onchange = () => {}; // hears that another tab has kept something

  constructor(onlost = () => {}) {
    this.onlost = onlost;
    try {
      if (name.startsWith(MARK)) JSON.parse(name.slice(MARK.length)).forEach((rows, i) => rows.forEach((row) => this.#shelves[i].put(row)));
      this.#others = new BroadcastChannel("swipe");
      this.#others.onmessage = ({ data }) => (data ? this.#hear(data) : this.#tellAll());
      this.#others.postMessage(null);
    } catch { /* a name of somebody else's; an old browser: then the tabs meet when they are looked at */ }
  }

  /** Where storage fails, tabs learn from each other's words alone. */
  async #hear(row) {
    await this.#run((rows) => pour([{ getAll: () => [row] }, { getAll: () => [] }], [rows]));
    this.onchange();
  }

  /** A tab was opened that cannot read what is only in memory here. */
  #tellAll() {
    if (!this.durable) this.#shelves[0].getAll().forEach((row) => this.#others.postMessage(row));
  }

  async #open() {
    const database = await connect();
    await transact(database, async (...stores) => {
      await pour(this.#shelves, stores);
      const old = (await ask(stores[0].getAll())).filter(({ kept }) => kept < Date.now() - KEPT_FOR);
      for (const row of old) await ask(stores[0].delete([row.survey, row.uuid]));
    });
    name = "";
    return database;
  }

  /** Runs `work(participations, mine)` as one transaction; a connection that was lost is opened
   *  once more, then memory takes over with all that can still be read. */
  async #run(work) {
    let fault;
    for (let again = true; this.durable && again;) {
      const opening = this.#opening;
      again = opening !== null;
      try {
        this.#opening ??= this.#open();
        return await within(this.#opening.then((database) => transact(database, work)), KEPT_WITHIN);
      } catch (error) {
        fault = error;
        if (this.#opening === opening || !again) this.#opening = null;
      }
    }
    this.durable = false;
    const turn = (this.#lost ??= this.#salvage(fault)).then(() => work(...this.#shelves));
    this.#lost = turn.catch(() => {}); // one after the other, as transactions are
    const result = await turn;
    name = MARK + JSON.stringify(this.#shelves.map((shelf) => shelf.getAll()));
    return result;
  }

  /** Takes into memory what can still be read; storage that does not answer is not asked again. */
  async #salvage(fault) {
    this.onlost();
    if (fault) await connect().then((database) => transact(database, (...stores) => pour(stores, this.#shelves))).catch(() => {});
  }

  async #write(work) {
    const row = await this.#run(work);
    if (row) this.#others?.postMessage(row);
    return row;
  }

  /** Keeps a participation whole; returns it as it is kept. What another tab kept since `base` is
   *  never overwritten: then both tabs' answers are kept as one, and a dropped one stays dropped. */
  keep(record, base = record, known = undefined) {
    return this.#write(async (rows) => {
      const held = await ask(rows.get([record.survey, record.uuid]));
      if (held?.dropped) return held;
      const row = held?.revision > base.revision ? merge(record, base, held, known) : { ...record };
      Object.assign(row, { acked: Math.max(row.acked, held?.acked ?? 0), kept: Date.now() });
      await ask(rows.put(row));
      return row;
    });
  }

  /** Changes a kept participation in place by `change(row)`; returns it, or undefined. */
  update(record, change) {
    return this.#write(async (rows) => {
      const row = await ask(rows.get([record.survey, record.uuid]));
      if (!row || row.dropped) return row;
      change(row);
      // A shared tablet keeps nothing that has arrived, whichever page sent it.
      const over = row.mode === "kiosk" && !this.kiosk && row.acked === row.revision;
      await ask(over ? rows.delete([row.survey, row.uuid]) : rows.put(row));
      return row;
    });
  }

  /** Notes that a participation came too late, `late` being one more than the revision that had
   *  arrived: nothing of it waits any more. */
  miss(record) {
    return this.update(record, (row) => Object.assign(row, { late: row.acked + 1, acked: row.revision }));
  }

  /** Forgets a participation, but for the fact; another tab must not bring it back. */
  drop({ survey, uuid, mode }) {
    return this.#write(async (rows, mine) => {
      const { revision = 0, deleted = false } = await ask(rows.get([survey, uuid])) ?? {};
      const row = { survey, uuid, revision: revision + 1, deleted, dropped: true, kept: Date.now() };
      await ask(mode === "kiosk" ? rows.delete([survey, uuid]) : rows.put(row));
      if ((await ask(mine.get(survey)))?.uuid === uuid) await ask(mine.delete(survey));
      return mode === "kiosk" ? undefined : row;
    });
  }

  /** Keeps a new participation as this phone's own in its survey, unless it has one already;
   *  returns the one it has. Where somebody else has answered before, the phone is shared. */
  choose(record) {
    return this.#write(async (rows, mine) => {
      const { survey, uuid } = record;
      const chosen = await ask(mine.get(survey));
      const held = chosen && await ask(rows.get([survey, chosen.uuid]));
      if (live(held)) return held;
      if ((await ask(rows.getAll())).some((row) => row.survey === survey && live(row))) record.mode = "shared";
      await ask(rows.put({ ...record, kept: Date.now() }));
      await ask(mine.put({ survey, uuid }));
      return record;
    });
  }

  /** Lets the next visit to a survey start anew. */
  release({ survey, uuid }) {
    return this.#run(async (_rows, mine) => {
      if ((await ask(mine.get(survey)))?.uuid === uuid) await ask(mine.delete(survey));
    });
  }

  /** A participation as it is kept now, or undefined. */
  find({ survey, uuid }) {
    return this.#run(async (rows) => ask(rows.get([survey, uuid])));
  }

  /** The phone's own participation in a survey, or null. */
  async mine(survey) {
    const chosen = await this.#run(async (_rows, mine) => ask(mine.get(survey)));
    const row = chosen && await this.find(chosen);
    return live(row) ? row : null;
  }

  /** All participations that are kept, also those that wait to be deleted. */
  async all() {
    const rows = await this.#run(async (kept) => ask(kept.getAll()));
    return rows.filter((row) => !row.dropped);
  }

  /** All participations the server has not confirmed in their newest revision. */
  async unsent() {
    return (await this.all()).filter((row) => row.deleted || row.acked !== row.revision);
  }
}
