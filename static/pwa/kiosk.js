// The entry on a shared tablet: starts the app for one person after the other, and keeps trying to
// fetch it where the line fails, since nobody stands by to reload the page.

const EVERY = 15_000; // ms between two tries to fetch what is missing
const find = (id) => document.getElementById(id);
const turns = import("./kiosk_turns.js").then(({ open }) => open());

/** Loads the page anew as soon as the server answers; before, that would leave an empty screen. */
async function again() {
  try {
    const { ok } = await fetch(location.href, { method: "HEAD", cache: "no-store" });
    if (ok) return location.reload();
  } catch { /* still no line */ }
  return setTimeout(again, EVERY);
}

function begin() {
  find("trouble").hidden = true;
  turns.then(({ start }) => start()).catch(() => { find("trouble").hidden = false; });
}

find("start").addEventListener("click", begin);
find("drift").addEventListener("click", begin);
turns.catch(() => setTimeout(again, EVERY));
