// Sends what people learned on this phone. Run by pages and by the service worker; a lock keeps it to one at a time. Resending is harmless: ids are made here, and the
// server knows those it has.
import { alone, ask, pick, post } from '../outbox.js';
import { follow } from './people.js';
import * as store from './store.js';

const batchSize = 40;
const asked = 'asked-who';
const told = ['id', 'kind', 'at', 'lesson', 'anchor', 'paper', 'started', 'answers'];

/** Sends what waits. Resolves to 'nothing', 'sent', 'signed-out' or 'other-account'; rejects when the server cannot be reached. */
export const sync = alone('learning-sync', run);

/**
 * Who is signed in: remembered, for what is done next without a network. On a shared phone somebody else may have taken it meanwhile with their PIN; then they keep
 * it, unless `isNew` says that the sign-in is later.
 */
export async function askPerson({ isNew = false } = {}) {
  const session = await ask('/learn/sync');
  const [people, person] = await Promise.all([store.people(), store.person()]);
  if (session.user && (isNew || !person?.byPin || person.user === session.user)) await store.setPerson(session);
  for (const one of session.people ? people : []) await follow(one, session.people.find(({ user }) => user === one.user)?.id);
  return session;
}

/**
 * On a page of the site: follows a sign-in, and where somebody took the shared phone with their PIN while the pages are still another one's, lets the server ask who it is.
 * Asked where that may have changed, else once a tab. Resolves to whether the page is being left.
 */
export async function askWho(user) {
  const isSigningIn = location.pathname.startsWith('/account/');
  const isNew = !isSigningIn && document.referrer.startsWith(`${location.origin}/account/`);
  const [person, people] = await Promise.all([store.person(), store.people()]);
  const mayDiffer = isNew || person?.byPin || (user && person?.user !== user) || people.some((one) => one.isProposed);
  if (!mayDiffer && sessionStorage.getItem(asked) !== null) return false;
  const session = await askPerson({ isNew });
  sessionStorage.setItem(asked, '');
  if (isNew || !session.user || !person?.byPin || person.user === session.user) return false;
  if (!session.people.some((one) => one.user === person.user)) await store.setPerson(session);
  else if (!isSigningIn) {
    location.replace(`/account/people?returnUrl=${encodeURIComponent(location.pathname)}`);
    return true;
  }
  return false;
}

async function run() {
  const all = await store.waiting();
  if (!all.length) return 'nothing';
  const session = await askPerson();
  // A shared phone sends for all its people.
  const senders = [session.user, ...(session.people ?? []).map(({ user }) => user)].filter(Boolean);
  if (!senders.length) return 'signed-out';
  const known = all.filter((item) => senders.includes(item.user));
  for (const user of new Set(known.map((item) => item.user))) {
    const theirs = known.filter((item) => item.user === user);
    for (let from = 0; from < theirs.length; from += batchSize) {
      const outcome = await send(theirs.slice(from, from + batchSize), session);
      if (outcome) return outcome;
    }
  }
  return known.length < all.length ? 'other-account' : 'sent';
}

async function send(batch, session) {
  const answer = await post('/learn/sync', session.token, {
    device: await store.deviceName(),
    user: batch[0].user,
    sent_at: new Date().toISOString(),
    items: batch.map((item) => pick(item, told)),
  });
  if (!answer) return 'signed-out';
  if (answer.status === 403) return 'other-account';
  if (!answer.ok) throw new Error(answer.status);
  const { results } = await answer.json();
  await store.settle(batch, new Map(results.map((result) => [result.id, result])));
  return null;
}
