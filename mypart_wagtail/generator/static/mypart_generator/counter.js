// Counts the characters of a long text once its limit is near, and tells screen readers politely.

const NEAR = 0.9;

export function countCharacters(textarea, words) {
  const limit = Number(textarea.dataset.limit);
  const counter = document.createElement("p");
  counter.className = "mypart-counter";
  counter.setAttribute("role", "status");
  textarea.after(counter);
  const count = () => {
    const left = limit - [...textarea.value.trim()].length;
    counter.classList.toggle("mypart-counter--over", left < 0);
    if (left < 0) counter.textContent = words.overLimit.replace("{excess}", -left);
    else if (left < limit * (1 - NEAR)) counter.textContent = words.nearLimit.replace("{left}", left);
    else counter.textContent = "";
  };
  textarea.addEventListener("input", count);
  count();
}
