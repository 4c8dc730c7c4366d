// The attendance sheet of one point. Everything goes into the device's store first and from there to the server (attendance/); without script each mark is a plain form.
import './light.js';
import { list, sheet, texts, fill } from './attendance/page.js';
import { find, findByPaper, nameOf, overlay } from './attendance/rows.js';
import { mark } from './attendance/marks.js';
import { tellKept } from './attendance/keep.js';
import { send, tell } from './attendance/line.js';
import { overlayReport } from './attendance/report.js';
import { tellRefused } from './attendance/refused.js';
import { addWalkIn, tellGuests } from './attendance/walk-in.js';
import { migrate } from './attendance/migrate.js';
import * as store from './attendance/store.js';

const show = () => Promise.all([overlay(), tell(), tellKept(), overlayReport(), tellRefused(), tellGuests()]);

/** Marks are taken from an hour before the start; a page that was fetched the day before finds out by itself. */
function openInTime() {
  const early = document.querySelector('[data-early]');
  if (!early || Date.now() < Date.parse(early.dataset.early)) return;
  early.hidden = true;
  list.removeAttribute('data-waits');
}

let scanner;
document.querySelector('[data-scan]')?.addEventListener('click', async () => {
  const { makeScanner } = await import(new URL('./scan.js', import.meta.url).href);
  scanner ??= makeScanner(document.querySelector('#scan'), { key: list.dataset.cardKey, codePattern: new RegExp(list.dataset.codePattern, 'i'), texts, fill, find, findByPaper, nameOf, mark, addWalkIn });
  await scanner();
});
for (const button of document.querySelectorAll('dialog [data-close]')) button.addEventListener('click', () => button.closest('dialog').close());

await migrate();
await store.dropKnown(sheet, list.dataset.generated);
await show();
store.onChange(show);
openInTime();
setInterval(openInTime, 30_000);
document.documentElement.dataset.ready = '';
send();
