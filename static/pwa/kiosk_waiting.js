// The page of a kiosk that asks nothing now, or that is closed for good: sends what the tablet still
// holds, says so, and looks again by itself.

import { guard } from "./kiosk_corner.js";
import { Watch } from "./kiosk_line.js";
import { KioskStore } from "./kiosk_store.js";
import { Sender } from "./sync.js";

const EVERY = 120_000; // ms
const { area } = JSON.parse(document.getElementById("page").textContent);
const place = document.getElementById("queue");
const store = new KioskStore();
const sender = new Sender(store, () => {});
const watch = new Watch(area?.slug, null);

/** Says what waits, in the words that the page carries; that all is sent, where it says so. */
async function tell() {
  const { waiting, late } = await store.counts();
  const words = waiting ? "waiting" : late ? "late" : "sent";
  const said = place.dataset[words]?.replace("{n}", waiting || late) ?? "";
  if (said !== place.textContent) place.textContent = said;
}

async function look() {
  await tell();
  sender.retry();
  await sender.flush();
  await store.over();
  await tell();
  const news = await watch.changed();
  if (area ? news : news === true) location.replace(location.pathname);
}

if (area) guard({ store, sender, idle: () => true });
addEventListener("online", look);
setInterval(look, EVERY);
look();
