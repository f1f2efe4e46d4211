// Takes one file to the server: asks first, by its digest, whether the file came before, and sends
// the bytes only when it did not. So the same forty files dropped again send what is missing.

const STALL = 90_000; // a line without a sign of life for so long is lost
const AWAY = new Set([0, 502, 503, 504]);

export class Lost extends Error {} // nothing is wrong with the file: try again by itself

export class Refused extends Error { // `again`: whether the person can do something by trying again
  constructor(words, again = false) {
    super(words);
    this.again = again;
  }
}

async function digestOf(file, words) {
  if (!globalThis.crypto?.subtle) return null; // plain http on a local network: it is simply sent
  const bytes = await file.arrayBuffer().catch(() => { throw new Refused(words.unreadable, true); });
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function post(address, fields, onPart = () => {}) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    let clock;
    const alive = () => { clearTimeout(clock); clock = setTimeout(() => xhr.abort(), STALL); };
    xhr.upload.addEventListener("progress", (event) => { alive(); onPart(event.loaded / event.total); });
    xhr.addEventListener("loadend", () => {
      clearTimeout(clock);
      if (AWAY.has(xhr.status)) reject(new Lost());
      else resolve(xhr);
    });
    xhr.open("POST", address);
    xhr.setRequestHeader("Accept", "application/json");
    alive();
    xhr.send(body);
  });
}

function answer(xhr, words) {
  if (xhr.status === 200) return JSON.parse(xhr.responseText);
  if ([400, 401, 403].includes(xhr.status)) throw new Refused(words.stale, true);
  if (xhr.status === 413) throw new Refused(words.large);
  if (xhr.status === 404) throw new Refused(words.gone);
  throw new Refused(words.fault, true);
}

// Returns whether it is `taken` now or was `here` already; throws Lost or Refused.
function outcome(told) {
  const [refusal] = told.refused;
  if (!refusal) return { kind: "taken" };
  if (refusal.here) return { kind: "here", words: refusal.reason };
  throw new Refused(refusal.reason);
}

export async function carry(form, { file, theme, batch, place }, say) {
  const words = form.dataset;
  if (file.size > Number(words.largest)) throw new Refused(words.large);
  const { csrf_token, licence, credit } = form.elements;
  const rights = { licence: licence.value, credit: credit.value };
  const fields = { csrf_token: csrf_token.value, theme, ...rights, batch, place };
  say(words.checking);
  const digest = await digestOf(file, words);
  if (digest) {
    const told = answer(await post(words.known, { ...fields, digest, name: file.name }), words);
    if (told.known) return outcome(told);
  }
  say(words.sending, 0);
  const reply = await post(form.action, { ...fields, pictures: file }, (part) => {
    say(part < 1 ? words.sending : words.reading, part < 1 ? part : null);
  });
  return outcome(answer(reply, words));
}
