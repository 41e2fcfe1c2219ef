// Titles that begin with what is being typed, in the browser's own list. Without this module one just searches.
const WAIT = 200;

for (const box of document.querySelectorAll("[data-mypart-suggestions]")) {
  let waiting;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => suggest(box, box.value), WAIT);
  });
}

async function suggest(box, typed) {
  if (typed.trim().length < 2) return;
  const address = `${box.dataset.mypartSuggestions}?${new URLSearchParams({ q: typed })}`;
  const response = await fetch(address).catch(() => null);
  if (!response?.ok || box.value !== typed) return;
  const { titles } = await response.json();
  box.list.replaceChildren(...titles.map((title) => new Option("", title)));
}
