// A course that is kept on this phone. The service worker shows this page in place of the course's own when there is no network; what it shows follows the address, and
// whose progress it is follows the phone's person (learn/store.js).
import './light.js';
import { day, fill } from './dom.js';
import { makeLine } from './learn/line.js';
import { showQuiz } from './learn/quiz.js';
import * as store from './learn/store.js';

const page = document.querySelector('[data-learn]');
const stage = page.querySelector('[data-stage]');
const { slug, title } = page.dataset;
const texts = JSON.parse(page.dataset.texts);
const root = `/courses/${slug}`;
const lessons = [...document.querySelectorAll('template[data-lesson]')];
const hasQuiz = Boolean(document.querySelector('template[data-view="course"]').content.querySelector('[data-quiz-row]'));
const line = makeLine(page, texts, slug);
const siteName = document.title.slice(title.length);

let person;
let mine;
let queue;
let leaving = async () => {};

const where = () => (location.pathname.startsWith(`${root}/`) ? location.pathname.slice(root.length + 1).split('/')[0] : '');
const known = (template) => mine?.lessons[template.dataset.id] ?? {};
const nextOpen = () => lessons.find((template) => !known(template).finished);
const view = (name) => document.querySelector(`template[data-view="${name}"]`).content.cloneNode(true);
const reveal = (scope, when) => { scope.querySelector(`[data-when="${when}"]`)?.removeAttribute('hidden'); };

const nameOf = (element) => [element.localName, element.className, element.getAttribute('href') ?? element.textContent].join(' ');

async function note(item) {
  if (person) await store.add({ user: person.user, slug }, item);
}

/** Shows what the address says. */
async function show({ isMoved = false } = {}) {
  await leaving();
  leaving = async () => {};
  person = await store.person();
  [mine, queue] = person ? await Promise.all([store.mine(person.user, slug), store.queueOf(person.user, slug)]) : [undefined, []];
  const name = where();
  const lesson = lessons.find((template) => template.dataset.lesson === name);
  const draft = person && name === 'quiz' ? await store.draft(person.user, slug) : undefined;
  const focused = stage.contains(document.activeElement) ? nameOf(document.activeElement) : undefined;
  const heading = lesson ? await showLesson(lesson) : name === 'quiz' && hasQuiz ? showQuizPage(draft) : showCourse();
  // What was drawn anew takes the place of what had the focus.
  if (focused && !isMoved) ([...stage.querySelectorAll('a, button')].find((one) => nameOf(one) === focused) ?? stage.querySelector('h1')).focus({ preventScroll: true });
  document.title = heading + siteName;
  tellBack(lesson || name === 'quiz' ? { href: root, text: title } : { href: '/learn', text: texts.home });
  await Promise.all([tellPhone(), line.tell()]);
  if (isMoved) {
    if (!location.hash || !lesson) scrollTo(0, 0);
    stage.querySelector('h1').focus({ preventScroll: true });
  }
  lastSeen = { name, hash: location.hash };
}

let lastSeen = {};

function tellBack({ href, text }) {
  const back = document.querySelector('.topline-back');
  back.href = href;
  back.querySelector('span').textContent = text;
}

async function tellPhone() {
  const kept = await store.course(slug);
  const notice = page.querySelector('[data-from-phone]');
  notice.hidden = !kept;
  if (kept) notice.querySelector('span').textContent = fill(navigator.onLine ? texts.fromPhone : texts.fromPhoneOffline, day(kept.keptAt));
  const who = page.querySelector('[data-who]');
  who.hidden = (await store.people()).length < 2 || !person;
  who.querySelector('b').textContent = person?.name ?? '';
  const link = notice.querySelector('[data-go-online]');
  link.hidden = !navigator.onLine;
  link.href = where() ? location.pathname : root;
  // Nobody signs in without a network, and whoever the phone knows need not.
  document.querySelector('.topline a[href$="/account/sign-in"]').hidden = Boolean(person) || !navigator.onLine;
}

