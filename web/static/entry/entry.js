// Saves what is written by itself, keeps it in this tab until the server has it, and shows what was found.
import { announce, entry, follow, onRefresh, refresh } from "./live.js";

const PAUSE = 900; // milliseconds without a key after which what was written is saved
const LONGEST = 8000; // and at the latest, while somebody writes on
const RETRY = 8000;
const NEXT = { files: "/files", results: "/results", parts: "/parts", submit: "/submit" };

const place = document.getElementById("entry");
const form = document.getElementById("answers");
const said = document.getElementById("saved");
const boxes = new Map(Array.from(form.querySelectorAll("[data-answer]"), (box) => [box.dataset.answer, box]));
const base = new Map(Array.from(boxes, ([question, box]) => [question, box.defaultValue]));
const held = new Set(); // questions of which a person must choose whose text holds

let revision = place.dataset.revision;
let token = form.elements.form_token.value;
let timer = 0;
let since = 0;
let running = null;
let isOver = false; // the record is no draft any more

const kept = (question) => `evidence:${entry}:${question}`;
const changed = () => [...boxes].filter(([q, box]) => box.value !== base.get(q) && !held.has(q));

function say(text, isBad = false, way = null) {
  said.classList.toggle("app-savebar__said--bad", isBad);
  said.textContent = text;
  if (!way) return;
  const link = document.createElement("a");
  Object.assign(link, { href: way.href, textContent: way.text, target: "_blank", rel: "noopener", className: "govuk-link" });
  said.append(" ", link);
}

function keep(question) {
  try {
    const box = boxes.get(question);
    if (box.value === base.get(question)) sessionStorage.removeItem(kept(question));
    else sessionStorage.setItem(kept(question), JSON.stringify({ text: box.value, base: base.get(question) }));
  } catch { /* storage is full or forbidden: the words still stand in the box */ }
}

function count(box) {
  const place = document.getElementById(`${box.id}-count`);
  if (box.tagName !== "TEXTAREA" || !place) return;
  const words = (box.value.match(/\S+/g) || []).length;
  const limit = Number(box.dataset.limit || 0);
  const over = limit && words > limit;
  const of = limit ? ` of ${limit.toLocaleString("en-GB")}` : "";
  place.textContent = `${words} ${words === 1 ? "word" : "words"}${of}` +
    (over ? `: ${words - limit} too many. It is saved, but cannot be submitted so` : "");
  place.classList.toggle("app-count--over", Boolean(over));
}

function wait(pause) {
  const now = Date.now();
  since = since || now;
  window.clearTimeout(timer);
  timer = window.setTimeout(save, Math.max(0, Math.min(pause, since + LONGEST - now)));
}

function written(event) {
  const question = event.target.dataset.answer;
  if (!question) return;
  count(event.target);
  keep(question);
  wait(event.inputType === "insertFromPaste" ? 30 : PAUSE);
}

/** Save what is not saved. Return whether the server has everything. */
async function save() {
  window.clearTimeout(timer);
  since = 0;
  if (running) {
    await running;
    return save();
  }
  const now = changed();
  if (isOver) return false;
  if (!now.length) return held.size === 0;
  say("Saving");
  running = send(Object.fromEntries(now.map(([q, box]) => [q, box.value])));
  const isSaved = await running;
  running = null;
  if (isSaved === "again") return save();
  return isSaved && held.size === 0;
}

async function send(answers) {
  let answer;
  try {
    answer = await fetch(`/v1/entries/${entry}/answers`, {
      method: "PUT",
      headers: { "Content-Type": "application/json", "If-Match": `"${revision}"`, "X-Form-Token": token },
      body: JSON.stringify({ answers }),
    });
  } catch {
    return later("Not saved: the service cannot be reached. Your words are kept in this tab; it tries again by itself.");
  }
  if (answer.ok) return landed(answer, answers);
  if (answer.status === 412) return putTogether();
  if (answer.status === 401 || answer.status === 403) return sessionOver();
  if (answer.status >= 500 || answer.status === 429) {
    return later("Not saved: the service has a fault. Your words are kept in this tab; it tries again by itself.");
  }
  isOver = true;
  say("Not saved: this record was submitted, withdrawn or deleted in another tab. Your words are kept here; copy them.", true);
  return false;
}

function landed(answer, answers) {
  revision = answer.headers.get("ETag").replace(/[^0-9]/g, "");
  for (const [question, text] of Object.entries(answers)) {
    base.set(question, text);
    keep(question);
  }
  say(`Saved at ${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`);
  document.getElementById("moving").dataset.moving = "yes";
  busy();
  follow();
  return true;
}

