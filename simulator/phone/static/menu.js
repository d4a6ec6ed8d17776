// Small menus: arrow keys, Escape, closed by clicking elsewhere. null is a line between.

import { make } from "./dom.js";

export function menu(button, panel, entries) {
  const close = () => { panel.hidden = true; button.setAttribute("aria-expanded", "false"); };
  const items = () => [...panel.querySelectorAll("button")];

  function show() {
    panel.replaceChildren(...entries().map((entry) => {
      if (!entry) return make("hr");
      const [text, act, { checked, danger } = {}] = entry;
      const options = { type: "button", text, onclick: () => { close(); button.focus(); act(); } };
      if (danger) options.class = "is-danger";
      if (checked === undefined) return make("button", { ...options, role: "menuitem" });
      return make("button", { ...options, role: "menuitemcheckbox", "aria-checked": String(checked) });
    }));
    panel.hidden = false;
    button.setAttribute("aria-expanded", "true");
    items()[0]?.focus();
  }

  button.addEventListener("click", () => (panel.hidden ? show() : close()));
  document.addEventListener("click", (event) => {
    if (!panel.hidden && !panel.contains(event.target) && !button.contains(event.target)) close();
  });
  panel.addEventListener("keydown", (event) => {
    const all = items();
    const at = all.indexOf(document.activeElement);
    if (event.key === "Escape") { close(); button.focus(); }
    else if (event.key === "ArrowDown") all[(at + 1) % all.length].focus();
    else if (event.key === "ArrowUp") all[(at - 1 + all.length) % all.length].focus();
    else return;
    event.preventDefault();
  });
}
