// Acting on the selected conversations: starts the act, and shows how far it is whenever the desk
// says that it moved. Leaving the page stops nothing; the act is found again after that.

const KEY = "bulk-act";
const panel = document.getElementById("bulk-progress");
const bar = document.getElementById("bulk-bar");
const tell = (name, detail = {}) => document.dispatchEvent(new CustomEvent(name, { detail }));
const failed = () => tell("desk:toast", { text: document.getElementById("toasts").dataset.textFailed, tone: "danger" });

async function post(url, data) {
  data.set("csrfmiddlewaretoken", document.querySelector("meta[name=csrf-token]").content);
  const answer = await fetch(url, { method: "POST", body: data, redirect: "manual" }).catch(() => null);
  if (answer?.type === "opaqueredirect") tell("desk:signed-out");
  else if (answer?.ok) return answer;
  else if (answer?.headers.get("Content-Type")?.startsWith("application/json")) tell("desk:toast", await answer.json());
  else failed();
  return null;
}

async function start(form, button) {
  const data = new FormData(form, button);
  tell("selection:ask", { data });
  bar.inert = true;
  const answer = await post(bar.dataset.startUrl, data);
  bar.inert = false;
  if (!answer) return;
  tell("selection:clear");
  sessionStorage.setItem(KEY, (await answer.json()).url);
  await look();
  panel.focus({ preventScroll: true });
}

async function look() {
  const url = sessionStorage.getItem(KEY);
  if (!url) return;
  const answer = await fetch(url, { redirect: "manual" }).catch(() => null);
  if (answer?.ok) show(await answer.text());
  else if (answer?.status === 404) dismiss();
}

function show(html) {
  panel.innerHTML = html;
  panel.hidden = false;
  sessionStorage.setItem(KEY, panel.querySelector("[data-act-url]").dataset.actUrl);
}

function dismiss() {
  sessionStorage.removeItem(KEY);
  panel.hidden = true;
  panel.replaceChildren();
}

if (panel) {
  document.addEventListener("submit", async (event) => {
    const { target, submitter } = event;
    if (target.matches("form[data-bulk]")) {
      event.preventDefault();
      target.closest(".menu")?.removeAttribute("open");
      await start(target, submitter);
    } else if (target.matches("form[data-bulk-go]")) {
      event.preventDefault();
      const answer = await post(target.dataset.bulkGo, new FormData());
      if (answer) show(await answer.text());
      panel.focus({ preventScroll: true });
    }
  });
  panel.addEventListener("click", (event) => event.target.closest("[data-bulk-dismiss]") && dismiss());
  document.addEventListener("desk:connected", look);
  document.addEventListener("desk:stale", ({ detail }) => {
    const url = sessionStorage.getItem(KEY);
    if (detail.hints.some((hint) => hint.kind === "bulk_act" && url?.includes(hint.code))) look();
  });
}
