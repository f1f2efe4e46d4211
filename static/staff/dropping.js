// Files may be dropped on the upload form or on a theme; anywhere else the browser must not open
// them, because that would leave the page.

const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
const placeOf = (event) => event.target.closest?.("[data-upload], [data-theme]") ?? null;
let over = null;

function mark(place) {
  if (place === over) return;
  over?.classList.remove("over");
  place?.classList.add("over");
  over = place;
}

// `taken(files, theme)` hears of every drop; the theme is undefined on the form.
export function takeDrops(taken) {
  addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = placeOf(event) ? "copy" : "none";
    mark(placeOf(event));
  });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) mark(null); });
  addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    const place = placeOf(event);
    mark(null);
    if (place) taken([...event.dataTransfer.files], place.dataset.theme);
  });
}
