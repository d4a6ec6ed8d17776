// Where one stands in the thread: at the end, at a message, or further up. Loads older and newer
// pages when their ends come into view, and keeps the place while things are put in.

const NEAR_END = 80; // pixels
const FLASH_MS = 2500;

let thread = null;
let ends = null;
let anchor = null;
let wasAtEnd = true;
let isStuck = true; // to the end, also while pictures arrive and the composer grows
let missed = 0;

function log() {
  return document.querySelector(".thread-log");
}

function isAtEnd() {
  return thread.scrollHeight - thread.scrollTop - thread.clientHeight < NEAR_END;
}

function toEnd() {
  thread.scrollTop = thread.scrollHeight;
  isStuck = true;
}

function stayAtEnd() {
  if (isStuck && !document.getElementById("newer")) thread.scrollTop = thread.scrollHeight;
}

const size = new ResizeObserver(stayAtEnd);

function open() {
  missed = 0;
  const { at } = thread.dataset;
  const start = at ? document.getElementById(`message-${at}`) : null;
  if (start) flash(start);
  else if (document.getElementById("unread-line")) lookAt(document.getElementById("unread-line"));
  else toEnd();
  mark(at ? document.getElementById("search-results")?.dataset.words || "" : "");
  watchEnds();
  showButton();
}

// Only the thread moves, never the page around it.
function lookAt(item) {
  const [box, place] = [thread.getBoundingClientRect(), item.getBoundingClientRect()];
  thread.scrollTop += place.top - box.top - (box.height - Math.min(place.height, box.height)) / 2;
}

function flash(item) {
  lookAt(item);
  item.classList.add("message--found");
  setTimeout(() => item.classList.remove("message--found"), FLASH_MS);
}

// Words one searched for, marked without touching what is written.
function mark(words) {
  if (!CSS.highlights) return;
  CSS.highlights.delete("found");
  const wanted = words.toLowerCase().split(/\s+/).filter((word) => word.length > 1);
  if (!wanted.length) return;
  const walker = document.createTreeWalker(thread, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(".bubble__text") ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP,
  );
  const ranges = [];
  while (walker.nextNode()) ranges.push(...rangesIn(walker.currentNode, wanted));
  CSS.highlights.set("found", new Highlight(...ranges));
}

function rangesIn(node, wanted) {
  const text = node.data.toLowerCase();
  const ranges = [];
  for (const word of wanted) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      if (at + word.length > node.length) break;
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + word.length);
      ranges.push(range);
    }
  }
  return ranges;
}

// --- Older and newer pages ---------------------------------------------------------------------

function watchEnds() {
  ends?.disconnect();
  ends = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach(({ target }) => load(target)),
    { root: thread, rootMargin: "400px 0px" },
  );
  for (const id of ["older", "newer"]) {
    const end = document.getElementById(id);
    if (end) ends.observe(end);
  }
}

async function load(end) {
  const isOlder = end.id === "older";
  ends.unobserve(end);
  const shown = thread.querySelectorAll("[id^='message-']");
  const from = shown[isOlder ? 0 : shown.length - 1];
  const query = new URLSearchParams({ [isOlder ? "before" : "after"]: from.dataset.order });
  end.textContent = thread.dataset.textLoading;
  const response = await fetch(`${thread.dataset.messages}?${query}`).catch(() => null);
  if (!response?.ok || !end.isConnected) return;
  const html = await response.text();
  const hasMore = response.headers.get(isOlder ? "X-Older" : "X-Newer") === "yes";
  log().setAttribute("aria-live", "off");
  if (!isOlder) end.remove();
  document.dispatchEvent(new CustomEvent("thread:show", { detail: { html, isPage: true } }));
  if (isOlder) {
    if (!hasMore) end.remove();
    thread.dataset.from = thread.querySelector("[id^='message-']").dataset.order;
  } else if (hasMore) {
    thread.append(end);
  }
  setTimeout(() => log()?.setAttribute("aria-live", "polite"), 500);
  if (end.isConnected) ends.observe(end);
}

// --- Keeping the place ---------------------------------------------------------------------------

document.addEventListener("thread:before", () => {
  wasAtEnd = isAtEnd();
  const top = thread.getBoundingClientRect().top;
  const item = [...thread.children].find(
    (child) => child.id.startsWith("message-") && child.getBoundingClientRect().bottom > top,
  );
  anchor = item && { id: item.id, top: item.getBoundingClientRect().top };
});

document.addEventListener("thread:after", ({ detail }) => {
  // Written while looking at an old part: the own message stands at the end, so go there.
  if (detail.isOwn && document.getElementById("newer")) return document.querySelector("#newer a").click();
  if (detail.isOwn || (wasAtEnd && !document.getElementById("newer"))) {
    toEnd();
  } else {
    const item = anchor && document.getElementById(anchor.id);
    if (item) thread.scrollTop += item.getBoundingClientRect().top - anchor.top;
    const last = anchor?.id && document.getElementById(anchor.id)?.dataset.order;
    missed += detail.fresh.filter(
      (added) => added.dataset.direction === "in" && added.dataset.order > last,
    ).length * (log().getAttribute("aria-live") === "off" ? 0 : 1);
  }
  showButton();
});

function showButton() {
  const button = document.getElementById("to-bottom");
  const away = !isAtEnd() || Boolean(document.getElementById("newer"));
  if (!away) missed = 0;
  button.hidden = !away;
  const badge = button.querySelector(".badge");
  badge.hidden = !missed;
  badge.textContent = missed;
}

document.addEventListener("thread:opened", (event) => {
  thread = event.detail.thread;
  isStuck = false;
  open();
  const scrolled = () => {
    isStuck = isAtEnd();
    showButton();
  };
  thread.addEventListener("scroll", scrolled, { passive: true });
  thread.addEventListener("load", stayAtEnd, true);
  size.disconnect();
  size.observe(thread);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("#to-bottom")) {
    const link = document.querySelector("#newer a");
    if (link) link.click();
    else toEnd();
  }
  const jump = event.target.closest("[data-jump]");
  const item = jump && document.getElementById(`message-${jump.dataset.jump}`);
  if (!item) return;
  event.preventDefault();
  flash(item);
});

// The full date of a time is said when somebody looks at it.
document.addEventListener("pointerover", ({ target }) => {
  const time = target.closest?.("#thread time[datetime]");
  if (!time || time.title) return;
  const { timeZone } = document.body.dataset;
  const format = { dateStyle: "full", timeStyle: "medium", timeZone };
  const words = new Intl.DateTimeFormat(document.documentElement.lang, format);
  time.title = words.format(new Date(time.dateTime));
});
