// A button that opens and closes what it controls, such as the menu on a phone. Without this module
// the button stays hidden and what it would control stays open.
function setOpen(button, target, open) {
  button.setAttribute("aria-expanded", String(open));
  target.hidden = !open;
}

for (const button of document.querySelectorAll("[data-mypart-disclosure]")) {
  const target = document.getElementById(button.getAttribute("aria-controls"));
  if (!target) continue;
  button.hidden = false;
  setOpen(button, target, false);
  button.addEventListener("click", () => setOpen(button, target, target.hidden));
  target.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    setOpen(button, target, false);
    button.focus();
  });
}
