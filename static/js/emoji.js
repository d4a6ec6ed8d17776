// The emoji picker: fetched when it is first opened, searched by German and English words.

const RECENT = "emoji:recent";
const MOST_RECENT = 24;
let groups = null;

function composer() {
  return document.getElementById("composer");
}

async function toggle(button) {
  const panel = composer().querySelector(".emoji");
  if (panel) return close(button);
  groups ??= await fetch(composer().dataset.emoji)
    .then((response) => response.json())
    .then((answer) => answer.groups);
  button.setAttribute("aria-expanded", "true");
  const made = build(button.ariaLabel);
  button.closest("form").append(made);
  made.querySelector("input").focus();
}

function close(button = composer()?.querySelector("[data-emoji-button]")) {
  const panel = composer()?.querySelector(".emoji");
  if (!panel) return;
  panel.remove();
  button.setAttribute("aria-expanded", "false");
  composer().querySelector("textarea").focus();
}

function build(label) {
  const panel = document.createElement("div");
  panel.className = "emoji";
  panel.role = "group";
  panel.ariaLabel = label;
  const search = document.createElement("input");
  search.type = "search";
  search.className = "input";
  search.ariaLabel = search.placeholder = composer().dataset.textFindEmoji;
  const list = document.createElement("div");
  list.className = "emoji__list";
  search.addEventListener("input", () => fill(list, search.value));
  panel.append(search, list);
  fill(list, "");
  return panel;
}

function fill(list, words) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = ({ w }) => wanted.every((word) => w.includes(word));
  const shown = groups.map(({ label, emoji }) => ({ label, emoji: emoji.filter(matching) }));
  if (!wanted.length) shown.unshift({ label: "", emoji: recent().map((e) => ({ e, w: "" })) });
  list.replaceChildren(...shown.filter(({ emoji }) => emoji.length).flatMap(section));
}

function section({ label, emoji }) {
  const title = document.createElement("p");
  title.className = "menu__title";
  title.textContent = label;
  const grid = document.createElement("div");
  grid.className = "emoji__grid";
  grid.append(...emoji.map(buttonOf));
  return label ? [title, grid] : [grid];
}

function buttonOf({ e, w }) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = made.dataset.pick = e;
  made.title = w;
  return made;
}

function recent() {
  try {
    return JSON.parse(localStorage.getItem(RECENT)) || [];
  } catch {
    return [];
  }
}

function pick(emoji) {
  const area = composer().querySelector("textarea");
  area.setRangeText(emoji, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  const used = [emoji, ...recent().filter((other) => other !== emoji)];
  localStorage.setItem(RECENT, JSON.stringify(used.slice(0, MOST_RECENT)));
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-emoji-button]");
  if (button) return toggle(button);
  const picked = target.closest("#composer [data-pick]");
  if (picked) return pick(picked.dataset.pick);
  if (!target.closest(".emoji")) close();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !event.target.closest?.(".emoji")) return;
  event.preventDefault();
  close();
});
