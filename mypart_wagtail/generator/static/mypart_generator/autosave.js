// Saves each field while people type. Nothing typed is lost: what the server has not acknowledged stays
// in the browser's store and is sent again, after a lost network, a reload or signing in anew.

import { hideUnsent, serverAnswers, tellUnsent } from "../mypart/js/connection.js";
import { Batches } from "./batch.js";
import { hideConflict, showConflict } from "./conflict.js";
import { countCharacters } from "./counter.js";
import { newId, newRowId } from "./ids.js";
import { Inputs } from "./inputs.js";
import { showNotes } from "./notes.js";
import { NotTaken, Requests, SignedOut } from "./requests.js";
import { firstInput, Rows } from "./rows.js";
import { SaveState } from "./save-state.js";
import { Store } from "./store.js";
import { offerSums, saySumsOnRequest, showSums } from "./sums.js";
import { showUnresolved } from "./unresolved.js";

const PAUSE = 600;
const FIRST_RETRY = 2000;
const LONGEST_RETRY = 30000;
const LONGEST_WAIT = 10000;

class Autosave {
  #mine = new Set();
  #contested = new Map();
  #onItsWay = new Set();
  #answer = Promise.resolve();
  #post = "";
  #givenUp = new Set();
  #pauses = new Map();
  #mostAtOnce;
  #retry = FIRST_RETRY;
  #timer = null;

  constructor(form) {
    const stateElement = form.querySelector("[data-mypart-save-state]");
    this.form = form;
    this.words = stateElement.dataset;
    this.panel = form.querySelector("[data-mypart-unresolved]");
    this.state = new SaveState(stateElement, form.querySelector("[data-mypart-announcer]"));
    this.store = new Store(form.dataset.person, form.dataset.document);
    this.inputs = new Inputs(form);
    this.rows = new Rows(form);
    this.requests = new Requests(form);
    this.batches = new Batches(form.dataset);
    this.#mostAtOnce = this.batches.mostChanges;
    this.basedOn = JSON.parse(form.elements.based_on.value);
  }

