// Notifications of the system, for agents who want them and browsers that may. A service worker
// shows them: phones allow nothing else. It is there only while it is wanted. While the desk is
// closed in a browser, the desk tells it by the maker of the browser (Push API).

const texts = document.querySelector("[data-worker]").dataset;
const { worker, icon, conversation, key, subscribe, unsubscribe } = texts;
const TELL_AGAIN_MS = 10 * 60 * 1000;

function permission() {
  return globalThis.Notification && navigator.serviceWorker ? Notification.permission : "unsupported";
}

function isWanted() {
  const { shownNotices, push } = document.body.dataset;
  return (shownNotices !== "" || push === "yes") && permission() === "granted";
}

async function settle() {
  if (isWanted()) {
    await navigator.serviceWorker.register(worker);
    return settlePush(await navigator.serviceWorker.ready);
  }
  const registration = await navigator.serviceWorker?.getRegistration(worker);
  return registration?.unregister(); // its subscription ends with it
}

// --- While the desk is closed here -----------------------------------------------------------

async function settlePush({ pushManager }) {
  if (!pushManager) return;
  let subscription = await pushManager.getSubscription();
  if (document.body.dataset.push !== "yes") {
    if (!subscription) return;
    await subscription.unsubscribe();
    return tell(unsubscribe);
  }
  if (subscription && !isOurs(subscription)) {
    await subscription.unsubscribe();
    subscription = null;
  }
  subscription ??= await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  await tellAddress(subscription.toJSON());
}

// The key of the desk may have been exchanged since.
function isOurs({ options }) {
  const bytes = new Uint8Array(options.applicationServerKey ?? []);
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "") === key;
}

// Again and again: the address changes by itself, and the desk forgets it with the session.
async function tellAddress({ endpoint, keys }) {
  const last = Number(localStorage.getItem("desk.push")) || 0;
  if (Math.abs(Date.now() - last) < TELL_AGAIN_MS) return;
  const answer = await tell(subscribe, { endpoint, ...keys });
  if (answer.ok) localStorage.setItem("desk.push", Date.now());
}

function tell(address, fields = {}) {
  const csrfmiddlewaretoken = document.querySelector("meta[name=csrf-token]").content;
  return fetch(address, { method: "POST", body: new URLSearchParams({ csrfmiddlewaretoken, ...fields }) });
}

// --- While it is open ------------------------------------------------------------------------

function addressOf(code) {
  return conversation.replace(/[0-9a-f-]{36}/, code);
}

// No name and no text: locked screens show notifications to everybody.
async function show(code, why) {
  const registration = await navigator.serviceWorker.getRegistration(worker);
  const data = { code, address: addressOf(code) };
  const body = texts[`text${why[0].toUpperCase()}${why.slice(1)}`];
  await registration?.showNotification("Supportdesk", { body, icon, tag: code, silent: true, data });
}

function open(code) {
  const row = document.querySelector(`.row[data-code="${CSS.escape(code)}"] a`);
  if (row) row.click();
  else location.assign(addressOf(code));
}

document.addEventListener("desk:notify", ({ detail }) => {
  if (isWanted() && !document.hasFocus()) show(detail.code, detail.why);
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
  settleQuietly();
});

// Without it there are no notifications, and everything else works.
function settleQuietly() {
  settle().catch(() => {});
}

tellPermission();
settleQuietly();
