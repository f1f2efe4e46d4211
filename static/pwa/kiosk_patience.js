// The one time limit there is: a shared screen that nobody touches is made ready for the next
// person. It warns 20 seconds before, and any touch, key or movement gives the whole time anew, as
// often as one likes (WCAG 2.2.1).

const WARNING = 20; // seconds
const ALLOWED = { cards: 65, after: 65, about: 65, result: 45 }; // seconds without a sign of life, warning and all
const ALLOWED_AFTER_A_TOUCH = { result: 65 }; // somebody reads it, or mends her answers
const SETTLING = 1000; // ms after a stage began: its own scrolling and focus are no sign of life
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "scroll", "input", "focusin"];

export class Patience {
  #stage = null;
  #allowed = 0;
  #begun = 0;
  #since = 0;
  #timer = 0;
  #warned = false;

  /** `warn(seconds)` is heard every second of the last twenty, `calm()` when somebody was there
   *  after all, `over()` when nobody was. */
  constructor({ warn, calm, over }) {
    Object.assign(this, { warn, calm, over });
    for (const sign of SIGNS) addEventListener(sign, () => this.#sign(), { capture: true, passive: true });
    document.addEventListener("visibilitychange", () => this.#look());
  }

  /** A new stage: its time begins. On the first screen nobody is waited for. */
  at(stage) {
    clearInterval(this.#timer);
    this.#stage = stage in ALLOWED ? stage : null;
    if (!this.#stage) return this.#quieten();
    this.#allowed = ALLOWED[stage];
    this.#begun = Date.now();
    this.#timer = setInterval(() => this.#look(), 1000);
    return this.#again();
  }

  /** Somebody said that she is here. */
  stay() {
    this.#allowed = ALLOWED_AFTER_A_TOUCH[this.#stage] ?? this.#allowed;
    this.#again();
  }

  #again() {
    this.#since = Date.now();
    this.#quieten();
  }

  #quieten() {
    if (this.#warned) this.calm();
    this.#warned = false;
  }

  #sign() {
    if (!this.#stage || document.querySelector("dialog[data-patience]")) return; // the dialog asks in words
    if (Date.now() - this.#begun >= SETTLING) this.stay();
  }

  #look() {
    if (!this.#stage) return;
    const left = Math.ceil(this.#allowed - (Date.now() - this.#since) / 1000);
    if (left <= 0) return this.over();
    if (left > WARNING) return;
    this.#warned = true;
    this.warn(left);
  }
}
