// All own answers in one list, each with its three choices.

import { icon, make, themed, worded } from "./elements.js";
import { answer } from "./participation.js";
import { picture } from "./pictures.js";
import { t, tongue } from "./strings.js";

function choices(survey) {
  return [
    ["no", worded(survey, "no_label"), icon("no")],
    ["skip", t("Spring over"), "–"],
    ["yes", worded(survey, "yes_label"), icon("yes")],
  ];
}

function row(card, { deck, record, known, change }) {
  const held = () => record.swipes.find((swipe) => swipe.card === card.id)?.answer;
  const choose = (value) => () => {
    if (held() === value) return;
    answer(record, { card: card.id, answer: value, ms: null, input: "button" }, known);
    change();
  };
  const inputs = choices(deck.survey).map(([value, label, mark]) => make("label", { class: `mark ${value}` },
    make("input", { type: "radio", name: card.id, checked: held() === value, onchange: choose(value) }),
    make("span", { "aria-hidden": "true" }, mark), make("span", { class: "hear" }, label)));
  return make("li", {}, make("fieldset", {}, make("legend", { class: "hear", ...tongue(card, "title") }, card.title),
    picture(card), make("span", { class: "title", "aria-hidden": "true", ...tongue(card, "title") }, card.title),
    make("div", { class: "marks" }, inputs)));
}

/** Draws the list into `root`; `change` hears every new answer, `done` ends the review. */
export function review(root, context) {
  const { deck, record, done } = context;
  const answered = new Set(record.swipes.map((swipe) => swipe.card));
  const rows = (theme) => deck.cards.filter((card) => card.theme === theme.id && answered.has(card.id))
    .map((card) => row(card, context));
  const group = (theme) => themed(make("section", { class: "group" },
    make("h2", tongue(theme, "name"), theme.name), make("ul", {}, rows(theme))), theme);
  const heading = make("h1", { tabindex: "-1" }, t("Ret dine svar"));
  root.replaceChildren(make("div", { class: "narrow review" }, heading,
    make("p", { class: "lead" }, t("Tryk på et nyt svar. Det gemmes med det samme.")),
    deck.themes.map(group),
    make("div", { class: "go" },
      make("button", { class: "button main", type: "button", onclick: done }, t("Se dit resultat")))));
  scrollTo(0, 0);
  heading.focus({ preventScroll: true });
}
