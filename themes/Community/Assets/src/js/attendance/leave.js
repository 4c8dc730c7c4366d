// Signing out of a shared phone: the card, kept sheets with names and a person's own learning go, unless something of them has not reached the server. Loaded by site.js
// when somebody signs out.
import * as learning from '../learn/store.js';
import * as store from './store.js';

const words = document.querySelector('form[data-unsent]').dataset;

async function canSend() {
  const left = await store.unsent();
  if (left.length && !confirm(words.unsent.replace('{0}', left.length))) return false;
  const person = await learning.person();
  const learned = person ? await learning.queueOf(person.user) : [];
  return !learned.length || confirm(words.unsentLearning.replace('{0}', learned.length));
}

export async function leave() {
  if (!await canSend()) return false;
  const gone = [];
  for (const sheet of await store.sheets()) {
    if (await store.forget(sheet)) gone.push(sheet.path);
  }
  const cache = await caches.open('sheets');
  await Promise.all(['/me/card', ...gone.flatMap((path) => [path, `${path}/people`])].map((path) => cache.delete(path)));
  await learning.leave();
  return true;
}
