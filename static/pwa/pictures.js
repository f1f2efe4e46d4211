// Pictures of the deck: made before they are needed, decoded two ahead, the rest fetched one by one.

import { make } from "./elements.js";
import { tongue } from "./strings.js";

const TYPES = ["image/avif", "image/webp"];
const AHEAD = 4;
// The same text as in the page, so that the landing picture and card 1 are one download.
const SIZES = navigator.connection?.saveData ? "240px" : "(min-width: 640px) 480px, 92vw";
const when = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 200));

function srcset(sources, type) {
  return sources.filter((s) => s.type === type).map((s) => `${s.url} ${s.width}w`).join(", ");
}

/** A <picture> for a card: the first type the phone can show, in the width it needs. */
export function picture(card, sizes = SIZES) {
  const { sources, width, height } = card.picture;
  const types = TYPES.filter((type) => srcset(sources, type));
  const image = make("img", { alt: card.alt, ...tongue(card, "alt"), width, height, draggable: "false", decoding: "async" });
  const element = make("picture", {},
    types.map((type) => make("source", { type, srcset: srcset(sources, type), sizes })), image);
  image.src = sources.at(-1).url;
  return element;
}

export class Pictures {
  #cards;
  #made = new Map();

  /** `cards` maps ids to cards of the deck. */
  constructor(cards) {
    this.#cards = cards;
  }

  /** The picture of a card and the promise that it is decoded; a failed one is made anew. */
  get(id) {
    const held = this.#made.get(id);
    if (held && !held.failed) return held;
    const card = this.#cards.get(id);
    const element = picture(card);
    const entry = { element, failed: false, ready: null };
    entry.ready = element.lastChild.decode().catch((error) => {
      entry.failed = true;
      throw error;
    });
    entry.ready.catch(() => {});
    this.#made.set(id, entry);
    return entry;
  }

  /** Prepares the next few cards now and the whole deck when the phone is idle. */
  async prepare(ids) {
    for (const id of ids.slice(0, AHEAD)) await this.get(id).ready.catch(() => {});
    if (navigator.connection?.saveData) return;
    when(() => this.#fetch(ids.slice(AHEAD)));
  }

  async #fetch(ids) {
    for (const id of ids) {
      if (!this.#made.has(id)) await this.get(id).ready.catch(() => {});
    }
  }
}