function showCourse() {
  stage.replaceChildren(view('course'));
  const finished = lessons.filter((template) => known(template).finished).length;
  const next = nextOpen();
  const card = stage.querySelector('[data-next-card]');
  const waits = queue.some((item) => item.kind === 'quiz' && item.state === 'waiting');
  const passed = mine?.scores.some((score) => score.passed);
  const isDone = !next && (!hasQuiz || passed || waits);
  card.hidden = isDone;
  stage.querySelector('[data-all-done]').hidden = !isDone;
  card.querySelector('[data-next-title]').textContent = next?.dataset.title ?? texts.quiz;
  card.querySelector('[data-next-about]').textContent = next ? fill(texts.nth, lessons.indexOf(next) + 1, lessons.length) : texts.lastStep;
  card.querySelector('progress').value = finished;
  const go = card.querySelector('[data-next-go]');
  go.href = `${root}/${next?.dataset.lesson ?? 'quiz'}`;
  go.querySelector('span').textContent = next ? (Object.keys(mine?.lessons ?? {}).length ? texts.goOn : texts.start) : texts.doQuiz;
  for (const template of lessons) {
    const { opened, finished: done } = known(template);
    if (opened) reveal(stage.querySelector(`[data-row="${template.dataset.id}"]`), done ? 'finished' : 'opened');
  }
  const quiz = stage.querySelector('[data-quiz-row]');
  if (quiz && (waits || passed)) reveal(quiz, waits ? 'waiting' : 'passed');
  return title;
}

async function showLesson(template) {
  const { id, title: heading } = template.dataset;
  const before = known(template);
  await note({ kind: 'open', lesson: id, title: heading });
  stage.replaceChildren(template.content.cloneNode(true));
  const finish = stage.querySelector('[data-finish]');
  (person && finish ? stage.querySelector('[data-next]') : finish)?.remove();
  finish?.addEventListener('click', async () => {
    await note({ kind: 'finish', lesson: id, title: heading });
    mine = await store.mine(person.user, slug);
    const after = [...lessons.slice(lessons.indexOf(template) + 1), ...lessons].find((other) => !known(other).finished);
    await go(after ? `${root}/${after.dataset.lesson}` : hasQuiz ? `${root}/quiz` : root);
    line.send();
  });
  const finished = lessons.filter((other) => known(other).finished).length;
  const dots = stage.querySelector('[data-dots]');
  dots.setAttribute('aria-label', fill(texts.dots, lessons.indexOf(template) + 1, lessons.length, finished));
  dots.replaceChildren(...lessons.map((other) => Object.assign(document.createElement('i'), { className: other === template ? 'now' : known(other).finished ? 'done' : '' })));
  if (before.anchor && !location.hash) document.getElementById(before.anchor)?.scrollIntoView();
  watchSections(template, before.anchor ?? '');
  return heading;
}

/** Remembers the section being read when the reader leaves it, unless they said that the lesson is done. */
function watchSections(template, remembered) {
  let current = remembered;
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries.filter(({ isIntersecting }) => isIntersecting)) current = entry.target.id;
  }, { rootMargin: '0px 0px -60% 0px' });
  for (const section of stage.querySelectorAll('.lesson h2[id]')) watcher.observe(section);
  const remember = async () => {
    if (current === remembered || known(template).finished) return;
    remembered = current;
    await note({ kind: 'position', lesson: template.dataset.id, anchor: current, title: template.dataset.title });
  };
  const onHide = () => { if (document.hidden) remember(); };
  document.addEventListener('visibilitychange', onHide);
  leaving = async () => {
    document.removeEventListener('visibilitychange', onHide);
    watcher.disconnect();
    await remember();
  };
}

function showQuizPage(draft) {
  const quiz = showQuiz({ stage, slug, texts, person, mine, queue, go: (hash) => go(`${root}/quiz${hash}`), send: line.send });
  const position = Number(location.hash.slice(1));
  if (draft && location.hash === '#nop') return quiz.handIn(draft);
  if (draft && position > 0) return quiz.question(draft, position);
  quiz.begin(draft);
  return texts.quiz;
}

/** Goes to another part of the course without fetching anything. */
async function go(address) {
  history.pushState(null, '', address);
  await show({ isMoved: true });
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href]');
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || 'goOnline' in link.dataset || link.origin !== location.origin) return;
  const isHere = link.pathname === root || link.pathname.startsWith(`${root}/`);
  const isSection = link.hash && link.pathname === location.pathname && where() !== 'quiz';
  if (!isHere || isSection) return;
  event.preventDefault();
  go(link.href);
});
addEventListener('popstate', () => {
  // Within a lesson the browser itself goes to the section.
  if (where() !== lastSeen.name || where() === 'quiz') show({ isMoved: true });
});
for (const name of ['online', 'offline']) addEventListener(name, tellPhone);
// What changed elsewhere (another tab, an answer of the server) shows where nothing is being read or typed.
store.onChange(async () => {
  if (!lessons.some((template) => template.dataset.lesson === where()) && !location.hash) await show();
});

// The way to a quiz that was begun here, when the network is back and the course's own pages show.
if (location.hash === '#quiz' && location.pathname === `/learn/${slug}`) history.replaceState(null, '', `${root}/quiz`);
await show();
document.documentElement.dataset.ready = '';
line.send();
