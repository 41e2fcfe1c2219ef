// Two people wrote in the same field: shows what the other wrote and lets the second one choose.

export function showConflict(input, theirs, words, { keepMine, takeTheirs }) {
  const field = input.closest("[data-field]");
  hideConflict(input);
  const box = document.createElement("div");
  box.className = "mypart-conflict";
  const message = document.createElement("p");
  message.className = "mypart-error";
  message.setAttribute("role", "alert");
  const text = document.createElement("blockquote");
  text.className = "mypart-conflict__theirs";
  text.tabIndex = 0;
  text.setAttribute("aria-label", words.theirs);
  text.textContent = theirs || "–";
  box.append(message, text, button(words.keepMine, keepMine), button(words.takeTheirs, takeTheirs));
  field.append(box);
  // Said once it stands in the page; the other's text may be long, and is read by whoever wants to.
  message.textContent = words.conflict;

  function button(label, choose) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "mypart-button mypart-button--small mypart-button--secondary";
    element.textContent = label;
    element.addEventListener("click", () => {
      box.remove();
      input.focus();
      choose();
    });
    return element;
  }
}

export function hideConflict(input) {
  input?.closest("[data-field]")?.querySelector(".mypart-conflict")?.remove();
}
