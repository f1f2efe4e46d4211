// The big screen: hidden until the host shows it, fresh while there is a line, quiet on its own.

import { morph } from "../morph.js";
import { keys } from "./keys.js";
import { calmly } from "./pace.js";
import { Pile } from "./pile.js";
import { Refresh } from "./refresh.js";
import { Stage } from "./stage.js";

const find = (id) => document.getElementById(id);
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
const LOCALE = [root.lang === "ar" ? "ar-u-nu-latn" : root.lang, "da"];

const stage = new Stage();
const pile = new Pile();
const refresh = new Refresh({ use: (page) => calmly(() => renew(page)), tell });

/** Makes everything but the slides and the host's own line equal to a newer page. */
function renew(page) {
  const held = find("pile");
  const fresh = page.getElementById("pile");
  if (held && fresh?.dataset.cards === held.dataset.cards) fresh.replaceWith(page.importNode(held, true));
  const idle = page.getElementById("idle");
  if (idle) idle.hidden = stage.step > 0;
  for (const id of ["side", "head", "ask", "idle"]) {
    const [old, now] = [find(id), page.getElementById(id)];
    if (old && now) morph(old, now);
  }
  if (Boolean(find("side")) !== Boolean(page.getElementById("side"))) location.reload();
  stage.take(page);
}

function tell(state, since) {
  const line = find("line");
  const words = refresh.paused ? line.dataset.paused : state === "lost" ? line.dataset.lost : "";
  const time = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit" }).format(since);
  const said = words.replace("{time}", time);
  if (line.textContent !== said) line.textContent = said;
}

function pause() {
  const paused = !refresh.paused;
  pile.paused = paused;
  find("pause").setAttribute("aria-pressed", String(paused));
  refresh.pause(paused);
  tell("ok", refresh.since);
}

/** Turns light into dark; what was chosen stays through a reload. */
function turn(look) {
  root.dataset.look = look;
  find("night").media = look === "dark" ? "all" : "not all";
  find("dark").setAttribute("aria-pressed", String(look === "dark"));
  history.replaceState({ ...history.state, look }, "");
}

/** Asks the computer not to dim the projector; over plain http it cannot be asked. */
function stayOn() {
  if (!document.hidden) navigator.wakeLock?.request("screen").catch(() => {});
}

const looks = () => root.dataset.look ?? (dark.matches ? "dark" : "light");
const other = () => turn(looks() === "dark" ? "light" : "dark");
const whole = () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.())?.catch(() => {});

if (history.state?.look) turn(history.state.look);
else find("dark").setAttribute("aria-pressed", String(dark.matches));
stayOn();
document.addEventListener("visibilitychange", stayOn);
find("whole").hidden = !document.fullscreenEnabled;
for (const id of ["pause", "dark", "keys"]) find(id).hidden = false;
find("next").addEventListener("click", () => stage.next());
find("back").addEventListener("click", () => stage.back());
find("pause").addEventListener("click", pause);
find("dark").addEventListener("click", other);
find("whole").addEventListener("click", whole);
// A button that was clicked leaves the keyboard to the next step; one reached by keyboard keeps it.
find("desk").addEventListener("click", (event) => event.detail && event.target.closest("button")?.blur());
keys({
  next: () => stage.next(),
  back: () => stage.back(),
  hide: () => (find("keys").open ? (find("keys").open = false) : stage.hide()),
  first: { p: pause, d: other, f: whole },
  letters: () => find("letters").checked,
});
