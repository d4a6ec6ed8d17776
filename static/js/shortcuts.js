// Keys for everything that is done often: a key presses the element with that data-shortcut.
// j and k walk through the rows of the list. "?" shows them all.

const SEQUENCE_MS = 1200;
let prefix = "";
let forget = 0;
let opened = null;

function isTyping(target) {
  const field = target.closest?.("input, textarea, select, [contenteditable]");
  return field && !field.matches("[type=checkbox], [type=radio]");
}

// What lies in a closed menu can be reached as well.
function isReachable(element) {
  if (element.disabled || element.ariaDisabled === "true") return false;
  const menu = element.closest("details:not([open])");
  return (menu || element).checkVisibility({ visibilityProperty: true });
}

// A row that has the focus goes before what is open.
function pressInRow(keys) {
  const row = document.activeElement?.closest?.("#rows .row");
  const element = row?.querySelector(`[data-row-shortcut="${CSS.escape(keys)}"]`);
  element?.click();
  return Boolean(element);
}

function press(keys) {
  if (pressInRow(keys)) return true;
  const marked = document.querySelectorAll(`[data-shortcut="${CSS.escape(keys)}"]`);
  const element = [...marked].find(isReachable);
  if (!element) return false;
  if (element.matches("input, textarea")) {
    element.focus();
    element.select();
  } else {
    element.click();
  }
  return true;
}

function walk(step) {
  const rows = [...document.querySelectorAll("#rows .row a[href]")];
  if (!rows.length) return false;
  let at = rows.indexOf(document.activeElement);
  if (at < 0) at = rows.findIndex((row) => row.closest(".row").dataset.code === opened);
  const next = rows[at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1)];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function understand(key) {
  const keys = prefix ? `${prefix} ${key}` : key;
  prefix = "";
  if (keys === "j") return walk(1);
  if (keys === "k") return walk(-1);
  if (press(keys)) return true;
  if (!document.querySelector(`[data-shortcut^="${CSS.escape(keys)} "]`)) return false;
  prefix = keys;
  clearTimeout(forget);
  forget = setTimeout(() => (prefix = ""), SEQUENCE_MS);
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.repeat && !/^[jk]$/.test(event.key)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector("dialog[open]") || event.target.closest?.(".menu[open]")) return;
  if (isTyping(event.target)) {
    // Out of the field, so that the next key is a shortcut again.
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key.length === 1 && understand(event.key)) event.preventDefault();
});

document.addEventListener("desk:opened", ({ detail }) => (opened = detail.code));
