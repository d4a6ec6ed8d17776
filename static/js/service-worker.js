// Shows what the desk sends while it is closed here, and brings a tab to the conversation of a
// notification that is pressed. It keeps no pages and sees no requests: the desk is live or nothing.

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// A text without a name, in the agent's language (inbox/actions/notices.py).
addEventListener("push", (event) => {
  const { code, address, text, icon } = event.data.json();
  const options = { body: text, icon, tag: code || "news", data: { code, address } };
  event.waitUntil(registration.showNotification("Supportdesk", options));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data));
});

async function show({ code, address }) {
  // The tab that was looked at last comes first.
  const [tab] = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (!tab || !code) return clients.openWindow(address);
  await tab.focus().catch(() => {}); // where it may not come to the front, it still leads there
  tab.postMessage({ conversation: code });
}
