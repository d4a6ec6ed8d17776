// [data-dialog="id"] opens a dialog, [data-dialog-close] and a click beside it close it.

document.addEventListener("click", ({ target }) => {
  const opener = target.closest("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  if (target.closest("[data-dialog-close]")) target.closest("dialog").close();
  // The backdrop belongs to the dialog itself; everything in it is a child.
  if (target.matches("dialog[open]:not(#signed-out)") && target.childElementCount) target.close();
});

document.addEventListener("desk:signed-out", () => {
  const dialog = document.getElementById("signed-out");
  if (!dialog.open) dialog.showModal();
});
