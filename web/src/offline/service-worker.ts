/**
 * Keeps the whole site of one build, so that it opens at once, and without a network.
 *
 * A build is kept whole or not at all, each file by its hash: a page never meets the files of another build,
 * also where a host is given a new one in mid-visit. A new build is kept beside the one that tabs show, and
 * takes over when they are closed or the reader says so.
 */

import { hasHash } from '../hash';
import { addressOf, cachePrefix, isImmutable, type KeptSite, outdated } from './kept-site';

/** The builder puts it before this script. */
declare const SITE: KeptSite;

interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends LifeEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

interface ServiceWorkerScope {
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: LifeEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

const scope = self as unknown as ServiceWorkerScope;
const root = new URL('./', scope.location.href);
const prefix = cachePrefix(root.pathname);
const own = prefix + SITE.build;

/** Files that are fetched at the same time; more would take the line from what the reader does. */
const LANES = 4;

async function keepAll(): Promise<void> {
  const cache = await caches.open(own);
  const waiting = Object.entries(SITE.files);
  const lane = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      await keep(cache, ...next);
    }
  };
  try {
    await Promise.all(Array.from({ length: LANES }, lane));
  } catch (error) {
    // A half would take room and be of no use; the browser tries again at the next visit.
    waiting.length = 0;
    await caches.delete(own);
    throw error;
  }
}

/** Takes a file from where it is nearest and right. Rejects where it is right nowhere. */
async function keep(cache: Cache, address: string, sha256: string): Promise<void> {
  const url = urlOf(address);
  const sources = [
    () => caches.match(url),
    // The page has loaded most of them a moment ago.
    () => fetch(url, { cache: isImmutable(address) ? 'default' : 'no-cache' }),
    () => fetch(url, { cache: 'reload' }),
  ];
  for (const source of sources) {
    const response = await source();
    if (response?.ok === true && (await put(cache, address, response, sha256))) return;
  }
  throw new Error(`${url} is not of this build.`);
}

/** Keeps a file if its content is right, and says whether it is. */
async function put(
  cache: Cache,
  address: string,
  response: Response,
  sha256: string,
): Promise<boolean> {
  const content = await response.arrayBuffer();
  if (!(await hasHash(content, sha256))) return false;
  const type = response.headers.get('Content-Type');
  const headers = { 'Content-Length': String(content.byteLength) };
  const described = type === null ? headers : { ...headers, 'Content-Type': type };
  await cache.put(urlOf(address), new Response(content, { headers: described }));
  return true;
}

function urlOf(address: string): string {
  return new URL(address.replace(/(^|\/)index\.html$/, '$1'), root).href;
}

/** The kept file, or the network's where it is damaged or the browser has thrown it away. */
async function answer(request: Request, address: string, sha256: string): Promise<Response> {
  // `reload` is the page's Retry: what it got was wrong.
  const kept =
    request.cache === 'reload' ? undefined : await caches.match(urlOf(address), { cacheName: own });
  if (kept !== undefined) {
    // Of Python's large files the page itself compares the hash, and retries.
    if (address.startsWith('runtime/')) return kept;
    if (await hasHash(await kept.clone().arrayBuffer(), sha256)) return kept;
  }
  const response = await fetch(request);
  if (response.ok) {
    const copy = response.clone();
    const cache = await caches.open(own);
    // A full disk takes nothing from the reader but the next visit without a network.
    await put(cache, address, copy, sha256).catch(() => undefined);
  }
  return response;
}

/** A file of an earlier build, which a tab still shows. */
async function answerEarlier(request: Request): Promise<Response> {
  return (await caches.match(request.url)) ?? fetch(request);
}

/** Goes when the site has gone from here, such as when another project is served at the same address. */
async function leaveIfGone(): Promise<void> {
  const response = await fetch(scope.location.href, { cache: 'no-store' }).catch(() => null);
  if (response?.status !== 404 && response?.status !== 410) return;
  await scope.registration.unregister();
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(prefix)).map((name) => caches.delete(name)),
  );
}

scope.addEventListener('install', (event) => {
  event.waitUntil(keepAll());
});

scope.addEventListener('activate', (event) => {
  const clear = async (): Promise<void> => {
    const names = outdated(await caches.keys(), prefix, own);
    await Promise.all(names.map((name) => caches.delete(name)));
    await scope.clients.claim();
  };
  event.waitUntil(clear());
});

scope.addEventListener('message', (event) => {
  if (event.data === 'take over') void scope.skipWaiting();
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = addressOf(request.url, root.origin, root.pathname);
  if (request.method !== 'GET' || address === null) return;
  if (request.mode === 'navigate') event.waitUntil(leaveIfGone());
  const sha256 = SITE.files[address];
  if (sha256 !== undefined) event.respondWith(answer(request, address, sha256));
  else if (isImmutable(address)) event.respondWith(answerEarlier(request));
  else if (`${address}/index.html` in SITE.files) {
    event.respondWith(Promise.resolve(Response.redirect(`${request.url.split(/[?#]/)[0] ?? ''}/`)));
  }
});
