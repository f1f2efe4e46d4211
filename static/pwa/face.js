// What a card looks like: its picture, its title on a solid panel, and the two stamps.

import { icon, make, worded } from "./elements.js";
import { t, tongue } from "./strings.js";

function stamp(side, survey) {
  return make("span", { class: `stamp ${side}`, "aria-hidden": "true" }, icon(side), worded(survey, `${side}_label`));
}

/** Builds a card from its deck entry and its prepared picture ({element, ready}). */
export function face(card, survey, { element, ready }) {
  ready.then(() => element.lastChild.classList.add("seen"), () => {});
  return make("article", { class: "card" }, element, make("h2", { class: "caption", ...tongue(card, "title") }, card.title),
    stamp("yes", survey), stamp("no", survey));
}

/** Resolves when a card's picture is decoded; puts a second try in the place of a failed first. */
export async function show(article, { element, ready }) {
  const shown = article.querySelector("picture");
  if (shown !== element) shown.replaceWith(element);
  await ready;
  element.lastChild.classList.add("seen");
}

/** What stands in place of a picture that does not come. */
export function lost(again) {
  return make("div", { class: "lost" }, make("p", {}, t("Billedet kan ikke hentes lige nu.")),
    make("button", { class: "button", type: "button", onclick: again }, t("Prøv igen")));
}
