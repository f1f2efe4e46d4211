// Sends pictures one at a time and says of each how it went; without scripts the form sends all.

import { freshPage, watch } from "./waiting.js";

const form = document.querySelector("[data-upload]");
const list = form?.querySelector("[data-progress]");
const input = form?.elements.pictures;

function row(name) {
  const line = document.createElement("li");
  const state = document.createElement("span");
  line.append(name, state);
  list.append(line);
  return (words, kind) => { state.textContent = words; state.className = kind; };
}

async function send(file) {
  const body = new FormData();
  body.set("csrf_token", form.elements.csrf_token.value);
  body.set("theme", form.elements.theme.value);
  body.set("pictures", file);
  const reply = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  if (!reply.ok) return form.dataset.failed;
  const told = await reply.json();
  return told.refused[0]?.reason ?? "";
}

async function sendAll(files) {
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  list.hidden = false;
  list.replaceChildren();
  let refused = 0;
  for (const file of files) {
    const say = row(file.name);
    say(form.dataset.working, "muted");
    const reason = await send(file).catch(() => form.dataset.failed);
    if (reason) refused += 1;
    say(reason || form.dataset.taken, reason ? "wrong" : "muted");
  }
  button.disabled = false;
  input.value = "";
  if (!refused) return location.reload();
  return showCards();
}

async function showCards() {
  const fresh = await freshPage();
  for (const part of ["[data-cards]", ".path"]) {
    const now = fresh.querySelector(part);
    if (now) document.querySelector(part).replaceWith(document.adoptNode(now));
  }
  watch();
}

if (form) {
  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    sendAll([...input.files]);
  });
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    sendAll([...event.dataTransfer.files]);
  });
}
