// From pointer to answer. Right is yes. Commits at release, never on cancel; up and down belong to
// the page, and two fingers to the browser's zoom.

const EDGE = 24; // px at the screen's sides that belong to the phone's own back gesture
const SLOP = 8; // px before a touch becomes a drag
const STEEP = 1.2; // a drag is at least this much more sideways than up or down
const FLICK = 0.4; // px/ms
const FLICK_FROM = 24; // px
const PULL_BACK = 0.2; // px/ms
const WINDOW = 100; // ms over which speed is measured
const STILL = 80; // ms without a move: the finger rests

/** How far a card must travel, in px, for a card of this width. */
export function threshold(width) {
  return Math.min(120, Math.max(72, 0.28 * width));
}

/** Speed in px/ms over the last moves ({x, time}), seen at `now`; 0 for a resting finger. */
export function speed(moves, now) {
  const last = moves.at(-1);
  if (!last || now - last.time > STILL) return 0;
  const from = moves.find((move) => last.time - move.time <= WINDOW);
  return last.time > from.time ? (last.x - from.x) / (last.time - from.time) : 0;
}

/** The answer of a released card, or null when it goes back. */
export function verdict(dx, velocity, width) {
  const away = Math.sign(dx);
  if (velocity * away < -PULL_BACK) return null;
  const far = Math.abs(dx) >= threshold(width);
  const flick = velocity * away >= FLICK && Math.abs(dx) >= FLICK_FROM;
  if (!far && !flick) return null;
  return dx > 0 ? "yes" : "no";
}

/** Whether a pointer may start a drag here. */
function starts(event) {
  const inside = event.clientX >= EDGE && event.clientX <= innerWidth - EDGE;
  return event.isPrimary && event.button === 0 && (event.pointerType === "mouse" || inside);
}

/**
 * Listens on a card. `on.start(x, y)` may refuse by returning false, `on.move(dx, dy)` follows the
 * finger, `on.end(answer, {dx, velocity})` closes every drag, with null where the card goes back.
 * Returns a function that lets go.
 */
export function listen(card, on) {
  let drag = null;
  const finish = (answer, velocity = 0) => {
    const { dx, locked } = drag;
    drag = null;
    if (locked) on.end(answer, { dx, velocity });
  };
  const down = (event) => {
    if (drag) return finish(null); // a second finger
    if (!starts(event) || event.target.closest("button, a") || on.start(event.clientX, event.clientY) === false) return;
    drag = { id: event.pointerId, x: event.clientX, y: event.clientY, dx: 0, locked: false, moves: [] };
  };
  const lock = (event) => {
    drag.locked = true;
    try {
      card.setPointerCapture(event.pointerId);
    } catch { /* a pointer that is already gone */ }
  };
  const move = (event) => {
    if (event.pointerId !== drag?.id) return;
    const dx = event.clientX - drag.x;
    const dy = event.clientY - drag.y;
    if (!drag.locked && Math.hypot(dx, dy) < SLOP) return;
    if (!drag.locked && Math.abs(dx) < STEEP * Math.abs(dy)) return finish(null);
    if (!drag.locked) lock(event);
    drag.dx = dx;
    drag.moves.push({ x: event.clientX, time: event.timeStamp });
    on.move(dx, dy);
  };
  const up = (event) => {
    if (event.pointerId !== drag?.id) return;
    const velocity = speed(drag.moves, event.timeStamp);
    finish(drag.locked ? verdict(drag.dx, velocity, card.offsetWidth) : null, velocity);
  };
  const cancel = (event) => event.pointerId === drag?.id && finish(null);
  return attach(card, { down, move, up, cancel, dragging: () => drag?.locked });
}

function attach(card, { down, move, up, cancel, dragging }) {
  const off = new AbortController();
  const { signal } = off;
  // iOS may start to scroll although touch-action says no.
  const hold = (event) => dragging() && event.cancelable && event.preventDefault();
  card.addEventListener("pointerdown", down, { signal });
  card.addEventListener("touchmove", hold, { signal, passive: false });
  card.addEventListener("dragstart", (event) => event.preventDefault(), { signal });
  addEventListener("pointermove", move, { signal });
  addEventListener("pointerup", up, { signal });
  addEventListener("pointercancel", cancel, { signal });
  card.addEventListener("lostpointercapture", cancel, { signal });
  return () => off.abort();
}
