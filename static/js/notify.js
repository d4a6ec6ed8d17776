// Unread in the tab's title; a sound and a word to notifications.js for news that concern me.

const { agentId, notify, sound, quiet, quietWeekends, shownNotices, timeZone } = document.body.dataset;
const shownWhys = new Set(shownNotices.split(" "));
const { soundFile } = document.querySelector("[data-sound-file]").dataset;
const SOUND_EVERY_MS = 3000;

const news = new Set(); // conversations with news since the page was last looked at
let opened = null;
let title = document.title;
let shown = title;

// --- The title ---------------------------------------------------------------------------

function count() {
  const total = document.querySelector("[data-unread-total]")?.dataset.unreadTotal;
  return Math.max(Number(total) || 0, news.size);
}

function showCount() {
  // Somebody else gave the page a new title: that is the one to put the count before.
  if (document.title !== shown) title = document.title.replace(/^\(\d+\) /, "");
  const number = count();
  shown = number ? `(${number}) ${title}` : title;
  document.title = shown;
  if (number) navigator.setAppBadge?.(number).catch(() => {});
  else navigator.clearAppBadge?.().catch(() => {});
}

// --- Sound -------------------------------------------------------------------------------

// Why this hint is news for me, or nothing.
function concern(hint) {
  if (hint.kind === "called") return shownWhys.has(hint.why) ? hint.why : null;
  if (!hint.incoming || notify === "nothing" || !shownWhys.has("replied")) return null;
  const isMine = String(hint.assignee) === agentId || (hint.assignee === null && notify === "all");
  return isMine ? "replied" : null;
}

// --- Quiet times -------------------------------------------------------------------------

// The same as inbox.notices.is_quiet, on the agent's own clock.
function isQuiet() {
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  const parts = Object.fromEntries(clock.formatToParts(new Date()).map(({ type, value }) => [type, value]));
  if (quietWeekends === "yes" && ["Sat", "Sun"].includes(parts.weekday)) return true;
  const [begins, ends] = quiet.split(" ");
  if (!begins || !ends) return false;
  const now = `${parts.hour}:${parts.minute}`;
  return begins < ends ? begins <= now && now < ends : now >= begins || now < ends;
}

function isLookedAt(hint) {
  return hint.code === opened && document.hasFocus();
}

function mayMakeNoise() {
  // Shared by all tabs, so that two of them do not play at once.
  const last = Number(localStorage.getItem("desk.sound")) || 0;
  if (Math.abs(Date.now() - last) < SOUND_EVERY_MS) return false;
  localStorage.setItem("desk.sound", Date.now());
  return true;
}

function announce(hint, why) {
  if (isQuiet() || !mayMakeNoise()) return;
  // Browsers refuse sound before the first click on the page; there is nothing to do then.
  if (sound === "yes") new Audio(soundFile).play().catch(() => {});
  document.dispatchEvent(new CustomEvent("desk:notify", { detail: { code: hint.code, why } }));
}

document.addEventListener("desk:hint", ({ detail: hint }) => {
  const why = concern(hint);
  if (!why || isLookedAt(hint)) return;
  if (document.hidden) news.add(hint.code);
  announce(hint, why);
  showCount();
});

document.addEventListener("desk:opened", ({ detail }) => {
  opened = detail.code;
  showCount();
});

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) news.clear();
  showCount();
});

document.addEventListener("htmx:afterSettle", showCount);
showCount();
