// Signing out leaves nothing of the person in this browser. Whoever still has something that the server
// has not got is asked first.
import { forget, unsentOf } from "./kept.js";

for (const form of document.querySelectorAll("[data-mypart-sign-out]")) {
  const { mypartSignOut: person, mypartUnsent: warning } = form.dataset;
  form.addEventListener("submit", (event) => {
    if (unsentOf(person).length && !window.confirm(warning)) event.preventDefault();
    else forget(person);
  });
}
