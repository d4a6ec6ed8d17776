// Selecting rows: by their boxes, with Shift a range, x and Ctrl+A by keyboard, and all that is in
// the view, which the desk counts and keeps as it was (inbox/views/bulk.py). What leaves the list
// leaves the selection. bulk.js asks what is selected by selection:ask.

const rows = document.getElementById("rows");
const bar = document.getElementById("bulk-bar");
const modeButton = document.querySelector("[data-select-mode]");
const chosen = new Set(); // codes
let kept = null; // {chosen, codes}: the desk's own list
let loaded = new Set();
let anchor = null; // where a range begins

const tell = (name, detail = {}) => document.dispatchEvent(new CustomEvent(name, { detail }));
const all = () => [...rows.querySelectorAll(".row")];
const codeOf = (row) => row.dataset.code;

function show() {
  for (const row of all()) row.querySelector("[data-select]").checked = chosen.has(codeOf(row));
  if (!chosen.size) kept = null;
  const number = new Intl.NumberFormat(document.documentElement.lang).format(chosen.size);
  const isWhole = kept && kept.codes.length === chosen.size && kept.codes.every((code) => chosen.has(code));
  bar.hidden = !chosen.size;
  bar.querySelector("[data-select-count]").textContent =
    isWhole ? kept.text : bar.dataset.textCount.replace("%(count)s", number);
  const box = bar.querySelector("[data-select-loaded]");
  box.checked = chosen.size > 0 && all().every((row) => chosen.has(codeOf(row)));
  box.indeterminate = !box.checked && chosen.size > 0;
  bar.querySelector("[data-select-all]").hidden = isWhole || !document.getElementById("rows-more");
}

function set(list, isOn) {
  for (const row of list) isOn ? chosen.add(codeOf(row)) : chosen.delete(codeOf(row));
  show();
}

function clear() {
  chosen.clear();
  anchor = null;
  mode(false);
  show();
}

function toggle(row) {
  anchor = codeOf(row);
  set([row], !chosen.has(anchor));
}

// From where the last one was selected up to this row.
function selectRange(row) {
  const list = all();
  const from = list.findIndex((one) => codeOf(one) === anchor);
  if (from < 0) return toggle(row);
  const to = list.indexOf(row);
  set(list.slice(Math.min(from, to), Math.max(from, to) + 1), true);
}

function mode(isOn) {
  rows.toggleAttribute("data-selecting", isOn);
  modeButton.setAttribute("aria-pressed", isOn);
}

async function selectAll() {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", document.querySelector("meta[name=csrf-token]").content);
  const answer = await fetch(bar.dataset.allUrl, { method: "POST", body, redirect: "manual" }).catch(() => null);
  if (answer?.type === "opaqueredirect") return tell("desk:signed-out");
  if (!answer?.ok) {
    return tell("desk:toast", { text: document.getElementById("toasts").dataset.textFailed, tone: "danger" });
  }
  kept = await answer.json();
  chosen.clear();
  for (const code of kept.codes) chosen.add(code);
  show();
}

// What was there and is not any more has left this view.
function dropGone() {
  const now = new Set(all().map(codeOf));
  const gone = [...chosen].filter((code) => loaded.has(code) && !now.has(code));
  loaded = now;
  for (const code of gone) chosen.delete(code);
  if (gone.length) tell("desk:toast", { text: bar.dataset.textGone.replace("%(count)s", gone.length) });
  show();
}

function clicked(event) {
  const row = event.target.closest("#rows .row");
  if (!row) return;
  const isBox = event.target.matches("[data-select]");
  if (!isBox && !event.shiftKey && !rows.hasAttribute("data-selecting")) return;
  if (!isBox) event.preventDefault();
  event.stopPropagation(); // the conversation stays closed
  if (event.shiftKey) selectRange(row);
  else toggle(row);
}

function pressed(event) {
  if (event.defaultPrevented || document.querySelector("dialog[open], .menu[open]")) return;
  const row = document.activeElement?.closest?.("#rows .row");
  const isHere = row || document.activeElement?.closest?.("#bulk-bar");
  if (event.key === "Escape" && chosen.size && (isHere || document.activeElement === document.body)) {
    event.preventDefault();
    clear();
  } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a" && isHere) {
    event.preventDefault();
    set(all(), true);
  } else if (event.shiftKey && ["ArrowDown", "ArrowUp"].includes(event.key) && row) {
    event.preventDefault();
    extend(row, event.key === "ArrowDown" ? 1 : -1);
  }
}

function extend(row, step) {
  const list = all();
  const next = list[list.indexOf(row) + step];
  if (!next) return;
  if (!chosen.has(codeOf(row))) anchor = codeOf(row);
  set([row, next], true);
  const link = next.querySelector("a");
  link.focus({ preventScroll: true });
  link.scrollIntoView({ block: "nearest" });
}

if (rows && bar) {
  document.addEventListener("click", clicked, true); // before htmx opens the conversation
  document.addEventListener("keydown", pressed);
  modeButton.addEventListener("click", () => {
    const row = document.activeElement?.closest?.("#rows .row"); // pressed by its key
    if (row) toggle(row);
    else mode(!rows.hasAttribute("data-selecting"));
  });
  bar.querySelector("[data-select-loaded]").addEventListener("change", ({ target }) => set(all(), target.checked));
  bar.querySelector("[data-select-all]").addEventListener("click", selectAll);
  bar.querySelector("[data-select-none]").addEventListener("click", clear);
  document.addEventListener("selection:clear", clear);
  document.addEventListener("selection:ask", ({ detail: { data } }) => {
    const listed = new Set(kept?.codes);
    if (kept) data.set("chosen", kept.chosen);
    data.set("conversations", [...chosen].filter((code) => !listed.has(code)).join());
    data.set("without", [...listed].filter((code) => !chosen.has(code)).join());
  });
  new MutationObserver(dropGone).observe(rows, { childList: true });
  loaded = new Set(all().map(codeOf));
}
