// After a form came back with errors, focus goes to the list of them, so that screen readers say it
// and the keyboard starts there.
document.querySelector("[data-mypart-error-summary]")?.focus();
