// One message on the telephone.

import { icon, make, say } from "./dom.js";
import { summary } from "./people.js";
import { full, time } from "./times.js";

const TICKS = { sent: ["tick", "tick_sent"], delivered: ["ticks", "tick_delivered"], read: ["ticks", "tick_read"] };

export function bubble(message) {
  const side = message.incoming ? "them" : "me";
  const node = make("article", { class: `bubble bubble--${side}`, id: `m-${message.sequence}`, "data-message": message.id },
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
    if (link) parts.push(make("a", { href: link, target: "_blank", rel: "noopener noreferrer", text: link }));
    else parts.push(make(bold ? "b" : italic ? "i" : "s", { text: bold ?? italic ?? struck }));
    at = match.index + all.length;
  }
  return [...parts, text.slice(at)];
}

function media(file, played) {
  if (!file.url) return make("p", { class: "bubble__gone", text: say("link_missing", { link: file.link }) });
  if (file.kind === "image" || file.kind === "sticker") {
    const picture = make("img", { src: file.url, alt: say(file.kind === "image" ? "photo" : "sticker"), loading: "lazy" });
    return make("a", { class: `bubble__picture bubble__picture--${file.kind}`, href: file.url, target: "_blank", rel: "noopener" }, picture);
  }
  if (file.kind === "video") return make("video", { src: file.url, controls: true, preload: "metadata" });
  if (file.kind === "audio") return make("audio", { src: file.url, controls: true, preload: "none", "data-played": file.voice && played });
  const size = file.size > 2 ** 20 ? `${(file.size / 2 ** 20).toFixed(1)} MB` : `${Math.max(1, Math.round(file.size / 1024))} kB`;
  return make("a", { class: "bubble__file", href: file.url, target: "_blank", rel: "noopener" },
    icon("file"), make("span", { dir: "auto", text: file.name || say("document") }), make("small", { text: size }));
}

function details(message) {
  const name = { location: "place", contacts: "person" }[message.type] ?? "list";
  return make("div", { class: "bubble__details" }, icon(name),
    make("ul", {}, ...message.details.map((text) => make("li", { dir: "auto", text }))));
}

function quote(quoted) {
  return make("button", { type: "button", class: "bubble__quote", dir: "auto", "data-go": quoted.id, text: summary(quoted) });
}

function foot(message) {
  const mark = TICKS[message.tick];
  const tick = mark && make("span", { class: `tick tick--${message.tick}`, role: "img", "aria-label": say(mark[1]), title: say(mark[1]) }, icon(mark[0], "0 0 20 14"));
  return make("span", { class: "bubble__foot" },
    message.edited && make("span", { text: say("edited") }),
    make("time", { text: time(message.at), title: full(message.at) }), tick);
}

function choices(message) {
  const wrap = make("div", { class: "choices" });
  if (message.asks_for) {
    wrap.append(make("button", { type: "button", class: "choice", "data-answer": message.asks_for, text: say(message.asks_for) }));
    return wrap;
  }
  const into = message.list ? make("details", { class: "choices__list" }, make("summary", { text: message.list })) : wrap;
  message.choices.forEach((choice, index) => into.append(choiceButton(message, choice, index)));
  if (message.list) wrap.append(into);
  return wrap;
}

function choiceButton(message, choice, index) {
  const label = [make("span", { dir: "auto", text: choice.title }),
    choice.description && make("small", { dir: "auto", text: choice.description })];
  if (choice.press) return make("button", { type: "button", class: "choice", "data-press": index, "data-of": message.id }, ...label);
  const href = choice.kind === "phone_number" ? `tel:${choice.id}` : choice.id;
  if (/^(https?:|tel:)/.test(href)) return make("a", { class: "choice", href, target: "_blank", rel: "noopener noreferrer" }, ...label);
  return make("span", { class: "choice choice--text" }, ...label);
}

function tools(message) {
  if (message.revoked) return null;
  const tool = (name, key) => make("button", { type: "button", class: "tool", "data-tool": name, "data-of": message.id, "aria-label": say(key), title: say(key) }, icon(name));
  return make("span", { class: "tools" }, tool("reply", "reply"),
    message.incoming ? tool("smile", "react") : tool("delete", "delete"));
}

function onlyEmoji(message) {
  return message.type === "text" && !message.quote && /^(\p{Extended_Pictographic}|\p{Emoji_Component}|\s){1,12}$/u.test(message.text) && /\p{Extended_Pictographic}/u.test(message.text);
}
