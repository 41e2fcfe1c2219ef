// Rows of the lists on a page: a new one is drawn as soon as it is added, from the page's own template, before
// the server has answered.

export class Rows {
  constructor(form) {
    this.form = form;
  }

  // The row at `path`, such as "costs/k3f9", where this page shows it.
  at(path) {
    return this.#all().find((row) => row.dataset.row === path);
  }

  // Gives the new row, or nothing where this page has no place for it.
  draw({ table, row, group }) {
    const templates = [...this.form.querySelectorAll("[data-mypart-new-row]")];
    const template = templates.find(({ dataset }) => dataset.mypartNewRow === table && dataset.group === group);
    const [name, ...others] = JSON.parse(template?.dataset.names ?? "[]");
    if (!name) return null;
    template.dataset.names = JSON.stringify(others);
    const placeholder = template.content.querySelector("[data-row]").dataset.row.split("/")[1];
    const markup = document.createElement("template");
    markup.innerHTML = template.innerHTML.replaceAll(placeholder, row);
    const drawn = markup.content.querySelector("[data-row]");
    for (const place of drawn.querySelectorAll("[data-mypart-row-name]")) place.textContent = name;
    template.before(drawn);
    this.#offerMoves(template.parentElement);
    return drawn;
  }

  // Takes away a row that only this page has.
  take(path) {
    const row = this.at(path);
    const list = row.parentElement;
    row.remove();
    this.#offerMoves(list);
    list.querySelector("h2").focus();
  }

  // The first row cannot move up, nor the last one down.
  #offerMoves(list) {
    const rows = [...list.querySelectorAll("[data-row]")];
    for (const row of rows) {
      row.querySelector("[data-mypart-move=up]").hidden = row === rows[0];
      row.querySelector("[data-mypart-move=down]").hidden = row === rows.at(-1);
    }
    list.querySelector("[data-mypart-no-rows]").hidden = rows.length > 0;
  }

  #all() {
    return [...this.form.querySelectorAll("[data-row]")];
  }
}

export function firstInput(row) {
  return row.querySelector("[data-path]");
}
