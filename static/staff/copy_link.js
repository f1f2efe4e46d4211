// Copies the link that stands in a field. Over plain http a browser has no clipboard for pages:
// then the link is marked, and the older command copies it where it still may.

function mark(input) {
  input.focus();
  input.select();
  return document.execCommand("copy");
}

async function copied(input) {
  try {
    await navigator.clipboard.writeText(input.value);
    return true;
  } catch {
    return mark(input);
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const input = document.getElementById(button.dataset.copy);
  const said = document.querySelector("[data-said]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    said.textContent = "";
    said.textContent = (await copied(input)) ? button.dataset.copied : button.dataset.marked;
  });
}
