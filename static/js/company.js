// Who else is here: tells colleagues and the customer that somebody writes, and shows who looks
// at this conversation and who writes in it.

const TYPING_MS = 20_000;
const TELL_MS = 3000;
let typedAt = 0;
let toldAt = 0;

function typing() {
  const composer = document.getElementById("composer");
  if (Date.now() - toldAt > TELL_MS) {
    toldAt = Date.now();
    const detail = { code: composer.dataset.code, note: false };
    document.dispatchEvent(new CustomEvent("desk:typing", { detail }));
  }
  if (Date.now() - typedAt < TYPING_MS) return;
  typedAt = Date.now();
  const body = new FormData();
  body.set("csrfmiddlewaretoken", document.querySelector("meta[name=csrf-token]").content);
  fetch(composer.dataset.typing, { method: "POST", body }).catch(() => {});
}

function names(people, one, many) {
  if (!people.length) return "";
  const list = new Intl.ListFormat(document.documentElement.lang).format(people.map(({ name }) => name));
  return (people.length > 1 ? many : one).replace("%s", list);
}

let present = null;

function showPresence() {
  const line = document.getElementById("presence-line");
  const viewers = document.getElementById("viewers");
  const here = present?.code === document.getElementById("thread")?.dataset.code;
  if (!line || !viewers) return;
  const { viewing, writing } = here ? present : { viewing: [], writing: [] };
  const text = names(writing, line.dataset.textWriting, line.dataset.textWritingMany);
  line.hidden = !text;
  line.textContent = text;
  const looking = names(viewing, line.dataset.textViewing, line.dataset.textViewingMany);
  viewers.textContent = looking ? `· ${looking}` : "";
}

document.addEventListener("desk:presence", ({ detail }) => {
  if (detail.code !== document.getElementById("thread")?.dataset.code) return;
  present = detail;
  showPresence();
});
document.addEventListener("thread:header", showPresence);
document.addEventListener("desk:opened", () => {
  typedAt = 0;
  showPresence();
});
document.addEventListener("input", ({ target }) => target.matches("[data-reply-form] textarea") && target.value && typing());
