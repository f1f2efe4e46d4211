// The area's published figures: fetched, and put into words. What is withheld is said, not hidden.

import { worded } from "./elements.js";
import { day, list, mixed, number, percent, t, within } from "./strings.js";

/** Fetches the newest summary of a survey, or null when it cannot be had now. */
export async function fetchSummary(area, survey) {
  try {
    const reply = await fetch(`/api/v1/areas/${area}/summary?survey=${survey}`, { credentials: "omit" });
    return reply.ok ? await reply.json() : null;
  } catch {
    return null;
  }
}

/** The rows of a summary that may be shown: {theme slug: row}. */
export function shown(summary) {
  const rows = summary?.snapshot ? summary.themes ?? [] : [];
  return Object.fromEntries(rows.filter((row) => row.share !== null || row.bound).map((row) => [row.theme, row]));
}

/** A row's share in words: "71 %", or "over 95 %" where the exact figure is withheld. */
export function figure(row) {
  if (row.share !== null) return percent(row.share);
  const edge = percent(Number(row.bound.slice(1)));
  return row.bound.startsWith(">") ? t("over {share}", { share: edge }) : t("under {share}", { share: edge });
}

/** A row's share as a number for a bar. */
export function length(row) {
  return row.share ?? Number(row.bound.slice(1));
}

/** The ends of a row's interval in words: "69–73 %"; none where they are withheld. */
export function span(row) {
  return row.low === null ? null : `${number(Math.round(100 * row.low))}–${percent(row.high)}`;
}

/** The themes with the highest own share; one answer more or less is no difference. */
export function ownFirst(tally, themes) {
  const rows = themes.filter((theme) => tally[theme.id]?.said)
    .map((theme) => ({ theme, ...tally[theme.id], share: tally[theme.id].yes / tally[theme.id].said }));
  const best = Math.max(0, ...rows.map((row) => row.share));
  const first = rows.filter((row) => row.yes && best - row.share <= 1 / row.said).map((row) => row.theme);
  return { first, none: rows.length === 0 || best === 0, all: rows.length > 1 && first.length === rows.length,
    even: rows.every((row) => row.share === best) };
}

/** A theme's name inside a sentence. */
function named(theme) {
  return worded(theme, "name", within(theme.name));
}

/** The person's own result in one sentence, as pieces. */
export function ownWords({ first, none, all, even }) {
  if (none) return [t("Du sagde ikke ja til nogen af billederne.")];
  if (all) return [even ? t("Du vil have lige meget af det hele.") : t("Du vil have næsten lige meget af det hele.")];
  return mixed(t("Du vil især have {themes}."), { themes: list(first.map(named)) });
}

/** The area's result next to the own in one sentence, as pieces; none where the area has no first.
 *  Who told that she lives elsewhere is no neighbour. */
export function compareWords(own, summary, themes, area, { lives_here } = {}) {
  const id = summary?.verdict?.first;
  const found = themes.find((other) => other.id === id);
  if (!found) return [];
  if (!summary.verdict.clear) return [t("I {area} ligger temaerne tæt. Ingen er klart foran.", { area })];
  const values = { area, theme: named(found) };
  if (["no", "uses"].includes(lives_here)) return mixed(t("I {area} får {theme} flest ja."), values);
  if (!own.all && own.first.some((other) => other.id === id)) {
    return mixed(own.first.length > 1 ? t("Du og dine naboer vil begge især have {theme}.") : t("Det vil dine naboer også."), values);
  }
  return mixed(t("Dine naboer vil især have {theme}."), values);
}

/** Why there are no area figures yet, and when there will be. */
export function waitWords(summary, survey) {
  const policy = summary?.reason === "policy" || (!summary && survey.results !== "live");
  if (policy && survey.results === "staff") {
    return t("Kommunen fortæller selv om resultatet, når den har set på svarene.");
  }
  if (policy) {
    const last = day(survey.closes_at);
    return t("Områdets tal bliver vist her, når undersøgelsen er slut den {day}.", { day: last });
  }
  if (!summary) return t("Områdets tal kan ikke hentes lige nu. Kig forbi igen senere.");
  return t("Du er blandt de første. Når 30 har svaret, kan områdets tal vises her.");
}
