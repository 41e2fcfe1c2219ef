// Loads what belongs to one visitor into a page that is the same for everyone.

for (const place of document.querySelectorAll("[data-mypart-load]")) load(place);

async function load(place) {
  try {
    const response = await fetch(place.dataset.mypartLoad, { credentials: "same-origin" });
    if (response.status !== 200) return;
    const html = await response.text();
    if (html.trim()) place.innerHTML = html;
  } catch {
    // The link in the page leads to the same.
  }
}
