// What is typed and not yet acknowledged by the server, kept in the browser.
// Bound to the person and the document; forgotten on acknowledgement, at sign-out and after 14 days.
// Where the browser's store is full or forbidden, this page alone keeps it.

import { forgetOld, keyOf, read, write } from "../mypart/js/kept.js";

export class Store {
  constructor(person, document) {
    this.key = keyOf(person, document);
    this.onlyHere = null;
    forgetOld();
  }

  all() {
    return this.onlyHere ?? read(this.key);
  }

  // Whether leaving the page would lose something.
  get isFleeting() {
    return Boolean(this.onlyHere?.length);
  }

  // The newest text of a path replaces one that is still waiting and not on its way.
  put(change, onItsWay) {
    const changes = this.all();
    const waiting = changes.find((each) => each.path === change.path && !onItsWay.has(each.id));
    if (waiting) {
      waiting.text = change.text;
      waiting.at = change.at;
    } else {
      changes.push(change);
    }
    this.#keep(changes);
  }

  remove(ids) {
    this.#keep(this.all().filter((change) => !ids.has(change.id)));
  }

  // Later changes of the same path were typed over what is saved now.
  rebase(path, text) {
    const changes = this.all();
    for (const change of changes) if (change.path === path) change.based_on = text;
    this.#keep(changes);
  }

  #keep(changes) {
    this.onlyHere = write(this.key, changes) ? null : changes;
  }
}
