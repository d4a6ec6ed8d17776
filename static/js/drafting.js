// What each message being written needs: a key of its own, and what was on screen.
// For the other modules of the conversation, as globalThis.drafting.

// Works on plain http as well, where crypto.randomUUID is not to be had.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// The newest message on screen: what the desk compares with what colleagues sent meanwhile.
// ``read``: what was shown apart from the thread, above the text.
function seen({ dataset: { seen: read = 0 } }) {
  const items = document.querySelectorAll("#thread > [id^='message-']");
  return Math.max(read, 0, ...[...items].map((item) => Number(item.id.slice(8))));
}

globalThis.drafting = { newKey, seen };
