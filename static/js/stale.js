// Gathers what went stale: desk:stale at most once a second with {hints}, and desk:connected when
// all that is shown has to be fetched. Neither while nobody looks at the tab: then all at once.

const GATHER_MS = 1000;
const TOO_MANY = 500; // hints of a tab that slept: fetching all is cheaper

let hints = [];
let isAllStale = false;
let gathering = 0;
let toldAt = 0;

function tell(name, detail = {}) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

function gather() {
  if (gathering || document.hidden || !(isAllStale || hints.length)) return;
  gathering = setTimeout(handOut, Math.max(0, toldAt + GATHER_MS - Date.now()));
}

function handOut() {
  gathering = 0;
  if (document.hidden) return;
  toldAt = Date.now();
  const [isAll, gathered] = [isAllStale, hints];
  [isAllStale, hints] = [false, []];
  if (isAll) tell("desk:connected");
  else tell("desk:stale", { hints: gathered });
}

document.addEventListener("desk:back", () => {
  [isAllStale, hints] = [true, []];
  gather();
});

document.addEventListener("desk:hint", ({ detail }) => {
  if (!isAllStale) hints.push(detail);
  if (hints.length > TOO_MANY) [isAllStale, hints] = [true, []];
  gather();
});

document.addEventListener("visibilitychange", gather);
