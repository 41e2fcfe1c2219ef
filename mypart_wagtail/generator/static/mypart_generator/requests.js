// Talking to the server: sending changes, and getting on after signing in again.

export class SignedOut extends Error {}

// The server is there and does not take these changes, since they are too many, too large or no changes.
export class NotTaken extends Error {}

// What the server is told of a change; the rest is the browser's own.
function deedOf({ id, deed, path, text, based_on, table, row, group }) {
  return deed === "add_row" ? { id, deed, table, row, group } : { id, deed, path, text, based_on };
}

export class Requests {
  #tokenIsNew = false;

  constructor(form) {
    this.form = form;
  }

  // The server's answer to the changes. Throws SignedOut, NotTaken, or another error where there is none.
  async send(changes, { keepalive = false } = {}) {
    const { url, section } = this.form.dataset;
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.#token().value },
      body: JSON.stringify({ changes: changes.map(deedOf), section }),
      keepalive,
    });
    if (response.status === 401 || response.status === 403) return this.#again(changes);
    this.#tokenIsNew = false;
    if (response.status === 400 || response.status === 413) throw new NotTaken();
    if (!response.ok) throw new Error(`The server answers ${response.status}`);
    return response.json();
  }

  async #again(changes) {
    this.#tokenIsNew = !this.#tokenIsNew && (await this.#renewToken());
    if (!this.#tokenIsNew) throw new SignedOut();
    return this.send(changes);
  }

  // Signing in again, in another tab, changes the token that a post has to carry. Only the same person's
  // page gives a new one: what one typed is never saved as somebody else.
  async #renewToken() {
    const response = await fetch(location.href);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-mypart-autosave]");
    if (fresh?.dataset.person !== this.form.dataset.person) return false;
    this.#token().value = fresh.querySelector("[name=csrfmiddlewaretoken]").value;
    return true;
  }

  #token() {
    return this.form.elements.csrfmiddlewaretoken;
  }
}
