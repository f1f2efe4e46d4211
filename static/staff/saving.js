// Keeps the fields of a form saved: what changed is sent in one batch at a time, and a batch that
// got no answer is sent again as it was, so that nobody clashes with his own words.

const AFTER_TYPING = 800;
const AGAIN = 3000;

export class Saving {
  #held = new Map(); // name → {was: what the server holds, agreed: what the field said of it}
  #stuck = new Map(); // name → why a field waits for the person: "choose" or "wrong"
  #batch = null;
  #timer = 0;
  #running = null;

  /**
   * `read(name)` gives what a field says now; `send(changes)` resolves to {status, told} and throws
   * without an answer; `heard(told)` shows what came back; `say(word)` tells where it stands.
   */
  constructor(names, { read, was, send, heard, say }) {
    Object.assign(this, { names, read, send, heard, say });
    for (const name of names) this.#held.set(name, { was: was(name), agreed: was(name) });
  }

  /** Whether anything is not stored yet. */
  get unsaved() {
    return this.#batch !== null || this.#stuck.size > 0 || this.#dirty().length > 0;
  }

  #dirty() {
    return this.names.filter((name) => !this.#stuck.has(name) && this.read(name) !== this.#held.get(name).agreed);
  }

  /** Says that a field was typed in; it is sent after a pause. */
  typed(name) {
    if (this.#stuck.get(name) === "wrong") this.#stuck.delete(name);
    if (!this.unsaved) return this.say("saved");
    if (this.#dirty().length) this.say("saving");
    return this.#later(AFTER_TYPING);
  }

  /** Settles a clash: what the other wrote counts as seen. */
  chosen(name, stored) {
    this.accept(name, stored);
    return this.flush();
  }

  /** Takes over what the server holds; the field is told to say the same. */
  accept(name, stored) {
    this.#stuck.delete(name);
    this.#held.set(name, { was: stored, agreed: stored });
  }

  /** Sends what waits at once; resolves to whether everything is stored. */
  flush() {
    clearTimeout(this.#timer);
    this.#running ??= this.#run().finally(() => { this.#running = null; });
    return this.#running;
  }

  #later(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), pause);
  }

  #next() {
    const names = this.#dirty();
    if (!names.length) return null;
    return Object.fromEntries(names.map((name) => [name, { was: this.#held.get(name).was, now: this.read(name) }]));
  }

  async #run() {
    while ((this.#batch ??= this.#next())) {
      this.say("saving");
      const trouble = await this.#try();
      if (trouble) {
        this.say(trouble);
        this.#later(AGAIN);
        return false;
      }
    }
    const waits = [...this.#stuck.values()][0];
    this.say(waits ?? "saved");
    return !waits;
  }

  async #try() {
    let reply;
    try {
      reply = await this.send(this.#batch);
    } catch {
      return "offline";
    }
    if ([401, 403].includes(reply.status)) return "lockedOut";
    if (![200, 404, 409, 422].includes(reply.status)) return "busy";
    this.#settle(this.#batch, reply.told);
    this.#batch = null;
    return "";
  }

  #settle(batch, told) {
    for (const [name, stored] of Object.entries(told.saved ?? {})) {
      this.#held.set(name, { was: stored, agreed: batch[name].now });
    }
    for (const name of Object.keys(told.clashes ?? {})) this.#stuck.set(name, "choose");
    const wrong = Object.keys(told.errors ?? {});
    const refused = told.saved ? [] : Object.keys(batch); // nothing of it was stored
    for (const name of wrong.length ? wrong : refused) if (this.#held.has(name)) this.#stuck.set(name, "wrong");
    for (const name of Object.keys(batch)) if (told.saved && !(name in told.saved) && !(name in (told.clashes ?? {}))) {
      this.#held.get(name).agreed = batch[name].now; // only spaces differed
    }
    this.heard(told);
  }
}
