// Theme and contrast change at once. Without this module the same buttons post the form and the page
// comes back in the chosen look.
const root = document.documentElement;

function show(name, value) {
  if (value === "auto") delete root.dataset[name];
  else root.dataset[name] = value;
}

function markPressed(form, button) {
  if (button.name === "contrast") {
    const on = button.value === "high";
    button.setAttribute("aria-pressed", String(on));
    button.value = on ? "auto" : "high";
    return;
  }
  for (const other of form.querySelectorAll("button")) {
    other.setAttribute("aria-pressed", String(other === button));
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!form.matches("[data-mypart-display]") || !button) return;
  event.preventDefault();
  const chosen = new FormData(form, button);
  show(button.name === "contrast" ? "mypartContrast" : "mypartTheme", button.value);
  markPressed(form, button);
  await fetch(form.action, { method: "POST", body: chosen, redirect: "manual" });
});
