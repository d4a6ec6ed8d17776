// The list of telephones: newest conversation first.

import { find, icon, make, paint, say } from "./dom.js";
import { brief } from "./times.js";

const list = find("people");
const search = find("search");
const rows = new Map();
let chosen = null;

const KINDS = {
  image: "photo", video: "video", audio: "audio", document: "document", sticker: "sticker",
  location: "location", contacts: "contact", order: "order", unsupported: "unsupported",
};

export function summary(message) {
  if (message.revoked) return say("deleted");
  if (message.text) return message.text;
  const voice = message.type === "audio" && message.media?.voice;
  const key = voice ? "voice" : KINDS[message.type];
  return key ? say(key) : message.type;
}

export function identity(person) {
  if (person.hides_phone || !person.phone) return person.username ? `@${person.username}` : "WhatsApp";
  return `+${person.phone}`;
}

export function all() {
  return [...rows.values()].map((row) => row.person);
}

export const person = (id) => rows.get(id)?.person;

export function replace(people) {
  rows.clear();
  people.forEach((one) => rows.set(one.id, { person: one, node: null }));
  draw();
}

export function update(one) {
  const row = rows.get(one.id) ?? { node: null };
  clearTimeout(row.typing);
  const ends = () => update({ ...person(one.id), typing_for: 0 });
  const typing = one.typing_for > 0 && setTimeout(ends, one.typing_for * 1000);
  rows.set(one.id, { person: one, node: null, typing });
  draw();
}

export function forget(id) {
  rows.delete(id);
  draw();
}

export function choose(id) {
  chosen = id;
  for (const node of list.children) {
    node.querySelector("button").setAttribute("aria-current", node.dataset.id === id);
  }
}

let due = false;
function draw() {
  if (due) return;
  due = true;
  requestAnimationFrame(() => { due = false; drawNow(); });
}

function drawNow() {
  const wanted = search.value.trim().toLocaleLowerCase();
  const shown = [...rows.values()]
    .filter(({ person: one }) => `${one.name} ${identity(one)}`.toLocaleLowerCase().includes(wanted))
    .sort((a, b) => b.person.at - a.person.at || a.person.name.localeCompare(b.person.name));
  const focused = document.activeElement?.closest?.("[data-id]")?.dataset.id;
  for (const row of shown) row.node ??= line(row.person);
  list.replaceChildren(...shown.map((row) => row.node));
  find("nobody").hidden = rows.size > 0;
  const again = focused && list.querySelector(`[data-id="${CSS.escape(focused)}"] button`);
  again?.focus({ preventScroll: true });
}

function line(one) {
  const preview = one.typing_for > 0 ? say("typing") : one.last ? summary(one.last) : identity(one);
  const count = `${one.unread} ${say("unread")}`;
  const badge = one.unread ? make("span", { class: "badge", text: one.unread, title: count }) : null;
  const button = make("button", { type: "button", class: "person", "aria-current": String(one.id === chosen) },
    paint(make("span", { class: "avatar", "aria-hidden": "true" }), one.name),
    make("span", { class: "person__text" },
      make("span", { class: "person__name", dir: "auto", text: one.name }),
      make("span", { class: "person__last", dir: "auto", text: preview })),
    make("span", { class: "person__side" },
      make("time", { text: one.at ? brief(one.at) : "" }),
      badge ?? (one.online ? null : icon("off"))));
  const item = make("li", { "data-id": one.id }, button);
  if (!one.online) item.classList.add("is-off");
  return item;
}

search.addEventListener("input", draw);

export function onChoice(handler) {
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[data-id]");
    if (item) handler(item.dataset.id);
  });
}
