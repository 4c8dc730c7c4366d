// Always visible: what is saved on this device, what the server has, when it last spoke, and whether there is a network. Sends by itself, and on the button.
import { makeSender, tellState } from '../sender.js';
import { countsText } from './counts.js';
import { fill, sheet, texts, time } from './page.js';
import { sync } from './sync.js';
import * as store from './store.js';

const line = document.querySelector('[data-sync]');
const button = document.querySelector('[data-sync-now]');
const refusals = document.querySelector('[data-refusals]');

export async function tell() {
  const [queue, known] = await Promise.all([store.queueOf(sheet), store.sheet(sheet)]);
  const waits = queue.filter((item) => item.state === 'waiting').length;
  const refused = queue.filter((item) => item.state === 'refused').length;
  const counts = countsText(texts, queue.length, known?.sent, known?.contact && time(known.contact));
  tellState(line, { texts, problem: sender.problem(), counts, waits });
  line.dataset.waiting = waits;
  button.hidden = waits === 0;
  refusals.hidden = refused === 0;
  refusals.textContent = fill(texts.refusedCount, refused);
}

const sender = makeSender({ sync, tag: 'attendance', texts, tell });

export const { send } = sender;

/** After a mark; the row is shown first. */
export const sendSoon = () => queueMicrotask(send);

button.addEventListener('click', send);
