// Sends a ZIP and says how far it is: first the sending, then each picture as the server reads it.
// Without scripts the form does the same and answers with the whole page.

const form = document.querySelector("[data-deck]");
const LIMIT = 150 * 1024 * 1024;
const LINES = "application/x-ndjson";

const part = (name) => form.querySelector(name);

function show(words, share, name = "") {
  const said = part("[data-said]");
  const bar = part("progress");
  part("[data-progress]").hidden = false;
  if (said.textContent !== words) said.textContent = words;
  if (share === null) bar.removeAttribute("value");
  else bar.value = Math.round(share * 100);
  part("[data-file]").textContent = name;
}

function refuse(words) {
  part("[data-progress]").hidden = true;
  part("[data-wrong]").hidden = !words;
  part("[data-wrong] span").textContent = words;
}

function send(hear) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let read = 0;
    function lines() {
      const whole = request.responseText.lastIndexOf("\n") + 1;
      for (const line of request.responseText.slice(read, whole).split("\n")) if (line) hear(JSON.parse(line));
      read = whole;
    }
    request.open("POST", form.action);
    request.setRequestHeader("Accept", LINES);
    request.upload.onprogress = (event) => show(form.dataset.sending, event.loaded / event.total);
    request.upload.onload = () => show(form.dataset.opening, null);
    request.onprogress = lines;
    request.onerror = reject;
    request.onload = () => {
      // Anything else is a page about a session that ended or a file that was too large.
      if (request.getResponseHeader("Content-Type")?.startsWith(LINES)) lines();
      else if (request.status === 413) hear({ error: form.dataset.large });
      resolve();
    };
    request.send(new FormData(form));
  });
}

function review(html) {
  const place = document.querySelector("[data-review]");
  place.innerHTML = html;
  refuse("");
  const found = place.querySelector("#found");
  found.focus({ preventScroll: true });
  found.scrollIntoView({ block: "start" });
}

async function check() {
  const button = part("button[type=submit]");
  if (form.elements.deck.files[0].size > LIMIT) return refuse(form.dataset.large);
  refuse("");
  button.disabled = true;
  document.querySelector("[data-review]").replaceChildren();
  let total = 0;
  let end = null;
  try {
    await send((line) => {
      if ("total" in line) total = line.total;
      if ("done" in line) show(form.dataset.reading, line.done / total, line.wrong ? `${line.file}: ${line.wrong}` : line.file);
      if ("html" in line || "error" in line) end = line;
    });
  } catch {
    end = null;
  }
  button.disabled = false;
  if (end?.html) return review(end.html);
  return refuse(end?.error ?? form.dataset.failed);
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  check();
});
