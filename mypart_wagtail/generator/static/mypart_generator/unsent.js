// Outside the form's own pages: sends what the browser still keeps of the form, before somebody reads or submits
// it without. What cannot be sent, or waits for a decision, is told.

import { Batches } from "./batch.js";
import { Requests } from "./requests.js";
import { openAnewIfChanged } from "./shown.js";
import { Store } from "./store.js";

async function send(store, requests, batches) {
  let isChanged = false;
  store.retryRows();
  const sendable = () => batches.first(store.sendable(), batches.mostChanges);
  for (let changes = sendable(); changes.length; changes = sendable()) {
    const { outcomes } = await requests.send(changes);
    const applied = outcomes.filter((outcome) => outcome.result === "applied");
    store.remove(new Set(applied.map((outcome) => outcome.id)));
    for (const outcome of outcomes) if (outcome.result !== "applied") store.markUnresolved(outcome.id, outcome);
    isChanged ||= applied.length > 0;
  }
  return isChanged;
}

const notice = document.querySelector("[data-mypart-unsent]");
if (notice) {
  const store = new Store(notice.dataset.person, notice.dataset.document);
  send(store, new Requests(notice), new Batches(notice.dataset))
    .then((isChanged) => isChanged && openAnewIfChanged())
    .catch(() => {})
    .finally(() => {
      notice.hidden = !store.all().length;
    });
}
