// Says how saving stands: to eyes always, to screen readers the first time, on failure and on recovery only.

export class SaveState {
  constructor(element, announcer) {
    this.element = element;
    this.announcer = announcer;
    this.announced = false;
    this.failing = false;
    this.isAway = false;
    this.hide();
  }

  saving() {
    if (!this.failing) this.#show("saving", this.element.dataset.saving);
  }

  saved(time) {
    const text = this.element.dataset.saved.replace("{time}", time);
    this.#show("saved", text);
    if (this.isAway) this.announce(this.element.dataset.recovered);
    else if (this.failing || !this.announced) this.announce(text);
    this.announced = true;
    this.failing = false;
    this.isAway = false;
  }

  // `isFleeting` where the browser keeps nothing: leaving the page would lose what was typed.
  failed(isFleeting) {
    this.isAway = true;
    this.#fail("failed", isFleeting ? this.element.dataset.fleeting : this.element.dataset.failed);
  }

  signedOut(address, isFleeting) {
    // Shown once: writing it again would take the link from under somebody's finger or focus.
    if (this.element.dataset.state === "signed-out") return;
    this.isAway = true;
    this.#fail("signed-out", isFleeting ? this.element.dataset.signedOutFleeting : this.element.dataset.signedOut);
    const link = document.createElement("a");
    link.href = address;
    link.target = "_blank";
    link.textContent = this.element.dataset.signIn;
    this.element.append(" ", link);
  }

  // Nothing waits for a decision, and nothing was saved here yet. Its line is there all the same, unseen: words
  // that came into the page would move the button below them away from under somebody's finger.
  hide() {
    this.failing = false;
    this.#show("", "\u00a0");
  }

  refused(message) {
    this.#fail("failed", message);
  }

  #fail(state, text) {
    const isNew = !this.failing || this.element.textContent !== text;
    this.#show(state, text);
    if (isNew) this.announce(text);
    this.failing = true;
  }

  #show(state, text) {
    this.element.hidden = false;
    this.element.dataset.state = state;
    this.element.textContent = text;
  }

  // Emptied first, so that the same words are said again.
  announce(text) {
    this.announcer.textContent = "";
    setTimeout(() => {
      this.announcer.textContent = text;
    }, 100);
  }
}
