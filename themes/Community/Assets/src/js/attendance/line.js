// Always visible: what is saved on this device, what the server has, when it last spoke, and whether there is a network. Sends by itself, and on the button.
import { fill, sheet, texts, time } from './page.js';
import { sync } from './sync.js';
import * as store from './store.js';

const shortest = 15_000;
const longest = 300_000;
const line = document.querySelector('[data-sync]');
const button = document.querySelector('[data-sync-now]');
let problem = '';
let pause = shortest;
let timer;

export async function tell() {
  const [queue, known] = await Promise.all([store.queueOf(sheet), store.sheet(sheet)]);
  const waits = queue.filter((item) => item.state === 'waiting').length;
  line.querySelector('[data-counts]').textContent = fill(texts.counts, queue.length, known?.sent ?? 0, known?.contact ? time(known.contact) : texts.never);
  const state = line.querySelector('[data-state]');
  state.textContent = problem || (navigator.onLine ? texts.online : texts.offline);
  line.querySelector('use').setAttribute('href', `#i-${navigator.onLine && !problem ? 'online' : 'offline'}`);
  line.classList.toggle('sync-wait', waits > 0 || Boolean(problem) || !navigator.onLine);
  line.dataset.waiting = waits;
  button.hidden = waits === 0;
  document.querySelector('[data-sign-in]').hidden = problem !== texts.signedOut;
}

/** Tries now; while there is no answer, again and again, more and more rarely. */
export async function send() {
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
    ask();
  }
  await tell();
}

/** After a mark; the row is shown first. */
export const sendSoon = () => queueMicrotask(send);

/** The browser sends when the signal is back, even after this page was closed, where it can. */
async function ask() {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register('attendance').catch(() => {}); // refused in private windows: the page sends itself
}

button.addEventListener('click', send);
addEventListener('online', () => { pause = shortest; send(); });
addEventListener('offline', tell);
document.addEventListener('visibilitychange', () => { if (!document.hidden) send(); });
