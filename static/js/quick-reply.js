// A quick reply that was chosen: its text at the cursor, its files in the tray, and below the text
// what goes along with it: buttons, and what is done after sending. All of it can be taken out.
// What stands there is kept in form.dataset.quickReplies, so that drafts can keep it too.

const tell = (name, detail = {}) => document.dispatchEvent(new CustomEvent(name, { detail }));
const PLACE = /\{\{\s*[\p{L}\p{N}_.]+\s*(?:\|[^{}]*)?\}\}/gu;

const bar = (form) => form.querySelector("[data-quick]");
const read = (form) => JSON.parse(form.dataset.quickReplies || "[]");

function write(form, replies) {
  if (replies.length) form.dataset.quickReplies = JSON.stringify(replies);
  else delete form.dataset.quickReplies;
  draw(form);
  tell("desk:draft-changed");
}

function complain(form, text) {
  form.querySelector("[data-errors]").replaceChildren(made("p", "field__error", text));
}

// --- Inserting ---------------------------------------------------------------------------------

async function fetched(form, code, text = "") {
  const query = text && `?${new URLSearchParams({ text })}`;
  const response = await fetch(`${bar(form).dataset.url}${code}/${query}`, { redirect: "manual" }).catch(() => null);
  if (response?.ok) return response.json();
  if (response?.type === "opaqueredirect" || response?.status === 401) tell("desk:signed-out");
  else if (response?.status === 404) complain(form, bar(form).dataset.textGone);
  else tell("desk:toast", { text: document.getElementById("composer").dataset.textUnreachable, tone: "danger" });
  return null;
}

async function insert({ form, code, start, end }) {
  const token = form.body.value.slice(start, end);
  const reply = await fetched(form, code);
  if (!reply || !form.isConnected) return;
  // Typed on meanwhile: then it goes where the cursor is.
  const isThere = form.body.value.slice(start, end) === token;
  const [from, to] = isThere ? [start, end] : [form.body.selectionStart, form.body.selectionEnd];
  if (!put(form, reply.text, from, to)) return;
  add(form, reply);
  reply.files.forEach((file) => tell("desk:add-file", { file }));
  if (reply.refusal || reply.hint) complain(form, reply.refusal || reply.hint);
  markPlace(form.body, from, from + reply.text.length);
}

function add(form, { code, shortcut, badge, text, variant, variants, buttons, acts }) {
  const others = read(form).filter((each) => each.code !== code);
  // A message has one row of buttons: the latest.
  if (buttons.length) others.forEach((each) => (each.buttons = []));
  const on = acts.map((act) => ({ ...act, on: true }));
  write(form, [...others, { code, shortcut, badge, text, variant, variants, buttons, acts: on }]);
}

