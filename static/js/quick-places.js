// Places in a text that nothing was known for, such as {{ contact.first_name }}: marked so that
// one types over them, named below the text, and never sent from a quick reply.

const PLACE = /\{\{\s*[\p{L}\p{N}_.]+\s*(?:\|[^{}]*)?\}\}/gu;

const bar = (form) => form.querySelector("[data-quick]");
const placesIn = (text) => [...new Set(text.match(PLACE) || [])];
const nameOf = (place) => place.slice(2, -2).split("|")[0].trim();

function mark(area, from = 0, to = area.value.length) {
  const [place] = placesIn(area.value.slice(from, to));
  if (!place) return;
  const at = area.value.indexOf(place, from);
  area.focus();
  area.setSelectionRange(at, at + place.length);
}

function draw(form) {
  bar(form).querySelector("[data-quick-places]")?.remove();
  const replies = JSON.parse(form.dataset.quickReplies || "[]");
  const places = replies.length ? placesIn(form.body.value) : [];
  if (!places.length) return;
  const labels = Object.assign({}, ...replies.map((reply) => reply.labels));
  const hint = document.createElement("p");
  hint.className = "quick__hint";
  hint.dataset.quickPlaces = "";
  hint.setAttribute("role", "status");
  hint.append(bar(form).dataset.textMissing, ...places.map((place) => button(place, labels)));
  bar(form).append(hint);
}

function button(place, labels) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quick__place";
  made.textContent = labels[nameOf(place)] ?? nameOf(place);
  made.dataset.quickPlace = place;
  return made;
}

document.addEventListener("desk:quick-drawn", ({ detail: { form } }) => draw(form));
document.addEventListener("desk:quick-mark", ({ detail: { area, from, to } }) => mark(area, from, to));

document.addEventListener("input", ({ target }) => {
  if (target.matches("[data-reply-form] textarea") && target.form.dataset.quickReplies) draw(target.form);
});

document.addEventListener("click", ({ target }) => {
  const { quickPlace } = target.dataset;
  if (quickPlace) mark(target.form.body, target.form.body.value.indexOf(quickPlace));
});

document.addEventListener("desk:before-send", (event) => {
  const { form } = event.detail;
  if (!form.dataset.quickReplies) return;
  const [place] = placesIn(form.body.value);
  const lacksWords = form.querySelector("[data-quick] [name=button]") && !form.body.value.trim();
  if (!place && !lacksWords) return;
  event.preventDefault();
  const { textUnfilled, textNoWords } = bar(form).dataset;
  const text = place ? textUnfilled.replace("%p", () => place) : textNoWords;
  document.dispatchEvent(new CustomEvent("desk:complain", { detail: { form, text } }));
  form.body.focus();
  mark(form.body);
});
