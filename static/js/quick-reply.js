// A quick reply that was chosen: its text at the cursor, its files in the tray, and what goes
// along with it below the text (quick-chips.js).

const tell = (name, detail = {}) => document.dispatchEvent(new CustomEvent(name, { detail }));

async function fetched(form, code, text = "") {
  const { url, textGone } = form.querySelector("[data-quick]").dataset;
  const query = text && `?${new URLSearchParams({ text })}`;
  const response = await fetch(`${url}${code}/${query}`, { redirect: "manual" }).catch(() => null);
  if (response?.ok) return response.json();
  if (response?.type === "opaqueredirect" || response?.status === 401) tell("desk:signed-out");
  else if (response?.status === 404) complain(form, textGone);
  else tell("desk:toast", { text: document.getElementById("composer").dataset.textUnreachable, tone: "danger" });
  return null;
}

function complain(form, text) {
  tell("desk:complain", { form, text });
}

async function insert({ form, code, start, end }) {
  const token = form.body.value.slice(start, end);
  const reply = await fetched(form, code);
  if (!reply || !form.isConnected) return;
  // Typed on meanwhile: then it goes where the cursor is.
  const isThere = form.body.value.slice(start, end) === token;
  const [from, to] = isThere ? [start, end] : [form.body.selectionStart, form.body.selectionEnd];
  if (!put(form, reply.text, from, to)) return;
  const { files, refusal, hint, ...kept } = reply;
  keep(form, { ...kept, acts: kept.acts.map((act) => ({ ...act, on: true })) });
  files.forEach((file) => tell("desk:add-file", { file }));
  if (refusal || hint) complain(form, refusal || hint);
  mark(form, from, reply.text);
}

// A message has one row of buttons: the latest.
function keep(form, reply) {
  const others = JSON.parse(form.dataset.quickReplies || "[]").filter(({ code }) => code !== reply.code);
  if (reply.buttons.length) others.forEach((each) => (each.buttons = []));
  tell("desk:quick-set", { form, quick: JSON.stringify([...others, reply]) });
  tell("desk:draft-changed");
}

// As if it were typed, so that Ctrl+Z takes it back.
function put(form, text, from, to) {
  const area = form.body;
  if (area.value.length - (to - from) + text.length > area.maxLength) {
    complain(form, form.querySelector("[data-quick]").dataset.textTooLong);
    return false;
  }
  area.focus();
  area.setSelectionRange(from, to);
  if (!text && from === to) return true;
  if (document.execCommand(text ? "insertText" : "delete", false, text)) return true;
  area.setRangeText(text, from, to, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

function mark(form, from, text) {
  tell("desk:quick-mark", { area: form.body, from, to: from + text.length });
}

async function changeText(form, code, name) {
  const was = form.dataset.quickReplies;
  const entry = JSON.parse(was).find((each) => each.code === code);
  const answer = await fetched(form, code, name);
  if (!form.isConnected) return;
  const at = answer ? form.body.value.indexOf(entry.text) : -1;
  if (at >= 0 && put(form, answer.text, at, at + entry.text.length)) {
    const { text, variant, buttons, labels } = answer;
    keep(form, { ...entry, text, variant, buttons, labels });
    return mark(form, at, text);
  }
  if (answer && at < 0) complain(form, form.querySelector("[data-quick]").dataset.textEdited);
  tell("desk:quick-set", { form, quick: was }); // as it was chosen before
}

document.addEventListener("desk:quick-chosen", ({ detail }) => insert(detail));
document.addEventListener("desk:insert", ({ detail: { area, text } }) => {
  put(area.form, text, area.selectionStart, area.selectionEnd);
});
document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-quick-text]")) changeText(target.form, target.dataset.quickText, target.value);
});
