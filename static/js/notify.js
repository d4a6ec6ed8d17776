// Unread in the tab's title; a sound and a word to notifications.js for news that concern me.

const { agentId, notify, sound } = document.body.dataset;
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

function concernsMe(hint) {
  if (hint.kind === "called") return hint.why !== "read" && notify !== "nothing";
  if (!hint.incoming || notify === "nothing") return false;
  return String(hint.assignee) === agentId || (hint.assignee === null && notify === "all");
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

function announce(hint) {
  if (!mayMakeNoise()) return;
  // Browsers refuse sound before the first click on the page; there is nothing to do then.
  if (sound === "yes") new Audio(soundFile).play().catch(() => {});
  document.dispatchEvent(new CustomEvent("desk:notify", { detail: { code: hint.code, why: hint.why } }));
}

document.addEventListener("desk:hint", ({ detail: hint }) => {
  if (!concernsMe(hint) || isLookedAt(hint)) return;
  if (document.hidden) news.add(hint.code);
  announce(hint);
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
