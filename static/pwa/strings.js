// Words: Danish is written in the code and is its own key; other languages come with the page.

const given = document.getElementById("strings")?.textContent;
const words = given ? JSON.parse(given) : {};
export const lang = document.documentElement.lang || "da";

/** Returns `text` in the reader's language with every {name} replaced from `values`. */
export function t(text, values = {}) {
  const found = words[text] || text;
  return found.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Writes "12. december" for an RFC 3339 time, on the day it has in the municipality; another year
 *  than this one is written too. */
export function day(time) {
  const noon = new Date(`${time.slice(0, 10)}T12:00:00`);
  const year = noon.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return new Intl.DateTimeFormat(lang, { day: "numeric", month: "long", year }).format(noon);
}

/** Writes a share between 0 and 1 as whole percent. */
export function percent(share) {
  return new Intl.NumberFormat(lang, { style: "percent" }).format(share);
}

/** Joins names: "a", "a og b", "a, b og c". */
export function list(names) {
  return new Intl.ListFormat(lang, { type: "conjunction" }).format(names);
}

/** A theme's name inside a Danish sentence: "Byliv" becomes "byliv", "DGI-huse" stays. */
export function within(name) {
  const lower = lang === "da" && name.slice(1, 2) === name.slice(1, 2).toLowerCase();
  return lower ? name[0].toLowerCase() + name.slice(1) : name;
}
