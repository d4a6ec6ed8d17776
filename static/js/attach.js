// Files to send: chosen, pasted or dropped, shown before they leave, with their progress.

const tell = (name, detail = {}) => document.dispatchEvent(new CustomEvent(name, { detail }));
// List item → { file, key, voice }. A file with a code in ``stored`` lies at the desk already.
const files = new WeakMap();

function tray() {
  // Not while a note is written: its files go with the note (notes.js).
  return document.querySelector("[data-mode=reply] > #composer [data-tray]");
}

function sizeOf(bytes) {
  const isSmall = bytes < 1_000_000;
  const amount = isSmall ? Math.max(1, bytes / 1000) : bytes / 1_000_000;
  const unit = isSmall ? "kilobyte" : "megabyte";
  const style = { style: "unit", unit, maximumFractionDigits: isSmall ? 0 : 1 };
  return new Intl.NumberFormat(document.documentElement.lang, style).format(amount);
}

function part(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function add(file, { voice = false } = {}) {
  const list = tray();
  if (!list) return;
  const item = part("li", "tray__item");
  item.append(previewOf(file), part("span", "tray__name cut", file.name), part("small", "", sizeOf(file.size)));
  const remove = part("button", "button button--small button--quiet", "✕");
  remove.type = "button";
  remove.setAttribute("aria-label", `${list.dataset.textRemove}: ${file.name}`);
  remove.addEventListener("click", () => drop(item));
  const progress = part("progress", "tray__progress");
  progress.max = 1;
  progress.value = 0;
  progress.hidden = true;
  item.append(remove, progress, part("p", "field__error"));
  files.set(item, { file, voice, key: drafting.newKey() });
  list.append(item);
  list.hidden = false;
  if (file.size > Number(list.dataset.maxBytes)) fail(item, list.dataset.textTooLarge);
  document.querySelector("#composer textarea")?.focus();
}

function previewOf(file) {
  const isPicture = ["image/jpeg", "image/png", "image/webp", "image/gif"].includes(file.type) && !file.stored;
  const shown = part(isPicture ? "img" : "span", "tray__preview");
  if (!isPicture) {
    shown.textContent = (file.name.split(".").pop() || "").slice(0, 4);
    return shown;
  }
  shown.alt = "";
  shown.src = URL.createObjectURL(file);
  return shown;
}

function drop(item) {
  const { src } = item.querySelector("img") ?? {};
  if (src) URL.revokeObjectURL(src);
  const list = item.parentElement;
  item.remove();
  if (list) list.hidden = !list.childElementCount;
}

function fail(item, text) {
  item.querySelector(".field__error").textContent = text;
  item.querySelector("progress").hidden = true;
}

// --- Sending -----------------------------------------------------------------------------------

async function sendAll(form, then) {
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  const text = form.body.value;
  for (const item of [...form.querySelectorAll("[data-tray] > li")]) {
    if (!(await send(form, item))) break;
  }
  delete form.dataset.busy;
  if (!form.isConnected || form.querySelector("[data-tray] > li")) return;
  // What could not be a caption goes as a text of its own; what is being typed meanwhile stays.
  const isTextLeft = text.trim() && form.body.value === text;
  if (isTextLeft) form.requestSubmit(form.querySelector(then ? "[data-send-close]" : "[data-send]"));
  else if (then) document.querySelector("#conversation-header form[action$='/close/']")?.requestSubmit();
}

async function send(form, item) {
  const { file, key, voice } = files.get(item);
  const hasButtons = form.querySelector("[data-quick] [name=button]");
  const takesCaption = !file.type.startsWith("audio/") && form.body.value.length <= 1024 && !hasButtons;
  const caption = takesCaption ? form.body.value : "";
  const data = new FormData();
  for (const name of ["csrfmiddlewaretoken", "quoted"]) data.set(name, form[name].value);
  data.set("seen", drafting.seen(form));
  data.set("draft_key", key);
  data.set("caption", caption);
  if (voice) data.set("voice", "on");
  data.set(file.stored ? "quick_file" : "file", file.stored ?? file);
  const isLast = item.parentElement.childElementCount === 1 && caption === form.body.value;
  addQuick(form, data, isLast);
  item.querySelector(".field__error").textContent = "";
  const answer = await upload(form.dataset.fileAction, data, item.querySelector("progress"));
  if (answer.status === 200) return sent(form, item, caption, answer.text, isLast);
  if (answer.status === 409) form.querySelector("[data-answered]").innerHTML = answer.text;
  else fail(item, reason(answer));
  return false;
}

// What goes along with a quick reply is done with the last message of the answer.
function addQuick(form, data, isLast) {
  const given = new FormData(form);
  for (const name of ["quick_reply", "act"]) given.getAll(name).forEach((value) => data.append(name, value));
  if (!isLast) data.set("continues", "on");
}

function sent(form, item, caption, html, isLast) {
  drop(item);
  if (caption && form.body.value === caption) form.body.value = "";
  form.quoted.value = "";
  form.querySelector("[data-quote-chip]").hidden = true;
  form.querySelector("[data-answered]").replaceChildren();
  if (isLast) tell("desk:quick-set", { form });
  tell("desk:draft-changed");
  tell("thread:show", { html, isOwn: true });
  return true;
}

function reason({ status, text }) {
  if (status === 422) return JSON.parse(text).errors.join(" ");
  return status === 413 ? tray().dataset.textTooLarge : tray().dataset.textFailed;
}

// XMLHttpRequest, because fetch does not tell how much has gone up.
function upload(url, data, progress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("X-Requested-With", "fetch");
    request.upload.addEventListener("progress", (event) => {
      progress.hidden = false;
      progress.value = event.lengthComputable ? event.loaded / event.total : 0;
    });
    request.addEventListener("loadend", () => resolve({ status: request.status, text: request.responseText }));
    request.send(data);
  });
}

// --- What is listened to -----------------------------------------------------------------------

document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-attach]")) return;
  [...target.files].forEach((file) => add(file));
  target.value = "";
});

document.addEventListener("paste", (event) => {
  if (!event.target.closest?.("[data-reply-form]") || !event.clipboardData.files.length) return;
  event.preventDefault();
  [...event.clipboardData.files].forEach((file) => add(file));
});

function isDrop(event) {
  return event.target.closest?.("#conversation") && event.dataTransfer?.types.includes("Files") && tray();
}

document.addEventListener("dragover", (event) => {
  if (!isDrop(event)) return;
  event.preventDefault();
  document.getElementById("composer").classList.add("composer--drop");
});

document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.getElementById("composer")?.classList.remove("composer--drop");
});

document.addEventListener("drop", (event) => {
  document.getElementById("composer")?.classList.remove("composer--drop");
  if (!isDrop(event)) return;
  event.preventDefault();
  [...event.dataTransfer.files].forEach((file) => add(file));
});

document.addEventListener("desk:add-file", ({ detail }) => add(detail.file, detail));
document.addEventListener("desk:send-files", ({ detail }) => sendAll(detail.form, detail.then));
