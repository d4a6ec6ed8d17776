// "@" in a note opens a list of colleagues and teams who may see the conversation. It narrows as
// one types; arrow keys choose, Enter or Tab takes. The name stands in the text, and beside it in
// the form the id that is meant.

const MOST = 8;
const ASKED = /(?:^|[\s(])@([^\n@]{0,40})$/u;
const fetched = new Map(); // address → promise of colleagues

let area = null;
let found = [];
let active = 0;

function list() {
  return document.getElementById("mention-list");
}

function colleaguesOf(url) {
  if (!fetched.has(url)) {
    const asked = fetch(url, { redirect: "manual" }).then(async (response) => (await response.json()).colleagues);
    asked.catch(() => fetched.delete(url));
    fetched.set(url, asked);
  }
  return fetched.get(url);
}

function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function picked(form) {
  return [...form.querySelectorAll("input[name=mention]")];
}

// What stands between "@" and the cursor; null where nobody is being named.
function asked() {
  const match = ASKED.exec(area.value.slice(0, area.selectionStart));
  if (!match) return null;
  const isDone = picked(area.form).some(({ dataset }) => dataset.name && match[1].startsWith(`${dataset.name} `));
  return isDone ? null : match[1];
}

async function look(target) {
  area = target;
  const words = asked();
  if (words === null) return close();
  const colleagues = await colleaguesOf(area.dataset.mentions).catch(() => []);
  if (area !== target || asked() !== words) return; // something was typed meanwhile
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  const fits = ({ name, detail }) => wanted.every((word) => fold(`${name} ${detail}`).includes(word));
  const starts = ({ name }) => fold(name).startsWith(wanted[0] ?? "");
  found = colleagues.filter(fits).sort((a, b) => starts(b) - starts(a)).slice(0, MOST);
  active = 0;
  if (found.length) show();
  else close();
}

function show() {
  const made = list() ?? document.createElement("ul");
  made.id = "mention-list";
  made.className = "mention-list";
  made.role = "listbox";
  made.ariaLabel = area.dataset.textMentions;
  made.replaceChildren(...found.map(option));
  if (!made.isConnected) area.before(made);
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-controls", made.id);
  mark();
}

function option({ name, detail }, at) {
  const item = document.createElement("li");
  item.id = `mention-${at}`;
  item.role = "option";
  const words = document.createElement("bdi");
  words.textContent = name;
  const more = document.createElement("small");
  more.textContent = detail;
  item.append(words, more);
  return item;
}

function mark() {
  [...list().children].forEach((item, at) => item.setAttribute("aria-selected", at === active));
  list().children[active].scrollIntoView({ block: "nearest" });
  area.setAttribute("aria-activedescendant", `mention-${active}`);
}

function close() {
  if (!list()) return;
  list().remove();
  for (const name of ["aria-controls", "aria-activedescendant"]) area?.removeAttribute(name);
}

function take(at) {
  const { id, name } = found[at];
  const end = area.selectionStart;
  const start = area.value.lastIndexOf("@", end - 1);
  close();
  if (!picked(area.form).some((input) => input.value === id)) remember(area.form, { id, name });
  area.setRangeText(`@${name} `, start, end, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}

function remember(form, { id, name }) {
  const input = document.createElement("input");
  input.type = "hidden";
  input.name = "mention";
  input.value = id;
  input.dataset.name = name;
  form.append(input);
}

document.addEventListener("input", ({ target }) => target.matches("[data-mentions]") && look(target));
document.addEventListener("desk:mentioned", ({ detail }) => remember(detail.form, detail));

// Before all others hear of the key: Enter does not save the note while it takes a name.
document.addEventListener(
  "keydown",
  (event) => {
    if (!list() || event.target !== area || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      active = (active + step + found.length) % found.length;
      mark();
    } else if (event.key === "Enter" || event.key === "Tab") take(active);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

// The text keeps the focus, so the list is there as long as it is needed.
document.addEventListener("pointerdown", (event) => {
  const item = event.target.closest("#mention-list [role=option]");
  if (!item) return close();
  event.preventDefault();
  take([...list().children].indexOf(item));
});

document.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-mention-button]")) return;
  const text = target.closest("form").querySelector("[data-mentions]");
  const isApart = /(^|\s)$/.test(text.value.slice(0, text.selectionStart));
  text.focus();
  text.setRangeText(isApart ? "@" : " @", text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
});
document.addEventListener("desk:opened", () => {
  close();
  fetched.clear(); // who may see it may have changed since
});
