// The modules of what comes after the cards. They are brought while the landing page is read, since a
// newer build takes their files away from the server, and then a page must go on as it began.

const REST = ["bars", "method", "summary", "next", "background", "result", "review", "share"];
const AGAIN = 5000; // ms
const brought = new Map();

function line() {
  return new Promise((resolve) => {
    addEventListener("online", resolve, { once: true });
    setTimeout(resolve, AGAIN);
  });
}

/** Fetches a file until an answer comes: browsers remember an import that failed, but no fetch. */
async function fetched(address) {
  for (;;) {
    const reply = await fetch(address).catch(() => null);
    if (reply && reply.status < 500) return reply.text().catch(() => fetched(address));
    await line();
  }
}

async function bring(name) {
  const address = new URL(`./${name}.js`, import.meta.url).href;
  await fetched(address);
  return import(address);
}

/** A module by its name; waits for a line. Rejects where the server no longer has its build. */
export function part(name) {
  if (!brought.has(name)) brought.set(name, bring(name));
  return brought.get(name);
}

/** Brings all of them, each after those it is made of. */
export async function rest() {
  for (const name of REST) await part(name).catch(() => {});
}
