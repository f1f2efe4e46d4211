// Shows the colour on the two phones while it is chosen; the server does the arithmetic.

import { morph } from "./morph.js";

const PATIENCE = 150; // a palette is dragged across many colours
const form = document.querySelector("[data-look]");
const pick = document.getElementById("pick");
let clock, asked;

async function show() {
  asked?.abort();
  const { signal } = asked = new AbortController();
  const address = `${form.dataset.look}?${new URLSearchParams({ accent: form.elements.accent.value })}`;
  const reply = await fetch(address, { signal }).catch(() => null); // the saved page shows it too
  if (!reply?.ok || reply.redirected) return;
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  if (signal.aborted) return;
  for (const id of ["samples", "verdict"]) {
    const fresh = page.getElementById(id);
    if (fresh) morph(document.getElementById(id), fresh);
  }
}

function soon() {
  clearTimeout(clock);
  clock = setTimeout(show, PATIENCE);
}

if (form) {
  pick.hidden = false;
  pick.addEventListener("input", () => {
    form.elements.accent.value = pick.value;
    soon();
  });
  form.elements.accent.addEventListener("input", () => {
    const typed = form.elements.accent.value.trim();
    if (/^#[0-9a-f]{6}$/i.test(typed)) pick.value = typed;
    soon();
  });
}
