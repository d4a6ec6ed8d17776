// Sending what was written. The message appears at once in grey; what goes wrong comes back as a
// sentence, with the text where it was.

const tell = (name, detail = {}) => document.dispatchEvent(new CustomEvent(name, { detail }));
let queue = Promise.resolve();

function composer() {
  return document.getElementById("composer");
}

function replyForm() {
  return document.querySelector("#composer [data-reply-form]");
}

// One attempt keeps its key however often it is repeated; another text is another attempt.
function keyFor(form, text) {
  const attempt = JSON.parse(form.dataset.attempt || "{}");
  const key = attempt.text === text ? attempt.key : drafting.newKey();
  form.dataset.attempt = JSON.stringify({ key, text });
  return key;
}

function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight, innerHeight / 3)}px`;
}

function say(text) {
  tell("desk:toast", { text, tone: "danger" });
}

function submit(form, then = "") {
  form.dataset.then = then; // for sending it anyway, after a colleague's answer
  const asked = new CustomEvent("desk:before-send", { detail: { form }, cancelable: true });
  if (!document.dispatchEvent(asked)) return;
  if (form.querySelector("[data-tray]").childElementCount) return tell("desk:send-files", { form, then });
  const text = form.body.value;
  if (!text.trim()) return form.body.focus();
  const data = new FormData(form);
  const key = keyFor(form, text);
  data.set("draft_key", key);
  data.set("seen", drafting.seen(form));
  data.delete("then");
  if (then) data.set("then", then);
  const { code } = composer().dataset;
  const { quickReplies: quick } = form.dataset;
  const attempt = { form, data, key, text, quick, code, pending: showPending(key, text) };
  clear(form);
  tell("desk:sending", { code, key, text, quick });
  // One after the other, so that the order is the one they were written in.
  queue = queue.then(() => send(attempt));
}

function clear(form) {
  form.body.value = "";
  form.querySelector("[data-answered]").replaceChildren();
  form.querySelector("[data-errors]").replaceChildren();
  form.body.removeAttribute("aria-invalid");
  delete form.dataset.seen;
  unquote(form);
  tell("desk:quick-set", { form });
  grow(form.body);
}

function showPending(key, text) {
  const item = document.getElementById("pending-message").content.firstElementChild.cloneNode(true);
  item.dataset.pending = key;
  item.querySelector(".bubble__text").textContent = text;
  const thread = document.getElementById("thread");
  thread.append(item);
  thread.scrollTop = thread.scrollHeight;
  return item;
}

async function send(attempt) {
  const { form, data, key, code, pending } = attempt;
  const texts = composer()?.dataset ?? {};
  const headers = { "X-Requested-With": "fetch" };
  const request = { method: "POST", body: data, headers, redirect: "manual" };
  const response = await fetch(form.action, request).catch(() => null);
  if (response?.ok) {
    pending.remove();
    tell("desk:sent", { code, key });
    if (composer()?.dataset.code !== code) return;
    tell("thread:show", { html: await response.text(), isOwn: true });
    if (data.has("then")) tell("thread:state");
    if (response.headers.has("X-Labels")) tell("desk:choose-label", { url: response.headers.get("X-Labels") });
    return;
  }
  pending.remove();
  // Whether it arrived is not known without an answer: the same text keeps its key.
  giveBack(attempt, { isOpen: !response || response.status >= 500 });
  if (!response || response.status >= 500) return say(texts.textUnreachable);
  const isOut = response.type === "opaqueredirect" || [401, 403].includes(response.status);
  if (isOut) return tell("desk:signed-out");
  await explain(attempt, response);
}

function giveBack({ form, data, text, quick, code, key }, { isOpen }) {
  tell("desk:not-sent", { code, key, text, quick, isOpen });
  if (!form.isConnected) return;
  const { value } = form.body;
  form.body.value = value ? `${text}\n${value}` : text;
  if (!value) form.dataset.attempt = JSON.stringify({ key, text });
  if (quick && !form.dataset.quickReplies) tell("desk:quick-set", { form, quick });
  if (data.get("quoted")) form.quoted.value = data.get("quoted");
  grow(form.body);
  tell("desk:draft-changed");
}

async function explain({ form }, response) {
  if (response.status === 409) return showAnswered(form, await response.text());
  if (response.status !== 422) return say(composer().dataset.textRefused);
  const box = document.createElement("template");
  box.innerHTML = await response.text();
  const answer = box.content.getElementById("composer");
  if (!form.isConnected || !answer) return say(composer().dataset.textRefused);
  if (answer.dataset.state !== composer().dataset.state) {
    composer().replaceWith(answer);
    return tell("desk:composer");
  }
  form.querySelector("[data-errors]").replaceChildren(...answer.querySelector("[data-errors]").childNodes);
  form.body.setAttribute("aria-invalid", "true");
  form.body.setAttribute("aria-describedby", "reply-error");
  form.body.focus();
}

function showAnswered(form, html) {
  if (!form.isConnected) return;
  form.querySelector("[data-answered]").innerHTML = html;
  form.querySelector("[data-send-anyway]").focus();
}

// --- Quotes ----------------------------------------------------------------------------------

function quote({ pk, speaker, text }) {
  const form = replyForm();
  if (!form) return;
  form.quoted.value = pk;
  const chip = form.querySelector("[data-quote-chip]");
  chip.hidden = false;
  chip.querySelector("[data-quote-speaker]").textContent = speaker;
  chip.querySelector("[data-quote-text]").textContent = text;
}

function unquote(form) {
  form.quoted.value = "";
  form.querySelector("[data-quote-chip]").hidden = true;
}

// --- What is listened to -----------------------------------------------------------------------

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-reply-form]");
  if (!form) return;
  event.preventDefault();
  submit(form, event.submitter?.value);
});

// Enter that ends the writing of a word in another script is no Enter: Safari says so by its code.
function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
}

// As the agent chose. On a phone there is no Shift to begin a new line with, so Enter does.
function sends(event) {
  if (event.ctrlKey || event.metaKey) return true;
  const { enterSends } = document.body.dataset;
  return enterSends === "yes" && !event.shiftKey && !matchMedia("(pointer: coarse)").matches;
}

document.addEventListener("keydown", (event) => {
  const area = event.target.closest?.("[data-reply-form] textarea");
  if (!area || event.key !== "Enter" || isComposing(event) || !sends(event)) return;
  event.preventDefault();
  submit(area.form);
});

document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-reply-form] textarea")) return;
  grow(target);
  target.removeAttribute("aria-invalid");
});

document.addEventListener("click", ({ target }) => {
  const form = target.closest("[data-reply-form]");
  if (target.closest("[data-focus-reply]")) replyForm()?.body.focus();
  if (!form) return;
  if (target.closest("[data-unquote]")) {
    unquote(form);
    tell("desk:draft-changed");
  }
  const answered = target.closest("[data-seen]");
  if (target.closest("[data-keep-writing]")) {
    form.dataset.seen = answered.dataset.seen; // it has been read now
    form.querySelector("[data-answered]").replaceChildren();
  }
  if (target.closest("[data-send-anyway]")) {
    form.dataset.seen = answered.dataset.seen;
    form.requestSubmit(form.querySelector(form.dataset.then ? "[data-send-close]" : "[data-send]"));
  }
});

document.addEventListener("desk:arrived", ({ detail: { text } }) => {
  if (replyForm()?.body.value === text) clear(replyForm());
});
document.addEventListener("desk:complain", ({ detail: { form, text } }) => {
  const error = Object.assign(document.createElement("p"), { className: "field__error", textContent: text });
  form.querySelector("[data-errors]").replaceChildren(error);
});
document.addEventListener("desk:quote", ({ detail }) => quote(detail));
document.addEventListener("desk:draft", () => replyForm() && grow(replyForm().body));
