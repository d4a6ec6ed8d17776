// Recording a voice message, where the browser makes what WhatsApp takes: Opus in Ogg. Where the
// desk can convert sound, other browsers record what they can.

const READY = "audio/ogg;codecs=opus";
const OTHERS = ["audio/webm;codecs=opus", "audio/mp4"];
const ENDINGS = { "audio/ogg": "ogg", "audio/webm": "webm", "audio/mp4": "m4a" };
const LONGEST_MS = 15 * 60_000;
let recorder = null;
let stop = 0;

function typeFor(button) {
  const types = "converts" in button.dataset ? [READY, ...OTHERS] : [READY];
  return types.find((type) => window.MediaRecorder?.isTypeSupported(type));
}

function offer() {
  const button = document.querySelector("#composer [data-record]");
  if (button && navigator.mediaDevices && typeFor(button)) button.hidden = false;
}

async function start(button) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
  const parts = [];
  recorder = new MediaRecorder(stream, { mimeType: typeFor(button) });
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  recorder.addEventListener("stop", () => {
    stream.getTracks().forEach((track) => track.stop());
    finish(button, parts);
  });
  recorder.start();
  stop = setTimeout(() => recorder?.stop(), LONGEST_MS);
  button.setAttribute("aria-pressed", "true");
  button.dataset.label = button.ariaLabel;
  button.ariaLabel = button.dataset.textStop;
}

function finish(button, parts) {
  clearTimeout(stop);
  const type = recorder.mimeType.split(";")[0];
  recorder = null;
  button.setAttribute("aria-pressed", "false");
  button.ariaLabel = button.dataset.label;
  const name = `voice-${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}.${ENDINGS[type]}`;
  const file = new File(parts, name, { type });
  document.dispatchEvent(new CustomEvent("desk:add-file", { detail: { file, voice: true } }));
}

function explain(button, refusal) {
  const { textNoMicrophone, textRefused } = button.dataset;
  const text = refusal.name === "NotFoundError" ? textNoMicrophone : textRefused;
  document.dispatchEvent(new CustomEvent("desk:toast", { detail: { text, tone: "danger" } }));
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-record]");
  if (!button) return;
  if (recorder) recorder.stop();
  else start(button).catch((refusal) => explain(button, refusal));
});
document.addEventListener("desk:composer", offer);
offer();
