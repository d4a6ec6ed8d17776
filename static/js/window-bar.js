// Counts the answer window down, and asks for the composer anew when it has closed.

const SHORT = 120; // minutes

function tick() {
  const bar = document.querySelector("#composer [data-window]");
  if (!bar) return;
  const minutes = Math.floor((new Date(bar.dataset.window) - Date.now()) / 60_000);
  // A minute is kept back: the message still has to travel.
  if (minutes < 1) return document.dispatchEvent(new CustomEvent("thread:state"));
  const words = minutes >= 60 ? bar.dataset.textLeft : bar.dataset.textLeftShort;
  const text = words.replace("%h", Math.floor(minutes / 60)).replace("%m", minutes % 60);
  bar.querySelector("[data-window-text]").textContent = text;
  bar.querySelector("progress").value = minutes;
  bar.classList.toggle("window--short", minutes < SHORT);
}

setInterval(tick, 15_000);
