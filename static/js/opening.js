// Of conversations that are chosen one after the other the last one is shown, in whatever order
// their answers come.

let newest = null;

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.target.id === "opened") newest = detail.xhr;
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id === "opened" && detail.xhr !== newest) detail.shouldSwap = false;
});
