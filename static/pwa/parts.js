// What a person can answer cards without, as one file. It is brought while the landing page is read, since a
// newer build takes its file away from the server, and then a page must go on as it began.

import { learn } from "./strings.js";

const AGAIN = 5000; // ms
let brought = null;

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

/** What is in that file; waits for a line. Rejects where the server no longer has its build. */
export function rest() {
  return (brought ??= Promise.all([learn(fetched), fetched(new URL("rest.js", import.meta.url))]).then(() => import("./rest.js")));
}
