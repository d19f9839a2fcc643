/*
 * Stands for the site's service worker while somebody is changing the site: one that an earlier
 * `playground serve` has left in this browser would show what it kept, not what was built a moment ago.
 */

const prefix = `backprop-playground ${new URL('./', self.location.href).pathname} `;

async function withdraw() {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix));
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.registration.unregister();
  // Where nothing was kept, the pages are right as they are, and loading them would bring them here again.
  if (names.length === 0) return;
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  await Promise.all(pages.map((page) => page.navigate(page.url).catch(() => null)));
}

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(withdraw()));
