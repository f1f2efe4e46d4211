// What is stored and how to use the screen, read on the shared tablet itself.

import { make } from "./elements.js";

/** Shows it over the first screen; `gone()` hears that it was put away. */
export function about(gone) {
  const dialog = make("dialog", { class: "reading", "aria-labelledby": "about-title" },
    document.getElementById("about").content.cloneNode(true));
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  dialog.addEventListener("close", () => { dialog.remove(); gone(); });
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("h2").focus();
}
