// A request that failed says so, in the desk's words where it has some.

const texts = document.getElementById("toasts").dataset;

function toast(text) {
  document.dispatchEvent(new CustomEvent("desk:toast", { detail: { text, tone: "danger" } }));
}

// Fetching in the background fails silently: the chip of the lost connection tells enough.
function isAsked({ requestConfig }) {
  return requestConfig.verb !== "get" || requestConfig.triggeringEvent?.isTrusted;
}

function sentence(xhr) {
  const isOurs = (xhr.getResponseHeader("Content-Type") || "").startsWith("text/plain");
  if (isOurs && xhr.responseText.length < 500) return xhr.responseText;
  if (xhr.status === 404) return texts.textNotFound;
  return xhr.status === 413 ? texts.textTooLarge : texts.textFailed;
}

document.addEventListener("htmx:responseError", ({ detail }) => {
  if (detail.xhr.status !== 401 && isAsked(detail)) toast(sentence(detail.xhr));
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, ({ detail }) => isAsked(detail) && toast(texts.textUnreachable));
}

// A second part of an answer finds no place when what asked for it was redrawn meanwhile (a row of
// the list): htmx looks beside the old element. The place is still on the page.
document.addEventListener("htmx:oobErrorNoTarget", ({ detail: { content } }) => {
  const place = content.id && document.getElementById(content.id);
  if (!place) return;
  content.removeAttribute("hx-swap-oob");
  place.replaceWith(content);
  htmx.process(content);
});
