// Sheets over the page: why we ask, and questions that need a clear yes.

import { make, worded } from "./elements.js";
import { mixed, t, tongue } from "./strings.js";

/** Opens a sheet with these parts; it is gone from the page when it closes. */
export function open(parts, label) {
  const dialog = make("dialog", { "aria-label": label },
    make("div", { class: "sheet" }, ...parts));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Shows why a card is in the deck; it is not an answer. */
export function why(card, theme) {
  const close = make("button", { class: "button", type: "button", onclick: () => dialog.close() }, t("Luk"));
  const dialog = open([
    make("h2", tongue(card, "title"), card.title),
    make("p", { class: "credit", ...tongue(card, "alt") }, card.alt),
    make("p", card.why ? tongue(card, "why") : {}, card.why || mixed(t("Billedet er et eksempel på temaet {theme}."), { theme: worded(theme, "name") })),
    card.why ? make("p", { class: "credit" }, mixed(t("Tema: {theme}"), { theme: worded(theme, "name") })) : null,
    card.credit ? make("p", { class: "credit" }, t("Billede: {credit}", { credit: card.credit })) : null,
    close,
  ], t("Hvorfor spørger vi om dette?"));
}

/** Asks in words before something that cannot be taken back; resolves true only for the clear yes. */
function confirm(title, sentence, action, { no = t("Nej, behold det"), look = "button danger" } = {}) {
  return new Promise((resolve) => {
    const choose = (value) => () => { resolve(value); dialog.close(); };
    const dialog = open([
      make("h2", {}, title),
      make("p", {}, sentence),
      make("button", { class: look, type: "button", onclick: choose(true) }, action),
      make("button", { class: "button", type: "button", autofocus: true, onclick: choose(false) }, no),
    ], title);
    dialog.addEventListener("close", () => resolve(false));
  });
}

/** Whether her answers shall really go. */
export function toDelete() {
  return confirm(t("Slet mit svar?"),
    t("Alle dine svar bliver slettet hos kommunen og på telefonen. Det kan ikke fortrydes."), t("Ja, slet mit svar"));
}

/** Whether it is really somebody else who answers next on this phone. */
export function toHandOn() {
  return confirm(t("Er det en anden, der skal svare?"),
    t("Kun for en anden person. Hver person svarer én gang. Den næste kan ikke se dit svar."),
    t("Ja, en anden svarer nu"), { no: t("Nej, gå tilbage"), look: "button main" });
}
