// Talking to the simulator. A refusal is shown, not thrown at the caller.

import { say, toast } from "./dom.js";

async function answer(response) {
  const data = await response.json().catch(() => ({}));
  if (response.ok) return data;
  toast(say("went_wrong", { reason: data.error ?? response.status }));
  return null;
}

export async function get(path) {
  return answer(await fetch(path));
}

async function send(method, path, data) {
  try {
    return await answer(await fetch(`/control${path}`, {
      method,
      headers: { "Content-Type": "application/json" },
      body: data === undefined ? undefined : JSON.stringify(data),
    }));
  } catch {
    toast(say("reconnecting"));
    return null;
  }
}

export const post = (path, data = {}) => send("POST", path, data);
export const patch = (path, data) => send("PATCH", path, data);
export const remove = (path) => send("DELETE", path);

export async function upload(person, file) {
  const form = new FormData();
  form.append("file", file);
  return answer(await fetch(`/control/people/${person}/file`, { method: "POST", body: form }));
}

// One live line; after a break everything visible is fetched again.
export function listen(told, restored) {
  const line = new EventSource("/phone/live");
  line.addEventListener("hello", restored);
  line.onmessage = (event) => told(JSON.parse(event.data));
  line.onerror = () => toast(say("reconnecting"));
  addEventListener("pagehide", () => line.close());
}
