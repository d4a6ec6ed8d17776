// Says which conversation this tab looks at, and whether somebody writes in it; and shows my own
// "online" or "away" as soon as it is so.

const REPEAT_MS = 20_000;
const WRITING_MS = 6000; // after the last key

let open = null;
let writing = false;
let quiet = 0;
let said = "";

function form(code, state) {
  const data = new FormData();
  data.set("code", code);
  data.set("state", state);
  data.set("csrfmiddlewaretoken", document.querySelector("meta[name=csrf-token]").content);
  return data;
}

function say() {
  const state = document.hidden || !open ? "idle" : writing ? "writing" : "viewing";
  const now = `${open} ${state}`;
  if (!open || (state === "idle" && said === now)) return;
  said = now;
  fetch(document.body.dataset.presenceUrl, { method: "POST", body: form(open, state) }).catch(() => {});
}

function leave() {
  if (open) navigator.sendBeacon(document.body.dataset.presenceUrl, form(open, "idle"));
}

document.addEventListener("desk:opened", ({ detail }) => {
  if (detail.code === open) return;
  leave();
  clearTimeout(quiet);
  [open, writing] = [detail.code, false];
  say();
});

document.addEventListener("desk:typing", ({ detail }) => {
  if (detail.code !== open) return;
  clearTimeout(quiet);
  quiet = setTimeout(() => {
    writing = false;
    say();
  }, WRITING_MS);
  if (writing) return;
  writing = true;
  say();
});

// After a lost connection those who look at the same conversation want to know of us again.
document.addEventListener("desk:connected", say);
document.addEventListener("visibilitychange", say);
addEventListener("pagehide", leave);
setInterval(say, REPEAT_MS);

// --- My own dot --------------------------------------------------------------------------

function showMine(state) {
  for (const dot of document.querySelectorAll(".rail__me .avatar > .presence")) {
    dot.dataset.presence = state;
  }
  for (const button of document.querySelectorAll("[data-my-presence] button")) {
    if (button.value === state) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
  const chosen = detail.requestConfig?.triggeringEvent?.submitter;
  if (target.matches?.("[data-my-presence]") && detail.successful && chosen) showMine(chosen.value);
});

// The page was drawn before it was open: whoever has it open is not offline.
document.addEventListener("desk:back", () => {
  if (document.querySelector(".rail__me [data-presence=offline]")) showMine("online");
});
