// What the server says about the text in a field: what is wrong, what it may mean, what cannot be printed.

const KINDS = { problem: "mypart-error", readings: "mypart-buttons", warning: "mypart-warning" };

export function showNotes(input, { problem = "", readings = [], warning = "" }) {
  const field = input.closest("[data-field]");
  if (!field) return;
  for (const kind of Object.keys(KINDS)) document.getElementById(`${input.id}-${kind}`)?.remove();
  field.classList.toggle("mypart-field--error", Boolean(problem));
  if (problem) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  add(input, "problem", problem && [problem]);
  add(input, "readings", readings.map((reading) => button(input, reading)));
  add(input, "warning", warning && [warning]);
  describe(input);
}

function add(input, kind, contents) {
  if (!contents.length) return;
  const note = document.createElement("p");
  note.id = `${input.id}-${kind}`;
  note.className = KINDS[kind];
  note.append(...contents);
  place(input).before(note);
}

// Notes of a choice stand above its answers, all others right above the input.
function place(input) {
  return input.type === "radio" ? input.closest(".mypart-stack") : input;
}

function button(input, reading) {
  const element = document.createElement("button");
  element.className = "mypart-button mypart-button--small mypart-button--secondary";
  element.name = "deed";
  element.value = `choose:${input.dataset.path}:${reading}`;
  element.dataset.path = input.dataset.path;
  element.dataset.reading = reading;
  element.textContent = reading;
  return element;
}

function describe(input) {
  const ids = (input.getAttribute("aria-describedby") ?? "").split(" ").concat(`${input.id}-problem`, `${input.id}-warning`);
  const present = [...new Set(ids)].filter((id) => id && document.getElementById(id));
  if (present.length) input.setAttribute("aria-describedby", present.join(" "));
  else input.removeAttribute("aria-describedby");
}
