// The list keeps itself true: what went stale is fetched and put in its place, without moving
// what the agent looks at. On connecting everything loaded is fetched again, quietly.

const MOST_CODES = 50;
const MOST_ROWS = 300; // fetched anew at once; what lies further down comes by scrolling

const rows = document.getElementById("rows");
const ascending = rows?.dataset.order === "ascending";
let current = document.getElementById("conversation")?.dataset.code || null;

function url(address, parameters) {
  const target = new URL(address, location);
  for (const [name, value] of parameters) target.searchParams.append(name, value);
  if (current) target.searchParams.set("current", current);
  return target;
}

async function fetchItems(address, parameters = []) {
  const answer = await fetch(url(address, parameters), { headers: { "HX-Request": "true" } });
  if (!answer.ok || answer.redirected) throw new Error(answer.status);
  const holder = document.createElement("ol");
  holder.innerHTML = await answer.text();
  return [...holder.children];
}

// --- Rows in their order -------------------------------------------------------------------

function comesBefore(a, b) {
  return ascending ? a.dataset.order < b.dataset.order : a.dataset.order > b.dataset.order;
}

function findPlace(row) {
  for (const other of rows.querySelectorAll(".row")) if (comesBefore(row, other)) return other;
  return document.getElementById("rows-more");
}

// Beyond the last row that is loaded: it comes with its page.
function isBeyond(row) {
  const more = document.getElementById("rows-more");
  const last = more?.previousElementSibling;
  return Boolean(more && last?.dataset.order && comesBefore(last, row));
}

function put(row) {
  const old = document.getElementById(row.id);
  if (old?.outerHTML === row.outerHTML) return;
  const hadFocus = old?.contains(document.activeElement);
  old?.remove();
  if (isBeyond(row)) return;
  if (!old) row.classList.add("row--new");
  rows.insertBefore(row, findPlace(row));
  htmx.process(row);
  if (hadFocus) row.querySelector("a").focus({ preventScroll: true });
}

function drop(code) {
  const row = document.getElementById(`row-${code}`);
  if (!row) return;
  const neighbour = row.nextElementSibling || row.previousElementSibling;
  const hadFocus = row.contains(document.activeElement);
  row.remove();
  if (hadFocus) neighbour?.querySelector("a")?.focus({ preventScroll: true });
}

// Changes above what the agent looks at do not move it.
function keepingPlace(change) {
  const top = rows.getBoundingClientRect().top;
  const seen = rows.scrollTop > 0 &&
    [...rows.querySelectorAll(".row")].find((row) => row.getBoundingClientRect().bottom > top);
  const before = seen ? seen.getBoundingClientRect().top : 0;
  change();
  const after = seen && document.getElementById(seen.id);
  if (after) rows.scrollTop += after.getBoundingClientRect().top - before;
}

function mark() {
  for (const link of rows.querySelectorAll(".row__link")) {
    if (link.closest(".row").dataset.code === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

// --- Fetching --------------------------------------------------------------------------------

async function fetchChanges(codes) {
  const items = await fetchItems(rows.dataset.changesUrl, codes.map((code) => ["code", code]));
  keepingPlace(() => {
    for (const item of items) {
      if (item.dataset.gone) drop(item.dataset.gone);
      else put(item);
    }
    mark(); // another may have been opened since these were asked for
    if (items.some((item) => item.matches(".row"))) rows.querySelector(".rows__empty")?.remove();
  });
  if (!rows.querySelector(".row")) await fetchAll();
}

// Everything that is loaded, anew: whatever was missed, the list is true again.
async function fetchAll() {
  const loaded = Math.min(rows.querySelectorAll(".row").length, MOST_ROWS);
  let items = await fetchItems(rows.dataset.url);
  while (items.at(-1)?.id === "rows-more" && items.length <= loaded) {
    const more = items.pop().getAttribute("hx-get");
    items = [...items, ...(await fetchItems(more))];
  }
  keepingPlace(() => {
    replace(items);
    mark();
  });
}

function replace(items) {
  const focused = document.activeElement?.closest?.("#rows .row")?.id;
  rows.replaceChildren(
    ...items.map((item) => {
      const old = item.id && document.getElementById(item.id);
      return old?.outerHTML === item.outerHTML ? old : item;
    }),
  );
  htmx.process(rows);
  if (focused) document.getElementById(focused)?.querySelector("a").focus({ preventScroll: true });
}

let waiting = new Set();
let isAll = false;
let isBusy = false;

// One fetch at a time; what goes stale meanwhile is fetched after it. No codes: everything.
async function refresh(codes) {
  if (codes) codes.forEach((code) => waiting.add(code));
  else isAll = true;
  if (isBusy) return;
  isBusy = true;
  try {
    while (isAll || waiting.size) {
      const [all, some] = [isAll || waiting.size > MOST_CODES, [...waiting]];
      [isAll, waiting] = [false, new Set()];
      await (all ? fetchAll() : fetchChanges(some));
    }
  } catch {
    // The connection is gone: live.js says so, and fetches everything when it is back.
    [isAll, waiting] = [false, new Set()];
  } finally {
    isBusy = false;
  }
}

// --- What others tell ----------------------------------------------------------------------------

if (rows) {
  document.addEventListener("desk:connected", () => refresh(null));
  document.addEventListener("desk:stale", ({ detail }) => {
    const codes = detail.hints.filter((hint) => hint.kind === "conversation").map((hint) => hint.code);
    if (detail.hints.some((hint) => hint.kind === "labels")) refresh(null);
    else if (codes.length) refresh(codes);
  });
  document.addEventListener("desk:opened", ({ detail }) => {
    current = detail.code;
    mark();
  });
  // A page of the list came: rows that moved into it meanwhile stand here once.
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    const { target } = detail; // none where the browser went back
    if (!target || !(rows.contains(target) || target.id === "rows-more")) return;
    const seen = new Set();
    for (const row of [...rows.querySelectorAll(".row")].reverse()) {
      if (seen.has(row.id)) row.remove();
      seen.add(row.id);
    }
    mark();
  });
}
