// Signing out of a shared phone: the card, kept sheets with names and a person's own learning go, unless something of them has not reached the server. Loaded by site.js
// when somebody signs out.
import * as learning from '../learn/store.js';
import * as store from './store.js';

const words = document.querySelector('form[data-unsent]').dataset;

async function mayLeave(user) {
  const left = await store.unsent();
  if (left.length && !confirm(words.unsent.replace('{0}', left.length))) return false;
  const learned = await learning.queueOf(user);
  return !learned.length || confirm(words.unsentLearning.replace('{0}', learned.length));
}

export async function leave(user) {
  if (!await mayLeave(user)) return false;
  const gone = [];
  for (const sheet of await store.sheets()) {
    if (await store.forget(sheet)) gone.push(sheet.path);
  }
  const cache = await caches.open('sheets');
  await Promise.all(['/me/card', ...gone.flatMap((path) => [path, `${path}/people`])].map((path) => cache.delete(path)));
  await learning.leave(user);
  return true;
}
