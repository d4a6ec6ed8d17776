// The menu of labels, in one dialog for all places: [data-labels="address"] opens it, and so does
// desk:choose-label. It stays open while one toggles, and follows what others do.

const tell = (name, detail = {}) => document.dispatchEvent(new CustomEvent(name, { detail }));
const dialog = document.getElementById("label-menu");
const headers = { "X-Requested-With": "fetch" };
let url = "";
let opener = ""; // the row it was opened from: it may be drawn anew meanwhile
let isBusy = false;

function failed(response) {
  if (response?.type === "opaqueredirect") return tell("desk:signed-out");
  const { textFailed, textNotFound } = document.getElementById("toasts").dataset;
  tell("desk:toast", { text: response?.status === 404 ? textNotFound : textFailed, tone: "danger" });
}

async function fetchMenu(address) {
  const response = await fetch(address, { headers, redirect: "manual" }).catch(() => null);
  if (response?.ok) return response.text();
  failed(response);
  return null;
}

async function open(address, from) {
  const html = await fetchMenu(address);
  if (html === null) return;
  opener = from?.closest("#rows .row")?.id ?? "";
  url = address;
  dialog.innerHTML = html;
  if (!dialog.open) dialog.showModal();
  field()?.focus();
}

// The same again, as it is now; what was typed and where one is stay.
async function refresh() {
  if (!dialog.open) return;
  const address = url;
  const html = await fetchMenu(address);
  if (html === null || !dialog.open || address !== url) return;
  const words = field()?.value ?? ""; // only now: one may have gone on typing
  const chosen = dialog.contains(document.activeElement) && document.activeElement.value;
  dialog.innerHTML = html;
  if (field()) field().value = words;
  narrow();
  const again = items().find((item) => item.value === chosen);
  (again ?? field())?.focus();
}

const field = () => dialog.querySelector("[data-label-filter]");
const items = () => [...dialog.querySelectorAll("[data-words]:not([hidden])")];

function narrow() {
  const words = (field()?.value ?? "").toLocaleLowerCase().split(/\s+/).filter(Boolean);
  for (const item of dialog.querySelectorAll("[data-words]")) {
    const text = item.dataset.words.toLocaleLowerCase();
    item.hidden = !words.every((word) => text.includes(word));
  }
  const none = dialog.querySelector("[data-label-none]");
  if (none) none.hidden = items().length > 0;
}

async function post(form, submitter) {
  if (isBusy) return;
  isBusy = true;
  const data = new FormData(form, submitter);
  data.set("csrfmiddlewaretoken", document.querySelector("meta[name=csrf-token]").content);
  const request = { method: "POST", body: data, headers, redirect: "manual" };
  const response = await fetch(form.action, request).catch(() => null);
  isBusy = false;
  const isWord = response?.headers.get("Content-Type")?.startsWith("application/json");
  if (!isWord) return failed(response);
  if (data.has("then") && response.ok) dialog.close();
  tell("desk:said", await response.json());
  tell("desk:acted", { url: form.action });
  tell("thread:state");
}

if (dialog) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-labels]");
    if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(button.dataset.labels, button);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-label-form]");
    if (!form) return;
    event.preventDefault();
    post(form, event.submitter);
  });
  dialog.addEventListener("input", narrow);
  dialog.addEventListener("keydown", (event) => {
    const isSearching = event.target === field();
    if (event.key === "Enter" && isSearching) items()[0]?.click();
    else {
      const all = [field(), ...items()];
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      const at = Math.max(all.indexOf(document.activeElement), 0);
      all[(at + step + all.length) % all.length]?.focus();
    }
    event.preventDefault();
  });
  dialog.addEventListener("close", () => {
    const { activeElement } = document;
    if (activeElement !== document.body && !dialog.contains(activeElement)) return;
    document.getElementById(opener)?.querySelector("a").focus({ preventScroll: true });
  });
  document.addEventListener("desk:choose-label", ({ detail }) => open(detail.url));
  document.addEventListener("desk:acted", ({ detail }) => detail.url.includes("/labels/") && refresh());
  document.addEventListener("desk:stale", ({ detail }) => {
    const isOurs = ({ kind, code }) => kind === "labels" || (code && url.includes(code));
    if (detail.hints.some(isOurs)) refresh();
  });
}

// --- A contact's own page --------------------------------------------------------------------

const chips = document.getElementById("contact-labels");

async function refreshChips() {
  const response = await fetch(chips.dataset.url, { headers, redirect: "manual" }).catch(() => null);
  if (response?.ok) chips.innerHTML = await response.text();
}

if (chips) {
  const codes = new Set(chips.dataset.conversations.split(" "));
  document.addEventListener("desk:acted", refreshChips);
  document.addEventListener("desk:connected", refreshChips);
  document.addEventListener("desk:stale", ({ detail }) => {
    if (detail.hints.some(({ kind, code }) => kind === "labels" || codes.has(code))) refreshChips();
  });
}
