// Single keys for the desk, and the text scrolled to the finding at hand. Everything works without.
const KEPT = "desk-single-keys";
const find = (key) => document.querySelector(`[data-key="${CSS.escape(key)}"]`);
const box = document.getElementById("keys-on");
let isOn = true;
try { isOn = localStorage.getItem(KEPT) !== "off"; } catch { /* no storage: keys stay on */ }
if (box) {
  box.checked = isOn;
  box.addEventListener("change", () => {
    isOn = box.checked;
    try { localStorage.setItem(KEPT, isOn ? "on" : "off"); } catch { /* holds for this page alone */ }
  });
}

const rows = [...document.querySelectorAll(".desk-rows a")];
const here = rows.findIndex((row) => row.hasAttribute("aria-current"));
function go(by) {
  const others = document.querySelectorAll(".desk-rows + .desk-pages a");
  const row = rows[here + by] ?? (by > 0 ? others[others.length - 1] : others[0]);
  row?.click();
}

function openChoices(details) {
  details.open = !details.open;
  (details.querySelector("button, input:not([type=hidden]), textarea") ?? details.querySelector("summary"))?.focus();
}

function press(key) {
  const found = find(key);
  if (!found) return false;
  if (found.tagName === "DETAILS") openChoices(found);
  else found.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const within = event.target.closest?.("textarea, select, input:not([type=radio], [type=checkbox])");
  const open = event.target.closest?.(".desk-pop[open]");
  if (event.key === "Escape" && open) {
    open.open = false;
    open.querySelector("summary").focus();
    return;
  }
  if (within || !isOn) return;
  if (open && /^[1-9]$/.test(event.key)) {
    open.querySelectorAll(".desk-choice")[Number(event.key) - 1]?.click();
    event.preventDefault();
  } else if (event.key === "j" || event.key === "k") {
    go(event.key === "j" ? 1 : -1);
    event.preventDefault();
  } else if (press(event.key)) {
    event.preventDefault();
  }
});

const mark = document.querySelector(".desk-words .desk-mark--here");
const text = document.querySelector(".desk-text");
if (mark && text && text.scrollHeight > text.clientHeight) {
  text.scrollTop = mark.offsetTop - text.offsetTop - text.clientHeight / 3;
}

// A press on a finding in the picture of a page leads to it. The list does the same for the keyboard.
async function markPicture(picture) {
  const answer = await fetch(picture.dataset.marks, { credentials: "same-origin" });
  if (!answer.ok) return;
  const at = new URLSearchParams(location.search).get("at") ?? document.querySelector("[name=finding]")?.value;
  for (const mark of await answer.json()) {
    const spot = document.createElement("span");
    const percent = (part) => `${100 * part}%`;
    spot.className = mark.finding === at ? "desk-spot desk-spot--here" : "desk-spot";
    spot.setAttribute("aria-hidden", "true");
    spot.style.left = percent(mark.left);
    spot.style.top = percent(mark.top);
    spot.style.width = percent(mark.right - mark.left);
    spot.style.height = percent(mark.bottom - mark.top);
    spot.addEventListener("click", () => location.assign(picture.dataset.at + encodeURIComponent(mark.finding)));
    picture.parentElement.append(spot);
  }
}
const picture = document.querySelector("[data-marks]");
if (picture) markPicture(picture);
