// A picture, large. Ctrl or the middle button still open it in a tab of its own.

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-lightbox]");
  const box = document.getElementById("lightbox");
  if (!link || !box || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const picture = box.querySelector("img");
  picture.src = link.href;
  picture.alt = link.querySelector("img").alt;
  box.querySelector("a").href = `${link.href}?download=1`;
  box.showModal();
});
