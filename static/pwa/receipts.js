// The receipts: every participation this phone remembers, where it is, and what came of it. All of it
// is the phone's own memory; the words stand in the page.

import { decisions, fetchDecisions } from "./next.js";
import { Store } from "./store.js";
import { day, isoDay, lang as page } from "./strings.js";
import { Sender } from "./sync.js";

const find = (id) => document.getElementById(id);
const store = new Store();
const sender = new Sender(store, () => {});
const known = new Map(); // survey: what was decided, asked for once

/** Chooses one of the texts that an element carries. */
function choose(element, name, values = {}) {
  element.textContent = element.dataset[name].replace(/\{(\w+)\}/, (_, key) => values[key]);
}

/** Asks in a sheet of the page; resolves whether the answer was yes. */
function asked(id) {
  const dialog = find(id);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => { dialog.onclose = () => resolve(dialog.returnValue === "yes"); });
}

function whereabouts({ deleted, late, acked, revision }) {
  if (deleted) return "going";
  if (late) return late > 1 ? "partly" : "late";
  if (acked === revision) return "sent";
  return store.durable ? "kept" : "held";
}

async function addOutcome(place, { survey, told }) {
  if (!known.has(survey)) known.set(survey, fetchDecisions(survey));
  const rows = await known.get(survey);
  if (rows.length) place.append(decisions(rows));
  else if (told?.decided_on >= isoDay()) choose(place, "awaited", { day: day(told.decided_on) });
}

function receipt(row) {
  const item = find("receipt").content.cloneNode(true).firstElementChild;
  item.dataset.uuid = row.uuid;
  const part = (name) => item.querySelector(name);
  const { area = row.area, question, lang = page, dir = "" } = row.told ?? {};
  Object.assign(part("a"), { href: `/a/${row.area}?lang=${page}`, textContent: area });
  Object.assign(part(".question"), { textContent: question, lang, dir });
  part(".day").textContent = row.day ? `${day(row.day)} · ` : "";
  choose(part(".count"), row.done ? "done" : "begun", { n: row.swipes.length });
  choose(part(".state"), whereabouts(row));
  part(".state").classList.add(whereabouts(row));
  part("button").hidden = row.deleted;
  part("button").addEventListener("click", () => remove(row));
  addOutcome(part(".after"), row);
  return item;
}

/** Where the focus is in the list, as what finds it again in a list that was drawn anew. */
function place() {
  const item = document.activeElement?.closest("#receipts > li");
  return item && [item.dataset.uuid, document.activeElement.localName];
}

/** Puts the focus back; on the heading, where what had it is gone. */
function back([uuid, name]) {
  const part = document.querySelector(`#receipts > [data-uuid="${uuid}"] ${name}:not([hidden])`);
  (part ?? document.querySelector("h1")).focus({ preventScroll: true });
}

async function show() {
  const rows = (await store.all()).filter(({ mode }) => mode !== "kiosk").sort((one, other) => other.kept - one.kept);
  const before = place();
  find("receipts").replaceChildren(...rows.map(receipt));
  if (before) back(before);
  find("none").hidden = rows.length > 0;
  find("clear").hidden = rows.every(({ deleted }) => deleted);
}

async function say(name) {
  await show();
  choose(find("status"), name);
  find("status").focus();
}

async function remove(row) {
  if (!(await asked("remove"))) return back([row.uuid, "button"]);
  await store.update(row, (held) => { held.deleted = true; held.revision += 1; });
  await store.release(row);
  await sender.flush();
  return say((await store.unsent()).some(({ uuid }) => uuid === row.uuid) ? "waits" : "deleted");
}

/** Forgets all but what waits to be deleted; the answers at the municipality stay. */
async function forget() {
  const rows = (await store.all()).filter(({ deleted, mode }) => !deleted && mode !== "kiosk");
  find("lost").hidden = rows.every(({ acked, revision }) => acked === revision);
  if (!(await asked("forget"))) return;
  for (const row of rows) await store.drop(row);
  await say("forgotten");
}

const renew = () => sender.flush().then(show);
find("clear").addEventListener("click", forget);
store.onchange = show;
addEventListener("online", renew);
show().then(renew);
