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

/** Whether a drag is over although nobody was told: a mouse let go where no page hears it or with a
 *  second button down, or a phone that was turned. */
function broken(event, drag) {
  return innerWidth !== drag.screen || (event.pointerType === "mouse" && event.type === "pointermove" && event.buttons !== 1);
}

/** Notes where a finger was and when; a phone that is behind hands over several places in one event. */
function note(moves, event) {
  const places = event.getCoalescedEvents?.() ?? [];
  for (const { clientX, timeStamp } of places.length ? places : [event]) moves.push({ x: clientX, time: timeStamp });
}

/**
 * Listens on a card. `on.start()` may refuse by returning false, `on.take()` hears that a touch has
 * become a drag and returns how far to the side the card stands now, so that a card on its way back
 * can be caught. `on.move(dx, dy)` follows the finger, `on.end(answer, {dx, dy, velocity})` closes
 * every drag, with null where the card goes back. Returns a function that lets go.
 */
export function listen(card, on) {
  let drag = null;
  const finish = (answer, velocity = 0) => {
    const { dx, dy, locked } = drag;
    drag = null;
    if (locked) on.end(answer, { dx, dy, velocity });
  };
  const down = (event) => {
    if (drag) return finish(null); // a second finger, wherever it is
    if (!card.contains(event.target) || !starts(event) || event.target.closest("button, a") || on.start() === false) return;
    drag = { id: event.pointerId, x: event.clientX, y: event.clientY, from: 0, dx: 0, dy: 0, locked: false, screen: innerWidth,
      moves: [{ x: event.clientX, time: event.timeStamp }] };
  };
  const lock = (event) => {
    drag.locked = true;
    drag.from = on.take();
    try {
      card.setPointerCapture(event.pointerId);
    } catch { /* a pointer that is already gone */ }
  };
  const move = (event) => {
    if (event.pointerId !== drag?.id) return;
    if (broken(event, drag)) return finish(null);
    const dx = event.clientX - drag.x;
    const dy = event.clientY - drag.y;
    if (!drag.locked && Math.hypot(dx, dy) < SLOP) return;
    if (!drag.locked && Math.abs(dx) < STEEP * Math.abs(dy)) return finish(null);
    if (!drag.locked) lock(event);
    drag.dx = drag.from + dx;
    drag.dy = dy;
    note(drag.moves, event);
    on.move(drag.dx, dy);
  };
  const up = (event) => {
    if (event.pointerId !== drag?.id) return;
    const velocity = speed(drag.moves, event.timeStamp);
    const counts = drag.locked && !broken(event, drag);
    finish(counts ? verdict(drag.dx, velocity, card.offsetWidth) : null, velocity);
  };
  const cancel = (event) => event.pointerId === drag?.id && finish(null);
  // A touch that began on the words is held by them until the card takes it over: that is no loss.
  const lost = (event) => event.target === card && cancel(event);
  return attach(card, { down, move, up, cancel, lost, dragging: () => drag?.locked, quit: () => drag && finish(null) });
}

function attach(card, { down, move, up, cancel, lost, dragging, quit }) {
  const off = new AbortController();
  const { signal } = off;
  // iOS may start to scroll although touch-action says no.
  const hold = (event) => dragging() && event.cancelable && event.preventDefault();
  card.addEventListener("touchmove", hold, { signal, passive: false });
  card.addEventListener("dragstart", (event) => event.preventDefault(), { signal });
  card.addEventListener("lostpointercapture", lost, { signal });
  addEventListener("pointerdown", down, { signal });
  addEventListener("pointermove", move, { signal });
  addEventListener("pointerup", up, { signal });
  addEventListener("pointercancel", cancel, { signal });
  addEventListener("blur", quit, { signal });
  return () => off.abort();
}
