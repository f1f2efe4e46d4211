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
  const [before, themes, after] = title;
  const texts = { before, themes, after, address, municipality: page.municipality, area: page.area.name, question: deck.survey.question, demo: page.demo };
  for (const [id, words] of Object.entries(texts)) {
    get(id).textContent = alone(words?.trim() ?? "");
    get(id).setAttribute("font-size", Math.min(["before", "themes", "after"].includes(id) ? 78 : 36, 1650 / (words?.length || 1)));
  }
  svg.setAttribute("color", colour(order[0], 30));
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
  const blob = await painted({ deck, page, own, title, order: [...new Set([...first.first, ...themes])], address: location.host + path });
  const [name, src] = [`${page.area.slug}.png`, URL.createObjectURL(blob)];
  const data = { files: [new File([blob], name, { type: blob.type })], text };
  const words = make("p", { class: "words" }, text);
  const note = make("p", { class: "small", role: "status" }, t("Kun dine egne svar er med. Du vælger selv, hvem der ser dem."));
  const copy = () => {
    getSelection().selectAllChildren(words);
    if (document.execCommand("copy")) note.textContent = t("Teksten er kopieret.");
  };
  const button = (label, onclick, look = "button") => make("button", { class: look, type: "button", onclick }, label);
  const label = t("Del dit resultat");
  open([make("h2", {}, label), make("img", { class: "shared", src, alt: text, width: WIDTH, height: HEIGHT }), words, note,
    navigator.canShare?.(data) ? button(t("Del billede og tekst"), () => navigator.share(data).catch(() => {}), "button main")
      : make("a", { class: "button main", href: src, download: name }, t("Hent billedet")),
    button(t("Kopiér teksten"), copy), make("form", { method: "dialog" }, make("button", { class: "quiet" }, t("Luk")))], label);
}
