// Writing: text, quotes, files, and samples for those who have no file at hand.

import { post, upload } from "./api.js";
import { find, say, toast } from "./dom.js";
import { menu } from "./menu.js";
import { summary } from "./people.js";

const form = find("composer");
const text = find("text");
let owner = null;
let quoted = null;
const drafts = new Map();

export function open(person) {
  if (owner && owner !== person.id) drafts.set(owner, text.value);
  if (owner !== person.id) text.value = drafts.get(person.id) ?? "";
  owner = person.id;
  quote(null);
  grow();
}

export function quote(message) {
  quoted = message;
  find("quote").hidden = !message;
  find("quote-text").textContent = message ? summary(message) : "";
  if (message) text.focus();
}

async function send(data) {
  const extra = quoted ? { quote: quoted.id } : {};
  quote(null);
  return post(`/people/${owner}/messages`, { ...data, ...extra });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = text.value.trim();
  if (!body || !owner) return;
  text.value = "";
  drafts.delete(owner);
  grow();
  if (!(await send({ type: "text", text: body })) && !text.value) text.value = body;
});

text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
  if (event.key === "Escape") quote(null);
});

function grow() {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 160)}px`;
}
text.addEventListener("input", grow);
find("unquote").addEventListener("click", () => quote(null));

async function sendFile(file) {
  if (file.size > 16 * 2 ** 20) return toast(say("too_large"));
  return upload(owner, file);
}

for (const name of ["photo-file", "document-file"]) {
  find(name).addEventListener("change", async (event) => {
    for (const file of event.target.files) await sendFile(file);
    event.target.value = "";
  });
}

form.addEventListener("dragover", (event) => event.preventDefault());
form.addEventListener("drop", (event) => {
  event.preventDefault();
  [...event.dataTransfer.files].forEach(sendFile);
});
text.addEventListener("paste", (event) => {
  if (!event.clipboardData.files.length) return;
  event.preventDefault();
  [...event.clipboardData.files].forEach(sendFile);
});

const seed = () => Math.floor(Math.random() * 1e6);
menu(find("attach"), find("attach-menu"), () => [
  [say("photo_file"), () => find("photo-file").click()],
  [say("document_file"), () => find("document-file").click()],
  null,
  [say("photo_sample"), () => send({ type: "image", seed: seed() })],
  [say("voice_sample"), () => send({ type: "audio", seconds: 4 })],
  [say("document_sample"), () => send({ type: "document" })],
  [say("sticker"), () => send({ type: "sticker", seed: seed() })],
  [say("location"), () => send({ type: "location", name: "Pariser Platz", address: "10117 Berlin" })],
  [say("contact"), () => send({ type: "contacts" })],
  [say("share_phone"), () => send({ type: "share_phone" })],
]);
