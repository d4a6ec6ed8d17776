// How many mentions and reminders are new, in the rail; and a word when one more comes.
// Opening a conversation reads what called one there.

const { forYou, ...texts } = document.querySelector("[data-for-you]").dataset;
const { conversation } = document.querySelector("[data-worker]").dataset;
const { textMention, textReminder, textOpen } = texts;

const tell = (name, detail = {}) => document.dispatchEvent(new CustomEvent(name, { detail }));
let opened = null;
let called = new Set(); // conversations in which something is new

async function refresh() {
  const response = await fetch(forYou, { redirect: "manual" }).catch(() => null);
  if (!response?.ok) return;
  const { count, conversations } = await response.json();
  called = new Set(conversations);
  for (const badge of document.querySelectorAll("[data-for-you-count]")) {
    badge.textContent = count;
    badge.hidden = !count;
  }
  read();
}

function addressOf(code, what = "") {
  return conversation.replace(/[0-9a-f-]{36}/, code) + what;
}

function read() {
  if (document.hidden || !called.delete(opened)) return;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", document.querySelector("meta[name=csrf-token]").content);
  fetch(addressOf(opened, "called/"), { method: "POST", body, keepalive: true }).catch(() => {});
}

function open(code) {
  const row = document.querySelector(`.row[data-code="${CSS.escape(code)}"] a`);
  if (row) row.click();
  else location.assign(addressOf(code));
}

function say({ code, why }) {
  const text = { mention: textMention, reminder: textReminder }[why];
  const isRead = code === opened && !document.hidden && why === "mention";
  if (text && !isRead) tell("desk:toast", { text, action: { label: textOpen, run: () => open(code) } });
}

document.addEventListener("desk:hint", ({ detail }) => {
  if (detail.kind !== "called") return;
  say(detail);
  if (!["mention", "reminder", "read"].includes(detail.why)) return;
  refresh();
  tell("desk:called");
});
document.addEventListener("desk:opened", ({ detail }) => {
  opened = detail.code;
  read();
});
document.addEventListener("desk:connected", refresh);
document.addEventListener("visibilitychange", read);
