/** The page's side of the service worker: lets it keep the site, and tells when there is a new version. */

import { html, render } from 'lit';
import type { Runtime } from '../runtime/runtime';

interface Connection {
  saveData?: boolean;
}

/**
 * Keeps the site for the next visit, once Python is ready: before that it would take the line from it.
 *
 * @param root of the site, as a relative address.
 */
export function keepSite(root: string, runtime: Runtime): void {
  // Missing where the site comes without TLS from another machine, and in some private windows.
  if (!('serviceWorker' in navigator)) return;
  const { connection } = navigator as { connection?: Connection };
  if (connection?.saveData === true) return;
  const stop = runtime.subscribe((state) => {
    if (state.kind !== 'ready') return;
    // Called at once where it is ready already, when there is no `stop` yet.
    queueMicrotask(() => {
      stop();
    });
    register(root).catch((error: unknown) => {
      console.debug('The site is not kept for visits without a network:', error);
    });
  });
}

async function register(root: string): Promise<void> {
  const container = navigator.serviceWorker;
  await container.register(`${root}service-worker.js`, { scope: root });
  const registration = await container.ready;
  const tell = (): void => {
    // The first one that is ever kept is no news.
    if (registration.waiting !== null && container.controller !== null) {
      offer(registration.waiting);
    }
  };
  tell();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', tell);
  });
}

function offer(waiting: ServiceWorker): void {
  const place = document.getElementById('new-version') ?? document.createElement('div');
  place.id = 'new-version';
  place.className = 'new-version';
  // It has to be there before its words, or a screen reader says nothing.
  place.setAttribute('aria-live', 'polite');
  document.body.append(place);
  const load = (): void => {
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      location.reload();
    });
    waiting.postMessage('take over');
  };
  const later = (): void => {
    place.remove();
  };
  setTimeout(() => {
    render(
      html`<p>There is a new version of this site. Your code is kept.</p>
        <button type="button" @click=${load}>Load it</button>
        <button type="button" class="quiet" @click=${later}>Later</button>`,
      place,
    );
  }, 100);
}
