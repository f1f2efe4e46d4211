// The app as a preview: the same stages, but nothing is kept on the phone and nothing is sent. What
// the phone has from real surveys is never opened.

const store = { durable: true, keep() {}, drop() {}, choose() {}, release() {}, mine: () => null, unsent: () => [] };
const sender = { follow() {}, changed() {}, flush() {} };

async function load() {
  const [journey, { t }] = await Promise.all([import("./journey.js"), import("./strings.js")]);
  const again = t("Prøv forfra");
  const alone = t("Sådan ser resultatet ud. I prøven er der ingen andre svar.");
  return journey.open({ store, sender, again, alone });
}

/** A picture that is not cut yet is cut here, on the landing page as in the deck. */
function cutFirst() {
  const { cards } = JSON.parse(document.getElementById("deck").textContent);
  const { first } = document.querySelector("[data-first]").dataset;
  const { at } = cards.find((card) => card.id === first).picture;
  if (at) document.querySelector("#peek img").style.objectPosition = at;
}

cutFirst();
const journey = load();
document.getElementById("start").addEventListener("click", () => {
  journey.then(({ start }) => start()).catch(() => { document.getElementById("trouble").hidden = false; });
});
