// "Tải về máy": the page itself is what is kept, by the service worker; with it go the scripts, and the people of the area for walk-ins.
import { fill, list, sheet, texts } from './page.js';
import * as store from './store.js';

const day = 86_400_000;
const button = document.querySelector('[data-keep-sheet]');
const told = document.querySelector('[data-kept-sheet]');
let running;

/** Keeps the sheet on this device, once a page; also after the first mark, in case nobody thought of it. */
export const keep = () => running ??= run().catch(() => { running = undefined; });

async function run() {
  if (!navigator.serviceWorker || (await store.sheet(sheet))?.keptAt && !button.dataset.again) return;
  await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
  const { active } = await navigator.serviceWorker.ready;
  const kilobytes = await new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => (data > 0 ? resolve(data) : reject(new Error('not kept')));
    active.postMessage({ keep: [sheet.path, `${sheet.path}/people`, '/sheets'] }, [port2]);
  });
  await navigator.storage?.persist?.();
  await store.remember(sheet, { ...JSON.parse(list.dataset.about), keptAt: new Date().toISOString(), kilobytes });
}

export async function tellKept() {
  const kept = await store.sheet(sheet);
  if (!kept?.keptAt) return;
  const at = new Date(list.dataset.generated); // of the page that is open: with a network it is always a fresh one
  const isOld = Date.now() - at > day;
  told.textContent = fill(isOld ? texts.keptOld : texts.kept, at.toLocaleString('vi-VN', { hour: '2-digit', minute: '2-digit', day: '2-digit', month: '2-digit' }), kept.kilobytes);
  told.classList.toggle('text-warning', isOld);
  button.querySelector('span').textContent = texts.keepAgain;
}

if (navigator.serviceWorker) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    button.disabled = true;
    button.dataset.again = '';
    running = undefined;
    try {
      await (running = run());
    } catch {
      told.textContent = texts.notKept;
    }
    button.disabled = false;
    await tellKept();
  });
}
