// Replaces pictures that are being prepared, without touching what somebody is typing.

const PAUSE = 3000;
const waiting = () => [...document.querySelectorAll("[data-waiting]")];

export async function freshPage() {
  const reply = await fetch(location.pathname, { credentials: "same-origin" });
  if (!reply.ok) throw new Error(`answered ${reply.status}`);
  return new DOMParser().parseFromString(await reply.text(), "text/html");
}

async function look() {
  const fresh = await freshPage();
  for (const old of waiting()) {
    const now = fresh.getElementById(old.closest("[id]").id)?.querySelector(".thumb");
    if (now && !("waiting" in now.dataset)) old.replaceWith(document.adoptNode(now));
  }
}

async function again() {
  if (document.visibilityState === "visible") await look().catch(() => {});
  watch();
}

export function watch() {
  if (waiting().length) setTimeout(again, PAUSE);
}

watch();
