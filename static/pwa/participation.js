// Pure: the one small document of a participation, and everything that may happen to it. Every
// change raises the revision; the whole document is what the phone keeps and what it sends.

const HEX = (byte) => byte.toString(16).padStart(2, "0");

/** A random UUID, version 4 (RFC 9562, section 5.4); randomUUID does not exist over plain http. */
export function uuid4(bytes = crypto.getRandomValues(new Uint8Array(16))) {
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, HEX).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** A new participation at revision 1 without answers: "opened". */
export function begin({ survey, area, language, channel, order, mode = "phone" }) {
  return { survey, area, uuid: uuid4(), revision: 1, acked: 0, complete: false, at: order[0] ?? null,
    language, channel, mode, background: {}, swipes: [], order, undone: {}, seq: 0, done: false };
}

/** The next card without an answer that the deck still has, or null. */
export function nextCard(record, known) {
  const answered = new Set(record.swipes.map((swipe) => swipe.card));
  return record.order.find((id) => !answered.has(id) && known.has(id)) ?? null;
}

function settle(record, known) {
  record.at = nextCard(record, known);
  record.complete = record.at === null && record.swipes.length > 0;
}

function changed(record, known) {
  settle(record, known);
  record.revision += 1;
}

/** Notes an answer; a card that was answered before gets its new answer in the same place. */
export function answer(record, { card, answer: value, ms, input }, known) {
  record.seq += 1;
  const held = record.swipes.findIndex((swipe) => swipe.card === card);
  if (held >= 0) record.undone[card] = (record.undone[card] ?? 0) + 1;
  const swipe = { card, answer: value, ms: ms === null ? null : Math.round(ms), input,
    seq: record.seq, position: record.order.indexOf(card) + 1, undone: record.undone[card] ?? 0 };
  if (held >= 0) record.swipes[held] = swipe;
  else record.swipes.push(swipe);
  changed(record, known);
}

/** Takes the latest answer back whose card is still in the deck; returns it, or null. */
export function undo(record, known) {
  const index = record.swipes.findLastIndex((swipe) => known.has(swipe.card));
  if (index < 0) return null;
  const [swipe] = record.swipes.splice(index, 1);
  record.undone[swipe.card] = swipe.undone + 1;
  changed(record, known);
  return swipe;
}

/** Sets the optional background; an empty value is no answer. */
export function describe(record, background) {
  record.background = background;
  record.revision += 1;
}

const OWN_WAYS = new Set(["swipes", "undone", "seq", "at", "complete", "revision", "acked", "kept"]);
const other = (one, two) => JSON.stringify(one) !== JSON.stringify(two);

/** What two tabs made of one participation, as one: `theirs`, and over it what `mine` changed since
 *  `base`, card by card. Nothing is lost that was answered in either, and the later tab's word on
 *  the same card stands. */
export function merge(mine, base, theirs, known) {
  if (mine.revision === base.revision) return { ...theirs, acked: Math.max(mine.acked, theirs.acked) };
  const before = new Map(base.swipes.map(({ card, seq }) => [card, seq]));
  const fresh = mine.swipes.filter(({ card, seq }) => before.get(card) !== seq);
  for (const { card } of mine.swipes) before.delete(card);
  const touched = new Set([...before.keys(), ...fresh.map(({ card }) => card)]);
  const result = { ...theirs, seq: theirs.seq + fresh.length, undone: { ...theirs.undone, ...mine.undone },
    swipes: theirs.swipes.filter(({ card }) => !touched.has(card))
      .concat(fresh.map((swipe, i) => ({ ...swipe, seq: theirs.seq + i + 1 }))),
    acked: Math.max(mine.acked, theirs.acked), revision: Math.max(mine.revision, theirs.revision + 1) };
  for (const key of Object.keys(mine)) {
    if (!OWN_WAYS.has(key) && other(mine[key], base[key])) result[key] = mine[key];
  }
  settle(result, known);
  return result;
}

/** The body of a PUT: what the server may know, and nothing else. */
export function wire(record) {
  const { survey, revision, complete, at, language, channel, mode, swipes } = record;
  const { lives_here = null, age_band = null, gender = null, household = null } = record.background;
  return { survey, revision, complete, at, language, channel, pass: null, mode,
    background: { lives_here, age_band, gender, household }, swipes };
}

/** Own answers per theme: {theme: {yes, said}}, where skipped cards are in neither. */
export function tally(record, cards) {
  const themeOf = new Map(cards.map((card) => [card.id, card.theme]));
  const result = {};
  for (const { card, answer: value } of record.swipes) {
    if (value === "skip" || !themeOf.has(card)) continue;
    const row = (result[themeOf.get(card)] ??= { yes: 0, said: 0 });
    row.said += 1;
    row.yes += value === "yes" ? 1 : 0;
  }
  return result;
}
