// Sends what was learned without a network. Loaded by whatever page opens next on a phone that keeps courses (learning.js).
import { setKeeps } from './learn/keeps.js';
import * as store from './learn/store.js';
import { askWho, sync } from './learn/sync.js';

if (!await askWho(document.querySelector('form[data-forget]')?.dataset.user)) {
  await sync();
  if (!(await store.courses()).length && !(await store.waiting()).length) setKeeps(false);
}
