// The open chat: draws messages in order, reacts to what is pressed in it.

import { get, post } from "./api.js";
import { bubble } from "./bubble.js";
import { find, icon, make, say } from "./dom.js";
import { day, dayKey } from "./times.js";

const chat = find("chat");
const EARLIER = { type: "button", class: "button button--quiet earlier", "data-earlier": true };
const EMOJI = ["👍", "❤️", "😂", "😮", "😢", "🙏"];
let messages = new Map();
let owner = null;
let more = false;
let stays = true; // at the end, and wants to stay there while pictures load
let quoteHandler = () => {};

export const onQuote = (handler) => { quoteHandler = handler; };

export async function open(id) {
  const data = await get(`/phone/people/${id}/messages`);
  if (!data) return null;
  owner = data.person;
  more = data.more;
  messages = new Map(data.messages.map((message) => [message.id, message]));
  draw();
  return owner;
}

export function toEnd() {
  chat.scrollTop = chat.scrollHeight;
  stays = true;
}

export function update(person, message) {
  if (person.id !== owner?.id) return;
  owner = person;
  if (!message) return;
  const known = messages.has(message.id);
  messages.set(message.id, message);
  if (known) rowOf(message.id)?.replaceWith(bubble(message));
  else draw();
  if (stays || !message.incoming) toEnd();
}

const rowOf = (id) => chat.querySelector(`[data-row="${CSS.escape(id)}"]`);

export function unread() {
  return owner?.unread ?? 0;
}

function draw() {
  const sorted = [...messages.values()].sort((a, b) => a.sequence - b.sequence);
  const nodes = more ? [make("button", { ...EARLIER, text: say("earlier") })] : [];
  let last = null;
  for (const message of sorted) {
    if (dayKey(message.at) !== last) nodes.push(between(day(message.at)));
    last = dayKey(message.at);
    nodes.push(bubble(message));
  }
  if (!sorted.length) nodes.push(between(say("empty_chat", { name: owner.business })));
  chat.replaceChildren(...nodes);
}

const between = (text) => make("p", { class: "day" }, make("span", { dir: "auto", text }));

async function earlier() {
  const first = Math.min(...[...messages.values()].map((message) => message.sequence));
  const data = await get(`/phone/people/${owner.id}/messages?before=${first}`);
  if (!data) return;
  more = data.more;
  const height = chat.scrollHeight;
  data.messages.forEach((message) => messages.set(message.id, message));
  draw();
  chat.scrollTop = chat.scrollHeight - height;
}

function react(button, id) {
  document.querySelector(".reactions")?.remove();
  const send = (emoji) => {
    post(`/people/${owner.id}/messages`, { type: "reaction", message: id, emoji });
    strip.remove();
    button.focus();
  };
  const options = EMOJI.map((emoji) => make("button", { type: "button", text: emoji, onclick: () => send(emoji) }));
  if (messages.get(id).reactions.them) {
    const label = { "aria-label": say("take_back"), title: say("take_back") };
    options.push(make("button", { type: "button", ...label, onclick: () => send("") }, icon("close")));
  }
  const strip = make("div", { class: "reactions", role: "group", "aria-label": say("react") }, ...options);
  button.closest("[data-row]").append(strip);
  options[0].focus();
}

chat.addEventListener("click", (event) => {
  const target = event.target.closest("button");
  const picking = target?.closest(".reactions") || target?.dataset.tool === "smile";
  if (!picking) document.querySelector(".reactions")?.remove();
  if (!target) return;
  const { press, of, tool, answer, go } = target.dataset;
  if (press !== undefined) post(`/people/${owner.id}/press`, { message: of, choice: Number(press) });
  else if (answer) post(`/people/${owner.id}/messages`, { type: answer });
  else if (tool === "reply") quoteHandler(messages.get(of));
  else if (tool === "smile") react(target, of);
  else if (tool === "delete") post(`/people/${owner.id}/messages`, { type: "revoke", message: of });
  else if (go) rowOf(go)?.scrollIntoView({ block: "center" });
  else if ("earlier" in target.dataset) earlier();
});

chat.addEventListener("scroll", () => {
  stays = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 120;
}, { passive: true });
chat.addEventListener("load", () => { if (stays) toEnd(); }, true);

chat.addEventListener("play", (event) => {
  const { played } = event.target.dataset;
  if (played) post(`/sent/${encodeURIComponent(played)}/status`, { status: "played" });
}, true);

chat.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector(".reactions")?.remove();
});
