// The map by keyboard: one stop for Tab, arrows from area to area; and what is pointed at is said in
// words below, and marked in the list. Without scripts every area is a link of its own.

const map = document.querySelector("[data-map]");
const ring = document.querySelector("[data-ring]");
const said = document.querySelector("[data-said]");
const hint = said?.textContent;
const areas = map ? [...map.querySelectorAll("a")] : [];
const rows = new Map();
const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

for (const row of document.querySelectorAll(".map-list tbody tr")) {
  rows.set(row.querySelector("a")?.getAttribute("href"), row);
}

function middle(area) {
  const box = area.querySelector("path").getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

// The nearest area on this side; what lies askew counts as farther away.
function beside(area, [dx, dy]) {
  const [x, y] = middle(area);
  let found = null;
  let least = Infinity;
  for (const other of areas) {
    const [ox, oy] = middle(other);
    const ahead = (ox - x) * dx + (oy - y) * dy;
    const askew = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
    if (other === area || ahead <= 0 || askew > 2.5 * ahead) continue;
    if (ahead + 2 * askew < least) [found, least] = [other, ahead + 2 * askew];
  }
  return found;
}

function stopAt(area) {
  for (const other of areas) other.setAttribute("tabindex", other === area ? "0" : "-1");
}

function point(area) {
  for (const row of rows.values()) row.classList.remove("marked");
  ring.setAttribute("d", area ? area.querySelector("path").getAttribute("d") : "");
  said.textContent = area ? area.querySelector("title").textContent : hint;
  said.classList.toggle("pointed", area !== null);
  rows.get(area?.getAttribute("href"))?.classList.add("marked");
}

function areaOf(event) {
  const area = event.target.closest("a");
  return areas.includes(area) ? area : null;
}

if (areas.length) {
  said.hidden = false;
  map.setAttribute("aria-description", map.dataset.map);
  stopAt(areas[0]);
  // Not on the drawing itself: one that listens for focus would become a stop for Tab.
  map.parentElement.addEventListener("focusin", (event) => {
    const area = areaOf(event);
    if (area) stopAt(area);
    point(area);
  });
  map.parentElement.addEventListener("focusout", () => point(null));
  map.addEventListener("pointerover", (event) => point(areaOf(event)));
  map.addEventListener("pointerleave", () => point(null));
  map.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const area = areaOf(event);
    const ends = { Home: areas[0], End: areas.at(-1) };
    const next = ends[event.key] ?? (WAYS[event.key] && area && beside(area, WAYS[event.key]));
    if (!WAYS[event.key] && !ends[event.key]) return;
    event.preventDefault();
    next?.focus();
  });
  for (const [href, row] of rows) {
    const area = areas.find((one) => one.getAttribute("href") === href);
    if (area) row.addEventListener("pointerenter", () => point(area));
    if (area) row.addEventListener("pointerleave", () => point(null));
  }
}
