// Three at a time; when the line is lost everything waits, and goes on by itself.

import { Lost } from "./sending.js";

const PARALLEL = 3;
const PAUSES = [1, 2, 4, 8, 15, 30]; // seconds

export class Queue {
  // `work(job)` does one; `told` hears `lost`, `back` and `idle`.
  constructor(work, told) {
    Object.assign(this, { work, told, waiting: [], busy: 0, losses: 0, clock: null });
    addEventListener("online", () => this.resume());
  }

  get idle() {
    return !this.busy && !this.waiting.length;
  }

  add(jobs) {
    this.waiting.push(...jobs);
    this.next();
  }

  next() {
    while (this.clock === null && this.busy < PARALLEL && this.waiting.length) {
      this.busy += 1;
      this.take(this.waiting.shift());
    }
  }

  async take(job) {
    try {
      await this.work(job);
      if (this.losses) this.told.back();
      this.losses = 0;
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      this.waiting.unshift(job);
      this.pause();
    } finally {
      this.busy -= 1;
      this.next();
      if (this.idle) this.told.idle();
    }
  }

  pause() {
    if (this.clock !== null) return;
    const seconds = PAUSES[Math.min(this.losses, PAUSES.length - 1)];
    this.losses += 1;
    this.clock = setTimeout(() => this.resume(), seconds * 1000);
    this.told.lost();
  }

  resume() {
    clearTimeout(this.clock);
    this.clock = null;
    this.next();
  }
}
