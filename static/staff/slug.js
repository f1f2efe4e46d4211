// Suggests the address of a new area while its name is typed, until somebody writes one.

const DANISH = { æ: "ae", ø: "oe", å: "aa", ß: "ss" };

export function slugFrom(name) {
  const whole = name.normalize("NFC").toLowerCase().replace(/[æøåß]/g, (letter) => DANISH[letter]);
  const plain = whole.normalize("NFKD").replace(/[^\x00-\x7f]/g, "");
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 64);
}

for (const form of document.querySelectorAll("[data-slug]")) {
  const { name, slug } = form.elements;
  let own = slug.value !== "";
  slug.addEventListener("input", () => { own = slug.value !== ""; });
  name.addEventListener("input", () => { if (!own) slug.value = slugFrom(name.value); });
}
