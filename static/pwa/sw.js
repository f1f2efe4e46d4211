// The service worker: a bonus, never in the way. It answers from what the page kept (offline.js) when
// the network does not, changes nothing by itself and knows nothing of answers. BUILD and FILES are
// put in front when it is served.

const PAGES = "swipe-pages";
const PATIENCE = 3000; // ms a page may take before its copy is shown
const ANSWERED = [200, 404, 410];
const quietly = (promise) => promise.catch(() => undefined);

/** Which survey a page asks; none for every other page. Its answer decides whether a copy stays. */
const asks = (html) => /\/(?:app|kiosk)\.js"[^]*?"survey":\{[^]*?"id":"([^"]+)"/.exec(html)?.[1];

/** The address of a copy: one for each language, whatever poster or link led to it. */
function place({ pathname, searchParams }) {
  const language = searchParams.get("lang");
  return language ? `${pathname}?lang=${language}` : pathname;
}

/** A page from the network; a copy of a survey that is no longer asked there goes away. */
async function fresh(event, copy) {
  const reply = (await event.preloadResponse) ?? await fetch(event.request);
  if (ANSWERED.includes(reply.status)) event.waitUntil(quietly(compare(event.request, reply.clone(), copy)));
  return reply;
}

async function compare({ url }, reply, copy) {
  const held = await copy;
  if (held && asks(await held.clone().text()) !== asks(await reply.text())) {
    await (await caches.open(PAGES)).delete(place(new URL(url)));
  }
}

/** The network first. Its copy where there is no line, or a slow one, or the server is ill. */
async function page(event) {
  const copy = quietly(caches.open(PAGES).then((pages) => pages.match(place(new URL(event.request.url)), { ignoreVary: true })));
  const network = fresh(event, copy);
  event.waitUntil(quietly(network));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const first = await Promise.race([quietly(network), late]);
  return first?.status < 500 ? first : (await copy)?.clone() ?? network;
}

/** What can never change: kept ones first. */
async function kept(request) {
  return await quietly(caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** Takes over where no other page of ours is open, and says which build it is. */
async function swap(port) {
  const { pathname: ours } = new URL(registration.scope);
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const alone = open.filter(({ url }) => new URL(url).pathname.startsWith(ours)).length < 2;
  port.postMessage(alone ? BUILD : null);
  if (alone) await skipWaiting();
}

/** All of a build or nothing: half a build must never be taken for a whole one. */
async function install() {
  const kiosk = registration.scope.endsWith("/kiosk/");
  const cache = await caches.open(`swipe-build-${BUILD}`);
  await cache.addAll(FILES.filter((name) => kiosk || !name.includes("kiosk")));
}

addEventListener("install", (event) => event.waitUntil(install()));

addEventListener("activate", (event) => event.waitUntil(
  Promise.all([clients.claim(), quietly(Promise.resolve(registration.navigationPreload?.enable()))])));

addEventListener("message", (event) => event.waitUntil(swap(event.ports[0])));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, searchParams } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (!searchParams.has("preview")) event.respondWith(page(event));
  } else if (/^\/(?:media|static\/pwa)\//.test(pathname)) event.respondWith(kept(request));
});
