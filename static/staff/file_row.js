// The line of one file while it is taken up: small picture, name, how far it is, what went wrong.

const SIZE = { width: 48, height: 64 };

// One small drawing per file, instead of forty photos of twelve megapixels on a phone at once.
async function draw(file, place) {
  const bitmap = await createImageBitmap(file);
  const canvas = Object.assign(document.createElement("canvas"), SIZE);
  const scale = Math.max(SIZE.width / bitmap.width, SIZE.height / bitmap.height);
  const [width, height] = [bitmap.width * scale, bitmap.height * scale];
  const at = [(SIZE.width - width) / 2, (SIZE.height - height) / 2];
  canvas.getContext("2d").drawImage(bitmap, ...at, width, height);
  bitmap.close();
  place.replaceChildren(canvas);
}

export class Row {
  constructor(template, file, words) {
    this.line = template.content.firstElementChild.cloneNode(true);
    this.file = file;
    this.state = this.line.querySelector(".file-state");
    this.bar = this.line.querySelector("progress");
    this.button = this.line.querySelector("button");
    this.line.querySelector(".file-name").textContent = file.name;
    this.bar.ariaLabel = file.name;
    this.button.textContent = words.again;
    this.button.ariaLabel = `${words.again}: ${file.name}`;
  }

  // A format that the browser cannot draw keeps the icon.
  show() {
    if (!this.shown) this.shown = draw(this.file, this.line.querySelector(".file-thumb")).catch(() => {});
  }

  // `part` from 0 to 1 is how much was sent; null is work of unknown length; without it, no bar.
  say(words, part) {
    this.set(words, "waiting");
    this.bar.hidden = part === undefined;
    if (part === null) this.bar.removeAttribute("value");
    else if (part !== undefined) this.bar.value = part;
  }

  end(words, kind, retry) {
    this.set(words, kind);
    this.bar.hidden = true;
    this.button.hidden = !retry;
    this.button.onclick = () => { this.button.hidden = true; retry(); };
  }

  set(words, kind) {
    if (this.state.textContent !== words) this.state.textContent = words;
    this.state.classList.toggle("wrong", kind === "wrong");
    this.state.classList.toggle("muted", kind !== "wrong");
    this.line.dataset.kind = kind;
  }
}
