// Keeps <time data-moment> true: "09:42" becomes "Yesterday" at midnight, in the agent's language
// and on the agent's clock. The server wrote the first words (inbox/templatetags/moments.py).

const EVERY_MS = 30_000;
const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
const timeZone = document.body.dataset.timeZone;

const formats = {
  key: new Intl.DateTimeFormat("en-CA", { timeZone }), // 2026-11-21
  clock: new Intl.DateTimeFormat(language, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
  weekday: new Intl.DateTimeFormat(language, { timeZone, weekday: "long" }),
  day: new Intl.DateTimeFormat(language, { timeZone, day: "numeric", month: "short" }),
  year: new Intl.DateTimeFormat(language, { timeZone, day: "numeric", month: "short", year: "numeric" }),
};
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

function dayNumber(date) {
  return Date.parse(formats.key.format(date)) / 86_400_000;
}

function words(at, now) {
  const days = dayNumber(now) - dayNumber(at);
  if (days === 0) return formats.clock.format(at);
  if (days === 1 || days === -1) {
    const word = relative.format(-days, "day");
    return word[0].toLocaleUpperCase(language) + word.slice(1);
  }
  if (days > 1 && days < 7) return formats.weekday.format(at);
  const isSameYear = formats.key.format(at).slice(0, 4) === formats.key.format(now).slice(0, 4);
  return (isSameYear ? formats.day : formats.year).format(at);
}

function refresh() {
  if (document.hidden) return;
  const now = new Date();
  for (const time of document.querySelectorAll("time[data-moment]")) {
    const text = words(new Date(time.dateTime), now);
    if (time.textContent !== text) time.textContent = text;
  }
}

setInterval(refresh, EVERY_MS);
document.addEventListener("visibilitychange", refresh);
refresh();
