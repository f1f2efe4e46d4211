// What happens next and when, as a short line of steps; what the answers can and cannot change; and,
// once the municipality has told it, what was decided.

import { make, themed, worded } from "./elements.js";
import { day, isoDay, lang, t } from "./strings.js";

const STATES = { decided: t("Besluttet"), started: t("I gang"), done: t("Færdigt"), rejected: t("Valgt fra") };
const small = (...words) => make("p", { class: "small" }, ...words);

/** Fetches what was decided after a survey; empty where nothing is told or there is no line. */
export async function fetchDecisions(survey) {
  try {
    const reply = await fetch(`/api/v1/surveys/${survey}/decisions?lang=${lang}`, { credentials: "omit" });
    return reply.ok ? (await reply.json()).decisions : [];
  } catch {
    return [];
  }
}

/** The list of decisions; `themes` are those of a deck, whose names and colours it shows. */
export function decisions(rows, themes = []) {
  return make("ul", { class: "decided" }, rows.map(({ text, lang: written, state, decided_on: on, themes: about }) => make("li", {},
    small(make("b", {}, STATES[state]), on && ` · ${day(on)}`),
    make("p", { lang: written, dir: "auto" }, text),
    make("p", { class: "tags" }, themes.filter((theme) => about.includes(theme.id))
      .map((theme) => themed(make("span", {}, worded(theme, "name")), theme))))));
}

/** The section of a result, or nothing while nothing is told: a list to spread. */
export function outcome(rows, themes) {
  return rows.length ? [make("section", { class: "panel outcome" }, make("h2", {}, t("Det blev det til")), decisions(rows, themes))] : [];
}

function step(when, what, more = [], past = false) {
  return make("li", { class: past && "past" }, make("p", { class: "when" }, when), make("p", { class: "what" }, what),
    more.map((line) => small(line)));
}

/** The steps of a survey and its limits; `answered` is the day of the own answer, if there is one. */
export function nextSteps(survey, answered, closed) {
  const mandate = survey.mandate ?? {};
  const told = (...names) => names.filter((name) => mandate[name]).map((name) => worded(mandate, name));
  const [who, on, path] = [told("decided_by", "pot"), mandate.decided_on, `/a/${survey.area}/aftryk`];
  const limits = [[t("Det kan svarene ændre"), "can_change"], [t("Det kan de ikke ændre"), "cannot_change"]];
  return make("section", { class: "panel next" }, make("h2", {}, t("Hvad sker der nu?")),
    make("ol", {},
      answered && step(answered === isoDay() ? t("I dag") : day(answered), t("Du har svaret"), [], true),
      step(day(survey.closes_at), closed ? t("Undersøgelsen sluttede") : t("Undersøgelsen slutter"), [], closed),
      on || who.length ? step(on ? day(on) : "", t("Beslutningen"), who) : null,
      step(t("Bagefter"), t("Se, hvad det blev til"), [make("a", { href: path, dir: "ltr" }, location.host + path)])),
    limits.some(([, name]) => mandate[name]) ? make("details", { class: "made" }, make("summary", {}, t("Hvad kan svarene ændre?")),
      make("dl", {}, limits.filter(([, name]) => mandate[name])
        .map(([term, name]) => make("div", {}, make("dt", {}, term), make("dd", {}, told(name)))))) : null);
}
