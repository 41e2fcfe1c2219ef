// What is typed and not yet acknowledged by the server, kept in the browser.
// Bound to the person and the document; forgotten on acknowledgement, at sign-out and after 14 days.
// What the server did not take stays too, as `unresolved`, until the person decides what becomes of it.
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

  unresolved() {
    return this.all().filter((change) => change.unresolved);
  }

  // What may go to the server: neither what waits for the person, nor what stands in a row that was not added.
  sendable() {
    const rows = this.#rowsNotAdded();
    return this.all().filter((change) => !change.unresolved && !isIn(rows, change));
  }

  isHeldUp(change) {
    return isIn(this.#rowsNotAdded(), change);
  }

  #rowsNotAdded() {
    return this.unresolved().filter(({ deed }) => deed === "add_row");
  }

  // A row for which there was no room is tried again wherever the form is opened: others may have gone since.
  retryRows() {
    const ids = new Set(this.#rowsNotAdded().map(({ id }) => id));
    if (ids.size) this.#change(ids, ({ unresolved, ...row }) => row);
  }

  // All that was typed in a field, or in the fields of a row.
  typedIn({ deed, path, text }) {
    if (deed !== "add_row") return text;
    const texts = this.all().filter((change) => isIn([{ path }], change));
    return [...new Map(texts.map((change) => [change.path, change.text])).values()].filter(Boolean).join("; ");
  }

  // Whether leaving the page would lose something.
  get isFleeting() {
    return Boolean(this.onlyHere?.length);
  }

  // The newest text of a path replaces one that no server has seen. One that was sent may have arrived
  // although its answer did not: it is sent again as it was, and the newer one follows, based on it.
  // `mine` are the ids of this page: what another tab keeps here is that tab's business.
  put(change, mine) {
    const isOlder = (each) => each.path === change.path && mine.has(each.id);
    const others = this.all().filter((each) => !isOlder(each));
    const sent = this.all().filter((each) => isOlder(each) && each.isSent && !each.unresolved);
    if (sent.length) change.based_on = sent.at(-1).text;
    this.#keep([...others, ...sent, change]);
  }

  // `isSent`: whether they may have arrived.
  markSent(ids, isSent = true) {
    this.#change(ids, (change) => ({ ...change, isSent }));
  }

  // The server did not take it: `outcome` tells why. Only the newest text of a path waits for the person, and
  // what stands in a row that was not added waits with the row.
  markUnresolved(id, outcome) {
    const found = this.all().find((change) => change.id === id);
    if (!found || this.isHeldUp(found)) return;
    const { path } = found;
    const older = this.unresolved().filter((change) => change.path === path);
    this.remove(new Set(older.map((change) => change.id)));
    this.#change(new Set([id]), (change) => ({ ...change, unresolved: outcome }));
  }

  remove(ids) {
    this.#keep(this.all().filter((change) => !ids.has(change.id)));
  }

  removePath(path) {
    this.#keep(this.all().filter((change) => change.path !== path && !isIn([{ path }], change)));
  }

  // Later changes of the same paths, of the same page, were typed over what is `saved` there now.
  rebase(saved, mine) {
    const isLater = ({ id, path, isSent, unresolved }) => saved.has(path) && mine.has(id) && !isSent && !unresolved;
    this.#keep(this.all().map((change) => (isLater(change) ? { ...change, based_on: saved.get(change.path) } : change)));
  }

  #change(ids, changed) {
    this.#keep(this.all().map((change) => (ids.has(change.id) ? changed(change) : change)));
  }

  #keep(changes) {
    this.onlyHere = write(this.key, changes) ? null : changes;
  }
}

function isIn(rows, { path }) {
  return rows.some((row) => path.startsWith(`${row.path}/`));
}
