// The result: own themes at once, from the phone and without network; the area's beside them when
// they are published; what happens next; and what the person can still do.

import { bar } from "./bars.js";
import { icon, make, themed } from "./elements.js";
import * as method from "./method.js";
import { fetchDecisions, nextSteps, outcome } from "./next.js";
import { tally } from "./participation.js";
import { picture } from "./pictures.js";
import { share } from "./share.js";
import { lang, number, t, tongue } from "./strings.js";
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

/** Puts the area's bars under what stands in each theme already. */
function addRows(list, { themes, own, rows, area }) {
  themes.forEach((theme, i) => rows[theme.id]
    && list.children[i].append(areaLine(rows[theme.id], theme, area, own ? "area" : "sole")));
}

/** The themes with their bars; `own` is a tally or null, `rows` the area's published rows. */
export function themeRows(facts) {
  const { themes, own } = facts;
  const list = make("div", { class: "themes" }, themes.map((theme) => themed(make("section", { class: "theme" },
    make("h2", tongue(theme, "name"), theme.name), own ? ownLine(own[theme.id], theme) : null), theme)));
  addRows(list, facts);
  return list;
}

/** The cards with a yes, those of the themes in `first` before the others. */
function wished({ cards }, record, { first }) {
  const yes = new Set(record.swipes.filter((swipe) => swipe.answer === "yes").map((swipe) => swipe.card));
  const later = (card) => !first.some((theme) => theme.id === card.theme);
  return cards.filter((card) => yes.has(card.id)).sort((one, other) => later(one) - later(other));
}

function wishes(cards) {
  if (cards.length === 0) return null;
  return make("section", { class: "wishes" }, make("h2", {}, t("Det sagde du ja til")),
    make("ul", { class: "strip", tabindex: "0", "aria-label": t("Det sagde du ja til") },
      cards.map((card) => make("li", {}, picture(card), make("span", tongue(card, "title"), card.title)))));
}

const button = (words, act, look = "button") => make("button", { class: look, type: "button", onclick: act }, words);

function actionsRow({ send, edit, remove, again }, words, alone) {
  return make("div", { class: "actions" }, send ? make("p", { class: "tools" }, button(t("Del dit resultat"), send, "button main")) : null,
    again ? button(words, again) : null, button(t("Ret mine svar"), edit),
    make("div", { class: "quiets" }, alone ? null : make("a", { class: "quiet", href: `/mine?lang=${lang}` }, t("Dine besvarelser på denne telefon")),
      button(t("Slet mit svar"), remove, "quiet")));
}

/** Says to a person who comes back what is new since she last looked, and remembers what she saw. */
function tellNews(place, seen, { people, decided }) {
  if (decided > seen.decided) place.textContent = t("Nyt siden sidst: Kommunen har skrevet, hvad det blev til.");
  else if (people > seen.people) place.textContent = t("Nyt siden sidst: Nu har {people} svaret.", { people: number(people) });
  Object.assign(seen, { people, decided });
}

let retry = () => {}; // one for all: a tablet without a line shows hundreds of results a day
addEventListener("online", () => retry());

/** Adds the area's figures, or the sentence that says why and when; without a line it tries again
 *  when the phone is back on the net. */
async function addArea(places, facts) {
  const { deck, page, own, first, record, returned, keep } = facts;
  const told = returned ? fetchDecisions(deck.survey.id) : [];
  const found = await summary.fetchSummary(page.area.slug, deck.survey.id);
  retry = () => !found && places.list.isConnected && addArea(places, facts);
  const rows = summary.shown(found);
  const any = Object.keys(rows).length > 0;
  if (any) addRows(places.list, { themes: deck.themes, own, rows, area: page.area.name });
  places.words.replaceChildren(...(any
    ? summary.compareWords(first, found, deck.themes, page.area.name, record.background)
    : [summary.waitWords(found, deck.survey)]));
  const [people, ...made] = any ? method.notes(found, record.background) : [null, ...method.leftOut(record.background)];
  if (people) places.words.after(people);
  places.notes.replaceChildren(...made);
  if (!found || !places.list.isConnected) return; // the person may have gone, and her answers with her
  const decided = await told;
  places.decided.replaceChildren(...outcome(decided, deck.themes));
  tellNews(places.news, record.seen ??= {}, { people: found.participants ?? 0, decided: decided.length });
  keep(record.seen);
}

/** Draws the result of one participation into `root`; a trial asks for no figures but says so, and a
 *  kiosk offers nothing that is for the person's own phone. */
export function result(root, { deck, page, record, actions, trial, kiosk, words, returned, keep }) {
  const own = tally(record, deck.cards);
  const first = summary.ownFirst(own, deck.themes);
  const cards = wished(deck, record, first);
  const heading = make("h1", { class: "verdict", tabindex: "-1" }, summary.ownWords(first));
  const places = { words: make("p", { class: "compare", role: "status" }), notes: make("div"), decided: make("div", { class: "told" }),
    news: make("p", { class: "news" }), list: themeRows({ themes: deck.themes, own, rows: {}, area: page.area.name }) };
  const send = trial || kiosk ? null : () => share({ deck, page, own, first }).catch(() => {});
  const head = make("div", { class: "head" },
    make("div", { class: "said" },
      make("p", { class: "thanks" }, make("span", { class: "eyebrow" }, icon("yes"), returned ? t("Velkommen tilbage") : t("Tak for dit svar")),
        trial ? null : make("span", { class: "state chip-state" })),
      heading, places.words, places.news),
    cards.length ? make("div", { class: "fan", "aria-hidden": "true" }, cards.slice(0, 3).map((card) => picture(card))) : null);
  root.replaceChildren(make("div", { class: "result" }, themed(head, first.first[0] ?? deck.themes[0]), places.decided,
    make("div", { class: "panel" }, places.list, places.notes),
    nextSteps(deck.survey, record.day), actionsRow({ ...actions, send }, words, trial || kiosk), wishes(cards)));
  heading.focus({ preventScroll: true });
  if (trial) places.words.textContent = trial.alone;
  else addArea(places, { deck, page, own, first, record, returned, keep });
}
