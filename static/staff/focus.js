// Sets the focus point of a picture by pointing or with the arrow keys; the numbers stay the form.

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const SVG = "http://www.w3.org/2000/svg";

/** Returns left, top, width and height of the 3:4 cut with its middle as near the point as can be. */
export function cut(width, height, x, y) {
  const wide = Math.min(width, Math.floor(height * 3 / 4));
  const high = Math.min(height, Math.floor(width * 4 / 3));
  const start = (whole, part, percent) =>
    Math.min(Math.max(Math.round(whole * percent / 100 - part / 2), 0), whole - part);
  return [start(width, wide, x), start(height, high, y), wide, high];
}

function drawing(master, width, height, alt) {
  const svg = document.createElementNS(SVG, "svg");
  const image = document.createElementNS(SVG, "image");
  for (const [name, value] of Object.entries({ href: master, width, height })) image.setAttribute(name, value);
  for (const [name, value] of Object.entries({ class: "cut", role: "img", "aria-label": alt, "data-cut": "" })) svg.setAttribute(name, value);
  svg.append(image);
  return svg;
}

function place(rect, x, y, width, height) {
  for (const [name, value] of Object.entries({ x, y, width, height })) rect.setAttribute(name, value);
}

/** Shows a cut on the card, in the place of the variant that was made of another. */
function preview(whole, box) {
  const thumb = document.querySelector("#picture .thumb");
  if (!thumb) return;
  const { master, width, height } = whole.dataset;
  let svg = thumb.querySelector("[data-cut]");
  if (!svg) {
    svg = drawing(master, width, height, thumb.querySelector("img")?.alt ?? "");
    thumb.replaceChildren(svg);
  }
  svg.setAttribute("viewBox", box.join(" "));
}

function enhance(whole) {
  const { focus_x: across, focus_y: down } = whole.closest("form").elements;
  const width = Number(whole.dataset.width), height = Number(whole.dataset.height);
  const handle = document.createElement("button");
  handle.type = "button";
  handle.className = "handle";
  whole.append(handle);

  const point = () => [across, down].map((input) => (input.value === "" ? NaN : Number(input.value)));

  function draw() {
    const [x, y] = point();
    if (!(x >= 0 && x <= 100 && y >= 0 && y <= 100)) return;
    const box = cut(width, height, x, y), [left, top, wide, high] = box;
    place(whole.querySelector("[data-frame]"), left, top, wide, high);
    place(whole.querySelector("[data-under-title]"), left, top + high * 0.83, wide, high * 0.17);
    whole.querySelector("[data-outside]").setAttribute("d", `M0 0H${width}V${height}H0ZM${left} ${top}h${wide}v${high}h-${wide}z`);
    handle.style.left = `${x}%`;
    handle.style.top = `${y}%`;
    handle.setAttribute("aria-label", `${whole.dataset.handle} ${x} %, ${y} %`);
  }

  function move(x, y) {
    const kept = (value) => Math.min(Math.max(Math.round(value), 0), 100);
    if (Number(across.value) === kept(x) && Number(down.value) === kept(y)) return;
    [across.value, down.value] = [kept(x), kept(y)];
    across.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function moveTo(event) {
    const box = whole.getBoundingClientRect();
    move((event.clientX - box.left) / box.width * 100, (event.clientY - box.top) / box.height * 100);
  }

  function follow() {
    draw();
    const [x, y] = point();
    if (x >= 0 && x <= 100 && y >= 0 && y <= 100) preview(whole, cut(width, height, x, y));
  }

  whole.addEventListener("click", (event) => {
    if (event.target !== handle) moveTo(event);
    handle.focus({ preventScroll: true });
  });
  handle.addEventListener("pointerdown", (event) => handle.setPointerCapture(event.pointerId));
  handle.addEventListener("pointermove", (event) => { if (handle.hasPointerCapture(event.pointerId)) moveTo(event); });
  handle.addEventListener("keydown", (event) => {
    const step = STEPS[event.key], [x, y] = point();
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const size = event.shiftKey ? 10 : 1;
    move(x + step[0] * size, y + step[1] * size);
  });
  for (const input of [across, down]) input.addEventListener("input", follow);
  draw();
}

document.querySelectorAll("[data-whole]").forEach(enhance);
