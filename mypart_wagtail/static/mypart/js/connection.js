// A form is sent only while the server answers: otherwise the browser would show a page of its own in the
// place of what was typed, and may not give it back.
const FORMS = "form[data-mypart-checks-connection]";
const checked = new WeakSet();

for (const form of document.querySelectorAll(FORMS)) form.addEventListener("submit", sendIfAnswered);

async function sendIfAnswered(event) {
  const form = event.target;
  if (checked.delete(form)) return;
  event.preventDefault();
  form.querySelector("[data-mypart-unsent]")?.remove();
  if (await serverAnswers()) {
    checked.add(form);
    form.requestSubmit(event.submitter);
  } else {
    tellUnsent(form);
  }
}

async function serverAnswers() {
  try {
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store", redirect: "manual" });
    return answer.status < 500;
  } catch {
    return false;
  }
}

function tellUnsent(form) {
  form.prepend(document.getElementById("mypart-unsent").content.cloneNode(true));
  form.firstElementChild.scrollIntoView({ block: "center" });
}
