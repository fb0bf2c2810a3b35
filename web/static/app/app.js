// Starts what GOV.UK Frontend brings. Everything works without it.
import { initAll } from "../govuk/govuk-frontend.min.js";
document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
