// Opening the page anew where the server would show something else by now. Who reads it keeps place and focus
// otherwise, and whoever is on the way to another page gets there.

const address = location.pathname + location.search;
const shown = contentOf(document);
let isLeaving = false;
window.addEventListener("beforeunload", () => (isLeaving = true));

// The tokens of forms are other ones each time.
function contentOf(page) {
  const content = page.querySelector("main").cloneNode(true);
  for (const token of content.querySelectorAll("[name=csrfmiddlewaretoken]")) token.remove();
  return content.innerHTML;
}

// By its address, since reloading may post a form again.
export async function openAnewIfChanged() {
  const answer = await fetch(address);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!isLeaving && contentOf(fresh) !== shown) location.replace(address);
}
