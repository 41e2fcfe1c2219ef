// Texts the server did not take and whose fields stand on another page, or on none any more. They are shown
// with the way to their field, and thrown away by nobody but the person who typed them.

export function showUnresolved(panel, changes, discard) {
  panel.hidden = !changes.length;
  const list = panel.querySelector("ul");
  list.replaceChildren(...changes.map((change) => item(panel, change, discard)));
}

function item(panel, change, discard) {
  const { label, url, message, words = change.text } = change.unresolved;
  const element = document.createElement("li");
  const heading = document.createElement("p");
  if (url) {
    const link = document.createElement("a");
    link.href = url;
    link.textContent = label;
    heading.append(link, ": ");
  }
  heading.append(message);
  const text = document.createElement("blockquote");
  text.textContent = words || "–";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "mypart-button mypart-button--small mypart-button--secondary";
  button.textContent = panel.dataset.discard;
  button.addEventListener("click", () => {
    discard(change);
    panel.focus();
  });
  element.append(heading, text, button);
  return element;
}
