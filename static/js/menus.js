// Menus are <details class="menu">: this adds arrow keys, Escape, closing by itself, and turning
// to where there is room.

const ITEMS = ".menu__list :is(a, button, input:not([type=hidden])):not(:disabled)";

const phone = matchMedia("(width < 760px)");

function close(menu, { refocus = false } = {}) {
  menu.open = false;
  if (refocus) menu.querySelector("summary").focus();
}

// On phones a menu is a sheet at the bottom. Only the top layer is surely not clipped or moved by
// what it stands in.
function raise(menu) {
  const list = menu.querySelector(".menu__list");
  if (menu.open && phone.matches) {
    list.popover = "manual";
    list.showPopover();
  } else {
    list.removeAttribute("popover");
  }
}

function turn(menu) {
  const list = menu.querySelector(".menu__list");
  menu.classList.remove("menu--turned-up", "menu--turned-end");
  const box = list.getBoundingClientRect();
  menu.classList.toggle("menu--turned-up", box.bottom > innerHeight && box.height < box.top);
  menu.classList.toggle("menu--turned-end", box.right > innerWidth);
}

// "toggle" does not bubble; capturing hears it all the same.
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.matches?.(".menu")) return;
    raise(target);
    if (!target.open) return;
    for (const other of document.querySelectorAll(".menu[open]")) {
      if (other !== target && !other.contains(target)) close(other);
    }
    turn(target);
    const wanted = target.querySelector("[autofocus]") || target.querySelector(ITEMS);
    wanted?.focus({ preventScroll: true });
  },
  true,
);

document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll(".menu[open]")) {
    const isChoice = target.closest(".menu__list :is(a, button)") && !target.closest("[data-keep-open]");
    if (isChoice || !menu.contains(target)) close(menu);
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(".menu[open]");
  if (!menu) return;
  if (event.key === "Escape") {
    event.preventDefault();
    close(menu, { refocus: true });
  }
  const items = [...menu.querySelectorAll(ITEMS)].filter((item) => item.checkVisibility());
  const at = items.indexOf(document.activeElement);
  const next = {
    ArrowDown: items[(at + 1) % items.length],
    ArrowUp: items.at(at < 0 ? -1 : at - 1),
    Home: items[0],
    End: items.at(-1),
  }[event.key];
  const isTyping = event.target.matches("input") && ["Home", "End"].includes(event.key);
  if (!next || isTyping) return;
  event.preventDefault();
  next.focus();
});

document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const menu = target.closest?.(".menu[open]");
  // What is pressed in a menu and takes no focus itself hands it to something around the menu.
  if (menu && relatedTarget && !menu.contains(relatedTarget) && !relatedTarget.contains(menu)) close(menu);
});
