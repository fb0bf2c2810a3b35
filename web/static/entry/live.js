// Keeps the parts of a page up to date that change by themselves: what is marked with data-live.
// Nothing is shown here that the same page does not show when it is loaded anew.

const POLL = 4000; // milliseconds between looks where events cannot be pushed
const CODES = ["received", "reading", "checking", "ready", "refused", "failed", "removed", "retried"];

const place = document.getElementById("entry");
export const entry = place.dataset.entry;

let source = null;
let polling = 0;
let wanted = 0;
let looks = 0; // begun
let shown = 0; // the newest that was shown
let outdated = 0; // the newest that was begun before something was sent
let listener = () => {};

export function onRefresh(callback) {
  listener = callback;
}

export function announce(text) {
  const region = document.getElementById("announce");
  region.textContent = "";
  window.setTimeout(() => { region.textContent = text; }, 50);
}

/**
 * Load the page again and put its live parts in place of ours. What is being used stays as it is.
 * Looks are numbered: one that was overtaken by a newer one, or begun before something was saved, shows nothing.
 */
export async function refresh() {
  looks += 1;
  const mine = looks;
  let answer;
  try {
    answer = await fetch(window.location.pathname, { headers: { Accept: "text/html" } });
  } catch {
    return;
  }
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine < shown) return;
  if (mine <= outdated) {
    soon();
    return;
  }
  shown = mine;
  for (const part of document.querySelectorAll("[data-live][id]")) replace(part, fresh.getElementById(part.id));
  const seen = fresh.getElementById("entry");
  if (seen) place.dataset.lastEvent = seen.dataset.lastEvent;
  listener(fresh);
  if (isMoving()) listen();
  else leaveOff();
}

function replace(part, fresh) {
  if (!fresh || fresh.hasAttribute("data-pending")) return;
  for (const name of Object.keys(fresh.dataset)) part.dataset[name] = fresh.dataset[name];
  if (part.innerHTML === fresh.innerHTML) return;
  if (part.contains(document.activeElement)) {
    part.addEventListener("focusout", () => window.setTimeout(refresh, 100), { once: true });
    return;
  }
  part.replaceChildren(...Array.from(fresh.childNodes, (node) => document.importNode(node, true)));
}

function isMoving() {
  return document.getElementById("moving").dataset.moving === "yes";
}

function soon() {
  window.clearTimeout(wanted);
  wanted = window.setTimeout(refresh, 60);
}

/** Something was sent: hear of what happens to the entry until nothing moves any more. */
export function follow() {
  outdated = looks;
  listen();
}

function listen() {
  if (!polling) polling = window.setInterval(refresh, POLL);
  if (source || !("EventSource" in window)) return;
  source = new EventSource(`/v1/entries/${entry}/events?after=${place.dataset.lastEvent}`);
  for (const code of CODES) source.addEventListener(`document.${code}`, soon);
  source.addEventListener("error", () => {
    if (source && source.readyState === EventSource.CLOSED) source = null;
  });
}

function leaveOff() {
  window.clearInterval(polling);
  polling = 0;
  if (source) source.close();
  source = null;
}

if (isMoving()) listen();
window.addEventListener("pageshow", (event) => { if (event.persisted) refresh(); });
window.addEventListener("pagehide", leaveOff);
