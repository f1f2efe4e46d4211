// Cards are dragged with mouse, pen or finger, within a theme and to another one. The buttons on
// every card do the same for whoever cannot drag.

import { refresh, root, say } from "./tiles.js";

const START = 6; // pixels before a press becomes a drag
const EDGE = 80; // near the edge of the window the page scrolls along
const PACE = 14;
let drag = null;

const order = () => [...root.querySelectorAll("[data-row-of]")].map((row) => ({
  theme: row.dataset.rowOf,
  cards: [...row.querySelectorAll("[data-card]")].map((tile) => tile.dataset.card),
}));

function press(event) {
  const tile = event.target.closest?.("[data-card]");
  if (!tile || drag || !event.isPrimary || event.button !== 0 || !("movable" in root.dataset)) return;
  const byMouse = event.pointerType === "mouse" && !event.target.closest(".tools");
  if (!byMouse && !event.target.closest(".grip")) return; // a finger beside the grip scrolls
  drag = { tile, id: event.pointerId, x: event.clientX, y: event.clientY, from: { x: event.clientX, y: event.clientY } };
}

function lift() {
  const { tile, from } = drag;
  const box = tile.getBoundingClientRect();
  drag.before = JSON.stringify(order());
  drag.home = { row: tile.parentNode, next: tile.nextElementSibling };
  drag.offset = { x: from.x - box.left, y: from.y - box.top };
  drag.ghost = ghostOf(tile, box.width);
  drag.marker = document.createElement("li");
  drag.marker.className = "drop-place";
  drag.marker.style.minBlockSize = `${box.height}px`;
  tile.after(drag.marker);
  tile.classList.add("lifted");
  root.append(drag.ghost);
  root.setPointerCapture(drag.id); // the tile itself moves, and would lose hold of the pointer
  drag.scrolling = requestAnimationFrame(scroll);
}

function ghostOf(tile, width) {
  const ghost = document.createElement("div");
  ghost.className = "card-tile ghost";
  ghost.style.inlineSize = `${width}px`;
  for (const part of tile.querySelectorAll(".to-card, .words")) ghost.append(part.cloneNode(true));
  return ghost;
}

function move(event) {
  if (event.pointerId !== drag?.id) return;
  [drag.x, drag.y] = [event.clientX, event.clientY];
  if (!drag.ghost && Math.hypot(drag.x - drag.from.x, drag.y - drag.from.y) < START) return;
  if (!drag.ghost) lift();
  follow();
}

function follow() {
  const { ghost, marker, offset, x, y } = drag;
  ghost.style.transform = `translate(${x - offset.x}px, ${y - offset.y}px)`;
  const under = document.elementFromPoint(x, y);
  const tile = under?.closest("[data-card]:not(.lifted)");
  const row = under?.closest("[data-theme]")?.querySelector("[data-row-of]");
  if (tile) return tile[isPast(tile) ? "after" : "before"](marker);
  return row && row !== marker.parentNode ? row.append(marker) : undefined;
}

function isPast(tile) {
  const box = tile.getBoundingClientRect();
  const alone = box.width > tile.parentNode.clientWidth * 0.6; // one card in a line
  return alone ? drag.y > box.top + box.height / 2 : drag.x > box.left + box.width / 2;
}

function scroll() {
  if (!drag?.ghost) return;
  const over = Math.max(0, drag.y - (innerHeight - EDGE)) - Math.max(0, EDGE - drag.y);
  if (over) {
    scrollBy(0, Math.max(-1, Math.min(1, over / EDGE)) * PACE);
    follow();
  }
  drag.scrolling = requestAnimationFrame(scroll);
}

function letGo() {
  const held = drag;
  drag = null;
  cancelAnimationFrame(held.scrolling);
  held.ghost?.remove();
  held.tile.classList.remove("lifted");
  return held;
}

function cancel() {
  if (drag) letGo().marker?.remove();
}

function drop(event) {
  if (event.pointerId !== drag?.id) return;
  const { tile, marker, before, home } = letGo();
  if (!marker) return;
  // The press ends as a click on whatever is below; it shall open no card.
  const stop = (click) => click.preventDefault();
  addEventListener("click", stop, { capture: true });
  setTimeout(() => removeEventListener("click", stop, { capture: true }), 0);
  marker.replaceWith(tile);
  if (JSON.stringify(order()) !== before) save(tile, home);
}

async function save(tile, home) {
  const body = new URLSearchParams({
    csrf_token: document.querySelector("[name=csrf_token]").value,
    order: JSON.stringify(order()),
    version: root.dataset.version,
    moved: tile.dataset.card,
  });
  try {
    const reply = await fetch(root.dataset.order, { method: "POST", body });
    if (!reply.ok) {
      home.row.insertBefore(tile, home.next);
      say((await reply.json()).detail);
    } else {
      const section = tile.closest("[data-theme]");
      const place = [...tile.parentNode.children].indexOf(tile) + 1;
      say(root.dataset.moved.replace("{place}", place).replace("{theme}", section.dataset.themeName), "done");
    }
    await refresh();
  } catch {
    home.row.insertBefore(tile, home.next);
    say(root.dataset.lost);
  }
}

root.addEventListener("pointerdown", press);
root.addEventListener("dragstart", (event) => event.preventDefault()); // the browser's own picture drag
addEventListener("pointermove", move);
addEventListener("pointerup", drop);
addEventListener("pointercancel", cancel);
addEventListener("keydown", (event) => { if (event.key === "Escape") cancel(); });
