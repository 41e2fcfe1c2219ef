// Shows a thing of another site in the page, once the visitor has agreed by pressing its button.

const CAPABILITIES = "allow-scripts allow-same-origin allow-presentation allow-popups";

for (const button of document.querySelectorAll("[data-mypart-embed]")) {
  button.hidden = false;
  button.addEventListener("click", () => show(button), { once: true });
}

function show(button) {
  const frame = document.createElement("iframe");
  frame.className = "mypart-embed__frame";
  frame.title = button.dataset.mypartTitle;
  frame.allow = "fullscreen";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.sandbox = CAPABILITIES;
  frame.src = button.dataset.mypartEmbed;
  const figure = button.closest(".mypart-embed");
  figure.querySelector(":scope > img")?.remove();
  figure.prepend(frame);
  button.remove();
  frame.focus();
}
