// Puts the parts together: the list, the open chat, the live line.

import { get, listen, patch, post } from "./api.js";
import * as composer from "./composer.js";
import * as dialogs from "./dialogs.js";
import { find, paint, say } from "./dom.js";
import { menu } from "./menu.js";
import * as people from "./people.js";
import * as thread from "./thread.js";

let numbers = [];
let open = null;
let typingEnds;
const readsAtOnce = () => localStorage.getItem("reads") !== "by-hand";

async function refresh() {
  const data = await get("/phone/people");
  if (!data) return;
  numbers = data.numbers;
  people.replace(data.people);
  const wanted = decodeURIComponent(location.hash.slice(1));
  if (people.person(wanted)) await choose(wanted);
  else leave();
}

async function choose(id) {
  open = id;
  people.choose(id);
  if (location.hash !== `#${id}`) history.pushState(null, "", `#${id}`);
  const person = await thread.open(id);
  if (!person || open !== id) return;
  document.querySelector("[data-layout]").dataset.pane = "chat";
  find("choose").hidden = true;
  find("handset").hidden = false;
  composer.open(person);
  head(person);
  thread.toEnd();
  read();
}

function leave() {
  open = null;
  people.choose(null);
  delete document.querySelector("[data-layout]").dataset.pane;
  find("handset").hidden = true;
  find("choose").hidden = false;
}

function head(person) {
  find("business").textContent = person.business;
  paint(find("business-avatar"), person.business);
  const typing = person.typing_for > 0;
  const whose = `${say("phone_of", { name: person.name })} · ${people.identity(person)}`;
  const subtitle = find("subtitle");
  subtitle.textContent = typing ? say("typing") : whose;
  subtitle.classList.toggle("is-typing", typing);
  clearTimeout(typingEnds);
  if (typing) typingEnds = setTimeout(() => head({ ...person, typing_for: 0 }), person.typing_for * 1000);
  const banner = find("banner");
  banner.hidden = !(person.blocks_business || person.blocked_by_business);
  banner.textContent = say(person.blocks_business ? "blocked" : "blocked_by_business");
  find("mark-read").hidden = readsAtOnce() || !person.unread;
}

function read() {
  const person = people.person(open);
  if (person && thread.unread() && readsAtOnce() && document.visibilityState === "visible") {
    post(`/people/${open}/read`);
  }
}

function told(news) {
  if (news.kind === "reset") return refresh();
  if (!news.person) return undefined;
  people.update(news.person);
  if (news.person.id !== open) return undefined;
  thread.update(news.person, news.message);
  head(news.person);
  return read();
}

people.onChoice(choose);
thread.onQuote(composer.quote);
document.querySelectorAll("[data-new]").forEach((button) => {
  button.addEventListener("click", () => dialogs.newPhone(numbers, async (id) => {
    await refresh();
    await choose(id);
    find("text").focus();
  }));
});
find("back").addEventListener("click", () => {
  history.pushState(null, "", location.pathname);
  leave();
});
find("mark-read").addEventListener("click", () => post(`/people/${open}/read`));
addEventListener("popstate", refresh);
document.addEventListener("visibilitychange", read);

function switchReading(person) {
  localStorage.setItem("reads", readsAtOnce() ? "by-hand" : "at-once");
  head(person);
  read();
}

menu(find("options"), find("options-menu"), () => {
  const person = people.person(open);
  const base = `/people/${open}`;
  const stop = person.stopped_marketing ? "resume" : "stop";
  const block = person.blocks_business ? "unblock" : "block";
  return [
    [say("read_automatically"), () => switchReading(person), { checked: readsAtOnce() }],
    [say("online"), () => patch(base, { online: !person.online }), { checked: person.online }],
    null,
    [say("call"), () => post(`${base}/call`)],
    [say("change_number"), () => dialogs.changeNumber(person)],
    [say(`${stop}_marketing`), () => post(`${base}/preference`, { value: stop })],
    [say(block), () => post(`${base}/${block}`)],
    null,
    [say("forget"), () => dialogs.forget(person, (id) => { people.forget(id); leave(); }), { danger: true }],
  ];
});

listen(told, refresh);
