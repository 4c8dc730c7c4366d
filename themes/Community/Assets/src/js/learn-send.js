// Sends what was learned without a network. Loaded by whatever page opens next on a phone that keeps courses (learning.js).
import * as store from './learn/store.js';
import { askPerson, sync } from './learn/sync.js';

const isSigningIn = location.pathname.startsWith('/account/');
// After a sign-in somebody else may hold the phone.
const isNew = document.referrer.startsWith(`${location.origin}/account/`);
await sync();
const [person, people] = await Promise.all([store.person(), store.people()]);
if (isNew || people.length) {
  const session = await askPerson({ isNew });
  // Somebody took the shared phone with their PIN while there was no network, and the pages are still the one's before: the server asks who it is.
  if (!isNew && !isSigningIn && session.user && person?.byPin && person.user !== session.user) location.replace(`/account/people?returnUrl=${encodeURIComponent(location.pathname)}`);
}
