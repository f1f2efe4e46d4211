// Shows a theme's colour and pattern while they are chosen; the form works without it.

const form = document.querySelector("[data-look]");

function paint() {
  const hue = form.elements.hue.value;
  for (const drawn of form.querySelectorAll("[data-hued] .swatch, [data-patterned] .swatch")) {
    drawn.querySelector("g").setAttribute("fill", `hsl(${hue} 50% 42%)`);
    drawn.querySelector("rect").setAttribute("fill", `oklch(52% .125 ${hue})`);
  }
  for (const sample of form.querySelectorAll("[data-pattern]")) {
    sample.hidden = sample.dataset.pattern !== form.elements.pattern.value;
  }
}

form?.addEventListener("input", (event) => {
  const { look, hue } = form.elements;
  if (event.target.name === "hue") look.value = "own";
  if (event.target.name === "look" && look.value !== "own") hue.value = look.value;
  paint();
});
