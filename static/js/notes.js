// Notes for colleagues: the other side of where one writes. A form of its own, with its own draft,
// its own files and its own address, so that nothing written here can go to the customer.

const tell = (name, detail = {}) => document.dispatchEvent(new CustomEvent(name, { detail }));
const TELL_MS = 3000;
const files = new Map(); // conversation → files chosen
let mode = "reply";
let toldAt = 0;

function writing() {
  return document.getElementById("writing");
}

function form() {
  return document.querySelector("#writing [data-note-form]");
}

// --- Which side --------------------------------------------------------------------------------

function turn(to, { focus = true } = {}) {
  mode = to;
  writing().dataset.mode = to;
  for (const button of writing().querySelectorAll("[data-mode-button]")) {
    button.setAttribute("aria-pressed", button.dataset.modeButton === to);
    // In the other mode "r" leads back; in this one it goes to the text (shortcuts.js).
    if (button.dataset.modeButton !== "reply") continue;
    if (to === "note") button.dataset.shortcut = "r";
    else delete button.dataset.shortcut;
  }
  if (focus) writing().querySelector(to === "note" ? "#note-body" : "#reply-body")?.focus();
}

// --- Drafts: in this browser, one for each agent and conversation --------------------------------

function nameOf(code) {
  return `draft:${document.body.dataset.agent}:${code}:note`;
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
    if (draft.text) localStorage.setItem(nameOf(code), JSON.stringify({ ...draft, at: Date.now() }));
    else localStorage.removeItem(nameOf(code));
  } catch {
    // A full or forbidden storage keeps nothing; writing still works.
  }
  showMark();
}

function save() {
  const { code } = writing().dataset;
  const picked = [...form().querySelectorAll("input[name=mention]")].map(({ value, dataset }) => ({ id: value, name: dataset.name }));
  write(code, { ...read(code), text: form().body.value, picked });
}

// A draft that is not seen would be forgotten.
function showMark() {
  const code = writing()?.dataset.code;
  if (!code) return;
  writing().querySelector("[data-mode-button=note]").toggleAttribute("data-draft", Boolean(read(code).text));
}

// The conversation that was open went into this one: what was being written comes along.
function takeAlong(code) {
  const was = new URLSearchParams(location.search).get("was");
  const old = was ? read(was) : {};
  if (!old.text) return;
  const draft = read(code);
  write(code, { ...draft, text: [draft.text, old.text].filter(Boolean).join("\n"), picked: [...(draft.picked || []), ...(old.picked || [])] });
  localStorage.removeItem(nameOf(was));
}

function restore() {
  if (!form()) return;
  const { code } = writing().dataset;
  const isNew = !form().dataset.isShown; // the answering side alone is swapped now and then
  form().dataset.isShown = "yes";
  if (!isNew) return;
  mode = form().querySelector("[data-note-errors] *") ? "note" : "reply";
  takeAlong(code);
  const { text, picked = [] } = read(code);
  if (text && !form().body.value) form().body.value = text;
  for (const each of picked) tell("desk:mentioned", { form: form(), ...each });
  drawFiles();
  showMark();
  turn(mode, { focus: false });
}

// --- Files ---------------------------------------------------------------------------------------

function chosen() {
  const { code } = writing().dataset;
  if (!files.has(code)) files.set(code, []);
  return files.get(code);
}

function choose(more) {
  chosen().push(...more);
  drawFiles();
  form().body.focus();
}

function drawFiles() {
  const tray = form().querySelector("[data-note-tray]");
  tray.replaceChildren(...chosen().map((file) => item(file, tray.dataset)));
  tray.hidden = !chosen().length;
}

function item(file, { textRemove, textTooLarge, maxBytes }) {
  const made = document.createElement("li");
  made.className = "tray__item";
  const name = document.createElement("span");
  name.className = "tray__name cut";
  name.textContent = file.name;
  const remove = document.createElement("button");
  remove.className = "button button--small button--quiet";
  remove.type = "button";
  remove.textContent = "✕";
  remove.setAttribute("aria-label", `${textRemove}: ${file.name}`);
  remove.addEventListener("click", () => {
    chosen().splice(chosen().indexOf(file), 1);
    drawFiles();
  });
  const error = document.createElement("p");
  error.className = "field__error";
  error.textContent = file.size > Number(maxBytes) ? textTooLarge : "";
  made.append(name, remove, error);
  return made;
}

