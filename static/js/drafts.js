// What one writes survives closing the tab, a lost connection and an expired session: it lies in
// this browser, one draft for each agent and conversation, until the desk has it.

const KEPT_DAYS = 60;
const PREFIX = "draft:";

function composer() {
  return document.getElementById("composer");
}

function nameOf(code) {
  return `${PREFIX}${document.body.dataset.agent}:${code}`;
}

function read(code) {
  try {
    return JSON.parse(localStorage.getItem(nameOf(code))) || {};
  } catch {
    return {};
  }
}

function write(code, draft) {
  try {
    if (!draft.text && !draft.quoted && !draft.sending && !draft.attempt) localStorage.removeItem(nameOf(code));
    else localStorage.setItem(nameOf(code), JSON.stringify({ ...draft, at: Date.now() }));
  } catch {
    // A full or forbidden storage keeps nothing; writing still works.
  }
}

function save() {
  const { code } = composer().dataset;
  const form = composer().querySelector("[data-reply-form]");
  if (!form) return;
  const { sending, attempt } = read(code);
  const chip = form.querySelector("[data-quote-chip]");
  const quoted = form.quoted.value && {
    pk: form.quoted.value,
    speaker: chip.querySelector("[data-quote-speaker]").textContent,
    text: chip.querySelector("[data-quote-text]").textContent,
  };
  write(code, { text: form.body.value, quoted, sending, attempt });
}

// A text whose sending nobody saw the end of comes back, unless the thread shows that it arrived.
function unfinished(draft) {
  const { sending } = draft;
  if (!sending || sending.page === pageKey) return null;
  return document.querySelector(`[data-draft-key="${CSS.escape(sending.key)}"]`) ? null : sending;
}

// The conversation that was open went into this one: what was being written comes along.
function takeAlong(code) {
  const was = new URLSearchParams(location.search).get("was");
  const { text } = was ? read(was) : {};
  if (!text) return;
  const draft = read(code);
  write(code, { ...draft, text: [draft.text, text].filter(Boolean).join("\n") });
  localStorage.removeItem(nameOf(was));
}

function restore() {
  if (!composer()) return;
  const { code } = composer().dataset;
  takeAlong(code);
  const draft = read(code);
  const lost = unfinished(draft);
  const text = [lost?.text, draft.text].filter(Boolean).join("\n");
  const form = composer().querySelector("[data-reply-form]");
  if (!form) return offer(text);
  if (text && !form.body.value) form.body.value = text;
  const attempt = lost ?? draft.attempt;
  if (attempt?.text === text) form.dataset.attempt = JSON.stringify(attempt);
  if (draft.quoted) document.dispatchEvent(new CustomEvent("desk:quote", { detail: draft.quoted }));
  document.dispatchEvent(new CustomEvent("desk:draft"));
}

// Where nothing can be sent now, the text is at least shown and can be copied.
function offer(text) {
  const kept = composer().querySelector("[data-kept]");
  if (!kept || !text) return;
  kept.hidden = false;
  kept.querySelector("[data-kept-text]").textContent = text;
}

function tidy() {
  const oldest = Date.now() - KEPT_DAYS * 86_400_000;
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith(PREFIX)) continue;
    const draft = JSON.parse(localStorage.getItem(name) || "{}");
    if (!(draft.at > oldest)) localStorage.removeItem(name);
  }
}

const pageKey = String(Math.random());

document.addEventListener("input", ({ target }) => target.closest("[data-reply-form]") && save());
document.addEventListener("desk:draft-changed", save);
document.addEventListener("desk:composer", restore);
document.addEventListener("desk:sending", ({ detail: { code, key, text } }) => {
  write(code, { sending: { key, text, page: pageKey } });
});
document.addEventListener("desk:sent", ({ detail: { code, key } }) => {
  const draft = read(code);
  if (draft.sending?.key === key) write(code, { ...draft, sending: undefined });
  if (draft.attempt?.key !== key) return;
  // It had arrived after all: what is still in the field is what was sent.
  document.dispatchEvent(new CustomEvent("desk:arrived", { detail: draft.attempt }));
  const text = draft.text === draft.attempt.text ? "" : draft.text;
  write(code, { ...draft, text, attempt: undefined });
});
document.addEventListener("desk:not-sent", ({ detail: { code, key, text, isOpen } }) => {
  const draft = read(code);
  const attempt = isOpen ? { key, text } : undefined;
  write(code, { ...draft, text: draft.text || text, sending: undefined, attempt });
});
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-kept-copy]");
  if (!button) return;
  await navigator.clipboard?.writeText(composer().querySelector("[data-kept-text]").textContent);
  const detail = { text: button.dataset.textCopied, tone: "info" };
  document.dispatchEvent(new CustomEvent("desk:toast", { detail }));
});
try {
  tidy();
} catch {
  // An unreadable entry stays until somebody clears the browser.
}
