// The page of a closed survey: sends what this phone still holds, and draws the area's result, with
// the phone's own beside it where there is one.

import { make } from "./elements.js";
import { notes } from "./method.js";
import { fetchDecisions, nextSteps, outcome } from "./next.js";
import { tally } from "./participation.js";
import { themeRows } from "./result.js";
import { Store } from "./store.js";
import { t } from "./strings.js";
import * as summary from "./summary.js";
import { Sender } from "./sync.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);

async function show() {
  const deck = read("deck");
  const page = read("page");
  const root = document.getElementById("result");
  const store = new Store();
  const record = await store.mine(deck.survey.id);
  new Sender(store, () => {}).flush();
  const decided = fetchDecisions(deck.survey.id);
  const found = await summary.fetchSummary(page.area.slug, deck.survey.id);
  const rows = summary.shown(found);
  const own = record ? tally(record, deck.cards) : null;
  const first = summary.ownFirst(own ?? {}, deck.themes);
  const any = Object.keys(rows).length > 0;
  const [people, ...made] = any ? notes(found, record?.background) : [];
  root.replaceChildren(
    make("div", { class: "panel" },
      own ? make("p", { class: "compare" }, summary.ownWords(first)) : null,
      make("p", { class: "compare" }, any ? summary.compareWords(first, found, deck.themes, page.area.name,
        record?.background ?? { lives_here: "no" })
        : t("Der er ikke tal, der kan vises. Få svar vises ikke, så ingen kan genkendes.")),
      people, any || own ? themeRows({ themes: deck.themes, own, rows, area: page.area.name }) : null, made),
    ...outcome(await decided, deck.themes), nextSteps(deck.survey, record?.day, true));
}

show();
