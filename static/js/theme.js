// On the profile page the choice of light or dark shows at once, before it is saved.

const root = document.documentElement;

document.addEventListener("change", ({ target }) => {
  if (target.name !== "theme") return;
  if (target.value === "system") delete root.dataset.theme;
  else root.dataset.theme = target.value;
  paintFrame();
});

// The frame a phone or an installed desk draws around the page.
function paintFrame() {
  const colour = getComputedStyle(document.querySelector(".rail")).backgroundColor;
  for (const meta of document.querySelectorAll("meta[name=theme-color]")) meta.content = colour;
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paintFrame);
paintFrame();
