// What one can do with a message: react, answer with quote, copy, look at details, try again.

const tell = (name, detail = {}) => document.dispatchEvent(new CustomEvent(name, { detail }));
let message = null;
let opener = null;

// Every message has its button, also for keyboards and screen readers. It is the same each time,
// so it does not come with each: it would be a fifth of the page.
function equip(items) {
  for (const item of items) {
    if (!item.matches(".message") || item.querySelector("[data-message-menu]")) continue;
    item.append(document.getElementById("message-more").content.cloneNode(true));
  }
}

function menu() {
  return document.getElementById("message-menu");
}

function open(button) {
  message = button.closest(".message");
  opener = button;
  const { direction, status, kind } = message.dataset;
  const isSaid = direction !== "internal";
  menu().querySelector(".message-menu__emoji").hidden = !isSaid || ["queued", "failed", "uncertain"].includes(status);
  menu().querySelector("[data-quote]").hidden = !isSaid || !document.querySelector("[data-reply-form]");
  menu().querySelector("[data-copy]").hidden = !textOf(message);
  menu().querySelector("[data-discard]").hidden = status !== "queued" || kind === "reaction";
  const isOwnNote = kind === "note" && message.dataset.draftKey && isFresh(message);
  menu().querySelector("[data-edit-note]").hidden = !isOwnNote;
  menu().querySelector("[data-delete-note]").hidden = !isOwnNote;
  menu().querySelector("[data-delete-note]").action = `/notes/${message.dataset.code}/delete/`;
  menu().hidden = false;
  const at = button.getBoundingClientRect();
  const box = menu().getBoundingClientRect();
  const left = Math.min(Math.max(8, at.right - box.width), innerWidth - box.width - 8);
  const top = at.bottom + box.height + 8 > innerHeight ? at.top - box.height - 4 : at.bottom + 4;
  menu().style.left = `${left}px`;
  menu().style.top = `${Math.max(8, top)}px`;
  menu().querySelector("button:not([hidden])")?.focus();
}

// So long the desk lets a note be changed; nobody is offered what would be refused.
function isFresh(item) {
  return Date.now() - Date.parse(item.dataset.order.split("~")[0]) < 3_600_000 && !item.querySelector(".bubble__gone");
}

function close({ refocus = false } = {}) {
  if (!menu() || menu().hidden) return;
  menu().hidden = true;
  if (refocus) opener?.focus();
}

function textOf(item) {
  return [...item.querySelectorAll(".bubble__text")].map((part) => part.innerText).join("\n");
}

function quote() {
  const speaker = message.querySelector(".bubble__author, .visually-hidden").textContent.replace(/:$/, "");
  const text = textOf(message).slice(0, 200) || message.querySelector(".bubble").innerText.slice(0, 80);
  tell("desk:quote", { pk: message.id.slice(8), speaker, text });
  tell("desk:draft-changed");
  document.querySelector("[data-reply-form] textarea")?.focus();
}

async function copy(button) {
  await navigator.clipboard?.writeText(textOf(message));
  tell("desk:toast", { text: button.dataset.textCopied, tone: "info" });
}

async function post(item, what, fields = {}) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", document.querySelector("meta[name=csrf-token]").content);
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const request = { method: "POST", body, headers: { "X-Requested-With": "fetch" }, redirect: "manual" };
  const response = await fetch(`/messages/${item.dataset.code}/${what}/`, request).catch(() => null);
  if (response?.ok) return tell("thread:show", { html: await response.text() });
  if (response?.type === "opaqueredirect") return tell("desk:signed-out");
  const isWord = response?.headers.get("Content-Type")?.startsWith("application/json");
  const text = isWord ? (await response.json()).text : document.getElementById("toasts").dataset.textFailed;
  tell("desk:toast", { text, tone: "danger" });
}

document.addEventListener("thread:opened", ({ detail: { thread } }) => {
  const log = thread.parentElement;
  log.setAttribute("aria-live", "off"); // fifty new buttons are no news
  equip(thread.children);
  setTimeout(() => log.setAttribute("aria-live", "polite"), 500);
});
document.addEventListener("thread:items", ({ detail }) => equip(detail.items));

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-message-menu]");
  if (button) return open(button);
  const chosen = target.closest("#message-menu button");
  const item = target.closest(".message");
  if (target.closest("[data-resend]")) post(item, "resend");
  if (item && target.closest("[data-details]")) tell("desk:dialog", { url: `/messages/${item.dataset.code}/details/` });
  if (chosen?.form) return; // actions.js sends it, and says what became of it
  close();
  if (!chosen) return;
  if ("react" in chosen.dataset) post(message, "react", { emoji: chosen.dataset.react });
  else if ("quote" in chosen.dataset) quote();
  else if ("copy" in chosen.dataset) copy(chosen);
  else if ("discard" in chosen.dataset) post(message, "discard");
  else if ("editNote" in chosen.dataset) tell("desk:dialog", { url: `/notes/${message.dataset.code}/edit/` });
  else tell("desk:dialog", { url: `/messages/${message.dataset.code}/details/` });
});

document.addEventListener("keydown", (event) => {
  if (!event.target.closest?.("#message-menu")) return;
  const items = [...menu().querySelectorAll("button")].filter((item) => item.checkVisibility());
  const at = items.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (event.key === "Escape" || event.key === "Tab") close({ refocus: true });
  else if (step) items.at((at + step) % items.length).focus();
  else return;
  event.preventDefault();
});

document.addEventListener("submit", ({ target }) => target.closest("#message-menu") && close({ refocus: true }));
document.addEventListener("scroll", () => close(), { capture: true, passive: true });
