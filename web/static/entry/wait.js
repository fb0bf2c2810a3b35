// Shows what was found in a document as soon as it is checked: the page is opened anew then.
import { onRefresh } from "./live.js";

onRefresh((fresh) => {
  if (!fresh.getElementById("stage")) window.location.replace(window.location.pathname);
});