// --- Saving --------------------------------------------------------------------------------------

function newKey() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}

async function send(sent) {
  const { code } = writing().dataset;
  const attached = [...chosen()];
  if (sent.dataset.busy) return;
  if (!sent.body.value.trim() && !attached.length) return sent.body.focus();
  sent.dataset.busy = "yes";
  sent.querySelector("[data-note-send]").setAttribute("aria-busy", "true");
  const data = new FormData(sent);
  data.delete("attached");
  attached.forEach((file) => data.append("attached", file));
  // One attempt keeps its key until the desk has it, however often it is repeated.
  sent.dataset.key ||= read(code).key || newKey();
  data.set("draft_key", sent.dataset.key);
  write(code, { ...read(code), key: sent.dataset.key });
  const request = { method: "POST", body: data, headers: { "X-Requested-With": "fetch" }, redirect: "manual" };
  const response = await fetch(sent.action, request).catch(() => null);
  delete sent.dataset.busy;
  sent.querySelector("[data-note-send]").removeAttribute("aria-busy");
  if (response?.ok) return saved(sent, code, attached, await response.text());
  if (response?.status === 422) return explain(sent, await response.json());
  if (response?.type === "opaqueredirect" || [401, 403].includes(response?.status)) return tell("desk:signed-out");
  tell("desk:toast", { text: sent.dataset.textUnreachable, tone: "danger" });
}

function saved(sent, code, attached, html) {
  write(code, {});
  files.set(code, (files.get(code) || []).filter((file) => !attached.includes(file)));
  delete sent.dataset.key;
  sent.body.value = "";
  explain(sent, { errors: [] });
  sent.querySelectorAll("input[name=mention]").forEach((input) => input.remove());
  if (writing()?.dataset.code !== code) return;
  drawFiles();
  tell("thread:show", { html, isOwn: true });
}

function explain(sent, { errors }) {
  const lines = errors.map((error) => {
    const line = document.createElement("p");
    line.className = "field__error";
    line.textContent = error;
    return line;
  });
  delete sent.dataset.key; // another attempt
  sent.querySelector("[data-note-errors]").replaceChildren(...lines);
  sent.body.toggleAttribute("aria-invalid", Boolean(lines.length));
  if (lines.length) sent.body.focus();
}

// --- What is listened to -----------------------------------------------------------------------

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-mode-button]");
  if (button) turn(button.dataset.modeButton);
  if (target.closest("#message-menu [data-quote]")) turn("reply");
});

document.addEventListener("submit", (event) => {
  const sent = event.target.closest("[data-note-form]");
  if (!sent) return;
  event.preventDefault();
  send(sent);
});

document.addEventListener("keydown", (event) => {
  const area = event.target.closest?.("[data-note-form] textarea");
  if (!area || event.key !== "Enter" || event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
  const isEnough = document.body.dataset.enterSends === "yes" && !event.shiftKey && !matchMedia("(pointer: coarse)").matches;
  if (!event.ctrlKey && !event.metaKey && !isEnough) return;
  event.preventDefault();
  area.form.requestSubmit();
});

document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-note-form] textarea")) return;
  save();
  // Colleagues see that somebody writes; the customer is not told (company.js does that).
  if (Date.now() - toldAt < TELL_MS) return;
  toldAt = Date.now();
  tell("desk:typing", { code: writing().dataset.code, note: true });
});

document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-note-files]")) return;
  choose(target.files);
  target.value = "";
});

document.addEventListener("paste", (event) => {
  if (!event.target.closest?.("[data-note-form]") || !event.clipboardData.files.length) return;
  event.preventDefault();
  choose(event.clipboardData.files);
});

function isDrop(event) {
  return mode === "note" && form() && event.target.closest?.("#conversation") && event.dataTransfer?.types.includes("Files");
}

document.addEventListener("dragover", (event) => isDrop(event) && event.preventDefault());
document.addEventListener("drop", (event) => {
  if (!isDrop(event)) return;
  event.preventDefault();
  choose(event.dataTransfer.files);
});

document.addEventListener("desk:composer", restore);
