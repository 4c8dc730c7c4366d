// Sends what people learned on this phone. Run by pages and by the service worker; a lock keeps it to one at a time. Resending is harmless: ids are made here, and the
// server knows those it has.
import { ask, post } from '../outbox.js';
import * as store from './store.js';

const batchSize = 40;
const told = ['kind', 'at', 'lesson', 'anchor', 'paper', 'started', 'answers'];

let next;

/** Sends what waits. Resolves to 'nothing', 'sent', 'signed-out' or 'other-account'; rejects when the server cannot be reached. */
export function sync() {
  // Somebody who waits for the lock will find what was added meanwhile too.
  next ??= navigator.locks.request('learning-sync', () => {
    next = undefined;
    return run();
  });
  return next;
}

/** Who is signed in: remembered, for what is done next without a network. */
export async function askPerson() {
  const session = await ask('/learn/sync');
  if (session.user) await store.setPerson(session);
  return session;
}

async function run() {
  const all = await store.waiting();
  if (!all.length) return 'nothing';
  const session = await askPerson();
  if (!session.user) return 'signed-out';
  const mine = all.filter((item) => item.user === session.user);
  for (let from = 0; from < mine.length; from += batchSize) {
    const outcome = await send(mine.slice(from, from + batchSize), session);
    if (outcome) return outcome;
  }
  return mine.length ? 'sent' : 'other-account';
}

async function send(batch, session) {
  const answer = await post('/learn/sync', session.token, {
    device: await store.deviceName(),
    user: session.user,
    sent_at: new Date().toISOString(),
    items: batch.map((item) => ({ id: item.id, ...Object.fromEntries(told.filter((name) => item[name] !== undefined).map((name) => [name, item[name]])) })),
  });
  if (!answer) return 'signed-out';
  if (answer.status === 403) return 'other-account';
  if (!answer.ok) throw new Error(answer.status);
  const { results } = await answer.json();
  await store.settle(batch, new Map(results.map((result) => [result.id, result])));
  return null;
}
