// Sends what was learned without a network. Loaded by whatever page opens next on a phone that keeps courses (learning.js).
import { askPerson, sync } from './learn/sync.js';

// After a sign-in somebody else may hold the phone.
const hasSignedIn = document.referrer.startsWith(`${location.origin}/account/`);
if (await sync() === 'nothing' && hasSignedIn) await askPerson();
