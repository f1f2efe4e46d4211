// The app as a preview: the same stages, but nothing is kept on the phone and nothing is sent. What
// the phone has from real surveys is never opened.

const store = { durable: true, keep() {}, drop() {}, choose() {}, release() {}, mine: () => null, unsent: () => [] };
const sender = { follow() {}, changed() {}, flush() {}, remove() {} };

async function load() {
  const [journey, { t }] = await Promise.all([import("./journey.js"), import("./strings.js")]);
  const again = t("Prøv forfra");
  const alone = t("Sådan ser resultatet ud. I prøven er der ingen andre svar.");
  return journey.open({ trial: { store, sender, again, alone } });
}

const journey = load();
document.getElementById("start").addEventListener("click", () => {
  journey.then(({ start }) => start()).catch(() => { document.getElementById("trouble").hidden = false; });
});
