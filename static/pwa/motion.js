// How cards move. With reduced motion a card still follows the finger but leaves as a short fade.

const OUT = "cubic-bezier(.2, .8, .4, 1)";
const BACK = "cubic-bezier(.2, 1.2, .4, 1)";
const REST = "none";
const SKIPPED = { transform: "translateY(40px) scale(.9)", opacity: 0 };
const PRESS = 90; // ms in which a pressed button and the stamp are seen before the card leaves
const still = matchMedia("(prefers-reduced-motion: reduce)");
let wide = innerWidth; // read ahead: asked in a press, the browser would lay out the page to tell
addEventListener("resize", () => { wide = innerWidth; });

/** Plays frames; resolves also when the animation is cancelled. */
function play(element, frames, duration, options = {}) {
  return element.animate(frames, { duration, easing: OUT, fill: "backwards", ...options }).finished.catch(() => {});
}

function tilt(dx) {
  return Math.max(-15, Math.min(15, (12 * dx) / wide));
}

function at(dx, dy = 0) {
  return `translate(${dx}px, ${dy}px) rotate(${tilt(dx)}deg)`;
}

function stamps(card) {
  return [[card.querySelector(".stamp.yes"), 1], [card.querySelector(".stamp.no"), -1]];
}

/** Stops a card where it is, so that a finger can catch it in the air; returns how far to the side. */
export function take(card) {
  const { transform } = getComputedStyle(card);
  for (const animation of card.getAnimations({ subtree: true })) animation.cancel();
  card.style.transform = transform;
  return transform === REST ? 0 : new DOMMatrix(transform).m41;
}

/** The card under the finger, with `limit` the way to an answer; returns whether a release here
 *  would answer. */
export function follow(card, dx, dy, limit) {
  const way = dx / limit;
  card.style.transform = at(dx, dy);
  for (const [stamp, side] of stamps(card)) stamp.style.opacity = Math.min(1, Math.max(0, way * side));
  return Math.abs(way) >= 1;
}

/** A card that was let go too early returns to its place. */
export function settle(card) {
  const from = card.style.transform;
  card.style.transform = "";
  for (const [stamp] of stamps(card)) stamp.style.opacity = 0;
  return play(card, [{ transform: from }, { transform: REST }], still.matches ? 1 : 240, { easing: BACK });
}

/** An answered card leaves: sideways for yes and no, downwards for skip; resolves when it is gone.
 *  `thrown` is how a finger let go of it; without one the stamp is seen before it leaves. */
export function exit(card, answer, thrown) {
  if (!thrown) take(card);
  const from = card.style.transform || REST;
  if (still.matches) return play(card, [{ opacity: 1, transform: from }, { opacity: 0, transform: from }], 120);
  if (answer === "skip") return play(card, [{ transform: from }, SKIPPED], 200);
  const side = answer === "yes" ? 1 : -1;
  for (const [stamp, own] of stamps(card)) stamp.style.opacity = own === side ? 1 : 0;
  const { dx = 0, dy = 0, velocity = 0 } = thrown ?? {};
  const far = side * wide * 1.2;
  const duration = velocity ? Math.min(260, Math.max(140, Math.abs((far - dx) / velocity))) : 260;
  return play(card, [{ transform: from }, { transform: at(far, 2 * dy) }], duration, { delay: thrown ? 0 : PRESS });
}

/** The next card comes up to the top of the stack. */
export function rise(card) {
  if (still.matches) return Promise.resolve();
  return play(card, [{ transform: "scale(.94)" }, { transform: REST }], 160);
}

/** An answer taken back: the card returns the way it left. */
export function restore(card, answer) {
  const side = (answer === "yes" ? 1.2 : -1.2) * wide;
  const from = still.matches ? { opacity: 0 } : answer === "skip" ? SKIPPED : { transform: at(side) };
  return play(card, [from, { transform: REST, opacity: 1 }], still.matches ? 120 : 240);
}

/** The landing picture becomes card 1. */
export function grow(card, from) {
  const to = card.getBoundingClientRect();
  if (still.matches || !from?.width || !to.width) return Promise.resolve();
  const dx = from.x + from.width / 2 - (to.x + to.width / 2);
  const dy = from.y + from.height / 2 - (to.y + to.height / 2);
  const start = `translate(${dx}px, ${dy}px) scale(${from.width / to.width})`;
  card.style.transformOrigin = "50% 50%";
  return play(card, [{ transform: start }, { transform: REST }], 320)
    .then(() => { card.style.transformOrigin = ""; });
}

/** Shows once, on card 1, that the card can be moved to both sides; a touch or an answer stops it. */
export function hint(card) {
  if (still.matches) return;
  const frames = [0, 26, 26, 0, -26, -26, 0].map((dx) => ({ transform: at(dx) }));
  const gone = (offset) => ({ opacity: 0, offset });
  const seen = (offset) => ({ opacity: 0.8, offset });
  const options = { duration: 1900, delay: 700, easing: "ease-in-out" };
  const [[yes], [no]] = stamps(card);
  card.animate(frames, options);
  yes.animate([gone(0), seen(0.3), gone(0.5), gone(1)], options);
  no.animate([gone(0), gone(0.5), seen(0.72), gone(1)], options);
}
