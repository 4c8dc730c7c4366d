// Always visible where learning is kept: what is saved on this phone, what the server has, when it last spoke, and whether there is a network. Sends by itself, and on the button.
import { element, fill, time } from '../dom.js';
import { sync } from './sync.js';
import * as store from './store.js';

const shortest = 15_000;
const longest = 300_000;

/** The line of one course, or of all courses; returns what shows it anew and what sends. */
export function makeLine(root, texts, slug) {
  const line = root.querySelector('[data-sync]');
  const button = root.querySelector('[data-sync-now]');
  let problem = '';
  let pause = shortest;
  let timer;

  async function tell() {
    const person = await store.person();
    line.hidden = !person;
    if (!person) return;
    const [queue, sent, all] = await Promise.all([store.queueOf(person.user, slug), store.sent(person.user, slug), store.waiting()]);
    line.querySelector('[data-counts]').textContent = fill(texts.counts, queue.length, sent.count, sent.contact ? time(sent.contact) : texts.never);
    line.querySelector('[data-state]').textContent = problem || (navigator.onLine ? texts.online : texts.offline);
    const use = line.querySelector('use');
    use.setAttribute('href', use.getAttribute('href').replace(/(online|offline)$/, navigator.onLine && !problem ? 'online' : 'offline'));
    line.classList.toggle('sync-wait', queue.length > 0 || Boolean(problem) || !navigator.onLine);
    button.hidden = all.length === 0 || !navigator.onLine;
    const signIn = line.querySelector('[data-sign-in]');
    signIn.hidden = problem !== texts.signedOut;
    signIn.href = `/account/sign-in?returnUrl=${encodeURIComponent(location.pathname)}`;
    tellRefused(queue.filter((item) => item.state === 'refused'));
  }

  function tellRefused(items) {
    const place = root.querySelector('[data-refused]');
    place.hidden = items.length === 0;
    place.querySelector('ul').replaceChildren(...items.map((item) => {
      const what = item.kind === 'quiz' ? fill(texts.quizDone, new Date(item.at).toLocaleString('vi-VN', { hour: '2-digit', minute: '2-digit', day: '2-digit', month: '2-digit' })) : [texts[item.kind], item.title].filter(Boolean).join(': ');
      const drop = element('button', { className: 'btn btn-link', type: 'button', textContent: texts.letGo });
      drop.setAttribute('aria-label', `${texts.letGo}: ${what}`);
      drop.addEventListener('click', async () => {
        if (confirm(fill(texts.letGoAsk, what))) await store.drop(item.id);
      });
      return element('li', {}, element('div', { className: 'row-link' },
        element('span', { className: 'row-main' }, element('b', { textContent: what }), element('span', { className: 'row-sub', textContent: item.message ?? '' })), drop));
    }));
  }

  /** Tries now; while there is no answer, again and again, more and more rarely. */
  async function send() {
    clearTimeout(timer);
    try {
      const outcome = await sync();
      problem = { 'signed-out': texts.signedOut, 'other-account': texts.otherAccount }[outcome] ?? '';
      pause = shortest;
    } catch {
      // No signal or a busy server: everything stays here, the line says so, and the next try comes by itself.
      problem = navigator.onLine ? texts.failed : '';
      timer = setTimeout(send, pause);
      pause = Math.min(pause * 2, longest);
      sendLater();
    }
    await tell();
  }

  button.addEventListener('click', send);
  addEventListener('online', () => { pause = shortest; send(); });
  addEventListener('offline', tell);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) send(); });
  store.onChange(tell);
  return { tell, send };
}

/** The browser sends when the signal is back, even after this page was closed, where it can. */
async function sendLater() {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register('learning').catch(() => {}); // refused in private windows: the page sends itself
}
