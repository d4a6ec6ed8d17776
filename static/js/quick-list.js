// "/" in the text opens the list of quick replies at the cursor; what is typed narrows it.
// Choosing one tells quick-reply.js, which inserts it.

const LIST_MS = 300_000; // after that it is fetched again
const MOST_SHOWN = 50;
const ASK_MS = 120;
// At the start of a line or after a space: not in addresses, dates and fractions.
const TOKEN = /(?:^|\s)\/([^\s/]{0,40})$/u;

let list = null; // {url, at, all, items}
let open = null; // {area, start, end, items, chosen}
let dismissed = -1; // where Escape closed it: it stays closed for this slash
let asked = 0;
let timer = 0;
let pending = null; // the text whose slash is being looked up
let isHasty = false; // Enter was pressed meanwhile: the first is meant

const box = () => document.querySelector("[data-quick-list]");
const options = () => document.getElementById("quick-options");

function tokenAt(area) {
  const caret = area.selectionEnd;
  if (area.selectionStart !== caret) return null;
  const found = TOKEN.exec(area.value.slice(Math.max(0, caret - 42), caret));
  return found && { start: caret - found[1].length - 1, end: caret, letters: found[1] };
}

function fold(text) {
  return text.toLowerCase().replaceAll("ß", "ss").normalize("NFKD").replace(/\p{M}/gu, "");
}

// --- What there is -----------------------------------------------------------------------------

async function fetched(url, body) {
  const request = { method: body ? "POST" : "GET", body, redirect: "manual" };
  const response = await fetch(url, request).catch(() => null);
  return response?.ok ? response.json() : null;
}

async function known() {
  const { url } = document.querySelector("[data-quick]").dataset;
  if (list?.url !== url || Date.now() - list.at > LIST_MS) {
    const answer = await fetched(url);
    list = answer && { ...answer, url, at: Date.now() };
  }
  return list;
}

// The shortcut's beginning goes first, then shortcut, name, text; -1: none of them has it.
function rank({ find: [shortcut, name, text] }, letters) {
  const starts = shortcut.split("\n").some((each) => each.startsWith(letters));
  return [starts, ...[shortcut, name, text].map((part) => part.includes(letters))].indexOf(true);
}

function narrowed(items, letters) {
  const ranked = items.map((item) => ({ item, place: rank(item, letters) }));
  const fitting = ranked.filter(({ place }) => place >= 0);
  return fitting.sort((a, b) => a.place - b.place).map(({ item }) => item);
}

async function matching(letters) {
  const all = await known();
  if (!all || all.all) return all && narrowed(all.items, fold(letters));
  const body = new FormData();
  body.set("q", letters);
  body.set("csrfmiddlewaretoken", document.querySelector("meta[name=csrf-token]").content);
  return (await fetched(all.url, body))?.items;
}

// --- Showing it --------------------------------------------------------------------------------

async function show(area, token, { isAsked = false } = {}) {
  const mine = ++asked;
  const items = await matching(token.letters);
  const now = tokenAt(area);
  if (mine !== asked) return;
  const isTaken = isHasty && items?.length;
  const isNone = !items?.length && !(items && isAsked && !token.letters);
  if (isNone || !area.isConnected || now?.start !== token.start) return close();
  [pending, isHasty] = [null, false];
  open = { area, ...now, items: items.slice(0, MOST_SHOWN), chosen: 0 };
  if (isTaken) return take(0);
  options().replaceChildren(...open.items.map(option));
  document.querySelector("[data-quick-none]").hidden = items.length > 0;
  box().hidden = false;
  place(area, token.start);
  for (const [name, value] of Object.entries(COMBOBOX)) area.setAttribute(name, value);
  choose(0);
  const { textFound } = box().dataset;
  document.querySelector("[data-quick-count]").textContent = textFound.replace("%n", open.items.length);
}

const COMBOBOX = {
  role: "combobox",
  "aria-expanded": "true",
  "aria-autocomplete": "list",
  "aria-haspopup": "listbox",
  "aria-controls": "quick-options",
};

