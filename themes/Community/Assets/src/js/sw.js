// The service worker, served as /sw.js: opens kept pages without a network (attendance sheets, the member's card, courses) and sends what waits when the signal is back.
import { precacheAndRoute, cleanupOutdatedCaches } from 'workbox-precaching';
import { registerRoute, setCatchHandler } from 'workbox-routing';
import { CacheFirst, NetworkFirst, NetworkOnly } from 'workbox-strategies';
import { clientsClaim } from 'workbox-core';
import { sync } from './attendance/sync.js';
import { decode, isSettled, keepCourse, pagesName, partsName as learnParts } from './learn/files.js';
import { sync as syncLearning } from './learn/sync.js';
import * as learning from './learn/store.js';

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

// Courses: their own pages while there is a network, else the one page that is kept of each. What it shows follows the address.
const learnHome = '/learn';
const isCourse = /^\/courses\/(?!(?:edit|import|new|paths)(?:\/|$))([^/]+)(?:\/([^/]+))?/;
const isPart = /^\/(?:themes\/community\/dist|modules|media)\//;
const keptCourse = async (slug) => (await caches.open(pagesName)).match(`${learnHome}/${slug}`, { ignoreVary: true });

async function freshOr(page, request) {
  if (!page) return fetch(request);
  try {
    const fresh = await Promise.race([fetch(request), new Promise((_, refuse) => { setTimeout(refuse, patience * 1000, new Error('no answer')); })]);
    if (fresh.status < 500) return fresh;
  } catch {
    // No network, or a line that is there but dead: what is kept comes.
  }
  return page;
}

/** "Xong bài này" on a lesson's own page, when the network has gone since it was opened: kept like what is done on the kept page. */
async function finishLesson({ request, url }) {
  try {
    return await fetch(request);
  } catch (error) {
    const [, slug, name] = isCourse.exec(url.pathname);
    const [page, person] = await Promise.all([keptCourse(slug), learning.person()]);
    const lessons = page ? [...(await page.text()).matchAll(/data-lesson="([^"]+)" data-id="([^"]+)" data-title="([^"]*)"/g)].map((match) => match.slice(1).map(decode)).map(([lesson, id, title]) => ({ lesson, id, title })) : [];
    const index = lessons.findIndex(({ lesson }) => lesson === name);
    if (index < 0 || !person) throw error;
    await learning.add({ user: person.user, slug }, { kind: 'finish', lesson: lessons[index].id, title: lessons[index].title });
    return Response.redirect(lessons[index + 1] ? `/courses/${slug}/${lessons[index + 1].lesson}` : `/courses/${slug}`, 303);
  }
}

const sheetPart = new CacheFirst({ cacheName: partsName });

async function keptPart({ request, url, event }) {
  const known = await (await caches.open(learnParts)).match(url.pathname + url.search, { ignoreVary: true });
  if (known && isSettled(url.pathname)) return known;
  if (url.pathname.search(parts) === 0) return sheetPart.handle({ request, event });
  try {
    return await fetch(request);
  } catch (error) {
    if (!known) throw error;
    return known;
  }
}

registerRoute(({ url, request, sameOrigin }) => sameOrigin && request.mode === 'navigate' && isCourse.test(url.pathname), async ({ request, url }) => freshOr(await keptCourse(isCourse.exec(url.pathname)[1]), request));
registerRoute(({ url, request, sameOrigin }) => sameOrigin && request.mode === 'navigate' && isCourse.exec(url.pathname)?.[2] && url.pathname.split('/').length === 4, finishLesson, 'POST');
registerRoute(({ url, request, sameOrigin }) => sameOrigin && request.mode === 'navigate' && (url.pathname === learnHome || url.pathname.startsWith(`${learnHome}/`)),
  async ({ request, url }) => freshOr(await (await caches.open(pagesName)).match(url.pathname, { ignoreVary: true }), request));

registerRoute(({ url, sameOrigin }) => sameOrigin && (isSheet.test(url.pathname) || url.pathname === home || url.pathname === card), kept);
registerRoute(({ url, sameOrigin }) => sameOrigin && isPart.test(url.pathname), keptPart);
registerRoute(({ request }) => request.mode === 'navigate', new NetworkOnly());
// Somewhere else without a network: to the sheets when it was about sessions, else to the courses; to what there is.
setCatchHandler(async ({ request, url }) => {
  if (request.mode !== 'navigate') return Response.error();
  const order = url.pathname.startsWith('/sessions') ? [home, learnHome, card] : [learnHome, home, card];
  for (const address of order) {
    const page = await caches.match(address, { ignoreVary: true });
    if (page) return page;
  }
  return Response.error();
});

/** Fetches pages into the cache. Resolves to their size with the scripts, in kB; 0 when one of them could not be fetched as a page. */
async function keep(addresses) {
  const cache = await caches.open(cacheName);
  for (const address of addresses) {
    const response = await fetch(address, { cache: 'no-store', redirect: 'manual' });
    if (!isPage(response) || !await keepParts(response.clone())) return 0;
    await cache.put(address, response);
  }
  await sweepParts();
  const stores = (await caches.keys()).filter((name) => ![cacheName, pagesName, learnParts].includes(name));
  const assets = await Promise.all(stores.map(async (name) => (await caches.open(name)).matchAll()));
  const all = [...assets.flat(), ...await Promise.all(addresses.map((address) => cache.match(address)))];
  const sizes = await Promise.all(all.map(async (response) => (await response.blob()).size));
  return Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / 1024);
}

self.addEventListener('message', (event) => {
  if (!event.data?.keep) return;
  event.waitUntil(keep(event.data.keep).catch(() => 0).then((size) => event.ports[0].postMessage(size)));
});

async function refreshSheets() {
  const addresses = (await (await caches.open(cacheName)).keys()).map((request) => new URL(request.url).pathname);
  // Each for itself: the card of somebody who has signed out does not hold up the sheets.
  for (const address of addresses) await keep([address]);
  await sweepParts();
}

/** Each for itself, too; a course that does not come stays as it was kept, with the scripts that it was kept with. */
const refreshCourses = () => navigator.locks.request('learn-refresh', { ifAvailable: true }, async (lock) => {
  for (const { slug, title } of lock ? await learning.courses() : []) {
    try {
      await keepCourse({ slug, title });
    } catch (error) {
      console.warn(`The course ${slug} was not refreshed:`, error.message);
    }
  }
});

// A new version brings new scripts: the kept pages come anew with them, as far as there is a network. No page is shown before the sheets are there; courses are large and bring
// their own scripts, so nobody waits for them.
self.addEventListener('activate', (event) => {
  event.waitUntil(refreshSheets().catch((error) => console.warn('Kept pages were not refreshed:', error.message)));
  refreshCourses().catch((error) => console.warn('Kept courses were not refreshed:', error.message));
});

self.addEventListener('sync', (event) => {
  if (event.tag === 'attendance') event.waitUntil(sync());
  if (event.tag === 'learning') event.waitUntil(syncLearning());
});
