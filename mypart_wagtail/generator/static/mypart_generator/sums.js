// Sums change with every key. Screen readers say them when asked, so that they do not drown what one types.

export function showSums(texts) {
  for (const [id, text] of Object.entries(texts)) {
    const output = document.getElementById(id);
    if (output) output.textContent = text;
  }
}

export function saySumsOnRequest(form, announce) {
  const button = form.querySelector("[data-mypart-say-sums]");
  const sums = [...form.querySelectorAll("[data-mypart-sum]")];
  if (!button || !sums.length) return;
  button.hidden = false;
  button.addEventListener("click", () => announce(sums.map(inWords).join("; ")));
}

function inWords(sum) {
  const row = sum.closest("fieldset")?.querySelector("legend").textContent.trim();
  const words = sum.textContent.replace(/\s+/g, " ").trim();
  return row ? `${row}: ${words}` : words;
}
