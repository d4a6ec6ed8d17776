// Shows short words: desk:toast with {text, tone: "info" | "danger", action: {label, run}}.

const SHOWN_MS = 6000;
const region = document.getElementById("toasts");

function button(text, run) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", run);
  return made;
}

function show({ text, tone, action }) {
  const toast = document.createElement("p");
  toast.className = tone === "danger" ? "toast toast--danger" : "toast";
  const words = document.createElement("span");
  words.textContent = text;
  toast.append(words);
  const close = () => toast.remove();
  if (action) {
    toast.append(
      button(action.label, () => {
        close();
        action.run();
      }),
    );
  }
  toast.append(button(region.dataset.textClose, close));
  while (region.children.length > 2) region.firstElementChild.remove();
  region.append(toast);
  leaveInTime(toast);
}

// What went wrong stays until it is closed; the rest leaves, but not while it is being read.
function leaveInTime(toast) {
  if (toast.classList.contains("toast--danger")) return;
  const leave = () => {
    if (toast.matches(":hover, :focus-within")) setTimeout(leave, 1000);
    else toast.remove();
  };
  setTimeout(leave, SHOWN_MS);
}

document.addEventListener("desk:toast", ({ detail }) => show(detail));
region.addEventListener("click", (event) => {
  if (event.target.closest("[data-toast-close]")) event.target.closest("[data-toast]").remove();
});
region.querySelectorAll("[data-toast]").forEach(leaveInTime);
