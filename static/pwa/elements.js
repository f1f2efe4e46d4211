// Builds elements without markup in strings, so that no text can ever become markup.

import { tongue } from "./strings.js";

const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Makes an HTML element: make("p", {class: "note", onclick: act}, "text", another). */
export function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** Makes an SVG element in the same way. */
export function draw(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** A text of the deck among the page's own words: a span where it is in another language. */
export function worded(part, name, text = part[name]) {
  const written = tongue(part, name);
  return written.lang ? make("span", written, text) : text;
}

/** One symbol of the page's sprite. */
export function icon(name) {
  return draw("svg", { class: "icon", "aria-hidden": "true" }, draw("use", { href: `#i-${name}` }));
}

/** Gives an element the colour of a theme; the style sheet turns the hue into a colour. */
export function themed(element, theme) {
  element.classList.add("themed");
  element.style.setProperty("--hue", theme.hue);
  return element;
}
