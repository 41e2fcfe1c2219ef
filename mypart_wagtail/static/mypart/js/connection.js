// A form is sent only while the server answers: otherwise the browser would show a page of its own in the
// place of what was typed, and may not give it back.
//
// A form with the value "network" is sent at once unless the browser knows that it has no network: where a
// deadline decides, nobody waits in line with a question first.
const FORMS = "form[data-mypart-checks-connection]";
const LONGEST_WAIT = 20000;
const checked = new WeakSet();

for (const form of document.querySelectorAll(FORMS)) form.addEventListener("submit", sendIfAnswered);

async function sendIfAnswered(event) {
  const form = event.target;
  if (checked.delete(form)) return;
  hideUnsent(form);
  if (form.dataset.mypartChecksConnection === "network" && navigator.onLine) return;
  event.preventDefault();
  if (navigator.onLine && (await serverAnswers())) {
    checked.add(form);
    form.requestSubmit(event.submitter);
  } else {
    tellUnsent(form, form.firstElementChild);
  }
}

export async function serverAnswers() {
  try {
    const signal = AbortSignal.timeout(LONGEST_WAIT);
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store", redirect: "manual", signal });
    return answer.status < 500;
  } catch {
    return false;
  }
}

// Said before `place`, in the words of the page.
export function tellUnsent(form, place) {
  place.before(document.getElementById("mypart-unsent").content.cloneNode(true));
  const told = form.querySelector("[data-mypart-unsent]");
  // On a screen as low as a letterbox it is read from its beginning.
  told.scrollIntoView({ block: told.offsetHeight < innerHeight ? "center" : "start" });
}

export function hideUnsent(form) {
  form.querySelector("[data-mypart-unsent]")?.remove();
}
