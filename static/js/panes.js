// Narrow screens: drawers for the sidebar and the person, and on phones one pane at a time.

const body = document.body;
const phone = matchMedia("(width < 760px)");
let opener = null;

function drawer(name) {
  if (name) body.dataset.drawer = name;
  else delete body.dataset.drawer;
  for (const button of document.querySelectorAll("[data-drawer-button]")) {
    button.setAttribute("aria-expanded", button.dataset.drawerButton === name);
  }
}

function pane(name) {
  body.dataset.pane = name;
  drawer(null);
}

function toggle(button) {
  const name = button.dataset.drawerButton;
  if (phone.matches && name === "person") return pane("person");
  const isOpen = body.dataset.drawer === name;
  drawer(isOpen ? null : name);
  if (isOpen) return;
  opener = button;
  const target = document.getElementById(name);
  target?.querySelector("a[href], button, input, [tabindex]")?.focus();
}

function closeDrawer() {
  drawer(null);
  opener?.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-drawer-button]");
  if (button) return toggle(button);
  const back = event.target.closest("[data-back]");
  if (back) return pane(back.dataset.back);
  const { drawer: open } = body.dataset;
  if (!open) return;
  const isInside = event.target.closest(`#${open}`);
  // A view was chosen in the sidebar, or the page beside the drawer was touched.
  if (!isInside || (open === "sidebar" && event.target.closest("a[href]"))) drawer(null);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  if (document.querySelector("dialog[open], .menu[open]")) return;
  if (body.dataset.drawer) closeDrawer();
  else if (body.dataset.pane === "person") pane("thread");
});

function fromAddress() {
  pane(location.pathname.startsWith("/conversations/") ? "thread" : "list");
}

// The list of settings is a strip on phones: the page one is on should not lie outside of it.
const current = document.querySelector(".settings__nav > [aria-current]");
if (phone.matches) current?.scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" });

document.addEventListener("desk:opened", ({ detail }) => pane(detail.code ? "thread" : "list"));
document.addEventListener("htmx:historyRestore", fromAddress);
fromAddress();
