// What goes along with quick replies, below the text: which they are, buttons, and what is done
// after sending. All of it can be taken out. It is kept in form.dataset.quickReplies, so that
// drafts can keep it too; others set it with desk:quick-set.

const tell = (name, detail = {}) => document.dispatchEvent(new CustomEvent(name, { detail }));
const bar = (form) => form.querySelector("[data-quick]");
const read = (form) => JSON.parse(form.dataset.quickReplies || "[]");

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
  tell("desk:quick-drawn", { form });
}

function hidden(name, value) {
  return Object.assign(made("input", ""), { type: "hidden", name, value });
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
  const box = Object.assign(made("input", ""), { type: "checkbox", name: "act", value: word, checked: on });
  chip.append(box, text);
  return chip;
}

// --- What is listened to -------------------------------------------------------------------------

// From a draft, when one is inserted, or back after a refusal; nothing after sending.
document.addEventListener("desk:quick-set", ({ detail: { form, quick } }) => {
  if (quick && quick !== "[]") form.dataset.quickReplies = quick;
  else delete form.dataset.quickReplies;
  draw(form);
});

document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-quick] [name=act]")) return;
  const replies = read(target.form);
  for (const act of replies.flatMap((reply) => reply.acts)) {
    if (act.word === target.value) act.on = target.checked;
  }
  target.form.dataset.quickReplies = JSON.stringify(replies);
  tell("desk:draft-changed");
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-quick-without], [data-quick-without-button]");
  if (!button) return;
  const { form } = button;
  const { quickWithout, quickWithoutButton } = button.dataset;
  const replies = read(form).filter((reply) => reply.code !== quickWithout);
  replies.forEach((reply) => (reply.buttons = reply.buttons.filter((title) => title !== quickWithoutButton)));
  tell("desk:quick-set", { form, quick: JSON.stringify(replies) });
  tell("desk:draft-changed");
  form.querySelector("[data-errors]").replaceChildren();
  form.body.focus();
});

// Who deletes the whole text means what goes along with it too.
document.addEventListener("input", ({ target, inputType }) => {
  if (!target.matches("[data-reply-form] textarea") || !target.form.dataset.quickReplies) return;
  const isEmptied = !target.value && inputType?.startsWith("delete");
  if (!isEmptied || target.form.querySelector("[data-tray] > li")) return;
  tell("desk:quick-set", { form: target.form });
  tell("desk:draft-changed");
});

// With the sent message comes what was done along with it, and the way back.
document.addEventListener("thread:show", ({ detail: { html } }) => {
  if (!html.includes("data-done")) return;
  const box = document.createElement("template");
  box.innerHTML = html;
  const done = box.content.querySelector("[data-done]");
  if (done) tell("desk:did", JSON.parse(done.dataset.done));
});
