// The list keeps itself true: what went stale is fetched and put in its place, without moving
// what the agent looks at. On connecting the first page is fetched quietly.

const MOST_CODES = 50;
const SIDEBAR_MS = 5000;

const rows = document.getElementById("rows");
const sidebar = document.getElementById("sidebar");
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
  if (seen?.isConnected) rows.scrollTop += seen.getBoundingClientRect().top - before;
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
    if (items.some((item) => item.matches(".row"))) rows.querySelector(".rows__empty")?.remove();
  });
  if (!rows.querySelector(".row")) await fetchFirstPage();
}

// The first page replaces what stood there. Pages loaded below it stay when they still join.
async function fetchFirstPage() {
  const items = await fetchItems(rows.dataset.url);
  const fresh = items.filter((item) => item.matches(".row"));
  const last = fresh.at(-1);
  const hasMore = items.some((item) => item.id === "rows-more");
  keepingPlace(() => {
    const kept = new Set(fresh.map((row) => row.id));
    const below = hasMore
      ? [...rows.querySelectorAll(".row")].filter((row) => !kept.has(row.id) && comesBefore(last, row))
      : [];
    if (!below.length) {
      const focused = document.activeElement?.closest?.(".row")?.id;
      rows.replaceChildren(...items);
      htmx.process(rows);
      if (focused) document.getElementById(focused)?.querySelector("a").focus({ preventScroll: true });
      return;
    }
    for (const row of rows.querySelectorAll(".row")) {
      if (!kept.has(row.id) && !below.includes(row)) row.remove();
    }
    rows.querySelector(".rows__empty")?.remove();
    fresh.forEach(put);
  });
}

let waiting = null;
let isBusy = false;

// One fetch at a time; what goes stale meanwhile is fetched after it.
async function refresh(codes) {
  waiting = waiting && codes ? new Set([...waiting, ...codes]) : codes && !isAll ? new Set(codes) : null;
  isAll ||= !codes;
  if (isBusy) return;
  isBusy = true;
  try {
    while (isAll || waiting?.size) {
      const [all, some] = [isAll || waiting.size > MOST_CODES, [...(waiting || [])]];
      [isAll, waiting] = [false, null];
      await (all ? fetchFirstPage() : fetchChanges(some));
    }
  } catch {
    // The connection is gone: live.js says so, and fetches everything when it is back.
    [isAll, waiting] = [false, null];
  } finally {
    isBusy = false;
  }
}
let isAll = false;

// --- Sidebar and person ------------------------------------------------------------------------

let sidebarAt = 0;
let sidebarTimer = 0;

async function fetchSidebar() {
  sidebarTimer = 0;
  sidebarAt = Date.now();
  try {
    const answer = await fetch(sidebar.dataset.url, { headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.redirected) return;
    const text = await answer.text();
    const focused = document.activeElement?.closest?.("#sidebar a")?.getAttribute("href");
    const scrolled = sidebar.scrollTop;
    sidebar.innerHTML = text;
    htmx.process(sidebar);
    sidebar.scrollTop = scrolled;
    if (focused) sidebar.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
    refreshColours();
  } catch {
    // As above.
  }
}

function refreshSidebar() {
  sidebarTimer ||= setTimeout(fetchSidebar, Math.max(0, sidebarAt + SIDEBAR_MS - Date.now()));
}

// A label made since the page was opened has no colour yet.
let known = null;
function refreshColours() {
  const labels = [...sidebar.querySelectorAll("[data-label]")].map((one) => one.dataset.label).join();
  if (known !== null && known !== labels) {
    const sheet = document.querySelector("[data-label-colours]");
    if (sheet) sheet.href = `${sheet.href.split("?")[0]}?${encodeURIComponent(labels)}`;
  }
  known = labels;
}

function refreshPerson(codes) {
  const person = document.querySelector("#person > .person");
  if (!person || !codes.has(person.dataset.person)) return;
  if (person.hasAttribute("hx-get") || person.contains(document.activeElement)) return;
  if (person.querySelector("details[open]")) return;
  htmx.ajax("GET", person.dataset.url, { target: "#person", swap: "innerHTML" });
}

// --- What others tell ----------------------------------------------------------------------------

if (rows) {
  document.addEventListener("desk:connected", () => {
    refresh(null);
    refreshSidebar();
  });
  document.addEventListener("desk:stale", ({ detail }) => {
    const codes = detail.hints.filter((hint) => hint.kind === "conversation").map((hint) => hint.code);
    if (codes.length) {
      refresh(codes);
      refreshPerson(new Set(codes));
    }
    refreshSidebar();
  });
  document.addEventListener("desk:opened", ({ detail }) => {
    current = detail.code;
    mark();
  });
  // A page of the list came: rows that moved into it meanwhile stand here once.
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    if (!rows.contains(detail.target) && detail.target !== rows && detail.target.id !== "rows-more") return;
    const seen = new Set();
    for (const row of [...rows.querySelectorAll(".row")].reverse()) {
      if (seen.has(row.id)) row.remove();
      seen.add(row.id);
    }
    mark();
  });
  refreshColours();
}
