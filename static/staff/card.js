// One card: every field saves itself, the last change can be undone, and nobody is overwritten.

import { ask } from "./clash.js";
import "./focus.js";
import { Saving } from "./saving.js";
import { freshPage, watch } from "./waiting.js";

const form = document.querySelector("[data-card]");
const { elements } = form;
const words = form.dataset;
const names = [...form.querySelectorAll("[name^=was_]")].map((input) => input.name.slice(4));
const state = form.querySelector("[data-state]");
const place = (name) => form.querySelector(`[data-field="${name}"]`);

function read(name) {
  if (name === "focus") return `${elements.focus_x.value} ${elements.focus_y.value}`;
  return form.querySelector(`[name="${name}"]:not([type=radio])`)?.value ?? elements[name].value;
}

function write(name, value) {
  if (name === "focus") [elements.focus_x.value, elements.focus_y.value] = value.split(" ");
  else if (elements[name] instanceof RadioNodeList) elements[name].value = value;
  else elements[name].value = value;
  const input = name === "focus" ? elements.focus_x : form.querySelector(`[name="${name}"]`);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function mineInWords(name) {
  const input = form.querySelector(`[name="${name}"]`);
  if (input?.type === "radio") return form.querySelector(`[name="${name}"]:checked`)?.labels[0].textContent ?? "";
  return input?.selectedOptions?.[0].textContent ?? read(name);
}

function say(word) {
  const sentence = words[word] ?? word;
  if (state.textContent !== sentence) state.textContent = sentence;
  state.dataset.kind = word;
}

async function post(address, body, headers = {}) {
  const token = { "X-CSRFToken": elements.csrf_token.value, Accept: "application/json" };
  const reply = await fetch(address, { method: "POST", body, keepalive: true, headers: { ...token, ...headers } });
  if (reply.status === 400) await renewToken();
  const json = reply.headers.get("Content-Type")?.includes("json");
  return { status: reply.status, told: json ? await reply.json() : {} };
}

async function renewToken() {
  const fresh = (await freshPage()).querySelector("[name=csrf_token]");
  if (fresh) for (const input of document.querySelectorAll("[name=csrf_token]")) input.value = fresh.value;
}

const send = (changes) => post(words.changes, JSON.stringify({ language: elements.language.value, changes }), { "Content-Type": "application/json" });

function showWrong(name, sentence) {
  const line = document.getElementById(`${name === "focus" ? "focus_x" : name}-wrong`);
  if (!line) return;
  line.hidden = !sentence;
  line.querySelector("span").textContent = sentence;
  const input = form.querySelector(`[name="${name}"]`);
  if (sentence) input?.setAttribute("aria-invalid", "true");
  else input?.removeAttribute("aria-invalid");
}

function showState(told) {
  for (const [name, sentences] of Object.entries(told.advice ?? {})) {
    const list = form.querySelector(`[data-advice="${name}"]`);
    list.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })));
    list.hidden = !sentences.length;
  }
  if (!told.lacks) return;
  for (const tab of document.querySelectorAll("[data-tongue]")) {
    tab.querySelector("[data-lacks]").hidden = !told.lacks.includes(tab.dataset.tongue);
  }
}

function heard(told) {
  showState(told);
  for (const name of names) showWrong(name, told.errors?.[name] ?? "");
  for (const [name, clash] of Object.entries(told.clashes ?? {})) {
    const choose = (theirs) => {
      if (theirs) write(name, clash.stored);
      saving.chosen(name, clash.stored);
    };
    ask(place(name), words, { clash, mine: mineInWords(name), choose });
  }
  if (!told.saved && told.detail) setTimeout(say, 0, told.detail);
  if (told.saved?.focus) beingMade();
}

/** The cut picture is made by the worker; until then the card shows it drawn. */
function beingMade() {
  const thumb = document.querySelector("#picture .thumb");
  thumb.dataset.waiting = "";
  if (!thumb.querySelector(".being-made")) {
    thumb.append(Object.assign(document.createElement("span"), { className: "being-made", textContent: words.beingMade }));
  }
  watch();
}

const was = (name) => elements[`was_${name}`].value;
const saving = new Saving(names, { read, was, send, heard, say });

async function undo() {
  if (!(await saving.flush())) return;
  const body = new URLSearchParams({ language: elements.language.value });
  const reply = await post(words.undo, body).catch(() => null);
  if (!reply) return say("offline");
  const { told } = reply;
  for (const [name, value] of Object.entries(told.fields ?? {})) {
    if (!names.includes(name)) continue;
    const moved = name === "focus" && value !== read(name);
    saving.accept(name, value);
    write(name, value);
    if (moved) beingMade();
  }
  showState(told);
  say(told.said ?? told.detail ?? words.busy);
}

function fieldOf(input) {
  return input.name?.startsWith("focus_") ? "focus" : input.name;
}

form.addEventListener("input", (event) => {
  if (names.includes(fieldOf(event.target))) saving.typed(fieldOf(event.target));
});
form.addEventListener("change", () => saving.flush());
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.submitter;
  if (button && "undoButton" in button.dataset) return undo();
  if (!await saving.flush() || button?.value === "stay") return; // the key Enter saves and stays
  location.assign(button?.value === "next" ? words.next : words.set);
});
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]");
  if (!link || !saving.unsaved || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (await saving.flush()) location.assign(link.href);
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("textarea, select, input:not([type=radio], [type=checkbox])");
  if (typing || event.key !== "z" || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  undo();
});
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") saving.flush(); });
addEventListener("online", () => saving.flush());
addEventListener("beforeunload", (event) => { if (saving.unsaved) event.preventDefault(); });

const heading = document.querySelector("[data-title]");
if (elements.language.value === "da") {
  elements.title.addEventListener("input", () => { heading.textContent = elements.title.value.trim() || heading.dataset.empty; });
}
if (elements.theme) {
  elements.theme.addEventListener("input", () => { document.querySelector("[data-theme]").textContent = mineInWords("theme"); });
}
if (saving.unsaved) saving.flush(); // typed before this script came
