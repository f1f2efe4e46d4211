// What a shared tablet keeps: answers until the server has confirmed them, and nothing after; of those
// that it did not take, their number.

import { Store } from "./store.js";

const arrived = (row) => !row.deleted && !row.late && row.acked === row.revision;
const EMPTY = { swipes: [], background: {}, order: [], undone: {}, at: null };

export class KioskStore extends Store {
  #here = null; // the participation whose person stands at the tablet
  #gone = null; // the one before it
  sentAt = null;
  kiosk = true;

  /** Keeps a participation whole, for as long as its person is here or it has not arrived. */
  keep(record, ...rest) {
    if (record.uuid !== this.#gone) this.#here = record.uuid;
    return super.keep(record, ...rest);
  }

  /** Notes what the server has confirmed; what nobody goes on with is dropped at once, and what
   *  came too late is emptied. */
  async update(record, change) {
    const row = await super.update(record, (kept) => {
      change(kept);
      if (arrived(kept)) delete kept.refused;
      if (kept.late && kept.uuid !== this.#here) Object.assign(kept, structuredClone(EMPTY));
    });
    if (row && arrived(row)) {
      this.sentAt = new Date();
      if (row.uuid !== this.#here) await this.drop(row);
    }
    return row;
  }

  /** Notes that the server refused a participation, until it takes it after all. */
  refuse(record) {
    return this.update(record, (kept) => { kept.refused = true; });
  }

  /** How many answers of this tablet wait, how many of them were refused, and how many came too
   *  late to be counted, with the time of the last of these. */
  async counts() {
    const waiting = await this.unsent();
    const late = (await this.all()).filter((row) => row.late && row.mode === "kiosk");
    return { waiting: waiting.length, refused: waiting.filter((row) => row.refused).length,
      late: late.length, lateAt: Math.max(...late.map(({ kept }) => kept)) };
  }

  /** Lets go of the person who was here, and of all that has arrived. */
  async over() {
    this.#gone = this.#here ?? this.#gone;
    this.#here = null;
    for (const row of (await this.all()).filter(({ mode }) => mode === "kiosk")) {
      if (arrived(row)) await this.drop(row);
      else if (row.late && row.swipes.length) await this.update(row, () => {});
    }
  }

  /** A tablet has no participation of its own: nothing is remembered, and nothing is found again. */
  async choose() {}

  async release() {}

  async mine() {
    return null;
  }
}
