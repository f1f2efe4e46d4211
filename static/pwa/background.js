// Four optional questions about the person. Nothing is chosen beforehand, and not answering is as
// easy as answering.

import { make } from "./elements.js";
import { t } from "./strings.js";

const QUESTIONS = {
  lives_here: {
    title: (area) => t("Bor du i {area}?", { area }),
    choices: [["yes", t("Ja")], ["uses", t("Nej, men jeg kommer her")], ["no", t("Nej")]],
  },
  age_band: {
    title: () => t("Hvor gammel er du?"),
    choices: [["0-14", t("Under 15")], ["15-24", "15–24"], ["25-39", "25–39"], ["40-54", "40–54"],
      ["55-66", "55–66"], ["67-79", "67–79"], ["80+", t("80 eller ældre")]],
  },
  gender: {
    title: () => t("Køn"),
    choices: [["female", t("Kvinde")], ["male", t("Mand")], ["other", t("Andet")]],
  },
  household: {
    title: () => t("Hvem bor du med?"),
    choices: [["alone", t("Ingen")], ["couple", t("Partner")], ["children", t("Familie med børn")],
      ["shared", t("Bofæller")], ["other", t("Andre")]],
  },
};

/** A choice that can be taken back, by a second tap or the delete key; radio buttons alone cannot. */
function choice(name, value, label, given) {
  const input = make("input", { type: "radio", name, value, checked: given === value });
  let before = false;
  input.addEventListener("pointerdown", () => { before = input.checked; });
  input.addEventListener("click", () => {
    if (before) input.checked = false;
    before = false;
  });
  input.addEventListener("keydown", (event) => {
    if (["Backspace", "Delete"].includes(event.key)) input.checked = false;
  });
  return make("label", { class: "chip" }, input, make("span", {}, label));
}

function question(name, area, given) {
  const { title, choices } = QUESTIONS[name];
  return make("fieldset", { class: "ask-back" }, make("legend", {}, title(area)),
    make("div", { class: "chips" }, choices.map(([value, label]) => choice(name, value, label, given[name]))));
}

/** Draws the questions into `root`; `done` gets {name: value} of what was chosen. */
export function ask(root, { area, wanted, given, undo, done }) {
  const names = wanted.filter((name) => name in QUESTIONS);
  const form = make("form", {}, names.map((name) => question(name, area.name, given)),
    make("div", { class: "pair" },
      make("button", { class: "button", type: "button", onclick: () => done({}) }, t("Spring over")),
      make("button", { class: "button", type: "submit" }, t("Færdig"))));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    done(Object.fromEntries(new FormData(form)));
  });
  const heading = make("h1", { tabindex: "-1" }, t("Lidt om dig"));
  root.replaceChildren(make("div", { class: "narrow" },
    make("p", { class: "eyebrow" }, t("Valgfrit · {n} tryk", { n: names.length })), heading,
    make("p", { class: "lead" },
      t("Så kan kommunen se, hvem den mangler at høre fra. Grupper på under 10 bliver aldrig vist.")),
    form,
    make("button", { class: "quiet", type: "button", onclick: undo }, t("Fortryd sidste svar"))));
  heading.focus({ preventScroll: true });
}
