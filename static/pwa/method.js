// What stands under the area's bars: how many answered, what the line on a bar means, and how the
// figures are made, folded. All of it from the summary.

import { make } from "./elements.js";
import { day, lang, number, percent, t, within } from "./strings.js";

/** How many stand behind the figures, and that they chose to take part. */
function people({ participants, residents }) {
  const values = { people: number(participants), residents: residents && number(residents) };
  return residents ? t("{people} af {residents} har svaret. De valgte selv at være med.", values)
    : t("{people} har svaret. De valgte selv at være med.", values);
}

/** What the interval means: a document says it in Danish only. */
function labelled(interval) {
  return lang === "da" ? interval.label : t("Usikkerhed, hvis deltagerne var tilfældigt udvalgt");
}

function made({ themes, residents, snapshot, method }) {
  const { interval, population } = method;
  const values = { residents: residents && number(residents), age: population.min_age,
    level: percent(interval.level), label: labelled(interval), day: day(snapshot.day), number: number(snapshot.number) };
  return [
    residents ? t("De {residents} er alle, der bor her og er fyldt {age} år.", values) : null,
    t("Den, der bor et andet sted eller er under {age} år, tæller ikke med.", values),
    t("Man skal have svaret på billeder fra alle temaer. Meget hurtige svar tæller ikke med."),
    t("Folk valgte selv at svare. De, der ikke svarede, kan mene noget andet."),
    t("Spændet er på {level}. {label}.", values),
    themes.some((row) => row.weighted) ? t("Tallene er vægtet, så de passer bedre med områdets alder og køn.")
      : t("Alle, der er med, tæller lige meget."),
    t("Antallet af svar er rundet af til nærmeste 5, så ingen kan genkendes."),
    t("Tallene er fra {day}. Det er udgave nummer {number}.", values),
  ].filter(Boolean);
}

function small(words) {
  return make("p", { class: "small" }, words);
}

/** Says to a person who told so that the area's figures are without her; `background` is what she told. */
export function leftOut({ lives_here, age_band } = {}) {
  const outside = ["no", "uses"].includes(lives_here) || age_band === "0-14";
  return outside ? [small(t("Områdets tal tæller dem, der bor her og er fyldt 15 år."))] : [];
}

/** The notes under the bars of a published summary. */
export function notes(summary, background) {
  const label = within(labelled(summary.method.interval));
  return [
    make("p", { class: "people" }, people(summary)),
    small([t("Tallet viser, hvor stor en del af temaets billeder folk i snit sagde ja til."), " ",
      t("Stregen på søjlen og tallene i parentes er spændet: {label}.", { label })]),
    ...leftOut(background),
    make("details", { class: "made" }, make("summary", {}, t("Sådan er tallene lavet")), make("ul", {},
      made(summary).map((words) => make("li", {}, words)))),
  ];
}
