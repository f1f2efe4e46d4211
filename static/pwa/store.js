// What the phone keeps: participations, and which one is mine in each survey. IndexedDB when it
// works; where it is blocked, hangs or breaks the same calls work in memory and `durable` says so.

const OPEN_WITHIN = 1500; // ms; some versions of Safari never answer the first open
const DOCUMENTS = "participations";
const MINE = "mine";

function connect() {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("the phone's storage does not answer")), OPEN_WITHIN);
    const request = indexedDB.open("swipe", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(DOCUMENTS, { keyPath: ["survey", "uuid"] });
      request.result.createObjectStore(MINE, { keyPath: "survey" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function transact(database, name, mode, work) {
  return new Promise((resolve, reject) => {
    // Strict: an answer that is "kept on the phone" must also survive an empty battery.
    const transaction = database.transaction(name, mode, { durability: "strict" });
    const request = work(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

export class Store {
  #database = null;
  #memory = { [DOCUMENTS]: new Map(), [MINE]: new Map() };
  #onlost;
  durable = true;

  constructor(onlost = () => {}) {
    this.#onlost = onlost;
  }

  /** Runs one transaction; a connection that was lost is opened once more, then memory takes over. */
  async #run(name, mode, work) {
    let tries = this.durable ? 1 + (this.#database ? 1 : 0) : 0;
    for (; tries > 0; tries -= 1) {
      try {
        this.#database ??= await connect();
        return await transact(this.#database, name, mode, work);
      } catch {
        this.#database = null;
      }
    }
    if (this.durable) {
      this.durable = false;
      this.#onlost();
    }
    return undefined;
  }

  async #put(name, key, value) {
    const copy = structuredClone(value);
    this.#memory[name].set(String(key), copy);
    await this.#run(name, "readwrite", (rows) => rows.put(copy));
  }

  async #get(name, key) {
    const found = await this.#run(name, "readonly", (rows) => rows.get(key));
    return found ?? structuredClone(this.#memory[name].get(String(key))) ?? null;
  }

  async #delete(name, key) {
    this.#memory[name].delete(String(key));
    await this.#run(name, "readwrite", (rows) => rows.delete(key));
  }

  /** Keeps a participation whole. */
  keep(record) {
    return this.#put(DOCUMENTS, [record.survey, record.uuid], record);
  }

  /** Forgets a participation. */
  drop(record) {
    return this.#delete(DOCUMENTS, [record.survey, record.uuid]);
  }

  /** Remembers which participation is this phone's own in a survey. */
  choose(record) {
    return this.#put(MINE, record.survey, { survey: record.survey, uuid: record.uuid });
  }

  /** Lets the next visit to a survey start anew. */
  release(survey) {
    return this.#delete(MINE, survey);
  }

  /** The phone's own participation in a survey, or null. */
  async mine(survey) {
    const row = await this.#get(MINE, survey);
    return row && this.#get(DOCUMENTS, [survey, row.uuid]);
  }

  /** All participations the server has not confirmed in their newest revision. */
  async unsent() {
    const stored = await this.#run(DOCUMENTS, "readonly", (rows) => rows.getAll());
    const all = stored ?? [...this.#memory[DOCUMENTS].values()].map((row) => structuredClone(row));
    return all.filter((record) => record.deleted || record.acked !== record.revision);
  }
}
