// Shows words where the citizen will see them, while they are typed.

for (const shown of document.querySelectorAll("[data-preview]")) {
  const input = document.querySelector(`form [name="${shown.dataset.preview}"]`);
  const empty = shown.dataset.empty ?? shown.textContent;
  const { lang, dir } = input ?? {};
  input?.addEventListener("input", () => {
    shown.textContent = input.value.trim() || empty;
    if (lang) Object.assign(shown, { lang, dir });
  });
}
