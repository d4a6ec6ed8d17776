// The sidebar's counts, fetched again when something changed, but not more often than one reads.

const EVERY_MS = 5000;
const SETTLE_MS = 600; // the desk counts once in half a second (inbox/sidebar.py)

const sidebar = document.getElementById("sidebar");
let fetchedAt = 0;
let timer = 0;
let labels = null;

async function fetchCounts() {
  timer = 0;
  fetchedAt = Date.now();
  try {
    const answer = await fetch(sidebar.dataset.url, { headers: { "HX-Request": "true" } });
    if (answer.ok && !answer.redirected) show(await answer.text());
  } catch {
    // The connection is gone: live.js says so, and tells when it is back.
  }
}

function show(html) {
  const focused = document.activeElement?.closest?.("#sidebar a")?.getAttribute("href");
  const scrolled = sidebar.scrollTop;
  sidebar.innerHTML = html;
  htmx.process(sidebar);
  sidebar.scrollTop = scrolled;
  if (focused) sidebar.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  refreshColours();
}

// A label made since the page was opened has no colour yet.
function refreshColours() {
  const now = [...sidebar.querySelectorAll("[data-label]")].map((one) => one.dataset.label).join();
  const sheet = document.querySelector("[data-label-colours]");
  if (labels !== null && labels !== now && sheet) {
    sheet.href = `${sheet.href.split("?")[0]}?${encodeURIComponent(now)}`;
  }
  labels = now;
}

function refresh() {
  timer ||= setTimeout(fetchCounts, Math.max(SETTLE_MS, fetchedAt + EVERY_MS - Date.now()));
}

if (sidebar) {
  document.addEventListener("desk:connected", refresh);
  document.addEventListener("desk:stale", ({ detail }) => {
    // Who is at the desk stands nowhere in it, and changes all the time.
    if (detail.hints.some((hint) => hint.kind !== "attendance")) refresh();
  });
  refreshColours();
}
