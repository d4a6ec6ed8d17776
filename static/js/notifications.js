// Notifications of the system, for agents who want them and browsers that may. A service worker
// shows them: phones allow nothing else. It is there only while it is wanted.

const { worker, icon, conversation, ...texts } = document.querySelector("[data-worker]").dataset;
const WHY = { mention: texts.textMention, reminder: texts.textReminder, followed: texts.textFollowed, note: texts.textNote };

function permission() {
  return globalThis.Notification && navigator.serviceWorker ? Notification.permission : "unsupported";
}

function isWanted() {
  return document.body.dataset.notify !== "nothing" && permission() === "granted";
}

async function settle() {
  if (isWanted()) return navigator.serviceWorker.register(worker);
  const registration = await navigator.serviceWorker?.getRegistration(worker);
  return registration?.unregister();
}

function addressOf(code) {
  return conversation.replace(/[0-9a-f-]{36}/, code);
}

// No name and no text: locked screens show notifications to everybody.
async function show({ code, why }) {
  const registration = await navigator.serviceWorker.getRegistration(worker);
  const data = { code, address: addressOf(code) };
  await registration?.showNotification("Supportdesk", { body: WHY[why] ?? texts.textNews, icon, tag: code, silent: true, data });
}

function open(code) {
  const row = document.querySelector(`.row[data-code="${CSS.escape(code)}"] a`);
  if (row) row.click();
  else location.assign(addressOf(code));
}

document.addEventListener("desk:notify", ({ detail }) => {
  if (isWanted() && !document.hasFocus()) show(detail);
});

navigator.serviceWorker?.addEventListener("message", ({ data }) => open(data.conversation));

// --- Permission, on the page of preferences ------------------------------------------------

function tellPermission() {
  const place = document.querySelector("[data-notifications]");
  if (!place) return;
  const answer = permission();
  for (const each of place.querySelectorAll("[data-when]")) each.hidden = each.dataset.when !== answer;
}

document.addEventListener("click", async ({ target }) => {
  if (!target.closest("[data-ask-notifications]")) return;
  await Notification.requestPermission();
  tellPermission();
  await settle();
});

tellPermission();
settle().catch(() => {}); // without it there are no notifications, and everything else works
