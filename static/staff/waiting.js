// Shows pictures as they become ready, without touching what somebody is typing.

const PAUSE = 3000;
const waiting = () => [...document.querySelectorAll("[data-waiting]")];
let timer = null;

export async function freshPage(address = location.pathname + location.search) {
  const reply = await fetch(address, { credentials: "same-origin" });
  if (!reply.ok) throw new Error(`answered ${reply.status}`);
  return new DOMParser().parseFromString(await reply.text(), "text/html");
}

function picture(address, old) {
  const img = document.createElement("img");
  Object.assign(img, { src: address, alt: "", width: 480, height: 640, decoding: "async" });
  old.replaceChildren(img);
  delete old.dataset.waiting;
}

async function askForAll(address) {
  const reply = await fetch(address, { credentials: "same-origin" });
  if (!reply.ok) return;
  const states = await reply.json();
  for (const old of waiting()) {
    const [state, source] = states[old.dataset.waiting] ?? ["gone", null];
    if (source) picture(source, old);
    else if (state === "failed") {
      for (const words of old.querySelectorAll("[data-state]")) words.hidden = words.dataset.state !== state;
      delete old.dataset.waiting;
    }
  }
  if (!waiting().length) document.dispatchEvent(new Event("pictures-ready"));
  else countDown(document.getElementById("pending"));
}

function countDown(line) {
  const left = waiting().length;
  if (line) line.textContent = line.dataset[left === 1 ? "one" : "many"].replace("{n}", left);
}

async function askForThePage() {
  const fresh = await freshPage();
  for (const old of waiting()) {
    const now = fresh.getElementById(old.closest("[id]").id)?.querySelector(".thumb");
    if (now && !("waiting" in now.dataset)) old.replaceWith(document.adoptNode(now));
  }
}

async function again() {
  timer = null;
  const address = document.querySelector("[data-pictures]")?.dataset.pictures;
  if (document.visibilityState === "visible") {
    await (address ? askForAll(address) : askForThePage()).catch(() => {});
  }
  watch();
}

export function watch() {
  if (timer === null && waiting().length) timer = setTimeout(again, PAUSE);
}

watch();
