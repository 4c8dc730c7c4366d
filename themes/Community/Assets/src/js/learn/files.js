// The files of kept courses, in Cache Storage: the pages as they were fetched, and all that they show. Used by pages and by the service worker, so no document here.
import * as store from './store.js';

export const pagesName = 'learn';
export const partsName = 'learn-parts';

const atOnce = 4;
const shown = /<(?:img|script)\b[^>]*?\ssrc="(\/[^"]+)"|<link\b[^>]*?\shref="(\/[^"]+)"/g;
const inStyles = /url\(["']?([^"')]+)["']?\)/g;

/** Whether what stands at an address never changes: it is named by its content, or a file of the media library. */
export const isSettled = (address) => /\.\w{10}\.\w+$|^\/media\//.test(address);

const marks = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** What an attribute in a page's text says: a worker has no parser that would tell. */
export const decode = (text) => text.replaceAll(/&(?:#x([\da-f]+)|#(\d+)|(amp|lt|gt|quot|apos));/gi, (_, hex, number, name) => (name ? marks[name.toLowerCase()] : String.fromCodePoint(hex ? parseInt(hex, 16) : Number(number))));

const namedIn = (html) => [...html.matchAll(shown)].map((match) => decode(match[1] ?? match[2]));

/** One at a time, in whatever page or worker: sweeping must not take what another one is just fetching. */
const alone = (work) => navigator.locks.request('learn-files', work);

async function fetchPart(address) {
  const cache = await caches.open(partsName);
  const known = isSettled(address) ? await cache.match(address, { ignoreVary: true }) : undefined;
  const response = known ?? await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  if (!known) await cache.put(address, response.clone());
  return response;
}

/** Fetches a page. Only a page is one: never a sign-in page or an error in its place. */
async function fetchPage(address) {
  const response = await fetch(address, { cache: 'no-store', redirect: 'manual' });
  if (response.status !== 200) throw new Error(`${address}: ${response.status}`);
  return { address, response, html: await response.clone().text() };
}

/**
 * Fetches a course with all that it shows, and keeps it. Rejects when something could not be fetched; then what was kept before stays as it was.
 * `papers` is the text of the questions, whose pictures are kept too; `onProgress` hears of each file.
 */
export const keepCourse = (course) => alone(() => keep(course));

async function keep({ slug, title, papers = '', onProgress = () => {} }) {
  const pages = [await fetchPage(`/learn/${slug}`), await fetchPage('/learn')];
  const texts = [...pages.map((page) => page.html), ...await store.papersOf(slug), papers];
  const files = [...new Set(texts.flatMap(namedIn))];
  let bytes = new Blob(texts).size;
  const left = [...files];
  let done = 0;
  async function work() {
    for (let address = left.pop(); address; address = left.pop()) {
      const response = await fetchPart(address);
      if (address.endsWith('.css')) {
        const more = [...(await response.clone().text()).matchAll(inStyles)].map((match) => new URL(match[1], new URL(address, location.origin)))
          .filter((url) => url.origin === location.origin).map((url) => url.pathname).filter((path) => !files.includes(path));
        files.push(...more);
        left.push(...more);
      }
      // Asked for first: others add to the sum meanwhile.
      const { size } = await response.blob();
      bytes += size;
      done += 1;
      onProgress(done, files.length);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  const cache = await caches.open(pagesName);
  for (const page of pages) await cache.put(page.address, page.response);
  const revision = Number(/data-revision="(\d+)"/.exec(pages[0].html)?.[1]);
  await store.rememberCourse({ slug, title, revision, files, kilobytes: Math.ceil(bytes / 1000), keptAt: new Date().toISOString() });
  await sweep();
}

export const dropCourse = (slug) => alone(async () => {
  await store.dropCourse(slug);
  await (await caches.open(pagesName)).delete(`/learn/${slug}`);
  await sweep();
});

/** Lets go of the files that no kept course shows any more. */
async function sweep() {
  const used = new Set((await store.courses()).flatMap((course) => course.files));
  const cache = await caches.open(partsName);
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url);
    if (!used.has(pathname + search)) await cache.delete(request);
  }
}
