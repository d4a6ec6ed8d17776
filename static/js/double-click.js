// A form that is on its way is not sent again. Search fields and <form data-allow-repeat> may.

const RELEASE_MS = 5000; // a download leaves the page where it is
const sending = new WeakSet();

function changesSomething(form) {
  return form.getAttribute("method")?.toLowerCase() === "post" || form.hasAttribute("hx-post");
}

function release(form) {
  sending.delete(form);
  form.removeAttribute("aria-busy");
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!changesSomething(form) || form.hasAttribute("data-allow-repeat")) return;
    if (sending.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    sending.add(form);
    form.setAttribute("aria-busy", "true");
    setTimeout(release, RELEASE_MS, form);
  },
  true,
);

for (const name of ["htmx:afterRequest", "htmx:abort", "htmx:validation:halted"]) {
  document.addEventListener(name, ({ target }) => target.matches?.("form") && release(target));
}

// Back from the page that came after: the form is as good as new.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) document.querySelectorAll("form[aria-busy]").forEach(release);
});
