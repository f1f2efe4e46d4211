// What a shared tablet asks the server between two people: whether it still answers, and whether
// the page that stands there is still the right one.

const LATE = 8000; // ms

async function ask(address, options) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), LATE);
  try {
    return await fetch(address, { ...options, signal: stop.signal });
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** Whether a page of ours can be shown now: the server answers, or the service worker has a copy. To
 *  go there otherwise would end on an empty screen. */
export async function reachable(address) {
  if ((await ask(address, { method: "HEAD", cache: "no-store" }))?.ok) return true;
  return Boolean(navigator.serviceWorker?.controller && await caches.match(address).catch(() => null));
}

/** Whether the server has something else for this tablet than what it shows. `shown` is {build,
 *  survey} or, on the page that waits, null; the page of a closed kiosk has no `area` either, and
 *  anything is news to it. A server that does not answer has nothing else. */
export class Watch {
  #etag = null;

  constructor(area, shown) {
    Object.assign(this, { area, shown });
  }

  /** Asks the server; resolves true when the page had better be loaded anew,
   *  "closed" when nothing comes after it. */
  async changed() {
    const page = await ask(location.pathname, { method: "HEAD", cache: "no-store" });
    // The kiosk was closed; a 404 without our mark is somebody else's.
    if (page?.status === 404 && page.headers.has("X-Robots-Tag")) return "closed";
    const open = page?.ok ? await this.#open() : undefined;
    if (open === undefined || !this.shown) return Boolean(open);
    return open !== this.shown.survey || this.#newer();
  }

  /** The area's open survey, null without one; undefined when nobody knows. */
  async #open() {
    if (!this.area) return true;
    const areas = await (await ask("/api/v1/areas", { cache: "no-store" }))?.json().catch(() => null);
    if (!Array.isArray(areas)) return undefined;
    const { survey } = areas.find(({ slug }) => slug === this.area) ?? {};
    return survey?.state === "open" ? survey.id : null;
  }

  async #newer() {
    const reply = await ask(`/api/v1/areas/${this.area}/deck`, { cache: "no-cache" });
    const deck = reply?.ok ? await reply.json().catch(() => null) : null;
    if (!deck) return false;
    const etag = reply.headers.get("ETag");
    const before = this.#etag ?? etag;
    this.#etag = etag;
    return deck.build !== this.shown.build || etag !== before;
  }
}
