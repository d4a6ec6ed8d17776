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
    if (!draft.text && !draft.quoted && !draft.quick && !draft.sending?.length && !draft.attempt) localStorage.removeItem(nameOf(code));
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
  write(code, { text: form.body.value, quoted, quick: form.dataset.quickReplies, sending, attempt });
}

// Texts whose sending nobody saw the end of come back, unless the thread shows that they arrived.
function bringBack(draft) {
  const [ours, others] = [[], []];
  for (const sent of draft.sending || []) (sent.page === pageKey ? ours : others).push(sent);
  const lost = others.filter(({ key }) => !document.querySelector(`[data-draft-key="${CSS.escape(key)}"]`));
  return {
    ...draft,
    text: [...lost.map(({ text }) => text), draft.text].filter(Boolean).join("\n"),
    quick: draft.quick ?? lost.at(-1)?.quick,
    attempt: lost.length ? lost.at(-1) : draft.attempt,
    sending: ours,
  };
}

// The conversation that was open went into this one: what was being written comes along.
function takeAlong(code) {
  const was = new URLSearchParams(location.search).get("was");
  const { text, quick } = was ? read(was) : {};
  if (!text) return;
  const draft = read(code);
  write(code, { ...draft, quick: draft.quick ?? quick, text: [draft.text, text].filter(Boolean).join("\n") });
  localStorage.removeItem(nameOf(was));
}

function restore() {
  if (!composer()) return;
  const { code } = composer().dataset;
  takeAlong(code);
  const draft = bringBack(read(code));
  const { text, attempt } = draft;
  write(code, draft);
  const form = composer().querySelector("[data-reply-form]");
  if (!form) return offer(text);
  if (text && !form.body.value) form.body.value = text;
  if (attempt?.text === text) form.dataset.attempt = JSON.stringify(attempt);
  if (draft.quick) document.dispatchEvent(new CustomEvent("desk:quick-set", { detail: { form, quick: draft.quick } }));
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

// The draft without the text that is no longer on its way.
function settled(code, key) {
  const draft = read(code);
  return { ...draft, sending: (draft.sending || []).filter((sent) => sent.key !== key) };
}

const pageKey = String(Math.random());

document.addEventListener("input", ({ target }) => target.closest("[data-reply-form]") && save());
document.addEventListener("desk:draft-changed", save);
document.addEventListener("desk:composer", restore);
document.addEventListener("desk:sending", ({ detail: { code, key, text, quick } }) => {
  write(code, { sending: [...(read(code).sending || []), { key, text, quick, page: pageKey }] });
});
document.addEventListener("desk:sent", ({ detail: { code, key } }) => {
  const draft = settled(code, key);
  write(code, draft);
  if (draft.attempt?.key !== key) return;
  // It had arrived after all: what is still in the field is what was sent.
  document.dispatchEvent(new CustomEvent("desk:arrived", { detail: draft.attempt }));
  const text = draft.text === draft.attempt.text ? "" : draft.text;
  write(code, { ...draft, text, quick: text ? draft.quick : undefined, attempt: undefined });
});
document.addEventListener("desk:not-sent", ({ detail: { code, key, text, quick, isOpen } }) => {
  const draft = settled(code, key);
  const attempt = isOpen ? { key, text } : undefined;
  write(code, { ...draft, text: draft.text || text, quick: draft.quick ?? quick, attempt });
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
