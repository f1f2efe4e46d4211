// The host's keys: a keyboard's, and those that a presenter's remote sends. Letters can be switched off.

const NEXT = ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"];
const BACK = ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"];
const PRESSES = [" ", "Enter"]; // what presses a button that has the focus
const ITS_OWN = "a, button, summary, input, select, textarea";

/** Does what a key is for; `letters()` tells whether p, d and f are keys too. */
export function keys({ next, back, hide, first, letters }) {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const act = chosen(event, { next, back, hide, first, letters });
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function chosen({ key, target }, { next, back, hide, first, letters }) {
  if (PRESSES.includes(key) && target.closest?.(ITS_OWN)) return null;
  if (NEXT.includes(key)) return next;
  if (BACK.includes(key)) return back;
  if (key === "Escape" || key === "Home") return hide;
  return letters() ? first[key.toLowerCase()] : null;
}
