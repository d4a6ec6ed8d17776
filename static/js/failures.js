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
