// Signing out of a shared phone: the card and kept sheets with names go, a sheet unless something of them has not reached the server. Loaded by site.js when somebody signs out.
import * as store from './store.js';

const canSend = async (form) => {
  const left = await store.unsent();
  return !left.length || confirm(form.dataset.unsent.replace('{0}', left.length));
};

export async function leave(form) {
  if (!await canSend(form)) return false;
  const gone = [];
  for (const sheet of await store.sheets()) {
    if (await store.forget(sheet)) gone.push(sheet.path);
  }
  const cache = await caches.open('sheets');
  await Promise.all(['/me/card', ...gone.flatMap((path) => [path, `${path}/people`])].map((path) => cache.delete(path)));
  return true;
}