  start() {
    this.#countIn(this.form);
    saySumsOnRequest(this.form, (text) => this.state.announce(text));
    // On a slow phone people have typed before this runs.
    const typed = this.inputs.changedPaths();
    for (const path of typed) this.#remember(path);
    this.#fillInUnsent(typed);
    this.form.addEventListener("mousedown", stayInField);
    this.form.addEventListener("click", (event) => this.#choose(event));
    this.form.addEventListener("input", (event) => this.#later(event.target));
    this.form.addEventListener("change", (event) => this.#keep(event.target));
    this.form.addEventListener("keydown", ignoreHeldEnter);
    this.form.addEventListener("submit", (event) => this.#submit(event));
    window.addEventListener("online", () => this.#reconnect());
    window.addEventListener("focus", () => this.#send());
    window.addEventListener("pagehide", () => this.#send({ keepalive: true }));
    window.addEventListener("pageshow", (event) => event.persisted && !this.store.isFleeting && location.reload());
    window.addEventListener("beforeunload", (event) => this.store.isFleeting && event.preventDefault());
    focusTarget();
  }

  #countIn(part) {
    for (const textarea of part.querySelectorAll("textarea[data-limit]")) countCharacters(textarea, this.words);
  }

  #reconnect() {
    hideUnsent(this.form);
    this.#send();
  }

  #later(input) {
    const { path } = input.dataset;
    if (!path) return;
    this.#remember(path);
    clearTimeout(this.#pauses.get(path));
    this.#pauses.set(path, setTimeout(() => this.#send(), PAUSE));
  }

  #keep(input) {
    const { path } = input.dataset;
    if (!path) return;
    clearTimeout(this.#pauses.get(path));
    this.#remember(path);
    this.#send();
  }

  #remember(path) {
    const text = this.inputs.textOf(path);
    if ([...text].length > Number(this.form.dataset.mostTyped)) {
      this.#say(path, { problem: this.words.tooLong });
      return;
    }
    const waiting = this.store.all().filter((change) => change.path === path && this.#mine.has(change.id));
    const basedOn = this.basedOn[path] ?? "";
    if (text === basedOn && !waiting.length) return;
    for (const change of waiting) this.#givenUp.delete(change.id);
    const change = { id: newId(), deed: "set", path, text, based_on: basedOn, at: Date.now() };
    // What is typed on while one has to choose waits for the choice: it replaces nobody's text by itself.
    if (this.#contested.has(path)) change.unresolved = this.#contested.get(path);
    this.#put(change);
  }

  #put(change) {
    this.store.put(change, this.#mine);
    this.#mine.add(change.id);
  }

  #sendable() {
    return this.store.sendable().filter(({ id }) => this.#mine.has(id) && !this.#givenUp.has(id));
  }

  // Rows are added here, at once; what else a button asks for goes to the server with the whole page. A button
  // pressed again meanwhile, as by a space that was meant for a text, asks for nothing more.
  #submit(event) {
    if (this.#post === "ready") return;
    event.preventDefault();
    if (this.#post) return;
    const [deed, table, rest] = event.submitter.value.split(":");
    if (deed === "add_row" && this.#addRow(table, rest)) return;
    if (deed === "remove_row" && this.#takeRow(`${table}/${rest}`)) return;
    if (deed === "move_row") this.#goAhead(`${table}/${rest}`);
    this.#postWhenAnswered(event.submitter);
  }

  #addRow(table, group) {
    const row = newRowId();
    const place = { path: `${table}/${row}`, table, row, group };
    const drawn = this.#draw(place);
    if (!drawn) return false;
    this.#put({ id: newId(), deed: "add_row", ...place, text: "", based_on: "", at: Date.now() });
    const input = firstInput(drawn);
    input.focus({ preventScroll: true });
    input.scrollIntoView({ block: "center" });
    this.#send();
    return true;
  }

  #draw(place) {
    const drawn = this.rows.draw(place);
    if (!drawn) return null;
    this.#countIn(drawn);
    offerSums(this.form);
    return drawn;
  }

  // A row that the server did not add is in this browser alone.
  #takeRow(path) {
    if (!this.store.unresolved().some((change) => change.path === path)) return false;
    this.rows.take(path);
    this.#decided(path);
    return true;
  }

  // Whoever types on after moving a row does so where the next page has the focus. On a telephone this would
  // open the keyboard, and nobody types there without it.
  #goAhead(path) {
    if (matchMedia("(hover: hover)").matches) focusAtEnd(firstInput(this.rows.at(path)));
  }

  // The page is posted only while the server answers, and once it has said what it made of what was typed.
  // Otherwise one's own text of a moment ago would meet the post as somebody else's.
  async #postWhenAnswered(button) {
    this.#post = "waiting";
    hideUnsent(this.form);
    this.state.saving();
    const longest = new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT));
    const [isAnswered] = await Promise.all([serverAnswers(), Promise.race([this.#allAnswered(), longest])]);
    if (isAnswered) {
      this.#postNow(button);
    } else {
      this.#post = "";
      this.#showWhatWaits();
      tellUnsent(this.form, placeOf(button, this.form));
    }
  }

  async #allAnswered() {
    this.#send();
    while (this.#onItsWay.size) {
      await this.#answer;
      if (this.#retry === FIRST_RETRY) this.#send();
    }
  }

  // What is typed until the next page comes is based on what is posted here, and sent after it.
  #postNow(button) {
    this.store.markSent(new Set(this.#sendable().map(({ id }) => id)));
    this.#post = "ready";
    this.form.requestSubmit(button);
    this.#post = "posted";
    setTimeout(() => {
      this.#post = "";
      this.#send();
    }, LONGEST_WAIT);
  }

  #send(options) {
    // Whoever leaves the page leaves nothing behind: what is on its way already may come twice.
    if ((this.#onItsWay.size || this.#post === "posted") && !options?.keepalive) return;
    const changes = this.batches.first(this.#sendable(), this.#mostAtOnce);
    if (!changes.length) return;
    if (!navigator.onLine) {
      this.#wait();
      return;
    }
    this.#answer = this.#exchange(changes, options);
  }

  async #exchange(changes, options) {
    for (const change of changes) this.#onItsWay.add(change.id);
    const fresh = new Set(changes.filter((change) => !change.isSent).map((change) => change.id));
    this.store.markSent(fresh);
    this.state.saving();
    try {
      this.#receive(await this.requests.send(changes, options), changes);
    } catch (error) {
      if (error instanceof NotTaken || error instanceof SignedOut) this.store.markSent(fresh, false);
      if (error instanceof NotTaken) this.#separate(changes);
      else this.#wait(error);
    } finally {
      this.#onItsWay.clear();
    }
    if (this.#retry === FIRST_RETRY && this.#sendable().length) setTimeout(() => this.#send(), PAUSE);
  }

  #receive(answer, changes) {
    this.#retry = FIRST_RETRY;
    this.#mostAtOnce = this.batches.mostChanges;
    hideUnsent(this.form);
    const applied = answer.outcomes.filter((outcome) => outcome.result === "applied");
    this.store.remove(new Set(applied.map((outcome) => outcome.id)));
    const saved = new Map();
    for (const outcome of answer.outcomes) {
      const change = changes.find((each) => each.id === outcome.id);
      if (outcome.result === "applied" && change.deed === "add_row") this.#added(change);
      else if (outcome.result === "applied")
        saved.set(change.path, this.#applied(change, outcome, answer.fields[change.path]));
      else if (this.store.all().some((each) => each.id === outcome.id)) this.#notTaken(change, outcome);
    }
    this.store.rebase(saved, this.#mine);
    this.savedAt = answer.saved_at;
    this.#showWhatWaits();
    showSums(answer.computed);
  }

  // What is typed next is based on what this change has made of the field, not on what a colleague may have
  // made of it since: that one meets it as a conflict. Gives the text as it is saved.
  #applied({ path, text }, { text: saved = text }, notes) {
    this.#contested.delete(path);
    hideConflict(this.inputs.first(path));
    this.#baseOn(path, saved);
    this.inputs.tidy(path, text, saved);
    if (notes) this.#say(path, notes);
    return saved;
  }

  // From now on the page posts the fields of the row too.
  #added({ path }) {
    for (const { dataset } of this.rows.at(path)?.querySelectorAll("[data-path]") ?? []) {
      if (!(dataset.path in this.basedOn)) this.#baseOn(dataset.path, "");
    }
  }

  // It stays in the browser until the person has decided.
  #notTaken(change, outcome) {
    this.store.markUnresolved(change.id, outcome);
    if (this.store.isHeldUp(change)) return;
    if (outcome.result === "conflict") this.#offerChoice(change, outcome);
    else this.#say(change.path, { problem: outcome.message });
  }

  #offerChoice({ path }, outcome) {
    const input = this.inputs.first(path);
    if (!input) return;
    const { current } = outcome;
    this.#contested.set(path, outcome);
    // What the page itself advises, to save once more, is for those without scripts.
    this.#say(path, {});
    showConflict(input, this.inputs.inWords(path, current, this.words.gone), this.words, {
      keepMine: () => {
        this.#settle(path, current);
        this.#keep(input);
      },
      takeTheirs: () => {
        this.#settle(path, current);
        this.inputs.setText(path, current);
        this.#decided(path);
      },
    });
  }

  #settle(path, current) {
    this.#contested.delete(path);
    this.#baseOn(path, current);
  }

  #decided(path) {
    this.store.removePath(path);
    this.#showWhatWaits();
  }

  // "Saved" is said only where nothing waits for a decision, nor to be sent. What has no field here is shown
  // by itself.
  #showWhatWaits() {
    const waiting = this.store.unresolved();
    if (waiting.length) this.state.refused(this.words.unresolved);
    else if (!this.#sendable().length) this.#showSaved();
    const elsewhere = waiting.filter(({ path }) => !this.#inputAt(path));
    const told = elsewhere.map((change) => ({ ...change, text: this.store.typedIn(change) }));
    showUnresolved(this.panel, told, ({ path }) => this.#decided(path));
  }

  #showSaved() {
    if (this.savedAt) this.state.saved(this.savedAt);
    else this.state.hide();
  }

  #refused({ path }, message) {
    this.state.refused(message);
    this.#say(path, { problem: message });
  }

  // One change that the server cannot take must not hold up the others: it is found by halves, and
  // waits in the browser until its field is changed or the page is opened anew.
  #separate(changes) {
    this.#retry = FIRST_RETRY;
    this.#mostAtOnce = Math.ceil(changes.length / 2);
    if (changes.length > 1) return;
    this.#givenUp.add(changes[0].id);
    this.#mostAtOnce = this.batches.mostChanges;
    this.#refused(changes[0], this.words.notTaken);
  }

  #wait(error) {
    const { isFleeting } = this.store;
    if (error instanceof SignedOut) this.state.signedOut(this.form.dataset.signIn, isFleeting);
    else this.state.failed(isFleeting);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), this.#retry);
    this.#retry = Math.min(this.#retry * 2, LONGEST_RETRY);
  }

  #baseOn(path, text) {
    this.basedOn[path] = text;
    this.form.elements.based_on.value = JSON.stringify(this.basedOn);
  }

