// The inputs of a page of the wizard by their path. Radio buttons with one path are one input.

export class Inputs {
  constructor(form) {
    this.form = form;
  }

  first(path) {
    return this.#all(path)[0];
  }

  textOf(path) {
    const all = this.#all(path);
    if (all[0]?.type !== "radio") return all[0]?.value ?? "";
    return all.find((radio) => radio.checked)?.value ?? "";
  }

  // Paths of inputs in which somebody has typed or chosen since the page came.
  changedPaths() {
    const inputs = [...this.form.querySelectorAll(":is(input, textarea)[data-path]")];
    const isChanged = (input) =>
      input.type === "radio" ? input.checked !== input.defaultChecked : input.value !== input.defaultValue;
    return [...new Set(inputs.filter(isChanged).map((input) => input.dataset.path))];
  }

  setText(path, text) {
    for (const input of this.#all(path)) {
      if (input.type === "radio") input.checked = input.value === text;
      else input.value = text;
    }
  }

  // A choice is told by its wording, never by its key; `gone` is said where it is an answer no more.
  inWords(path, text, gone) {
    if (!text || this.first(path)?.type !== "radio") return text;
    const chosen = this.#all(path).find((input) => input.value === text);
    return chosen ? chosen.labels[0].textContent.trim() : gone;
  }

  // Show an amount or a date the way it is kept, once nobody is typing in its field.
  tidy(path, typed, kept) {
    const input = this.first(path);
    if (input && input.type !== "radio" && input !== document.activeElement && input.value === typed) {
      input.value = kept;
    }
  }

  #all(path) {
    return [...this.form.querySelectorAll(":is(input, textarea)[data-path]")].filter(
      (input) => input.dataset.path === path,
    );
  }
}
