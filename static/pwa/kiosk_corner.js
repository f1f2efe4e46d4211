// The staff's corner: five seconds on the corner at the top right, or Ctrl+Alt+K, and the code. It
// says what waits to be sent, and closes by itself.

import { make } from "./elements.js";
import { day, isoDay, lang, t } from "./strings.js";

const CORNER = 90; // px
const HOLD = 5000; // ms
const CLOSES = 60_000; // ms without a touch
const TOLD = 8000; // ms that it is said to be closed
const read = (id) => JSON.parse(document.getElementById(id).textContent);

function clock(time) {
  return new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit" }).format(time);
}

/** Listens for the way in. `idle()` says whether nobody is in the middle of something. */
export function guard({ store, sender, idle }) {
  const kiosk = read("kiosk");
  const page = read("page");
  const since = new Date();
  let timer = 0;
  const enter = () => idle() && !document.querySelector("dialog[open]") && open({ store, sender, kiosk, page, since });
  addEventListener("pointerdown", ({ clientX, clientY, isPrimary }) => {
    clearTimeout(timer);
    if (isPrimary && clientX > innerWidth - CORNER && clientY < CORNER) timer = setTimeout(enter, HOLD);
  });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => clearTimeout(timer));
  addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.altKey && event.code === "KeyK") enter();
  });
}

function open(facts) {
  const dialog = make("dialog", { class: "corner", "aria-label": t("Til personalet") });
  const before = document.activeElement;
  const close = () => dialog.close();
  let timer = 0;
  const wait = () => { clearTimeout(timer); timer = setTimeout(close, CLOSES); };
  const enter = (panel) => {
    dialog.replaceChildren(panel);
    panel.querySelector("h2").focus();
  };
  for (const sign of ["pointerdown", "keydown"]) dialog.addEventListener(sign, wait);
  dialog.addEventListener("close", () => { clearTimeout(timer); dialog.remove(); closed(before); });
  dialog.append(door(facts, enter, close));
  document.body.append(dialog);
  dialog.showModal();
  wait();
}

/** Back to where the focus was, which is at the heading where it was nowhere; and says so. */
function closed(before) {
  const place = before?.isConnected && before !== document.body ? before : document.querySelector("h1");
  const status = document.getElementById("status");
  place.focus({ preventScroll: true });
  status.textContent = t("Personalets hjørne er lukket.");
  setTimeout(() => status.replaceChildren(), TOLD);
}

function door(facts, enter, close) {
  const wrong = make("p", { class: "note", role: "alert", hidden: true }, t("Koden passer ikke. Den står på siden om kiosken."));
  const input = make("input", { id: "pin", class: "pin", inputmode: "numeric", maxlength: 4, autocomplete: "off", autofocus: true });
  const form = make("form", { class: "sheet" }, make("h2", {}, t("Til personalet")),
    make("label", { for: "pin" }, t("Koden med fire tal")), input, wrong,
    make("button", { class: "button main", type: "submit" }, t("Åbn")),
    make("button", { class: "button", type: "button", onclick: close }, t("Luk")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (input.value.trim() === facts.kiosk.pin) return enter(await panel(facts, close));
    wrong.hidden = false;
    input.value = "";
    return input.focus();
  });
  return form;
}

function row(term, words) {
  return make("div", {}, make("dt", {}, term), make("dd", {}, words));
}

/** The moment as people say it: the time of today, the day before that. */
function moment(time) {
  const on = isoDay(new Date(time));
  return on === isoDay() ? t("kl. {time}", { time: clock(time) }) : day(on);
}

async function figures({ store, kiosk, since }) {
  const { waiting, refused, late, lateAt } = await store.counts();
  const sent = store.sentAt ? t("kl. {time}", { time: clock(store.sentAt) }) : t("intet siden kl. {time}", { time: clock(since) });
  return [
    row(t("Svar, der venter"), String(waiting)),
    ...(refused ? [row(t("Heraf afvist indtil nu"), String(refused))] : []),
    row(t("Sidst sendt"), sent),
    ...(late ? [row(t("Kom for sent, ikke talt med"), t("{n}, sidst {when}", { n: late, when: moment(lateAt) }))] : []),
    row(t("Gemmer på tabletten"), store.durable ? t("Ja") : t("Nej. Luk ikke siden, før alt er sendt.")),
    row(t("Version"), kiosk.build),
  ];
}

async function panel(facts, close) {
  const { store, sender, kiosk, page } = facts;
  const list = make("dl", { class: "figures" }, await figures(facts));
  const said = make("p", { role: "status" });
  const send = async () => {
    said.textContent = t("Sender …");
    sender.retry();
    await sender.flush();
    list.replaceChildren(...(await figures(facts)));
    const { waiting, late } = await store.counts();
    const nothing = late ? t("Resten er sendt.") : t("Alt er sendt.");
    said.textContent = waiting ? t("{n} svar venter endnu. Tabletten prøver selv igen.", { n: waiting }) : nothing;
  };
  return make("div", { class: "sheet" }, make("h2", { tabindex: "-1" }, kiosk.name), list, said,
    make("button", { class: "button main", type: "button", onclick: send }, t("Send nu")),
    make("button", { class: "button", type: "button", onclick: close }, t("Tilbage til kiosken")),
    make("a", { class: "quiet", href: `/a/${page.area.slug}` }, t("Luk kiosken på denne tablet")));
}
