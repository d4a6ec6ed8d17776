// Ctrl+K: every command on the page, found by a few letters. A command is an element with
// data-command; choosing it presses that element.

const dialog = document.getElementById("palette");
const input = dialog.querySelector("input");
const list = dialog.querySelector("[role=listbox]");
const none = dialog.querySelector(".palette__none");
let commands = [];
let chosen = 0;

function isReachable(element) {
  if (element.disabled) return false;
  const menu = element.closest("details:not([open])");
  return (menu || element).checkVisibility({ visibilityProperty: true });
}

// All letters in their order, so that "clo" and "cls" both find "Close".
function matches(label, letters) {
  let at = -1;
  return [...letters].every((letter) => (at = label.indexOf(letter, at + 1)) >= 0);
}

function rank(label, letters) {
  const at = label.indexOf(letters);
  return at < 0 ? 1000 : at;
}

function gather() {
  const elements = [...document.querySelectorAll("[data-command]")].filter(isReachable);
  return elements.map((element) => ({
    element,
    label: element.dataset.command || element.textContent.trim(),
    keys: element.dataset.shortcut,
  }));
}

function draw() {
  const letters = input.value.trim().toLocaleLowerCase();
  const found = commands.filter(({ label }) => matches(label.toLocaleLowerCase(), letters));
  const place = ({ label }) => rank(label.toLocaleLowerCase(), letters);
  if (letters) found.sort((a, b) => place(a) - place(b));
  list.replaceChildren(...found.map(item));
  none.hidden = found.length > 0;
  choose(0);
}

function item({ element, label, keys }, number) {
  const option = document.createElement("li");
  option.id = `palette-${number}`;
  option.className = "palette__item";
  option.setAttribute("role", "option");
  option.append(label);
  option.addEventListener("click", () => run(element));
  option.addEventListener("pointermove", () => choose(number));
  if (keys) {
    const hint = document.createElement("kbd");
    hint.className = "kbd";
    hint.textContent = keys;
    option.append(hint);
  }
  option.run = () => run(element);
  return option;
}

function choose(number) {
  const options = [...list.children];
  chosen = options.length ? (number + options.length) % options.length : 0;
  options.forEach((option, at) => option.setAttribute("aria-selected", at === chosen));
  options[chosen]?.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", options[chosen]?.id || "");
}

function run(element) {
  dialog.close();
  element.click();
}

function open() {
  commands = gather();
  input.value = "";
  dialog.showModal();
  draw();
}

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
  event.preventDefault();
  if (!document.querySelector("dialog[open]")) open();
});

input.addEventListener("input", draw);
input.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) choose(chosen + step);
  else if (event.key === "Enter") list.children[chosen]?.run();
  else return;
  event.preventDefault();
});
