// The pictures take turns while the result is hidden; the next one is there before it is shown.

import { calmly } from "./pace.js";

const EVERY = 8000; // ms
const still = matchMedia("(prefers-reduced-motion: reduce)");

export class Pile {
  constructor() {
    this.paused = false;
    setInterval(() => this.#turn(), EVERY);
  }

  async #turn() {
    const pile = document.getElementById("pile");
    if (this.paused || still.matches || document.hidden || !pile || pile.parentElement.hidden) return;
    const frames = [...pile.querySelectorAll(".frame")];
    const now = frames.findIndex((frame) => !frame.hidden);
    const next = frames[(now + 1) % frames.length];
    if (next === frames[now]) return;
    try {
      const image = next.querySelector("img");
      image.loading = "eager";
      await image.decode();
    } catch {
      return; // no line: the picture that is there stays
    }
    calmly(() => !this.paused && change(frames, next));
  }
}

function change(frames, next) {
  for (const frame of frames) frame.hidden = frame !== next;
  next.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 900, easing: "ease" });
}
