// Chooses all free areas or none at once, and counts; without it the links load the page anew.

const form = document.querySelector("[data-copies]");
const boxes = [...(form?.querySelectorAll("input[name=areas]") ?? [])];
const count = form?.querySelector("[data-count]");

function tell() {
  const chosen = boxes.filter((box) => box.checked).length;
  count.textContent = `${chosen} ${count.dataset.words}`;
}

for (const link of form?.querySelectorAll("[data-choose]") ?? []) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    for (const box of boxes) box.checked = link.dataset.choose === "all" && "free" in box.dataset;
    tell();
  });
}

if (form) {
  form.addEventListener("change", tell);
  tell();
}
