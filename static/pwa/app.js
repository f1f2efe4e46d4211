// The first and only module before card 1: waits for the picture, then fetches the rest, so that
// nothing competes with it for a slow line and Start still answers at once.

const button = document.getElementById("start");

/** Resolves when the landing picture is decoded; a picture that fails must not stop anyone. */
async function firstPicture() {
  const image = document.querySelector("#peek img");
  await image?.decode().catch(() => {});
}

/** A failed import means a newer build or a lost line: reloads once, and only when that can help. */
async function reloadOnce(error) {
  const { build } = JSON.parse(document.getElementById("deck").textContent);
  const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" });
  if (!answer.ok || sessionStorage.getItem("reloaded") === String(build)) throw error;
  sessionStorage.setItem("reloaded", String(build));
  location.reload();
  return new Promise(() => {});
}

/** The line is gone: leaves the button as it was, so that the next tap tries again, with a reload
 *  where one helps (browsers remember a failed import until then). */
function failed(error) {
  console.error(error);
  try {
    sessionStorage.removeItem("reloaded");
  } catch { /* storage is blocked: then nothing was remembered */ }
  ready = undefined;
  button.removeAttribute("aria-busy");
  document.getElementById("trouble").hidden = false;
}

let ready;

function prepare() {
  ready ??= import("./journey.js").catch(reloadOnce).then((journey) => journey.open());
  return ready;
}

button.addEventListener("click", () => {
  button.setAttribute("aria-busy", "true");
  document.getElementById("trouble").hidden = true;
  prepare().then((journey) => journey.start()).catch(failed);
});

/** Whether Start was pressed before a newer build of the page came. */
function parked() {
  try {
    const pressed = sessionStorage.getItem("start");
    sessionStorage.removeItem("start");
    return pressed;
  } catch {
    return null;
  }
}

firstPicture().then(prepare).catch(failed);
if (parked()) button.click();
