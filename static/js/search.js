// Search as one types: results take the place of the list until the field is empty again. Asked
// by POST, so that no log and no history keeps what one looked for.

const PAUSE_MS = 150;

const form = document.querySelector("[data-search]");
const field = form?.elements.q;
const results = document.getElementById("search-results");
let timer = 0;
let running = null;
let shown = "";

function links() {
  return [...results.querySelectorAll("a.found__link")];
}

function close() {
  running?.abort();
  shown = "";
  delete results.dataset.words;
  results.hidden = true;
  results.replaceChildren();
}

async function look() {
  const words = field.value.trim();
  if (words === shown) return;
  if (!words) return close();
  running?.abort();
  running = new AbortController();
  const asked = { method: "POST", body: new URLSearchParams(new FormData(form)) };
  const headers = { "HX-Request": "true" };
  try {
    const answer = await fetch(form.action, { ...asked, headers, signal: running.signal });
    if (!answer.ok || answer.redirected) return;
    results.innerHTML = await answer.text();
  } catch {
    return; // a newer word is on its way, or the connection is gone
  }
  shown = words;
  results.dataset.words = words; // the thread marks them (scrolling.js)
  results.hidden = false;
  htmx.process(results);
}

function walk(step) {
  const found = links();
  const at = found.indexOf(document.activeElement) + step;
  if (at < 0) field.focus();
  else found[Math.min(at, found.length - 1)]?.focus();
}

if (form && results) {
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, field.value.trim() ? PAUSE_MS : 0);
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    look().then(() => links()[0]?.click());
  });

  document.getElementById("list").addEventListener("keydown", (event) => {
    const isInside = event.target === field || results.contains(event.target);
    if (!isInside || results.hidden) return;
    if (event.key === "ArrowDown") walk(1);
    else if (event.key === "ArrowUp") walk(-1);
    else if (event.key === "Escape") {
      field.value = "";
      close();
      field.focus();
    } else return;
    event.preventDefault();
  });
}
