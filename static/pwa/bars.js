// A bar for a share: the theme's colour and its pattern, so that it reads without colour too. All
// sizes are SVG attributes, because the page's policy forbids style attributes.

import { draw, themed } from "./elements.js";

const HEIGHT = 1.3; // of a letter, so that bars grow with the text
let patterns = 0;

const MARKS = {
  dots: () => [draw("circle", { cx: 4, cy: 4, r: 1.7 })],
  lines: () => [draw("path", { d: "M-2 10 10-2M-2 2 2-2M6 10l4-4", "stroke-width": 2 })],
  solid: () => [],
};

function pattern(id, kind) {
  return draw("pattern", { id, width: 8, height: 8, patternUnits: "userSpaceOnUse" },
    draw("rect", { width: 8, height: 8, class: "fill" }),
    draw("g", { class: "mark" }, (MARKS[kind] ?? MARKS.solid)()));
}

/** The interval as a line across the bar with two ends, each on a lighter ground so that it is seen on any colour. */
function interval(low, high, height) {
  const [from, to, middle, end] = [`${low * 100}%`, `${high * 100}%`, height / 2, height / 2 - 3];
  const lines = () => [
    draw("line", { x1: from, x2: to, y1: middle, y2: middle }),
    ...[from, to].map((x) => draw("line", { x1: x, x2: x, y1: middle - end, y2: middle + end })),
  ];
  return [draw("g", { class: "ground" }, lines()), draw("g", { class: "interval" }, lines())];
}

/** Draws `share` (0 to 1, or null for an empty track) for a theme; the number stands beside it as text.
 *  With `low` and `high` its interval lies on it. */
export function bar(share, theme, { thin = false, low = null, high = null } = {}) {
  const id = `pattern-${patterns += 1}`;
  const height = HEIGHT * (thin ? 0.6 : 1) * parseFloat(getComputedStyle(document.documentElement).fontSize);
  const size = { height, rx: height / 4 };
  return themed(draw("svg", { class: "bar-svg", width: "100%", height, "aria-hidden": "true" },
    draw("defs", {}, pattern(id, theme.pattern)),
    draw("rect", { ...size, width: "100%", class: "track" }),
    share > 0 ? draw("rect", { ...size, width: `${share * 100}%`, fill: `url(#${id})`, class: "value" }) : null,
    low === null || high === null ? null : interval(low, high, height)), theme);
}
