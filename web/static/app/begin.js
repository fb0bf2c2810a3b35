// Runs before the page is drawn: what needs scripts shows, and what stands in for them hides.
document.documentElement.classList.add("app-js");
