// The page of a kiosk whose area asks nothing now: sends what the tablet still holds, and looks
// again by itself.

import { guard } from "./kiosk_corner.js";
import { Watch } from "./kiosk_line.js";
import { KioskStore } from "./kiosk_store.js";
import { Sender } from "./sync.js";

const EVERY = 120_000; // ms
const { area } = JSON.parse(document.getElementById("page").textContent);
const store = new KioskStore();
const sender = new Sender(store, () => {});
const watch = new Watch(area.slug, null);

async function look() {
  await sender.flush();
  await store.over();
  if (await watch.changed()) location.replace(location.pathname);
}

guard({ store, sender, idle: () => true });
addEventListener("online", look);
setInterval(look, EVERY);
look();
