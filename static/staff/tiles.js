// The cards of a set stay where they are on the screen while the set changes: a button asks the
// server as it would without scripts, and what the server then draws is laid over the page.

import { morph } from "./morph.js";
import { freshPage, watch } from "./waiting.js";

export const root = document.querySelector("[data-cards]");
const toast = document.querySelector("[data-toast]");
const PARTS = ["[data-cards]", ".path"];
let line = Promise.resolve(); // one request after the other, so that the newest page is shown last

export function say(words, kind = "error") {
  const alert = document.createElement("div");
  alert.className = `alert ${kind}`;
  alert.append(Object.assign(document.createElement("p"), { textContent: words }));
  toast.replaceChildren(alert);
}

export function refresh() {
  const address = new URL(location.href);
  address.searchParams.delete("removed");
  return freshPage(address).then(show);
}

function show(fresh) {
  if (root.querySelector(".lifted")) return; // a card is in somebody's hand
  const held = document.activeElement?.id;
  for (const part of PARTS) {
    const [old, now] = [document.querySelector(part), fresh.querySelector(part)];
    if (old && now) morph(old, now);
  }
  if (held && document.activeElement === document.body) document.getElementById(held)?.focus();
  watch();
}

function showAlerts(fresh) {
  document.querySelector(".main > [data-undo]")?.remove();
  const alerts = fresh.querySelectorAll(".main > .alert");
  toast.replaceChildren(...[...alerts].map((one) => document.adoptNode(one)));
}

// Where the keyboard goes on: the same button, else what makes sense beside it.
function goOn(pressed, neighbour, restored) {
  const [way, id] = [pressed.split("-")[0], pressed.replace(/^[a-z]+-/, "")];
  const ways = { up: [`up-${id}`, `down-${id}`], down: [`down-${id}`, `up-${id}`], remove: ["undo"] };
  const buttons = (ways[way] ?? []).map((place) => document.getElementById(place));
  const cards = [restored ? `card-${restored}` : neighbour, `card-${id}`].filter(Boolean);
  const titles = cards.map((card) => document.getElementById(card)?.querySelector("h3 a"));
  const next = [...buttons, ...titles].find((one) => one && !one.disabled);
  next?.focus({ preventScroll: toast.contains(next) }); // what is said stands in sight already
}

async function act(address, body, pressed) {
  const tile = document.getElementById(pressed)?.closest("[data-card]");
  const neighbour = (tile?.nextElementSibling ?? tile?.previousElementSibling)?.id;
  const reply = await fetch(address, { method: "POST", body });
  const fresh = new DOMParser().parseFromString(await reply.text(), "text/html");
  if (!reply.ok || !fresh.querySelector("[data-cards]")) return location.reload();
  if (new URLSearchParams(location.search).has("show")) await refresh();
  else show(fresh);
  showAlerts(fresh);
  return goOn(pressed, neighbour, address.match(/cards\/([^/]+)\/restoration/)?.[1]);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("quiet" in form.dataset)) return;
  event.preventDefault();
  const by = event.submitter;
  const body = new URLSearchParams(new FormData(form));
  if (by?.name) body.set(by.name, by.value);
  const address = by?.getAttribute("formaction") ?? form.getAttribute("action");
  line = line.then(() => act(address, body, by?.id ?? "")).catch(() => say(root.dataset.lost));
});

document.addEventListener("pictures-ready", () => refresh().catch(() => {}));
