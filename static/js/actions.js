// Acting on a conversation: plain forms, sent in the background, with a word about what happened
// and the way back.

const tell = (name, detail = {}) => document.dispatchEvent(new CustomEvent(name, { detail }));

let isBusy = false;

async function post(url, data) {
  if (isBusy) return;
  isBusy = true;
  await act(url, data);
  isBusy = false;
}

async function act(url, data) {
  data.set("csrfmiddlewaretoken", document.querySelector("meta[name=csrf-token]").content);
  const request = { method: "POST", body: data, headers: { "X-Requested-With": "fetch" }, redirect: "manual" };
  const response = await fetch(url, request).catch(() => null);
  if (response?.type === "opaqueredirect") return tell("desk:signed-out");
  const isWord = response?.headers.get("Content-Type")?.startsWith("application/json");
  if (isWord) say(await response.json());
  else tell("desk:toast", { text: document.getElementById("toasts").dataset.textFailed, tone: "danger" });
  // Also after a refusal: what is shown was not the newest.
  tell("thread:state");
  tell("desk:acted", { url });
}

function say({ text, tone = "info", undo, labels }) {
  if (labels) return tell("desk:choose-label", { url: labels });
  if (!text) return;
  const action = undo && { label: undo.label, run: () => post(undo.url, fieldsOf(undo.fields)) };
  tell("desk:toast", { text, tone, action });
}

function fieldsOf(fields) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) [value].flat().forEach((one) => data.append(name, one));
  return data;
}

// What was done along with something else.
document.addEventListener("desk:did", ({ detail }) => {
  say(detail);
  tell("thread:state");
});

// What another script did, with its way back.
document.addEventListener("desk:said", ({ detail }) => say(detail));

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-act]");
  if (!form) return;
  event.preventDefault();
  form.closest(".menu")?.removeAttribute("open");
  form.closest("dialog")?.close();
  post(form.action, new FormData(form, event.submitter));
});

document.addEventListener("desk:said", ({ detail }) => {
  say(detail);
  tell("thread:state");
});

// Menus that are long are fetched when they open.
document.addEventListener(
  "toggle",
  async ({ target }) => {
    const { lazyMenu } = target.dataset ?? {};
    if (!lazyMenu || !target.open) return;
    const response = await fetch(lazyMenu, { redirect: "manual" }).catch(() => null);
    if (!response?.ok) return;
    const list = target.querySelector(".menu__list");
    list.innerHTML = await response.text();
    list.querySelector("[data-filter]")?.focus();
  },
  true,
);

// Enter in the search of a menu takes the first that is left; after a note one still chooses.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches?.(".menu__list :is([data-filter], [data-note])")) return;
  event.preventDefault();
  const first = event.target.closest(".menu__list").querySelector("button[data-filtered]:not([hidden])");
  if (event.target.matches("[data-note]")) first?.focus();
  else first?.click();
});
