// The person beside the conversation, fetched again when something about it changed; never
// while the agent is busy there.

function isBusy(person) {
  return person.contains(document.activeElement) || person.querySelector("details[open]");
}

function refresh(codes) {
  const person = document.querySelector("#person > .person");
  if (!person || !codes.has(person.dataset.person) || isBusy(person)) return;
  if (person.hasAttribute("hx-get")) return; // not looked at yet: fetched then
  htmx.ajax("GET", person.dataset.url, { target: "#person", swap: "innerHTML" });
}

// Labels are put on and taken off here too, and that should be seen at once.
document.addEventListener("desk:acted", ({ detail }) => {
  const person = document.querySelector("#person > .person:not([hx-get])");
  if (!person || !detail.url.includes("/labels/") || person.querySelector("details[open]")) return;
  htmx.ajax("GET", person.dataset.url, { target: "#person", swap: "innerHTML" });
});

document.addEventListener("desk:stale", ({ detail }) => {
  refresh(new Set(detail.hints.map((hint) => hint.code)));
});
