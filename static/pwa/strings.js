// Words: Danish is written in the code and is its own key; other languages come with the page, or
// those that are said before the cards begin, and the others after them.

const read = (id) => JSON.parse(document.getElementById(id)?.textContent || "{}");
const words = read("strings");
const page = read("page");
export const lang = document.documentElement.lang || "da";
// Digits are Latin in Arabic too, so that figures read alike here, on the page and on paper. For a
// language that the browser does not know, Danish figures would be wrong and English ones are read.
const LOCALE = { ar: "ar-u-nu-latn", en: "en-GB" };
const locale = [LOCALE[lang] ?? lang, "en-GB"];

// Another language is a new page: what follows the # in the address goes along.
for (const link of document.querySelectorAll(".languages a")) link.hash = location.hash;

/** Learns the words that are not in the page; `fetched` brings a file as text. */
export async function learn(fetched) {
  const { src } = document.getElementById("strings").dataset;
  if (src) Object.assign(words, JSON.parse(await fetched(src)));
}

/** Returns `text` in the reader's language with every {name} replaced from `values`. */
export function t(text, values = {}) {
  const found = words[text] || text;
  return found.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** A translated sentence as a row of pieces, for values that are elements. */
export function mixed(sentence, values) {
  return sentence.split(/\{(\w+)\}/).flatMap((piece, i) => (i % 2 ? values[piece] : piece));
}

/** The attributes that say how a text of the deck is written; none where it is as the page is.
 *  `part` names, under `danish`, its texts that nobody wrote in the deck's language. */
export function tongue(part, name) {
  const danish = part.danish?.includes(name);
  const written = danish ? "da" : page.lang;
  return written === lang ? {} : { lang: written, dir: danish ? "ltr" : page.dir };
}

/** Writes "12. december" for an RFC 3339 time, on the day it has in the municipality; another year
 *  than this one is written too. */
export function day(time) {
  const noon = new Date(`${time.slice(0, 10)}T12:00:00`);
  const year = noon.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  const month = words["#months"]?.split(" ")[noon.getMonth()];
  if (month) return [month, noon.getDate(), year && noon.getFullYear()].filter(Boolean).join(" ");
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year }).format(noon);
}

/** The day that is today here, as "2026-12-02": what two days are compared by. */
export function isoDay(moment = new Date()) {
  return [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** Writes a share between 0 and 1 as whole percent. */
export function percent(share) {
  return new Intl.NumberFormat(locale, { style: "percent" }).format(share);
}

/** Writes a count as people do: "2.304". */
export function number(count) {
  return new Intl.NumberFormat(locale).format(count);
}

/** Joins names, strings or elements: "a", "a og b", "a, b og c". */
export function list(names) {
  const places = new Intl.ListFormat(locale, { type: "conjunction" }).formatToParts(names.map(String));
  const left = [...names];
  return places.map(({ type, value }) => (type === "element" ? left.shift()
    : value.replace("and", words["#and"] ?? "and")));
}

/** A theme's name inside a Danish sentence: "Byliv" becomes "byliv", "DGI-huse" stays. */
export function within(name) {
  const lower = lang === "da" && name.slice(1, 2) === name.slice(1, 2).toLowerCase();
  return lower ? name[0].toLowerCase() + name.slice(1) : name;
}
