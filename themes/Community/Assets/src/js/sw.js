// The service worker, served as /sw.js: opens kept pages without a network and sends what waits when the signal is back. What else is to be kept one day (lessons) is
// one more entry in `kept` and a cache of its own.
import { precacheAndRoute, cleanupOutdatedCaches } from 'workbox-precaching';
import { registerRoute, setCatchHandler } from 'workbox-routing';
import { CacheFirst, NetworkFirst, NetworkOnly } from 'workbox-strategies';
import { clientsClaim } from 'workbox-core';
import { sync } from './attendance/sync.js';

const home = '/sheets';
const card = '/me/card';
const cacheName = 'sheets';
const partsName = 'sheets-parts';
const isSheet = /^\/sessions\/[^/]+\/points\/[^/]+\/sheet(\/people)?$/;
// Styles, scripts and the mark, named by their content: a kept page keeps exactly those that it was made with, whatever is published meanwhile.
const parts = /\/themes\/community\/dist\/(?:light\.\w{10}\.css|(?:sheets?|card)\.\w{10}\.js|site\.\w{10}\.webmanifest|img\/mark\.\w{10}\.svg)|\/modules\/sessions\/codes\.\w{10}\.css/g;
const settled = 3_600_000; // parts younger than an hour may belong to a page that is just being fetched
const patience = 4; // seconds; on a line that is there but dead the kept page comes

const isKept = async (address) => Boolean(await (await caches.open(cacheName)).match(address));
const isPage = (response) => response.status === 200 && !response.redirected;
const withoutQuery = (request) => new URL(request.url).pathname;

/** Fetches what a page is made of; false when that fails, and then the older page stays. */
async function keepParts(response) {
  try {
    const cache = await caches.open(partsName);
    const addresses = [...new Set((await response.text()).match(parts))];
    const missing = await Promise.all(addresses.map(async (address) => (await cache.match(address) ? null : address)));
    await cache.addAll(missing.filter(Boolean));
    return true;
  } catch {
    return false;
  }
}

/** Lets go of the parts that no kept page is made with any more: what an earlier version of the site left behind. */
async function sweepParts() {
  const [pages, cache] = await Promise.all([caches.open(cacheName), caches.open(partsName)]);
  const texts = await Promise.all((await pages.matchAll()).map((response) => response.text()));
  const used = new Set(texts.flatMap((text) => text.match(parts) ?? []));
  for (const request of await cache.keys()) {
    const age = Date.now() - Date.parse((await cache.match(request))?.headers.get('date'));
    if (!used.has(new URL(request.url).pathname) && !(age < settled)) await cache.delete(request);
  }
}

const kept = new NetworkFirst({
  cacheName,
  networkTimeoutSeconds: patience,
  plugins: [{
    cacheKeyWillBeUsed: async ({ request }) => withoutQuery(request),
    // Only what somebody wanted to keep is kept, and only as a page: never a sign-in page or an error in its place.
    cacheWillUpdate: async ({ request, response }) => (isPage(response) && await isKept(withoutQuery(request)) && await keepParts(response.clone()) ? response : null),
    cacheDidUpdate: sweepParts,
    fetchDidSucceed: async ({ request, response }) => {
      if (response.status >= 500 && await isKept(withoutQuery(request))) throw new Error(response.status);
      return response;
    },
  }],
});

self.skipWaiting();
clientsClaim();
cleanupOutdatedCaches();
precacheAndRoute(PRECACHE); // what scripts import when they need it

registerRoute(({ url, sameOrigin }) => sameOrigin && (isSheet.test(url.pathname) || url.pathname === home || url.pathname === card), kept);
registerRoute(({ url, sameOrigin }) => sameOrigin && url.pathname.search(parts) === 0, new CacheFirst({ cacheName: partsName }));
registerRoute(({ request }) => request.mode === 'navigate', new NetworkOnly());
// Somewhere else without a network: to the sheets, or to the card of who keeps none.
setCatchHandler(async ({ request }) => (request.mode === 'navigate' && (await caches.match(home) ?? await caches.match(card))) || Response.error());

/** Fetches pages into the cache. Resolves to their size with the scripts, in kB; 0 when one of them could not be fetched as a page. */
async function keep(addresses) {
  const cache = await caches.open(cacheName);
  for (const address of addresses) {
    const response = await fetch(address, { cache: 'no-store', redirect: 'manual' });
    if (!isPage(response) || !await keepParts(response.clone())) return 0;
    await cache.put(address, response);
  }
  await sweepParts();
  const stores = (await caches.keys()).filter((name) => name !== cacheName);
  const assets = await Promise.all(stores.map(async (name) => (await caches.open(name)).matchAll()));
  const all = [...assets.flat(), ...await Promise.all(addresses.map((address) => cache.match(address)))];
  const sizes = await Promise.all(all.map(async (response) => (await response.blob()).size));
  return Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / 1024);
}

self.addEventListener('message', (event) => {
  if (!event.data?.keep) return;
  event.waitUntil(keep(event.data.keep).catch(() => 0).then((size) => event.ports[0].postMessage(size)));
});

// A new version brings new scripts: the kept pages come anew with them, as far as there is a network.
self.addEventListener('activate', (event) => {
  const refresh = async () => {
    const addresses = (await (await caches.open(cacheName)).keys()).map((request) => new URL(request.url).pathname);
    // Each for itself: the card of somebody who has signed out does not hold up the sheets.
    for (const address of addresses) await keep([address]);
    await sweepParts();
  };
  event.waitUntil(refresh().catch((error) => console.warn('Kept pages were not refreshed:', error.message)));
});

self.addEventListener('sync', (event) => {
  if (event.tag === 'attendance') event.waitUntil(sync());
});
