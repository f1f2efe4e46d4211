// The results, step by step. Until the host shows them they are taken out of the page, so that nobody
// in the hall reads them before she has answered.

import { morph } from "../morph.js";
import { changed } from "./pace.js";

const find = (id) => document.getElementById(id);

export class Stage {
  /** Takes the results out of the page. A reload stands where the host had come to. */
  constructor() {
    const held = history.state?.step ?? 0;
    Object.assign(this, { slides: [], step: 0 });
    this.take(document);
    this.go(held, { quiet: true });
  }

  /** Takes the slides of a page, ours or a newer one; the one on screen becomes like its newer self. */
  take(page) {
    const fresh = [...page.querySelectorAll("#results > .slide")];
    page.getElementById("results")?.remove();
    const shown = this.slides[this.step - 1];
    const place = fresh.findIndex((slide) => slide.dataset.slide === shown?.dataset.slide);
    if (place >= 0) {
      fresh[place].classList.add("now");
      morph(shown, fresh[place]);
      fresh[place] = shown;
    }
    this.slides = fresh;
    this.#draw();
    this.go(place >= 0 ? place + 1 : this.step, { quiet: true });
  }

  /** Shows a step, 0 for none; beyond the last there is the last. A `quiet` one is not the host's. */
  go(asked, { quiet = false } = {}) {
    const step = Math.min(asked, this.slides.length);
    const slide = this.slides[step - 1];
    const there = find("main").querySelector(":scope > .slide");
    find("idle").hidden = Boolean(slide);
    if (there !== slide) there?.remove();
    if (slide && there !== slide) {
      slide.classList.add("now");
      find("main").append(slide);
    }
    this.step = step;
    document.body.dataset.step = step;
    history.replaceState({ ...history.state, step }, "");
    this.#mark();
    if (!quiet) this.#tell(slide);
  }

  #tell(slide) {
    changed();
    const { hidden, said } = find("reveal").dataset;
    find("spoken").textContent = slide ? said.replace("{name}", slide.dataset.name) : hidden;
  }

  next() {
    if (this.step < this.slides.length) this.go(this.step + 1);
  }

  back() {
    if (this.step > 0) this.go(this.step - 1);
  }

  hide() {
    if (this.step > 0) this.go(0);
  }

  /** Draws one button for each step. */
  #draw() {
    const { hidden } = find("reveal").dataset;
    const names = [hidden, ...this.slides.map((slide) => slide.dataset.name)];
    const held = [...find("steps").children].map((one) => one.textContent);
    if (names.join() === held.join()) return;
    find("steps").replaceChildren(...names.map((name, step) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: name });
      button.addEventListener("click", () => this.go(step));
      const item = document.createElement("li");
      item.append(button);
      return item;
    }));
  }

  /** Says on the buttons where we are. */
  #mark() {
    const { show, next } = find("reveal").dataset;
    find("reveal").hidden = !this.slides.length;
    find("back").setAttribute("aria-disabled", String(this.step === 0));
    find("next").setAttribute("aria-disabled", String(this.step === this.slides.length));
    find("next").firstElementChild.textContent = this.step ? next : show;
    [...find("steps").children].forEach((item, step) => {
      if (step === this.step) item.firstElementChild.setAttribute("aria-current", "step");
      else item.firstElementChild.removeAttribute("aria-current");
    });
    const waits = document.querySelector("[data-hidden].wait");
    if (waits) waits.hidden = !this.slides.length;
  }
}
