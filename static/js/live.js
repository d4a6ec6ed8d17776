// One connection to the desk per tab. What it hears it tells the page, as events on document:
// desk:back (connected, perhaps again), desk:hint, desk:channel, desk:presence, desk:locked-out,
// desk:signed-out. stale.js makes desk:connected and desk:stale of them: what panes listen to.

const { live, login, agent } = document.body.dataset;
const SILENCE_MS = 60_000; // the desk says something every 25 seconds
const CHIP_MS = 5000;

let source = null;
let heardAt = 0;
let tries = 0;
let retry = 0;
let chip = 0;
let ended = false;

function tell(name, detail = {}) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

function hear(hint) {
  tell("desk:hint", hint);
  if (hint.kind === "channel") tell("desk:channel", hint);
}

function connect() {
  clearTimeout(retry);
  if (ended) return;
  source?.close();
  source = new EventSource(live);
  heardAt = Date.now();
  chip ||= setTimeout(() => (document.getElementById("connection").hidden = false), CHIP_MS);
  const on = (name, react) =>
    source.addEventListener(name, (event) => {
      heardAt = Date.now();
      react(event.data ? JSON.parse(event.data) : {});
    });
  on("connected", connected);
  on("hint", hear);
  on("still-here", () => {});
  on("presence", ({ code, viewing, writing }) => {
    const others = (people) => people.filter((person) => person.code !== agent);
    tell("desk:presence", { code, viewing: others(viewing), writing: others(writing) });
  });
  on("locked-out", lockedOut);
  source.onerror = lost;
}

function connected() {
  tries = 0;
  clearTimeout(chip);
  chip = 0;
  document.getElementById("connection").hidden = true;
  tell("desk:back");
}

async function lost() {
  source?.close();
  source = null;
  clearTimeout(retry);
  if (await isSignedOut()) {
    ended = true;
    tell("desk:signed-out");
    return;
  }
  // Everybody comes back after a restart; not all in the same moment.
  const wait = Math.min(15_000, 500 * 2 ** tries++);
  retry = setTimeout(connect, wait * (0.5 + Math.random()));
}

async function isSignedOut() {
  try {
    return (await fetch(live, { method: "HEAD", cache: "no-store" })).status === 401;
  } catch {
    return false;
  }
}

function lockedOut() {
  ended = true;
  source?.close();
  tell("desk:locked-out");
  location.assign(login);
}

// A laptop that slept has a dead connection that nobody told it about.
function look() {
  if (!ended && source && Date.now() - heardAt > SILENCE_MS) lost();
}

setInterval(look, 10_000);
addEventListener("online", () => !ended && connect());
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", (event) => event.persisted && connect());
document.addEventListener("visibilitychange", look);
document.addEventListener("desk:signed-out", () => {
  ended = true;
  source?.close();
});

// Not before the page's own modules listen as well.
document.addEventListener("DOMContentLoaded", connect);
