// "Are you still here?" over all that one person sees, and "Do you want to stop?".

import { draw, make } from "./elements.js";
import { t } from "./strings.js";

const WHOLE = 20; // seconds on the ring
const HALF = 10; // seconds left when it is said once more; a word every second would drown all else
const LONG = 2 * Math.PI * 44;

function ring() {
  const part = draw("circle", { class: "left", cx: 50, cy: 50, r: 44, "stroke-dasharray": LONG });
  const number = make("b", {});
  const element = make("div", { class: "ring", "aria-hidden": "true" },
    draw("svg", { viewBox: "0 0 100 100" }, draw("circle", { cx: 50, cy: 50, r: 44 }), part), number);
  return { element, show(seconds) {
    number.textContent = seconds;
    part.setAttribute("stroke-dashoffset", LONG * (1 - seconds / WHOLE));
  } };
}

/** Opens a dialog over the cards. `stay()` hears every press but that of the quiet button, which
 *  calls `done()`. */
function open({ title, words, left = "", yes, no }, { stay, done }) {
  const { element, show } = ring();
  const said = make("p", { class: "hear", id: "left", role: "status" }, left);
  const away = make("button", { class: "quiet", type: "button" }, no);
  const dialog = make("dialog", { class: "asking", "data-patience": true, "aria-label": title, "aria-describedby": "asked left" },
    make("div", { class: "sheet" }, element, make("h2", {}, title), make("p", { id: "asked" }, words),
      make("button", { class: "button main", type: "button", autofocus: true }, yes), away, said));
  element.hidden = true;
  dialog.addEventListener("click", ({ target }) => (target === away ? done() : stay()));
  dialog.addEventListener("cancel", stay);
  const key = (event) => {
    if (event.key === "Tab" || (event.target === away && ["Enter", " "].includes(event.key))) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // the same key must not answer the card below
    stay();
  };
  addEventListener("keydown", key, true);
  document.body.append(dialog);
  dialog.showModal();
  let late = false;
  return {
    count(seconds) {
      element.hidden = false;
      show(seconds);
      if (seconds > HALF || late) return;
      late = true;
      said.textContent = t("{n} sekunder tilbage", { n: seconds });
    },
    close() {
      removeEventListener("keydown", key, true);
      dialog.close();
      dialog.remove();
    },
  };
}

/** Asks whether somebody is still there; `count(seconds)` of what it returns shows what is left.
 *  The number is on the ring, and with the question for who hears it. */
export function stillHere(on, seconds) {
  return open({ title: t("Er du her stadig?"), words: t("Tryk på skærmen, så bliver du her. Ellers begynder den forfra."),
    left: t("{n} sekunder tilbage", { n: seconds }),
    yes: t("Ja, jeg er her"), no: t("Nej, jeg er færdig") }, on);
}

/** Asks whether to stop before the last card. */
export function stopHere(on) {
  return open({ title: t("Vil du stoppe her?"), words: t("Det, du har svaret, er gemt."),
    yes: t("Nej, jeg svarer videre"), no: t("Ja, stop") }, on);
}
