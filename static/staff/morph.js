// Makes what stands on the page equal to what the server drew, node by node, so that focus, open
// boxes and typed text stay. Elements with an id are recognised wherever they moved to.

const KEPT = new Set(["open"]); // what a person unfolded stays unfolded

export function morph(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  attributes(old, fresh);
  children(old, fresh);
}

function attributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !KEPT.has(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

function children(old, fresh) {
  const known = new Map([...old.children].filter((one) => one.id).map((one) => [one.id, one]));
  let place = old.firstChild;
  for (const now of fresh.childNodes) {
    const same = now.id ? known.get(now.id) : alike(place, now);
    if (!same) {
      old.insertBefore(document.importNode(now, true), place);
      continue;
    }
    if (same === place) place = place.nextSibling;
    else old.insertBefore(same, place);
    if (same.nodeType === Node.ELEMENT_NODE) morph(same, now);
    else if (same.nodeValue !== now.nodeValue) same.nodeValue = now.nodeValue;
  }
  while (place) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

function alike(old, now) {
  return old && !old.id && old.nodeName === now.nodeName ? old : null;
}
