// Writing a quick reply: places at the cursor, further texts, and what the customer will read.

const PREVIEW_MS = 250;
const form = document.querySelector("[data-quick-reply]");
const texts = form.querySelector("[data-texts]");
const total = form.querySelector("[name$='-TOTAL_FORMS']");
const box = form.querySelector("[data-preview-box]");
let last = form.querySelector("[data-body]"); // the text that was written in last
let timer = 0;
let asked = 0;

function insert({ insert: name, alwaysKnown }) {
  if (!last?.isConnected) last = form.querySelector("[data-body]");
  const { selectionStart: start, selectionEnd: end } = last;
  if (alwaysKnown !== undefined) return put(`{{ ${name} }}`, start, end);
  const before = `{{ ${name} | `;
  const fallback = last.value.slice(start, end);
  put(`${before}${fallback} }}`, start, end);
  // Where the word for those of whom nothing is known belongs.
  last.setSelectionRange(start + before.length, start + before.length + fallback.length);
}

function put(text, start, end) {
  last.setRangeText(text, start, end, "end");
  last.focus();
  later();
}

function add() {
  const number = total.value;
  const html = form.querySelector("[data-text-template]").innerHTML.replaceAll("__prefix__", number);
  texts.insertAdjacentHTML("beforeend", html);
  total.value = Number(number) + 1;
  last = texts.lastElementChild.querySelector("[data-body]");
  texts.lastElementChild.querySelector("select").focus();
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(preview, PREVIEW_MS);
}

async function preview() {
  const mine = ++asked;
  const data = new FormData(form);
  data.delete("add"); // files have no place in it
  const request = { method: "POST", body: data, redirect: "manual" };
  const response = await fetch(form.dataset.previewUrl, request).catch(() => null);
  if (response?.ok && mine === asked) box.innerHTML = await response.text();
}

form.querySelector("[data-add-text]").hidden = false;
form.addEventListener("focusin", ({ target }) => {
  if (target.matches("[data-body]")) last = target;
});
form.addEventListener("click", ({ target }) => {
  const place = target.closest("[data-insert]");
  if (place) insert(place.dataset);
  if (target.closest("[data-add-text]")) add();
});
form.addEventListener("input", later);
form.addEventListener("change", later);