  #say(path, notes) {
    const input = this.#inputAt(path);
    if (input) showNotes(input, notes);
  }

  // Of a row, its first input.
  #inputAt(path) {
    const row = this.rows.at(path);
    return row ? firstInput(row) : this.inputs.first(path);
  }

  // One of the readings of an amount that may mean two. Without script the same button sends the form.
  #choose(event) {
    const button = event.target.closest("[data-reading]");
    if (!button) return;
    event.preventDefault();
    const { path, reading } = button.dataset;
    const input = this.inputs.first(path);
    input.focus();
    this.inputs.setText(path, reading);
    this.#keep(input);
  }

  // What the browser kept of this form, but for fields in which somebody has typed since the page came.
  #fillInUnsent(typed) {
    const kept = this.store.unresolved().filter((change) => this.basedOn[change.path] === change.text);
    this.store.remove(new Set(kept.map((change) => change.id)));
    this.store.retryRows();
    const seen = new Set(typed);
    for (const change of this.store.all()) {
      this.#mine.add(change.id);
      if (change.deed === "add_row") this.rows.at(change.path) || this.#draw(change);
      else if (this.inputs.first(change.path) && !typed.includes(change.path)) this.#fillIn(change, seen);
      seen.add(change.path);
    }
    this.#showWhatWaits();
    this.#send();
  }

  // The page shows what was typed, based on what it was typed over, and not on what stands there since.
  #fillIn(change, seen) {
    const { path, unresolved } = change;
    const current = this.basedOn[path];
    this.inputs.setText(path, change.text);
    if (unresolved?.result === "conflict") this.#offerChoice(change, { ...unresolved, current });
    else if (unresolved) this.#say(path, { problem: unresolved.message });
    if (path in this.basedOn && !seen.has(path)) this.#baseOn(path, change.based_on);
  }
}

// A row that was moved or restored is reached by its address; the focus follows.
function focusTarget() {
  if (location.hash) focusAtEnd(document.getElementById(location.hash.slice(1)));
}

// What is typed on follows what stands there.
function focusAtEnd(element) {
  element?.focus();
  if (!element?.matches("input[type=text], textarea")) return;
  element.setSelectionRange(element.value.length, element.value.length);
}

// Enter held down on a button goes on in the row that it added, and must not post the page from there.
function ignoreHeldEnter(event) {
  if (event.key === "Enter" && event.repeat && event.target.matches("input")) event.preventDefault();
}

// A field that loses the focus may bring words into the page, which would move the button away from under the
// finger that presses it.
function stayInField(event) {
  if (event.target.closest("button")) event.preventDefault();
}

// Where those who pressed the button look: at it, or at the field in which they pressed Enter.
function placeOf(button, form) {
  const pressed = button.matches("[aria-hidden]") ? document.activeElement : button;
  return pressed.closest(".mypart-buttons, p, .mypart-row, [data-field]") ?? form.firstElementChild;
}

const form = document.querySelector("[data-mypart-autosave]");
if (form) new Autosave(form).start();
