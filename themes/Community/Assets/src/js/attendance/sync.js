// Sends the queue in batches to the sheet's own address, which answers for each item. Run by pages and by the service worker; a lock keeps it to one at a time.
// Resending is harmless: ids are made here, and the server knows those it has.
import { alone, ask, pick, post } from '../outbox.js';
import * as store from './store.js';

const batchSize = 40;
const sent = ['id', 'at', 'member', 'kind', 'method', 'minutes', 'note', 'card', 'walk_in', 'report', 'name', 'phone', 'village'];

/** Sends what waits. Resolves to 'nothing', 'sent', 'signed-out' or 'other-account'; rejects when the server cannot be reached. */
export const sync = alone('attendance-sync', run);

async function run() {
  const all = await store.waiting();
  if (!all.length) return 'nothing';
  // Asked anew each time: the antiforgery cookie dies with the browser, and another account may be signed in.
  const session = await ask('/sheets/session');
  if (!session.user) return 'signed-out';
  const mine = all.filter((item) => item.user === session.user);
  for (const items of group(mine)) {
    for (let from = 0; from < items.length; from += batchSize) {
      if (!await send(items.slice(from, from + batchSize), session)) return 'signed-out';
    }
  }
  return mine.length ? 'sent' : 'other-account';
}

const keyOf = ({ path, device }) => `${path} ${device}`;

function group(items) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...groups.get(keyOf(item)) ?? [], item]);
  return groups.values();
}

async function send(batch, session) {
  const [{ path, device }] = batch;
  const items = batch.map((item) => pick(item, sent));
  const answer = await post(`${path}/events`, session.token, { device, sent_at: new Date().toISOString(), items });
  if (!answer) return false;
  if (answer.status === 403 || answer.status === 404) {
    // Not this account's any more: a person must know, and may export.
    const { message } = await answer.json();
    await store.settle(batch, new Map(batch.map(({ id }) => [id, { outcome: 'rejected', message }])), session.at);
    return true;
  }
  if (!answer.ok) throw new Error(answer.status);
  const { results, at } = await answer.json();
  await store.settle(batch, new Map(results.map((result) => [result.id, result])), at);
  return true;
}
