// Pure: the order of cards for one participation, in random blocks. Every block holds one card from
// every theme in random order, and each theme's cards come in a random permutation, so that neither
// place nor neighbour favours a theme. Chance comes from the phone; nobody else knows the order.

/** A whole number from 0 to n-1, all equally likely (values that would favour low ones are drawn again). */
export function whole(n, draw = random32) {
  const limit = Math.floor(2 ** 32 / n) * n;
  let value = draw();
  while (value >= limit) value = draw();
  return value % n;
}

function random32() {
  return crypto.getRandomValues(new Uint32Array(1))[0];
}

/** A random permutation (Fisher and Yates, as Durstenfeld 1964 writes it). */
export function shuffled(items, draw = random32) {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = whole(last + 1, draw);
    [result[last], result[other]] = [result[other], result[last]];
  }
  return result;
}

function byTheme(cards) {
  const themes = new Map();
  for (const card of cards) themes.set(card.theme, [...(themes.get(card.theme) ?? []), card.id]);
  return themes;
}

/** Spreads a theme with n cards evenly over `count` blocks from one random start (systematic
 *  sampling), so that a small theme is neither all early nor all late. */
function place(ids, count, first, draw) {
  const span = first ? ids.length / count : 1;
  const offset = (draw() / 2 ** 32) * span;
  return ids.map((id, i) => [id, Math.min(count - 1, Math.floor(((i + offset) * count) / ids.length))]);
}

function toFront(items, item) {
  return items.includes(item) ? [item, ...items.filter((other) => other !== item)] : items;
}

/** Returns the ids of `cards` ({id, theme}) in order. `first` is the card on the landing page: the
 *  server drew it at random, it leads its theme and block 1, and the rest is drawn around it. */
export function blockOrder(cards, first = null, draw = random32) {
  const themes = byTheme(cards);
  const count = Math.max(0, ...[...themes.values()].map((ids) => ids.length));
  const blocks = Array.from({ length: count }, () => []);
  for (const ids of themes.values()) {
    const leads = ids.includes(first);
    const own = toFront(shuffled(ids, draw), first);
    for (const [id, block] of place(own, count, leads, draw)) blocks[block].push(id);
  }
  return blocks.flatMap((block) => toFront(shuffled(block, draw), first));
}
