// What a shared tablet keeps: answers until the server has confirmed them, and nothing after.

import { Store } from "./store.js";

const arrived = (row) => !row.deleted && row.acked === row.revision;

export class KioskStore extends Store {
  #here = null; // the participation whose person stands at the tablet
  #gone = null; // the one before it
  sentAt = null;
  refused = 0; // answers that came after the end, since the page was opened
  kiosk = true;

  /** Keeps a participation whole, for as long as its person is here or it has not arrived. */
  keep(record, ...rest) {
    if (record.uuid !== this.#gone) this.#here = record.uuid;
    return super.keep(record, ...rest);
  }

  /** Notes what the server has confirmed; what nobody goes on with is dropped at once. */
  async update(record, change) {
    const row = await super.update(record, change);
    if (row && arrived(row)) {
      this.sentAt = new Date();
      if (row.uuid !== this.#here) await this.drop(row);
    }
    return row;
  }

  /** Forgets a participation; one that never arrived is counted for the staff. */
  drop(row) {
    if (!row.deleted && row.acked !== row.revision) this.refused += 1;
    return super.drop(row);
  }

  /** Lets go of the person who was here, and of all that has arrived. */
  async over() {
    this.#gone = this.#here ?? this.#gone;
    this.#here = null;
    for (const row of await this.all()) {
      if (row.mode === "kiosk" && arrived(row)) await this.drop(row);
    }
  }

  /** A tablet has no participation of its own: nothing is remembered, and nothing is found again. */
  async choose() {}

  async release() {}

  async mine() {
    return null;
  }
}