function option(item, number) {
  const made = document.createElement("li");
  made.id = `quick-option-${number}`;
  made.className = "quick-list__item";
  made.role = "option";
  made.append(part("b", `/${item.shortcut}`), part("span", item.name), part("small", item.badge, "chip chip--warn"));
  if (!item.badge) made.lastChild.textContent = item.folder;
  if (!item.badge) made.lastChild.className = "faint";
  made.append(part("span", item.text, "quick-list__text"));
  made.addEventListener("pointermove", () => choose(number));
  // The cursor stays in the text.
  made.addEventListener("pointerdown", (event) => event.preventDefault());
  made.addEventListener("click", () => take(number));
  return made;
}

function part(name, text, className = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  made.dir = "auto";
  return made;
}

function choose(number) {
  const all = [...options().children];
  if (!open || !all.length) return;
  open.chosen = (number + all.length) % all.length;
  all.forEach((each, at) => (each.ariaSelected = String(at === open.chosen)));
  all[open.chosen].scrollIntoView({ block: "nearest" });
  open.area.setAttribute("aria-activedescendant", all[open.chosen].id);
}

// A copy of the text in the same shape tells where the slash is.
function place(area, start) {
  const copy = document.createElement("div");
  const style = getComputedStyle(area);
  for (const name of ["font", "lineHeight", "letterSpacing", "padding", "direction"]) copy.style[name] = style[name];
  Object.assign(copy.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word" });
  copy.style.inlineSize = `${area.clientWidth}px`;
  copy.textContent = area.value.slice(0, start);
  const mark = document.createElement("span");
  mark.textContent = "/";
  copy.append(mark);
  area.after(copy);
  const list = box();
  const above = area.offsetTop + mark.offsetTop - area.scrollTop;
  const room = area.offsetParent.clientWidth - list.offsetWidth;
  list.style.insetBlockEnd = `${area.offsetParent.clientHeight - Math.max(above, 0) + 4}px`;
  list.style.left = `${Math.max(0, Math.min(area.offsetLeft + mark.offsetLeft, room))}px`;
  copy.remove();
}

function close() {
  clearTimeout(timer);
  [pending, isHasty] = [null, false];
  asked += 1;
  if (box()) box().hidden = true;
  if (!open) return;
  for (const name of [...Object.keys(COMBOBOX), "aria-activedescendant"]) open.area.removeAttribute(name);
  open = null;
}

function take(number) {
  const { area, start, end, items } = open;
  close();
  const detail = { form: area.form, code: items[number].code, start, end };
  document.dispatchEvent(new CustomEvent("desk:quick-chosen", { detail }));
}

// --- What is listened to -----------------------------------------------------------------------

const isReply = (target) => target.matches?.("[data-reply-form] textarea");

function look(area, detail) {
  const token = tokenAt(area);
  if (token?.start !== dismissed) dismissed = -1;
  if (!token || dismissed >= 0) return close();
  clearTimeout(timer);
  pending = area;
  timer = setTimeout(() => show(area, token, detail), list && !list.all ? ASK_MS : 0);
}

document.addEventListener("input", (event) => {
  if (!isReply(event.target)) return;
  // Taking back what was inserted brings the slash back, but nobody asks for the list.
  if (event.isComposing || event.inputType === "historyUndo") return close();
  look(event.target);
});

document.addEventListener("selectionchange", () => {
  if (!open) return;
  const token = tokenAt(open.area);
  if (document.activeElement !== open.area || token?.start !== open.start) close();
});

// Before the composer hears it: Enter chooses here, and does not send.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target === pending && ["Enter", "Tab"].includes(event.key)) return wait(event);
    if (!open || event.target !== open.area) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose(open.chosen + step);
    else if (["Enter", "Tab"].includes(event.key) && open.items.length) take(open.chosen);
    else if (event.key === "Escape") dismiss();
    else return;
    keep(event);
  },
  true,
);

function wait(event) {
  isHasty = true;
  keep(event);
}

function keep(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function dismiss() {
  dismissed = open.start;
  close();
}

document.addEventListener("focusout", ({ target }) => [open?.area, pending].includes(target) && close());

document.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-quick-open]")) return;
  const area = target.closest("[data-reply-form]").body;
  area.focus();
  if (!tokenAt(area)) {
    const before = area.value.slice(0, area.selectionStart);
    document.dispatchEvent(new CustomEvent("desk:insert", { detail: { area, text: /(^|\s)$/.test(before) ? "/" : " /" } }));
  }
  dismissed = -1;
  look(area, { isAsked: true });
});

document.addEventListener("desk:composer", close);
