// The result: own themes at once, from the phone and without network; the area's beside them when
// they are published; what happens next; and what the person can still do.

import { bar } from "./bars.js";
import { icon, make, themed, worded } from "./elements.js";
import * as method from "./method.js";
import { tally } from "./participation.js";
import { picture } from "./pictures.js";
import { day, t, tongue } from "./strings.js";
import * as summary from "./summary.js";

function line(kind, label, share, words, theme, row = {}) {
  return make("div", { class: `line ${kind}` }, make("span", { class: "who" }, label),
    bar(share, theme, { thin: kind === "area", low: row.low, high: row.high }), make("span", { class: "figure" }, words));
}

function ownLine(row, theme) {
  if (!row?.said) return line("own", t("Dig"), null, t("intet svar"), theme);
  return line("own", t("Dig"), row.yes / row.said, t("{yes} ja af {said}", row), theme);
}

function areaLine(row, theme, area, kind) {
  const words = [t("{share} ja", { share: summary.figure(row) })];
  const span = summary.span(row);
  if (span) words.push(" ", make("span", { class: "span" }, `(${span})`));
  return line(kind, area, summary.length(row), words, theme, row);
}

/** The themes with their bars; `own` is a tally or null, `rows` the area's published rows. */
export function themeRows({ themes, own, rows, area }) {
  const section = (theme) => make("section", { class: "theme" }, make("h3", tongue(theme, "name"), theme.name),
    own ? ownLine(own[theme.id], theme) : null,
    rows[theme.id] ? areaLine(rows[theme.id], theme, area, own ? "area" : "own") : null);
  return make("div", { class: "themes" }, themes.map((theme) => themed(section(theme), theme)));
}

/** What happens with the answers, from the survey's mandate. */
export function nextSteps(survey, { closed = false } = {}) {
  const mandate = survey.mandate ?? {};
  const told = (name) => mandate[name] && worded(mandate, name);
  const rows = [
    [closed ? t("Undersøgelsen sluttede") : t("Undersøgelsen slutter"), day(survey.closes_at)],
    [t("Hvem beslutter"), told("decided_by")],
    [t("Hvornår"), mandate.decided_on && day(mandate.decided_on)],
    [t("Hvilke penge"), told("pot")],
    [t("Det kan svarene ændre"), told("can_change")],
    [t("Det kan de ikke ændre"), told("cannot_change")],
  ].filter(([, words]) => words);
  return make("section", { class: "panel next" }, make("h2", {}, t("Hvad sker der nu?")),
    make("dl", {}, rows.map(([term, words]) => make("div", {}, make("dt", {}, term), make("dd", {}, words)))));
}

function wishes(deck, record) {
  const yes = new Set(record.swipes.filter((swipe) => swipe.answer === "yes").map((swipe) => swipe.card));
  const cards = deck.cards.filter((card) => yes.has(card.id));
  if (cards.length === 0) return null;
  return make("section", { class: "wishes" }, make("h2", {}, t("Det sagde du ja til")),
    make("ul", { class: "strip", tabindex: "0", "aria-label": t("Det sagde du ja til") },
      cards.map((card) => make("li", {}, picture(card, "140px"), make("span", tongue(card, "title"), card.title)))));
}

function actionsRow({ edit, remove, again }, trial) {
  const button = (words, act, look = "button") => make("button", { class: look, type: "button", onclick: act }, words);
  return make("div", { class: "actions" }, again ? button(trial?.again ?? t("Prøv igen som en ny person"), again) : null,
    button(t("Ret mine svar"), edit), button(t("Slet mit svar"), remove, "quiet"));
}

/** Adds the area's figures, or the sentence that says why and when; without a line it tries again
 *  when the phone is back on the net. */
async function addArea(places, facts) {
  const { deck, page, own, background } = facts;
  const found = await summary.fetchSummary(page.area.slug, deck.survey.id);
  if (!found) addEventListener("online", () => places.slot.isConnected && addArea(places, facts), { once: true });
  const rows = summary.shown(found);
  const any = Object.keys(rows).length > 0;
  if (any) places.slot.replaceChildren(themeRows({ themes: deck.themes, own, rows, area: page.area.name }));
  places.words.replaceChildren(...(any
    ? summary.compareWords(summary.ownFirst(own, deck.themes), found, deck.themes, page.area.name)
    : [summary.waitWords(found, deck.survey)]));
  places.notes.replaceChildren(...(any ? method.notes(found, background) : method.leftOut(background)));
}

/** Draws the result of one participation into `root`; a trial asks for no figures but says so. */
export function result(root, { deck, page, record, actions, trial }) {
  const own = tally(record, deck.cards);
  const heading = make("h1", { class: "verdict", tabindex: "-1" }, summary.ownWords(summary.ownFirst(own, deck.themes)));
  const slot = make("div", {}, themeRows({ themes: deck.themes, own, rows: {}, area: page.area.name }));
  const words = make("p", { class: "compare", role: "status" });
  const notes = make("div");
  root.replaceChildren(make("div", { class: "result" },
    make("div", { class: "head" }, make("p", { class: "eyebrow" }, icon("yes"), t("Tak for dit svar")),
      trial ? null : make("span", { class: "state chip-state" }), heading),
    make("div", { class: "panel" }, slot, words, notes),
    wishes(deck, record), nextSteps(deck.survey),
    make("p", { class: "small back" }, t("Kom tilbage, når du vil. Så ser du de nyeste tal her:"), " ",
      make("a", { href: `/a/${page.area.slug}` }, `${location.host}/a/${page.area.slug}`)),
    actionsRow(actions, trial)));
  heading.focus({ preventScroll: true });
  if (trial) words.textContent = trial.alone;
  else addArea({ slot, words, notes }, { deck, page, own, background: record.background });
}
