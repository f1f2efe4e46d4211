// Warns before a form with unsaved words is left. Forms that save themselves do not ask for it.

const forms = [...document.querySelectorAll("form[data-guarded]")];
const seen = new Map(forms.map((form) => [form, words(form)]));
let leaving = false;

function words(form) {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")).toString();
}

addEventListener("beforeunload", (event) => {
  if (!leaving && forms.some((form) => words(form) !== seen.get(form))) event.preventDefault();
});
addEventListener("submit", (event) => { leaving = !event.defaultPrevented; });
addEventListener("pageshow", () => { leaving = false; });
