// The screen asks for itself again, and shows what is new. Without a line it keeps what it has, says
// from when that is, and tries again by itself.

const EVERY = 20_000; // ms
const LONGEST = 120_000;
const PATIENCE = 15_000; // for one reply

export class Refresh {
  /** `use(page)` is called with each newer page, `tell(state, since)` with ok or lost and a time. */
  constructor({ use, tell }) {
    Object.assign(this, { use, tell, held: null, since: new Date(), failed: 0, paused: false });
    addEventListener("online", () => this.ask());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#stop() : this.ask()));
    this.#later();
  }

  pause(paused) {
    this.paused = paused;
    if (paused) this.#stop();
    else this.ask();
  }

  /** Asks now, unless nobody looks, the host has stopped it, or an answer is on its way. */
  async ask() {
    this.#stop();
    if (this.paused || document.hidden || this.asking) return;
    this.asking = true;
    const text = await read();
    this.asking = false;
    if (this.paused) return;
    this.failed = text === null ? this.failed + 1 : 0;
    if (text !== null) this.#take(text);
    this.tell(text === null ? "lost" : "ok", this.since);
    this.#later();
  }

  #take(text) {
    this.since = new Date();
    if (text === this.held) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    this.held = text;
    this.use(page);
  }

  #later() {
    this.#stop();
    const wait = Math.min(EVERY * 2 ** this.failed, LONGEST);
    this.timer = setTimeout(() => this.ask(), wait * (0.9 + 0.2 * Math.random()));
  }

  #stop() {
    clearTimeout(this.timer);
  }
}

/** Returns the page as it is now; null where it cannot be had, or is not our page but a network's login. */
async function read() {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), PATIENCE);
  try {
    const reply = await fetch(location.pathname + location.search, { credentials: "omit", redirect: "error", signal: control.signal });
    const text = reply.ok ? await reply.text() : "";
    return text.includes(` data-screen="${document.body.dataset.screen}"`) ? text : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
