// Sends what was learned without a network. Loaded by whatever page opens next on a phone that keeps courses (learning.js).
import { setKeeps } from './learn/keeps.js';
import * as store from './learn/store.js';
import { askWho, sync } from './learn/sync.js';

const isAnother = await askWho(document.querySelector('form[data-forget]')?.dataset.user);
// A quiz begun without a network goes on where it was begun: its answers are on this phone alone until they are handed in.
const begun = document.querySelector('[data-draft]');
const person = begun && await store.person();
if (person) begun.hidden = !await store.draft(person.user, begun.dataset.slug);
if (!isAnother) {
  await sync();
  if (!(await store.courses()).length && !(await store.waiting()).length) setKeeps(false);
}
