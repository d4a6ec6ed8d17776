// The thread of the open conversation: fetches what is new or different and puts it in place.
// Others hand in list items with thread:show; header and composer follow with thread:state.

const COALESCE_MS = 120;
const READ_MS = 800;

let open = null;
let timer = 0;
let reading = 0;
let isFetching = false;
let isStale = false;

function tell(name, detail = {}) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

function show() {
  const thread = document.getElementById("thread");
  if (thread === open) return;
  open = thread;
  tell("desk:opened", { code: thread ? thread.dataset.code : null });
  if (!thread) return;
  tell("thread:opened", { thread });
  tell("desk:composer");
  if (thread.dataset.unread === "yes") markRead();
}

// --- What changed --------------------------------------------------------------------------

function refreshSoon() {
  clearTimeout(timer);
  timer = setTimeout(refresh, COALESCE_MS);
}

async function refresh() {
  if (!open) return;
  if (isFetching) return void (isStale = true);
  isFetching = true;
  const thread = open;
  const query = new URLSearchParams({ since: thread.dataset.now, from: thread.dataset.from });
  try {
    const response = await fetch(`${thread.dataset.messages}?${query}`, { redirect: "manual" });
    // It is not here any more: its page leads to where it went, or says so.
    if (response.status === 404) location.assign(thread.dataset.messages.replace(/messages\/$/, location.search));
    if (response.ok && thread === open) {
      place(await response.text());
      thread.dataset.now = response.headers.get("X-Now");
    }
  } catch {
    // Without a connection nothing is fetched; desk:connected comes again with it.
  }
  isFetching = false;
  if (isStale) [isStale] = [false, refreshSoon()];
}

function place(html, { isOwn = false, isPage = false } = {}) {
  const box = document.createElement("template");
  box.innerHTML = html;
  const items = [...box.content.children].filter((item) => item.dataset.order !== undefined);
  if (!items.length || !open) return;
  tell("thread:items", { items });
  tell("thread:before", { thread: open });
  const fresh = items.filter(put);
  if (!open.dataset.from) open.dataset.from = items.at(-1).dataset.order;
  document.getElementById("nothing-said")?.remove();
  // Who answers has read what was new.
  if (!isPage && fresh.some((item) => item.dataset.draftKey)) document.getElementById("unread-line")?.remove();
  tell("thread:after", { thread: open, fresh, isOwn });
  if (fresh.some((item) => item.classList.contains("event"))) refreshState();
  if (fresh.some((item) => item.dataset.direction === "in")) markRead();
}

// Says whether it was not there before.
function put(item) {
  const { order, draftKey } = item.dataset;
  if (draftKey) {
    document.querySelector(`[data-pending="${CSS.escape(draftKey)}"]`)?.remove();
    tell("desk:sent", { code: open.dataset.code, key: draftKey });
  }
  const old = document.getElementById(item.id);
  if (old) return replace(old, item);
  const newer = document.getElementById("newer");
  if (newer && order > (newer.previousElementSibling?.dataset.order ?? "")) return false;
  open.insertBefore(item, placeOf(order));
  return true;
}

function replace(old, item) {
  const isPlaying = [...old.querySelectorAll("audio, video")].some((player) => !player.paused);
  if (isPlaying || old.outerHTML === item.outerHTML) return false;
  const hadFocus = old.contains(document.activeElement);
  old.replaceWith(item);
  if (hadFocus) item.querySelector("[data-message-menu]")?.focus();
  return false;
}

function placeOf(order) {
  let next = null;
  for (let item = open.lastElementChild; item; item = item.previousElementSibling) {
    if (item.dataset.order !== undefined && item.dataset.order <= order) break;
    next = item;
  }
  return next;
}

// --- Header and composer ---------------------------------------------------------------------

let known = "";

async function refreshState() {
  if (!open) return;
  const thread = open;
  const response = await fetch(thread.dataset.state, { redirect: "manual" }).catch(() => null);
  if (!response?.ok || thread !== open) return;
  const box = document.createElement("template");
  box.innerHTML = await response.text();
  swapHeader(box.content.getElementById("conversation-header"));
  swapComposer(box.content.getElementById("composer"));
}

function swapHeader(header) {
  const old = document.getElementById("conversation-header");
  const menu = old.querySelector("details[open]");
  // Nothing is taken from under the pointer: it is asked again when the menu closes.
  if (menu) return menu.addEventListener("toggle", refreshState, { once: true });
  const focused = old.contains(document.activeElement) && document.activeElement.dataset.shortcut;
  old.replaceWith(header);
  if (focused) header.querySelector(`[data-shortcut="${CSS.escape(focused)}"]`)?.focus();
  tell("thread:header");
}

function swapComposer(composer) {
  const old = document.getElementById("composer");
  if (composer.dataset.state === "open" && old.dataset.state === "open") {
    for (const part of [".composer__bar", ".composer__notices"]) {
      old.querySelector(part)?.replaceWith(composer.querySelector(part));
    }
    return;
  }
  if (composer.dataset.state === old.dataset.state) return;
  old.replaceWith(composer);
  tell("desk:composer");
}

// --- Read --------------------------------------------------------------------------------------

function markRead() {
  if (document.hidden || !open) return;
  clearTimeout(reading);
  const { read } = open.dataset;
  reading = setTimeout(() => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", document.querySelector("meta[name=csrf-token]").content);
    const headers = { "X-Requested-With": "fetch" };
    fetch(read, { method: "POST", body, headers, keepalive: true }).catch(() => {});
    if (open) open.dataset.unread = "no";
  }, open.dataset.unread === "yes" ? 0 : READ_MS);
}

// --- What is listened to -------------------------------------------------------------------------

document.addEventListener("desk:hint", ({ detail }) => {
  if (detail.kind !== "conversation" || detail.code !== open?.dataset.code) return;
  refreshSoon();
  const now = `${detail.status} ${detail.assignee} ${detail.team}`;
  if (detail.incoming || (known && now !== known)) refreshState();
  known = now;
});
document.addEventListener("desk:connected", () => {
  refresh();
  refreshState();
});
document.addEventListener("thread:show", ({ detail }) => place(detail.html, detail));
document.addEventListener("thread:state", () => {
  refreshSoon();
  refreshState();
});
document.addEventListener("visibilitychange", () => open?.dataset.unread === "yes" && markRead());
document.addEventListener("desk:opened", () => (known = ""));
for (const name of ["htmx:afterSettle", "htmx:historyRestore"]) document.addEventListener(name, show);
show();
