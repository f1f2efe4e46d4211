// Pictures in, by drop or by the file dialog: one request per file, three at a time. Without
// scripts the same form sends up to ten at once.

import { takeDrops } from "./dropping.js";
import { Row } from "./file_row.js";
import { Queue } from "./queue.js";
import { Lost, Refused, carry } from "./sending.js";
import { refresh, root } from "./tiles.js";

const PAUSE = 1500; // how often the cards below are drawn anew while files come in
// IMG_9 before IMG_10, as a folder shows them.
const names = new Intl.Collator(document.documentElement.lang, { numeric: true });
const SUMMARY = [["all", "taken"], ["same", "here"], ["wrong", "wrong"]]; // words by kind of ending

class Uploads {
  constructor(form) {
    const part = (name) => form.querySelector(`[data-${name}]`);
    Object.assign(this, { form, words: form.dataset, theme: form.elements.theme, jobs: [], held: [] });
    Object.assign(this, { progress: part("progress"), sum: part("sum"), bar: part("bar") });
    Object.assign(this, { rows: part("rows"), said: part("said-upload"), template: part("row") });
    this.queue = new Queue((job) => this.take(job), {
      lost: () => this.say(this.words.lost, "wrong"),
      back: () => this.say(this.words.back),
      idle: () => this.finish(),
    });
  }

  get unsent() {
    return !this.queue.idle || this.held.length > 0;
  }

  say(words, kind = "") {
    this.said.className = `upload-said ${kind}`;
    this.said.textContent = words;
  }

  add(files, theme) {
    if (!files.length) return;
    if (!this.unsent) this.begin();
    const sorted = [...files].sort((one, other) => names.compare(one.name, other.name));
    const jobs = sorted.map((file) => this.job(file, theme));
    for (const { row } of jobs) row.say(this.words.queued);
    this.jobs.push(...jobs);
    this.rows.append(...jobs.map((job) => job.row.line));
    this.say("");
    this.count();
    if (theme) this.queue.add(jobs);
    else this.hold(jobs);
  }

  // A small file overtakes a large one on its way: the server is told which place each has.
  job(file, theme) {
    const row = new Row(this.template, file, this.words);
    this.place += 1;
    return { file, theme, row, batch: this.batch, place: this.place };
  }

  // What went well last time makes room; what failed stays until it is sent or left.
  begin() {
    this.batch = crypto.getRandomValues(new Uint32Array(4)).join("-");
    this.place = 0;
    for (const job of this.jobs) if (job.kind !== "wrong") job.row.line.remove();
    this.jobs = this.jobs.filter((job) => job.kind === "wrong");
  }

  hold(jobs) {
    this.held.push(...jobs);
    this.say(this.words.choose);
    this.theme.focus();
  }

  themeChosen() {
    if (!this.theme.value || !this.held.length) return;
    const jobs = this.held.splice(0).map((job) => Object.assign(job, { theme: this.theme.value }));
    this.say("");
    this.queue.add(jobs);
  }

  async take(job) {
    job.row.show();
    try {
      const { kind, words } = await carry(this.form, job, (...state) => job.row.say(...state));
      this.end(job, kind, words ?? this.words[kind]);
    } catch (error) {
      if (error instanceof Lost) job.row.say(this.words.queued);
      if (error instanceof Lost) throw error;
      const told = error instanceof Refused ? error : new Refused(this.words.fault, true);
      this.end(job, "wrong", told.message, told.again ? () => this.queue.add([job]) : null);
    }
  }

  end(job, kind, words, again) {
    job.kind = kind;
    job.row.end(words, kind, again);
    this.count();
    if (kind === "taken") this.drawing ??= setTimeout(() => this.draw(), PAUSE);
  }

  draw() {
    clearTimeout(this.drawing);
    this.drawing = null;
    return refresh().catch(() => {});
  }

  count() {
    const done = this.jobs.filter((job) => job.kind).length;
    const words = this.words.progressWords.replace("{done}", done);
    this.sum.textContent = words.replace("{all}", this.jobs.length);
    Object.assign(this.bar, { max: this.jobs.length, value: done });
    this.progress.hidden = this.bar.hidden = this.sum.hidden = false;
  }

  async finish() {
    await this.draw();
    if (this.unsent) return; // more came meanwhile
    this.bar.hidden = this.sum.hidden = true;
    for (const { row, kind } of this.jobs) row.line.hidden = kind === "taken";
    this.progress.hidden = this.jobs.every((job) => job.kind === "taken");
    const words = SUMMARY.map((pair) => this.sentence(...pair)).filter(Boolean).join(" ");
    this.say(words, this.jobs.some((job) => job.kind === "wrong") ? "mixed" : "");
    this.offerNext();
  }

  sentence(name, kind) {
    const number = this.jobs.filter((job) => job.kind === kind).length;
    return number && this.words[`${name}${number === 1 ? "One" : "Many"}`].replace("{n}", number);
  }

  offerNext() {
    const next = root.querySelector("[data-next]");
    if (!next) return;
    const link = document.createElement("a");
    this.said.append(" ", Object.assign(link, { href: next.href, textContent: this.words.next }));
  }
}

const form = document.querySelector("[data-upload]");

if (form) {
  const uploads = new Uploads(form);
  const input = form.elements.pictures;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    uploads.add([...input.files], uploads.theme.value);
    input.value = "";
  });
  uploads.theme.addEventListener("change", () => uploads.themeChosen());
  addEventListener("beforeunload", (event) => { if (uploads.unsent) event.preventDefault(); });
  takeDrops((files, theme) => uploads.add(files, theme ?? uploads.theme.value));
}
