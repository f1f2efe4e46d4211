// Pictures of the deck: fetched one by one before they are needed, decoded only shortly before, so
// that a cheap phone does not hold a whole deck of pixels.

import { make } from "./elements.js";
import { tongue } from "./strings.js";

const TYPES = ["image/avif", "image/webp"];
const AHEAD = 4; // pictures fetched at once
const DECODED = 2; // of these, decoded
// The same text as in the page, so that the landing picture and card 1 are one download.
const SIZES = "(min-width: 640px) 480px, 92vw";
const SPARES = navigator.connection?.saveData;
const when = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 200));

/** Where data is dear only the narrowest, but for the picture of the landing page: it is here already. */
function srcset({ id, picture: { sources } }, type) {
  const fit = sources.filter((s) => s.type === type);
  const few = SPARES && id !== document.querySelector("[data-first]")?.dataset.first;
  return (few ? fit.slice(0, 1) : fit).map((s) => `${s.url} ${s.width}w`).join(", ");
}

/** A <picture> for a card: the first type the phone can show, in the width it needs. */
export function picture(card, sizes = SIZES) {
  const { sources, width, height } = card.picture;
  const image = make("img", { alt: card.alt, ...tongue(card, "alt"), width, height, draggable: "false", decoding: "async" });
  const element = make("picture", {}, TYPES.map((type) => [type, srcset(card, type)]).filter(([, set]) => set)
    .map(([type, set]) => make("source", { type, srcset: set, sizes })), image);
  image.src = sources.at(-1).url;
  return element;
}

/** A picture on its way: `loaded` when its bytes are there, `ready` when it is decoded, which is done
 *  when somebody asks for it. */
class Coming {
  #ready = null;

  constructor(card) {
    this.element = picture(card);
    this.failed = false;
    this.done = false;
    const image = this.element.lastChild;
    this.loaded = new Promise((resolve, reject) => {
      image.addEventListener("load", resolve);
      image.addEventListener("error", () => reject(new Error(card.id)));
    }).then(() => { this.done = true; });
    this.loaded.catch(() => { this.failed = true; });
  }

  get ready() {
    if (!this.#ready) {
      this.#ready = this.loaded.then(() => this.element.lastChild.decode());
      this.#ready.catch(() => { this.failed = true; });
    }
    return this.#ready;
  }
}

export class Pictures {
  #cards;
  #made = new Map();
  #wanted = [];
  #tried = new Set();
  #busy = false;

  /** `cards` maps ids to cards of the deck. */
  constructor(cards) {
    this.#cards = cards;
  }

  /** The picture of a card, with the promise that it is decoded; a failed one is made anew. */
  get(id) {
    const held = this.#made.get(id);
    if (held && !held.failed) return held;
    const made = new Coming(this.#cards.get(id));
    this.#made.set(id, made);
    return made;
  }

  /** Fetches one picture after the other, the card on screen first: two ahead are decoded, two more
   *  come at once, the rest of the deck when the phone is idle. */
  async prepare(ids) {
    this.#wanted = ids;
    this.#tried.clear();
    this.#decode();
    if (this.#busy) return;
    this.#busy = true;
    for (let id = this.#next(); id; id = this.#next()) {
      if (this.#wanted.indexOf(id) > AHEAD) await new Promise(when);
      this.#tried.add(id);
      await this.get(id).loaded.catch(() => {});
      this.#decode();
    }
    this.#busy = false;
  }

  #next() {
    const ids = navigator.connection?.saveData ? this.#wanted.slice(0, AHEAD + 1) : this.#wanted;
    return ids.find((id, place) => {
      const made = this.#made.get(id);
      return !made?.done && !this.#tried.has(id) && (place <= AHEAD || !made?.failed);
    });
  }

  #decode() {
    for (const id of this.#wanted.slice(0, DECODED + 1)) {
      if (this.#made.get(id)?.done) this.#made.get(id).ready.catch(() => {});
    }
  }
}
