// Sends files one by one, says of each how far it is, and tries again where the line breaks.
import { announce, entry, follow, onRefresh, refresh } from "./live.js";

const TRIES = 3;
const form = document.getElementById("send");
const list = document.getElementById("sending");
const most = Number(document.getElementById("entry").dataset.most);

function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function newRow(file) {
  const row = document.createElement("li");
  row.className = "app-row";
  const what = document.createElement("div");
  what.className = "app-row__what";
  const name = document.createElement("bdi");
  name.className = "app-row__title";
  name.textContent = file.name.replace(/[\p{Cc}\p{Cf}]/gu, "\uFFFD");
  const said = document.createElement("p");
  said.className = "app-row__said";
  said.textContent = "Waiting to be sent";
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", "Sent so far");
  what.append(name, said, bar);
  row.append(what);
  list.append(row);
  list.hidden = false;
  return { row, said, bar };
}

function post(file, key, onSent) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/v1/entries/${entry}/documents`);
    request.setRequestHeader("X-Form-Token", form.elements.form_token.value);
    request.setRequestHeader("Idempotency-Key", key);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onSent(Math.floor((100 * event.loaded) / event.total));
    });
    request.addEventListener("load", () => resolve(request));
    for (const end of ["error", "abort", "timeout"]) request.addEventListener(end, () => resolve(null));
    const body = new FormData();
    body.append("file", file);
    request.send(body);
  });
}

function whyNot(request) {
  if (!request) return "It could not be sent: the service cannot be reached.";
  if (request.status === 401 || request.status === 403) return "It was not sent: your session has ended. Sign in again in another tab, then try again.";
  try {
    return JSON.parse(request.responseText).detail;
  } catch {
    return "It could not be sent.";
  }
}

async function send(file, shown, key) {
  if (most && file.size > most) {
    shown.said.textContent = `It is larger than ${Math.floor(most / 1024 / 1024)} MB. Send a smaller one, or split it.`;
    shown.bar.remove();
    announce(`${file.name} is too large.`);
    return;
  }
  let request = null;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    request = await post(file, key, (percent) => {
      shown.bar.value = percent;
      shown.said.textContent = percent < 100 ? `Sending: ${percent} %` : "Sent. Waiting to hear that it is kept";
    });
    if (request && request.status < 500) break;
    await new Promise((done) => window.setTimeout(done, 1500 * (attempt + 1)));
  }
  if (request && request.status === 201) {
    shown.row.remove();
    document.getElementById("moving").dataset.moving = "yes";
    follow();
    await refresh();
    return;
  }
  shown.said.textContent = whyNot(request);
  announce(`${file.name}: ${shown.said.textContent}`);
  tryAgain(file, shown, key);
}

function tryAgain(file, shown, key) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "govuk-button govuk-button--secondary", textContent: "Try again" });
  button.addEventListener("click", () => {
    button.remove();
    send(file, shown, key);
  });
  shown.row.append(button);
}

async function sendAll(event) {
  const files = Array.from(form.elements.file.files);
  if (!files.length) return; // the page says what is missing
  event.preventDefault();
  form.elements.file.value = "";
  const rows = files.map((file) => [file, newRow(file), newKey()]);
  announce(files.length === 1 ? "Sending one file." : `Sending ${files.length} files.`);
  for (const [file, shown, key] of rows) await send(file, shown, key);
  list.hidden = !list.children.length;
}

if (form) form.addEventListener("submit", sendAll);

onRefresh(() => {
  const tags = Array.from(document.querySelectorAll("#files-list .govuk-tag"), (tag) => tag.textContent);
  const now = tags.join(", ");
  if (now !== onRefresh.last) announce(`Files: ${now}`);
  onRefresh.last = now;
});
