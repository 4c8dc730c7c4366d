// Always visible where learning is kept: what is saved on this phone, what the server has, when it last spoke, and whether there is a network. Sends by itself, and on the button.
import { element, fill, time } from '../dom.js';
import { makeSender, tellState } from '../sender.js';
import { sync } from './sync.js';
import * as store from './store.js';

/** The line of one course, or of all courses; returns what shows it anew and what sends. */
export function makeLine(root, texts, slug) {
  const line = root.querySelector('[data-sync]');
  const button = root.querySelector('[data-sync-now]');
  const sender = makeSender({ sync, tag: 'learning', texts, tell });

  async function tell() {
    const person = await store.person();
    line.hidden = !person;
    if (!person) return;
    const [queue, sent, all] = await Promise.all([store.queueOf(person.user, slug), store.sent(person.user, slug), store.waiting()]);
    const counts = sent.contact ? fill(texts.counts, queue.length, sent.count, time(sent.contact)) : fill(texts.countsNever, queue.length, sent.count);
    tellState(line, { texts, problem: sender.problem(), counts, waits: queue.length });
    line.querySelector('[data-sign-in]').href = `/account/sign-in?returnUrl=${encodeURIComponent(location.pathname)}`;
    button.hidden = all.length === 0 || !navigator.onLine;
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

  button.addEventListener('click', sender.send);
  store.onChange(tell);
  return { tell, send: sender.send };
}
