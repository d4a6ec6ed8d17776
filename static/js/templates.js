// Forms in a dialog: templates, buttons, lists, places, cards. Fetched when they are opened.

const tell = (name, detail = {}) => document.dispatchEvent(new CustomEvent(name, { detail }));
const PREVIEW_MS = 200;
let timer = 0;

function dialog() {
  return document.getElementById("conversation-dialog");
}

function fill(html) {
  dialog().innerHTML = html;
  if (!dialog().open) dialog().showModal();
  const first = dialog().querySelector("[aria-invalid=true], [data-filter], .dialog__body :is(input, textarea):not([type=hidden])");
  first?.focus();
}

async function show(url) {
  const response = await fetch(url, { redirect: "manual" }).catch(() => null);
  if (response?.ok) return fill(await response.text());
  if (response?.type === "opaqueredirect") tell("desk:signed-out");
  else tell("desk:toast", { text: document.getElementById("composer").dataset.textUnreachable, tone: "danger" });
}

async function send(form) {
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  const data = new FormData(form);
  data.set("seen", drafting.seen(form));
  const request = { method: "POST", body: data, headers: { "X-Requested-With": "fetch" }, redirect: "manual" };
  const response = await fetch(form.action, request).catch(() => null);
  delete form.dataset.busy;
  if (response?.ok) {
    dialog().close();
    if (response.headers.get("Content-Type").startsWith("application/json")) return tell("desk:said", await response.json());
    return tell("thread:show", { html: await response.text(), isOwn: true });
  }
  if (response?.status === 422) return fill(await response.text());
  if (response?.status === 409) return stop(form, await response.text());
  if (response?.type === "opaqueredirect") return tell("desk:signed-out");
  const { textUnreachable } = document.getElementById("composer").dataset;
  tell("desk:toast", { text: textUnreachable, tone: "danger" });
}

// A colleague answered meanwhile: what they wrote stands above the form, once.
function stop(form, html) {
  form.querySelector(".answered__box")?.remove();
  form.querySelector(".dialog__body").insertAdjacentHTML("afterbegin", html);
  form.querySelector("[data-send-anyway]").focus();
}

async function preview(form) {
  const response = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (response?.ok) form.querySelector("[data-preview-box]").innerHTML = await response.text();
}

// --- Filters: what is typed narrows the list beside it -------------------------------------------

function narrow(box) {
  const words = box.querySelector("[data-filter]").value.toLowerCase().split(/\s+/).filter(Boolean);
  const language = box.querySelector("[data-filter-language]")?.value ?? "";
  let found = 0;
  for (const item of box.querySelectorAll("[data-filtered]")) {
    const text = item.dataset.filtered.toLowerCase();
    const fits = words.every((word) => text.includes(word)) && (!language || item.dataset.language === language);
    item.hidden = !fits;
    found += fits;
  }
  const none = box.querySelector("[data-filter-none]");
  if (none) none.hidden = found > 0;
}

document.addEventListener("click", ({ target }) => {
  const opener = target.closest("[data-open-form]");
  if (opener) return show(opener.dataset.openForm);
  const form = target.closest("[data-compose-form]");
  const answered = form && target.closest("[data-seen]");
  if (!answered) return;
  form.dataset.seen = answered.dataset.seen; // it has been read now
  if (target.closest("[data-keep-writing]")) answered.remove();
  if (target.closest("[data-send-anyway]")) form.requestSubmit();
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-compose-form]");
  if (!form) return;
  event.preventDefault();
  send(form);
});

for (const name of ["input", "change"]) {
  document.addEventListener(name, ({ target }) => {
    if (target.matches("[data-filter], [data-filter-language]")) {
      narrow(target.closest("[data-picker], .menu__list"));
    }
    const form = target.closest("[data-preview]");
    if (!form || name === "change") return;
    clearTimeout(timer);
    timer = setTimeout(() => preview(form), PREVIEW_MS);
  });
}

document.addEventListener("desk:dialog", ({ detail }) => show(detail.url));
