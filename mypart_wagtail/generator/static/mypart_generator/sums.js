// Sums change with every key. Screen readers say them when asked, so that they do not drown what one types.

export function showSums(texts) {
  for (const [id, text] of Object.entries(texts)) {
    const output = document.getElementById(id);
    if (output) output.textContent = text;
  }
}

export function saySumsOnRequest(form, announce) {
  const button = form.querySelector("[data-mypart-say-sums]");
  button?.addEventListener("click", () => announce(sumsOf(form).map(inWords).join("; ")));
  offerSums(form);
}

// The button is there where there are sums, such as those of a row just added.
export function offerSums(form) {
  const button = form.querySelector("[data-mypart-say-sums]");
  if (button) button.hidden = !sumsOf(form).length;
}

function sumsOf(form) {
  return [...form.querySelectorAll("[data-mypart-sum]")];
}

function inWords(sum) {
  const row = sum.closest("fieldset")?.querySelector("legend").textContent.trim();
  const words = sum.textContent.replace(/\s+/g, " ").trim();
  return row ? `${row}: ${words}` : words;
}