// As if it were typed, so that Ctrl+Z takes it back.
function put(form, text, from, to) {
  const area = form.body;
  if (area.value.length - (to - from) + text.length > area.maxLength) {
    complain(form, bar(form).dataset.textTooLong);
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

async function changeText(form, code, name) {
  const entry = read(form).find((each) => each.code === code);
  const answer = await fetched(form, code, name);
  if (!answer || !form.isConnected) return draw(form);
  const at = form.body.value.indexOf(entry.text);
  if (at < 0) complain(form, bar(form).dataset.textEdited);
  else if (put(form, answer.text, at, at + entry.text.length)) {
    const { text, variant, buttons } = answer;
    const others = read(form).filter((each) => each.code !== code);
    if (buttons.length) others.forEach((each) => (each.buttons = []));
    write(form, [...others, { ...entry, text, variant, buttons }]);
    return markPlace(form.body, at, at + text.length);
  }
  draw(form);
}

// --- Places that nothing was known for ------------------------------------------------------------

const placesIn = (text) => [...new Set(text.match(PLACE) || [])];

function markPlace(area, from = 0, to = area.value.length) {
  const [place] = placesIn(area.value.slice(from, to));
  if (!place) return;
  const at = area.value.indexOf(place, from);
  area.focus();
  area.setSelectionRange(at, at + place.length);
}

function drawPlaces(form) {
  bar(form).querySelector("[data-quick-places]")?.remove();
  const places = form.dataset.quickReplies ? placesIn(form.body.value) : [];
  if (!places.length) return;
  const hint = made("p", "quick__hint", bar(form).dataset.textMissing);
  hint.dataset.quickPlaces = "";
  hint.setAttribute("role", "status");
  hint.append(...places.map(placeButton));
  bar(form).append(hint);
}

function placeButton(place) {
  const button = made("button", "quick__place", place.slice(2, -2).trim());
  button.type = "button";
  button.dataset.quickPlace = place;
  return button;
}

// --- What goes along ----------------------------------------------------------------------------

function made(name, className, text = "") {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}

function draw(form) {
  const replies = read(form);
  const acts = new Map(replies.flatMap((reply) => reply.acts.map((act) => [act.word, act])));
  bar(form).hidden = !replies.length;
  bar(form).replaceChildren(
    ...replies.map((reply) => replyChip(form, reply)),
    ...replies.flatMap((reply) => reply.buttons).map((title) => buttonChip(form, title)),
    ...[...acts.values()].map(actChip),
  );
  drawPlaces(form);
}

function hidden(name, value) {
  const field = made("input", "");
  Object.assign(field, { type: "hidden", name, value });
  return field;
}

function remover(form, data, text) {
  const button = made("button", "", "✕");
  button.type = "button";
  Object.assign(button.dataset, data);
  button.setAttribute("aria-label", bar(form).dataset.textRemove.replace("%p", () => text));
  return button;
}

function replyChip(form, { code, shortcut, badge, variant, variants }) {
  const chip = made("span", "quick__chip");
  chip.append(hidden("quick_reply", code), made("b", "", `/${shortcut}`));
  if (badge) chip.append(made("span", "chip chip--warn", badge));
  if (variants.length > 1) {
    const select = made("select", "");
    select.dataset.quickText = code;
    select.setAttribute("aria-label", bar(form).dataset.textVariant.replace("%p", () => `/${shortcut}`));
    select.append(...variants.map(({ name, label }) => new Option(label, name, false, name === variant)));
    chip.append(select);
  }
  chip.append(remover(form, { quickWithout: code }, `/${shortcut}`));
  return chip;
}

function buttonChip(form, title) {
  const chip = made("span", "quick__chip quick__chip--button");
  chip.append(hidden("button", title), made("span", "visually-hidden", `${bar(form).dataset.textButton}: `), title);
  chip.append(remover(form, { quickWithoutButton: title }, title));
  return chip;
}

function actChip({ word, text, on }) {
  const chip = made("label", "quick__chip quick__chip--act");
  const box = made("input", "");
  Object.assign(box, { type: "checkbox", name: "act", value: word, checked: on });
  chip.append(box, text);
  return chip;
}

// --- What is listened to -------------------------------------------------------------------------

const isReply = (target) => target.matches?.("[data-reply-form] textarea");

document.addEventListener("desk:quick-chosen", ({ detail }) => insert(detail));
document.addEventListener("desk:insert", ({ detail: { area, text } }) => {
  put(area.form, text, area.selectionStart, area.selectionEnd);
});

// From a draft, or back after a refusal; nothing after sending.
document.addEventListener("desk:quick-set", ({ detail: { form, quick } }) => {
  if (quick) form.dataset.quickReplies = quick;
  else delete form.dataset.quickReplies;
  draw(form);
});

document.addEventListener("input", ({ target, inputType }) => {
  if (!isReply(target) || !target.form.dataset.quickReplies) return;
  const isEmptied = !target.value && inputType?.startsWith("delete");
  if (isEmptied && !target.form.querySelector("[data-tray] > li")) return write(target.form, []);
  drawPlaces(target.form);
});

document.addEventListener("change", ({ target }) => {
  const form = target.closest("[data-reply-form]");
  if (target.matches("[data-quick-text]")) return changeText(form, target.dataset.quickText, target.value);
  if (!target.matches("[data-quick] [name=act]")) return;
  const replies = read(form);
  for (const act of replies.flatMap((reply) => reply.acts)) {
    if (act.word === target.value) act.on = target.checked;
  }
  form.dataset.quickReplies = JSON.stringify(replies);
  tell("desk:draft-changed");
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-quick] button");
  if (!button) return;
  const form = button.closest("[data-reply-form]");
  const { quickPlace, quickWithout, quickWithoutButton } = button.dataset;
  if (quickPlace) return markPlace(form.body, form.body.value.indexOf(quickPlace));
  const replies = read(form).filter((reply) => reply.code !== quickWithout);
  replies.forEach((reply) => (reply.buttons = reply.buttons.filter((title) => title !== quickWithoutButton)));
  write(form, replies);
  form.querySelector("[data-errors]").replaceChildren();
  form.body.focus();
});

document.addEventListener("desk:before-send", (event) => {
  const { form } = event.detail;
  if (!form.dataset.quickReplies) return;
  const [place] = placesIn(form.body.value);
  const lacksWords = form.querySelector("[data-quick] [name=button]") && !form.body.value.trim();
  if (!place && !lacksWords) return;
  event.preventDefault();
  const { textUnfilled, textNoWords } = bar(form).dataset;
  complain(form, place ? textUnfilled.replace("%p", () => place) : textNoWords);
  form.body.focus();
  markPlace(form.body);
});

// With the sent message comes what was done along with it, and the way back.
document.addEventListener("thread:show", ({ detail: { html } }) => {
  if (!html.includes("data-done")) return;
  const box = document.createElement("template");
  box.innerHTML = html;
  const done = box.content.querySelector("[data-done]");
  if (done) tell("desk:did", JSON.parse(done.dataset.done));
});
