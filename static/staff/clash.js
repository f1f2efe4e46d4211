// Two people changed the same field: shows both texts and lets the person choose.

function made(kind, words, name = "") {
  const element = document.createElement(kind);
  element.textContent = words;
  element.className = name;
  return element;
}

function side(label, text) {
  const line = made("p", "", "other");
  const words = made("span", text);
  words.dir = "auto";
  line.append(made("strong", label), " ", words);
  return line;
}

/** Puts the choice under a field; `choose(theirs)` is told which of the two it shall be. */
export function ask(place, words, { clash, mine, choose }) {
  place.querySelector(".clash")?.remove();
  const box = made("div", "", "clash");
  box.setAttribute("role", "alert");
  const keep = made("button", words.mine, "button small");
  const take = made("button", words.theirs.replace("{name}", clash.by), "button secondary small");
  for (const [button, theirs] of [[keep, false], [take, true]]) {
    button.type = "button";
    button.addEventListener("click", () => { box.remove(); choose(theirs); });
  }
  const buttons = made("div", "", "actions");
  buttons.append(keep, take);
  const inside = made("div", "");
  inside.append(made("p", clash.sentence, "strong"), side(words.other, clash.shown || words.empty), side(words.yourOwn, mine || words.empty), buttons);
  box.append(inside);
  place.append(box);
}
