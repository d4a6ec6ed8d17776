// Brings a tab to the conversation of a notification that is pressed. It keeps no pages and sees no
// requests: the desk is live or it is nothing.

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data));
});

async function show({ code, address }) {
  // The tab that was looked at last comes first.
  const [tab] = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (!tab) return clients.openWindow(address);
  await tab.focus().catch(() => {}); // where it may not come to the front, it still leads there
  tab.postMessage({ conversation: code });
}
