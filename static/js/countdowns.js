// Waiting times and windows in the list go on ticking between two visits of the server.
// The words are the server's (data-text-… on #rows), so they are in the agent's language.

const EVERY_MS = 20_000;
const LONG_WAIT = 60; // minutes; inbox/rows.py says the same
const SHORT_WINDOW = 120;

const rows = document.getElementById("rows");

function fill(text, values) {
  return text.replace(/%\((\w+)\)(02)?[ds]/g, (_, name, padded) =>
    String(values[name]).padStart(padded ? 2 : 0, "0"),
  );
}

function span(minutes) {
  const { textMinutes, textHours, textDays } = rows.dataset;
  if (minutes < 60) return fill(textMinutes, { minutes });
  if (minutes >= 48 * 60) return fill(textDays, { days: Math.floor(minutes / 1440) });
  return fill(textHours, { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

function show(element, text, isUrgent) {
  if (element.textContent !== text) element.textContent = text;
  element.toggleAttribute("data-urgent", isUrgent);
}

function minutesBetween(from, to) {
  return Math.floor((to - from) / 60_000);
}

function tick() {
  const now = Date.now();
  for (const element of rows.querySelectorAll("[data-waits-since]")) {
    const waited = Math.max(0, minutesBetween(Date.parse(element.dataset.waitsSince), now));
    show(element, fill(rows.dataset.textWaits, { time: span(waited) }), waited >= LONG_WAIT);
  }
  for (const element of rows.querySelectorAll("[data-window-until]")) {
    const end = Date.parse(element.dataset.windowUntil);
    const left = minutesBetween(now, end);
    if (end <= now) show(element, rows.dataset.textClosed, false);
    else if (left < SHORT_WINDOW) {
      show(element, fill(rows.dataset.textLeft, { time: span(left) }), true);
    } else show(element, span(left), false);
  }
}

if (rows) {
  tick();
  setInterval(() => document.hidden || tick(), EVERY_MS);
  document.addEventListener("visibilitychange", () => document.hidden || tick());
}