function busy() {
  const checked = document.getElementById("checked");
  if (!checked.querySelector(".app-busy")) {
    const word = document.createElement("span");
    Object.assign(word, { className: "app-busy", textContent: "Checking what you wrote." });
    checked.replaceChildren(word);
  }
}

function later(text) {
  say(text, true);
  timer = window.setTimeout(save, RETRY);
  return false;
}

function sessionOver() {
  say("Not saved: your session has ended. Your words are kept in this tab, and are saved by themselves when you have", true,
    { href: place.dataset.back, text: "signed in again in another tab" });
  timer = window.setTimeout(comeBack, RETRY);
  return false;
}

/** Look whether somebody signed in again in another tab; then save. */
async function comeBack() {
  try {
    const answer = await fetch("/v1/session");
    if (answer.ok) {
      token = (await answer.json()).form_token;
      for (const field of document.querySelectorAll('input[name="form_token"]')) field.value = token;
      return save();
    }
  } catch { /* the service cannot be reached: look again later */ }
  timer = window.setTimeout(comeBack, RETRY);
  return false;
}

/** The record was changed elsewhere: take over what changed there, keep what was written here. */
async function putTogether() {
  const answer = await fetch(`/v1/entries/${entry}`).catch(() => null);
  if (!answer || !answer.ok) return answer && answer.status === 401 ? sessionOver() : later("Not saved. Trying again.");
  revision = answer.headers.get("ETag").replace(/[^0-9]/g, "");
  const view = await answer.json();
  const saved = new Map(view.answers.map((a) => [a.question, a.text.replace(/\r\n?/g, "\n")]));
  for (const [question, box] of boxes) {
    const theirs = saved.get(question) || "";
    const before = base.get(question);
    base.set(question, theirs);
    if (theirs === before || box.value === theirs) continue;
    if (box.value === before) {
      box.value = theirs;
      count(box);
    } else apart(question, theirs);
  }
  return "again";
}

/** Another tab saved another text: say so, keep both, and let the person choose. */
function apart(question, theirs) {
  held.add(question);
  const box = boxes.get(question);
  document.getElementById(`apart-${question}`)?.remove();
  const told = document.createElement("div");
  told.id = `apart-${question}`;
  told.className = "app-apart";
  const text = document.createElement("p");
  text.className = "govuk-error-message";
  text.textContent = "Another tab saved another text here. Yours is in the box and not saved yet. The other one:";
  const other = document.createElement("div");
  other.className = "app-run app-apart__text";
  other.textContent = theirs || "(empty)";
  const settle = (value, label) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "govuk-button govuk-button--secondary", textContent: label });
    button.addEventListener("click", () => {
      if (value !== null) box.value = value;
      held.delete(question);
      told.remove();
      count(box);
      keep(question);
      box.focus();
      save();
    });
    return button;
  };
  told.append(text, other, settle(null, "Save mine"), " ", settle(theirs, "Take the other"));
  box.before(told);
  say("Not saved: another tab saved another text. Choose which one holds.", true);
  announce("Another tab saved another text. Choose which one holds.");
}

/** Put back words that were written in this tab before and never reached the server. */
function putBack() {
  let isBack = false;
  for (const [question, box] of boxes) {
    let before = null;
    try { before = JSON.parse(sessionStorage.getItem(kept(question))); } catch { continue; }
    if (!before || before.text === box.value) {
      keep(question);
      continue;
    }
    if (before.base === base.get(question)) {
      box.value = before.text;
      isBack = true;
    } else {
      const saved = box.value;
      box.value = before.text;
      apart(question, saved);
    }
    count(box);
  }
  if (!isBack) return;
  announce("Words that were not saved before are back in their place.");
  save();
}

async function leave(event) {
  event.preventDefault();
  const next = event.submitter ? event.submitter.value : "";
  if (!(await save())) {
    said.scrollIntoView({ block: "nearest" });
    return;
  }
  if (next in NEXT) window.location.assign(`/entries/${entry}${NEXT[next]}`);
  else announce(said.textContent);
}

if (place.dataset.apart !== "yes") {
  form.addEventListener("input", written);
  form.addEventListener("submit", leave);
  window.addEventListener("online", save);
  window.addEventListener("focus", () => { if (changed().length) comeBack(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && changed().length) save(); });
  window.addEventListener("beforeunload", (event) => { if (changed().length || held.size) event.preventDefault(); });
  putBack();
}
boxes.forEach(count);

let told = document.querySelectorAll("[data-told] li").length;
onRefresh(() => {
  const now = document.querySelectorAll("[data-told] li").length;
  if (now !== told) announce(now === 1 ? "One place to look at beside your text." : `${now} places to look at beside your text.`);
  told = now;
});
