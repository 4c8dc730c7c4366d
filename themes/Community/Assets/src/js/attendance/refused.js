// "Chưa được nhận": what the server refused stays here with the reason, until a person sends it again, exports it or lets it go. Also the export of all that is not sent.
import { element, fill, list, sheet, texts, time, words } from './page.js';
import { sendSoon } from './line.js';
import * as store from './store.js';

const section = document.querySelector('[data-refused]');
const lines = section.querySelector('ul');
const about = JSON.parse(list.dataset.about);

const what = ({ kind }) => ({ report: texts.aReport, guest: texts.aGuest, out: texts.wentOut })[kind] ?? words[kind]?.done ?? kind;

export async function tellRefused() {
  const refused = (await store.queueOf(sheet)).filter((item) => item.state === 'refused');
  section.hidden = refused.length === 0;
  lines.replaceChildren(...refused.map((item) => {
    const name = item.name ?? item.member ?? about.point;
    const button = element('button', { type: 'button', className: 'btn btn-link', textContent: texts.letGo });
    button.setAttribute('aria-label', `${texts.letGo}: ${name}`);
    button.addEventListener('click', () => { if (confirm(fill(texts.letGoAsk, name))) store.drop(item.id); });
    return element('li', { className: 'row-link' }, element('span', { className: 'row-main' },
      element('b', { textContent: `${name}: ${what(item)}, ${time(item.at)}` }), element('span', { className: 'row-sub', textContent: item.message ?? '' })), button);
  }));
}

section.querySelector('[data-retry]').addEventListener('click', async () => {
  await store.retry(sheet);
  sendSoon();
});

// One file with everything that the server has not taken; who serves the point imports it on the same sheet.
document.querySelector('[data-export]').addEventListener('click', async () => {
  const items = (await store.queueOf(sheet)).map(({ user, path, ...item }) => item);
  const file = { format: 'trainingsite-attendance', version: 1, session: about.session, point: about.code, account: about.account, device: await store.deviceName(), exported_at: new Date().toISOString(), items };
  const address = URL.createObjectURL(new Blob([JSON.stringify(file, null, 1)], { type: 'application/json' }));
  element('a', { href: address, download: `diem-danh-${about.session}-${about.code}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
});
