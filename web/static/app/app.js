// Starts what GOV.UK Frontend brings. Everything works without it.
import { initAll } from "../govuk/govuk-frontend.min.js";
document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// What was just done stands in the page when it is loaded, which screen readers do not tell by themselves.
const status = document.getElementById("status");
const region = document.getElementById("announce");
if (status.textContent.trim() && !region.textContent) {
  window.setTimeout(() => { region.textContent = status.textContent.trim(); }, 200);
}
