// The own result as a picture to share, made here on the phone out of share.svg: own themes only,
// never the area's figures, and no photographs, since their credits would be lost. The same words go
// with it.

import { draw, make } from "./elements.js";
import { open } from "./sheet.js";
import { list, mixed, t, within } from "./strings.js";

const [WIDTH, HEIGHT, LINE] = [1080, 1350, 912];
const TURNS = [3, 18, -14];
const modern = CSS.supports("color", "oklch(0% 0 0)");
const colour = ({ hue }, light) => (modern ? `oklch(${light}% ${0.04 + light / 1000} ${hue})` : `hsl(${hue} 50% ${light}%)`);
const yes = (row) => (row?.said ? t("{yes} ja af {said}", row) : t("intet svar"));

/** A text by its own direction, wherever it stands (Unicode: first strong isolate). */
const alone = (words) => `\u2068${words}\u2069`;

/** A sentence on at most three lines, as even as its words allow. */
function folded(words) {
  const rows = Math.min(3, Math.ceil(words.length / 18));
  const lines = [""];
  for (const word of words.split(" ")) {
    const longer = `${lines[0]} ${word}`.trim();
    if (lines.length < rows && longer.length > 1.15 * words.length / rows) lines.unshift(word);
    else lines[0] = longer;
  }
  return lines.reverse();
}

/** A box in a theme's colour with its pattern over it. */
function box(theme, size) {
  return ["currentColor", `url(#${theme.pattern})`].map((fill) => draw("rect", { ...size, color: colour(theme, 78), fill }));
}

function card(theme, i) {
  return draw("g", { transform: `rotate(${TURNS[i]})`, filter: "url(#shade)" },
    box(theme, { x: -150, y: -196, width: 300, height: 392, rx: 44 }));
}

function bars(get, themes, own) {
  const step = Math.min(124, 372 / themes.length);
  themes.forEach((theme, i) => {
    const [y, row, size] = [i * step, own[theme.id], { y: i * step, height: 40, rx: 20 }];
    get("bars").append(draw("rect", { ...size, width: LINE, "fill-opacity": 0.2 }),
      ...(row?.yes ? box(theme, { ...size, width: (LINE * row.yes) / row.said }) : []));
    get("start").append(draw("text", { y: y + 816 }, alone(theme.name)));
    get("end").append(draw("text", { y: y + 816 }, alone(yes(row))));
  });
}

/** Turns what stands at the start to the right, and the shapes with it; a tick is never turned. */
function mirror(svg, get) {
  svg.setAttribute("direction", "rtl");
  const [start, end] = [get("start"), get("end")].map((part) => part.getAttribute("transform"));
  for (const [id, place] of Object.entries({ start: end, end: start, shapes: `translate(${WIDTH}) scale(-1 1)`, tick: "translate(-452)" })) {
    get(id).setAttribute("transform", place);
  }
}

async function painted({ deck, page, own, order, title, address }) {
  const source = await (await fetch(new URL("share.svg", import.meta.url))).text();
  const svg = new DOMParser().parseFromString(source, "image/svg+xml").documentElement;
  const get = (id) => svg.querySelector(`#${id}`);
  const texts = { address, municipality: page.municipality, area: page.area.name, question: deck.survey.question, demo: page.demo };
  for (const [id, words] of Object.entries(texts)) {
    get(id).textContent = alone(words ?? "");
    get(id).setAttribute("font-size", Math.min(36, 1650 / (words?.length || 1)));
  }
  const lines = folded(title.join(""));
  const size = Math.min(lines.length > 2 ? 64 : 78, ...lines.map(({ length }) => 1650 / length));
  get("title").setAttribute("font-size", size);
  lines.reverse().forEach((line, i) => get("title").append(draw("text", { y: 716 - i * 1.16 * size }, alone(line))));
  svg.setAttribute("color", getComputedStyle(document.documentElement).getPropertyValue("--brand").trim() || colour(order[0], 30));
  get("cards").append(...order.slice(0, 3).map(card).reverse());
  bars(get, deck.themes, own);
  if (document.dir === "rtl") mirror(svg, get);
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg.outerHTML], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = make("canvas", { width: WIDTH, height: HEIGHT });
  canvas.getContext("2d").drawImage(image, 0, 0);
  return new Promise((resolve) => { canvas.toBlob(resolve); });
}

/** Shows the picture with its words before anything leaves the phone, and the ways to share both. */
export async function share({ deck, page, own, first }) {
  const { themes, survey } = deck;
  const title = first.first.length && !first.all
    ? mixed(t("Jeg vil især have {themes}"), { themes: list(first.first.map(({ name }) => within(name))).join("") })
    : mixed(t("Sådan svarede jeg i {area}"), { area: page.area.name });
  const path = `/a/${page.area.slug}`;
  const text = [`${title.join("")}.`, ...themes.map((theme) => `${theme.name}: ${yes(own[theme.id])}.`), survey.question,
    location.origin + path, page.demo].filter(Boolean).join("\n");
  const image = await painted({ deck, page, own, title, order: [...new Set([...first.first, ...themes])], address: location.host + path }).catch(() => null);
  const [name, src] = [`${page.area.slug}.png`, image && URL.createObjectURL(image)];
  const data = image && { files: [new File([image], name, { type: image.type })], text };
  const words = make("p", { class: "words" }, text);
  const note = make("p", { class: "small", role: "status" }, image ? t("Kun dine egne svar er med. Du vælger selv, hvem der ser dem.")
    : t("Billedet kunne ikke laves. Kopiér teksten i stedet."));
  const copy = () => {
    getSelection().selectAllChildren(words);
    if (document.execCommand("copy")) note.textContent = t("Teksten er kopieret.");
  };
  const button = (label, onclick, look = "button") => make("button", { class: look, type: "button", onclick }, label);
  const load = image && make("a", { class: "button main", href: src, download: name }, t("Hent billedet"));
  const failed = ({ name: fault }) => {
    if (fault === "AbortError") return; // she thought better of it
    send.after(load);
    note.textContent = t("Billedet kunne ikke deles. Hent det i stedet.");
  };
  const send = button(t("Del billede og tekst"), () => navigator.share(data).catch(failed), "button main");
  const label = t("Del dit resultat");
  const shown = image && make("img", { class: "shared", src, alt: text, width: WIDTH, height: HEIGHT });
  open([make("h2", {}, label), make("div", { class: image && "sharing" }, shown, words), note,
    make("div", { class: "choices" }, image && navigator.canShare?.(data) ? send : load, button(t("Kopiér teksten"), copy),
      make("form", { method: "dialog" }, make("button", { class: "quiet" }, t("Luk"))))], label);
}
