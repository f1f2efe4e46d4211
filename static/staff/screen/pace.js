// How often the screen may change by itself: never twice within five seconds, however much comes at
// once. What the host does is done at once, and counts as a change.

const LEAST = 5000; // ms between two changes
let last = -LEAST;
let waits = 0;

/** Notes that the screen has just changed. */
export function changed() {
  last = performance.now();
}

/** Runs a change as soon as the screen may change again. */
export function calmly(change) {
  const due = Math.max(last, waits) + LEAST;
  const wait = due - performance.now();
  if (wait <= 0) {
    changed();
    change();
    return;
  }
  waits = due;
  setTimeout(() => {
    changed();
    change();
  }, wait);
}
