// On a course's page: keeps the course on this phone, says what is kept, and sends what waits.
import { day, fill } from './dom.js';
import { dropCourse, keepCourse } from './learn/files.js';
import { makeLine } from './learn/line.js';
import { askPerson, askWho, sync } from './learn/sync.js';
import { post } from './outbox.js';
import * as store from './learn/store.js';
import { keeps, setKeeps } from './learn/keeps.js';

const box = document.querySelector('[data-keep-course]');
const { slug, title, user } = box.dataset;
const texts = JSON.parse(box.dataset.texts);
const [told, progress, keepButton, dropButton] = ['[data-kept]', '[data-progress]', '[data-keep]', '[data-drop]'].map((name) => box.querySelector(name));
const first = { told: told.textContent, button: keepButton.querySelector('span').textContent };
const revision = Number(box.dataset.revision);

async function tell() {
  const [course, mine] = await Promise.all([store.course(slug), user ? store.mine(user, slug) : undefined]);
  const isStale = course && course.revision !== revision;
  const isOthers = course && user && !mine?.keptAt;
  told.textContent = !course ? first.told
    : isStale ? fill(texts.stale, day(course.keptAt), course.kilobytes)
    : isOthers ? fill(texts.forOther, course.kilobytes)
    : fill(texts.kept, course.kilobytes, day(course.keptAt));
  keepButton.querySelector('span').textContent = !course ? first.button : isStale ? texts.update : texts.mine;
  keepButton.hidden = Boolean(course && !isStale && !isOthers);
  dropButton.hidden = !course;
  box.querySelector('[data-home]').hidden = !course;
  box.querySelector('[data-draft]').hidden = !course || !user || !await store.draft(user, slug);
}

/** What the server knows of the reader, and questions for those who may still answer some. */
async function fetchMine({ withPapers }) {
  const answer = await fetch(`/learn/${slug}/mine`, { cache: 'no-store', redirect: 'manual' });
  if (answer.status !== 200) throw new Error(answer.status);
  const mine = await answer.json();
  let papers;
  if (withPapers(mine)) {
    const form = new FormData();
    form.set('device', await store.deviceName());
    const page = await post(`/learn/${slug}/papers`, (await askPerson()).token, form);
    if (!page?.ok) throw new Error(page?.status ?? 401);
    papers = await page.text();
  }
  return { mine, papers };
}

async function keep() {
  await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
  await navigator.serviceWorker.ready;
  if (user) await sync();
  const own = user ? await fetchMine({ withPapers: () => true }) : {};
  await keepCourse({
    slug, title, papers: own.papers,
    onProgress: (done, all) => {
      Object.assign(progress, { hidden: false, max: all, value: done });
      told.textContent = fill(texts.keeping, done, all);
    },
  });
  if (user) await store.setMine(user, slug, own.mine, own.papers);
  await navigator.storage?.persist?.();
  setKeeps(true);
}

keepButton.addEventListener('click', async () => {
  keepButton.disabled = true;
  try {
    await keep();
    await tell();
  } catch (error) {
    console.warn('The course is not kept:', error.message);
    told.textContent = texts.notKept; // no signal, or no room: what was kept before is still there
  }
  progress.hidden = true;
  keepButton.disabled = false;
});
dropButton.addEventListener('click', async () => {
  const waits = (await store.queueOfCourse(slug)).length;
  if (waits && !confirm(fill(texts.dropAsk, waits))) return;
  await dropCourse(slug);
  await tell();
  told.textContent = `${texts.dropped} ${first.told}`;
});

const papersIn = (page = '') => [...page.matchAll(/data-paper="([^"]+)"/g)].map((match) => match[1]);

/** Another device, or the pages themselves, may have gone on since. */
async function refresh() {
  const mine = user && await store.mine(user, slug);
  if (!mine?.keptAt) return;
  const hasPapers = papersIn(mine.papers).some((paper) => !mine.used.includes(paper));
  const fresh = await fetchMine({ withPapers: ({ left }) => left > 0 && !hasPapers });
  await store.setMine(user, slug, fresh.mine, fresh.papers);
  // New questions may show pictures that are not here yet.
  if (papersIn(fresh.papers).length && fresh.papers !== mine.papers) await keepCourse({ slug, title });
}

if (navigator.serviceWorker && 'indexedDB' in window) {
  box.hidden = false;
  await tell();
  if (user && keeps()) await askWho(user).catch((error) => console.warn('Not asked who it is:', error.message)); // no signal: the next page does it
  if (await store.course(slug)) {
    const line = makeLine(box, texts, slug);
    await line.tell();
    await line.send();
    await refresh().catch((error) => console.warn('Progress on this phone is as it was:', error.message)); // no signal: the next visit does it
  }
}
document.documentElement.dataset.offline = 'ready';
