// One message on the telephone.

import { icon, make, say } from "./dom.js";
import { summary } from "./people.js";
import { full, time } from "./times.js";

const outside = { target: "_blank", rel: "noopener noreferrer" };
const TICKS = {
  sent: ["tick", "tick_sent"],
  delivered: ["ticks", "tick_delivered"],
  read: ["ticks", "tick_read"],
};

export function bubble(message) {
  const side = message.incoming ? "them" : "me";
  const node = make("article", { class: `bubble bubble--${side}` },
    message.quote && quote(message.quote),
    ...body(message),
    message.footer && make("p", { class: "bubble__footer", dir: "auto", text: message.footer }),
    foot(message));
  if (onlyEmoji(message)) node.classList.add("bubble--emoji");
  const wrap = make("div", { class: `row row--${side}`, "data-row": message.id }, node, tools(message));
  const reactions = Object.values(message.reactions);
  if (reactions.length) node.append(make("span", { class: "bubble__reactions", text: reactions.join(" ") }));
  if (message.choices?.length || message.asks_for) node.after(choices(message));
  return wrap;
}

function body(message) {
  if (message.revoked) return [make("p", { class: "bubble__gone", text: say("deleted") })];
  const parts = [];
  if (message.media) parts.push(media(message.media, message.incoming ? message.id : null));
  if (message.header) parts.push(make("strong", { class: "bubble__header", dir: "auto", text: message.header }));
  if (message.details) parts.push(details(message));
  if (message.text) parts.push(make("p", { class: "bubble__text", dir: "auto" }, ...formatted(message.text)));
  if (!parts.length) parts.push(make("p", { class: "bubble__gone", text: summary(message) }));
  return parts;
}

// WhatsApp's own marks: *bold* _italic_ ~struck~, and addresses as links.
const MARKS = /(https?:\/\/[^\s<>"]+)|\*([^*\n]+)\*|(?<!\w)_([^_\n]+)_(?!\w)|~([^~\n]+)~/g;

function formatted(text) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(MARKS)) {
    parts.push(text.slice(at, match.index));
    const [all, link, bold, italic, struck] = match;
    if (link) parts.push(make("a", { href: link, ...outside, text: link }));
    else parts.push(make(bold ? "b" : italic ? "i" : "s", { text: bold ?? italic ?? struck }));
    at = match.index + all.length;
  }
  return [...parts, text.slice(at)];
}

function media(file, played) {
  if (!file.url) return make("p", { class: "bubble__gone", text: say("link_missing", { link: file.link }) });
  if (file.kind === "image" || file.kind === "sticker") {
    const alt = say(file.kind === "image" ? "photo" : "sticker");
    const look = `bubble__picture bubble__picture--${file.kind}`;
    return make("a", { class: look, href: file.url, ...outside }, make("img", { src: file.url, alt, loading: "lazy" }));
  }
  if (file.kind === "video") return make("video", { src: file.url, controls: true, preload: "metadata" });
  if (file.kind === "audio") {
    return make("audio", { src: file.url, controls: true, preload: "none", "data-played": file.voice && played });
  }
  return make("a", { class: "bubble__file", href: file.url, ...outside }, icon("file"),
    make("span", { dir: "auto", text: file.name || say("document") }), make("small", { text: sizeOf(file) }));
}

function sizeOf(file) {
  if (file.size > 2 ** 20) return `${(file.size / 2 ** 20).toFixed(1)} MB`;
  return `${Math.max(1, Math.round(file.size / 1024))} kB`;
}

function details(message) {
  const name = { location: "place", contacts: "person" }[message.type] ?? "list";
  return make("div", { class: "bubble__details" }, icon(name),
    make("ul", {}, ...message.details.map((text) => make("li", { dir: "auto", text }))));
}

function quote(quoted) {
  const options = { type: "button", class: "bubble__quote", dir: "auto", "data-go": quoted.id };
  return make("button", { ...options, text: summary(quoted) });
}

function foot(message) {
  const mark = TICKS[message.tick];
  const label = mark && { role: "img", "aria-label": say(mark[1]), title: say(mark[1]) };
  const tick = mark && make("span", { class: `tick tick--${message.tick}`, ...label }, icon(mark[0], "0 0 20 14"));
  return make("span", { class: "bubble__foot" },
    message.edited && make("span", { text: say("edited") }),
    make("time", { text: time(message.at), title: full(message.at) }), tick);
}

function choices(message) {
  const wrap = make("div", { class: "choices" });
  if (message.asks_for) {
    const options = { type: "button", class: "choice", "data-answer": message.asks_for };
    wrap.append(make("button", { ...options, text: say(message.asks_for) }));
    return wrap;
  }
  const list = message.list && make("details", { class: "choices__list" }, make("summary", { text: message.list }));
  const into = list || wrap;
  message.choices.forEach((choice, index) => into.append(choiceButton(message, choice, index)));
  if (list) wrap.append(list);
  return wrap;
}

function choiceButton(message, choice, index) {
  const label = [make("span", { dir: "auto", text: choice.title }),
    choice.description && make("small", { dir: "auto", text: choice.description })];
  if (choice.press) {
    return make("button", { type: "button", class: "choice", "data-press": index, "data-of": message.id }, ...label);
  }
  const href = choice.kind === "phone_number" ? `tel:${choice.id}` : choice.id;
  if (/^(https?:|tel:)/.test(href)) return make("a", { class: "choice", href, ...outside }, ...label);
  return make("span", { class: "choice choice--text" }, ...label);
}

function tools(message) {
  if (message.revoked) return null;
  const tool = (name, key) => make("button", {
    type: "button", class: "tool", "data-tool": name, "data-of": message.id, "aria-label": say(key), title: say(key),
  }, icon(name));
  return make("span", { class: "tools" }, tool("reply", "reply"),
    message.incoming ? tool("smile", "react") : tool("delete", "delete"));
}

const ANY_EMOJI = /\p{Extended_Pictographic}/u;
const ONLY_EMOJI = /^(\p{Extended_Pictographic}|\p{Emoji_Component}|\s){1,12}$/u;

function onlyEmoji({ type, quote: quoted, text }) {
  return type === "text" && !quoted && ANY_EMOJI.test(text) && ONLY_EMOJI.test(text);
}
