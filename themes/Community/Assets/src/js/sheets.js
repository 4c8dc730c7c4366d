// "Điểm danh trên máy này": the sheets kept on this device, from its store. Works without a network.
import './light.js';
import { countsText } from './attendance/counts.js';
import { sync } from './attendance/sync.js';
import * as store from './attendance/store.js';

const place = document.querySelector('[data-kept-sheets]');
const template = document.querySelector('template');
const texts = JSON.parse(place.dataset.texts);
const fill = (text, ...values) => values.reduce((all, value, index) => all.replaceAll(`{${index}}`, value), text);
const when = (at) => new Date(at).toLocaleString('vi-VN', { hour: '2-digit', minute: '2-digit', day: '2-digit', month: '2-digit' });

function toRow(sheet, queue) {
  const row = template.content.firstElementChild.cloneNode(true);
  const mine = queue.filter((item) => item.user === sheet.user && item.path === sheet.path);
  const refused = mine.filter((item) => item.state === 'refused').length;
  const link = row.querySelector('a');
  link.href = sheet.path;
  link.textContent = sheet.title ?? sheet.path;
  row.querySelector('[data-about]').textContent = [sheet.place, sheet.starts && when(sheet.starts), sheet.user_name].filter(Boolean).join(' · ');
  row.querySelector('[data-counts]').textContent = [countsText(texts, mine.length, sheet.sent, sheet.contact && when(sheet.contact)), refused ? fill(texts.refused, refused) : '', sheet.keptAt ? fill(texts.kept, when(sheet.keptAt), sheet.kilobytes) : texts.notKept].filter(Boolean).join(' · ');
  const button = row.querySelector('button');
  button.hidden = mine.length > 0;
  button.setAttribute('aria-label', `${button.textContent.trim()}: ${link.textContent}`);
  button.addEventListener('click', async () => {
    if (!await store.forget(sheet)) return;
    const cache = await caches.open('sheets');
    await Promise.all([cache.delete(sheet.path), cache.delete(`${sheet.path}/people`)]);
  });
  return row;
}

async function show() {
  const [sheets, queue] = await Promise.all([store.sheets(), store.unsent()]);
  // Marks whose sheet is not known (moved from the old store, say) are shown too.
  const strays = queue.filter((item) => !sheets.some((sheet) => sheet.user === item.user && sheet.path === item.path)).map(({ user, path }) => ({ user, path }));
  const all = [...sheets, ...new Map(strays.map((stray) => [`${stray.user} ${stray.path}`, stray])).values()];
  all.sort((one, other) => (other.starts ?? '').localeCompare(one.starts ?? ''));
  place.replaceChildren(...all.map((sheet) => toRow(sheet, queue)));
  document.querySelector('[data-none]').hidden = all.length > 0;
  document.querySelector('[data-network]').hidden = navigator.onLine;
  document.querySelector('[data-sync-now]').hidden = !queue.some((item) => item.state === 'waiting');
}

async function send() {
  const told = document.querySelector('[data-told]');
  try {
    told.textContent = texts[await sync()] ?? '';
  } catch {
    told.textContent = texts.failed; // everything stays here; the next try comes with the signal
  }
  await show();
}

document.querySelector('[data-sync-now]').addEventListener('click', send);
for (const name of ['online', 'offline']) addEventListener(name, show);
addEventListener('online', send);
store.onChange(show);
await show();
document.documentElement.dataset.ready = '';
