// What this device holds in IndexedDB: the sheets that were fetched, what the server has not confirmed, and what it has confirmed since a sheet's page was made.
// Used by pages and by the service worker, so no document here. Everything belongs to an account: another one on the same phone neither sees nor sends it.
import { openDB } from 'idb';
import { fold } from './fold.js';

const minute = 60_000;
const news = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('attendance');
const strict = { durability: 'strict' }; // a phone may lose power right after a tap

let opening;
const open = () => opening ??= openDB('attendance', 1, {
  upgrade(db) {
    db.createObjectStore('device');
    db.createObjectStore('sheets', { keyPath: ['user', 'path'] });
    db.createObjectStore('known', { keyPath: ['user', 'path', 'member'] });
    db.createObjectStore('queue', { keyPath: 'id' }).createIndex('sheet', ['user', 'path']);
  },
  terminated: () => { opening = undefined; },
});

const ofSheet = (sheet) => IDBKeyRange.bound([sheet.user, sheet.path], [sheet.user, sheet.path, []]);
const inOrder = (items) => items.sort((one, other) => one.at.localeCompare(other.at) || one.id.localeCompare(other.id));

/** Calls back after every change, in this page, another one or the service worker. */
export function onChange(callback) {
  new BroadcastChannel('attendance').addEventListener('message', callback);
}

const tell = () => news?.postMessage('changed');

/** The name that this device gave itself, once and for all. */
export async function deviceName(former) {
  const db = await open();
  const known = await db.get('device', 'name');
  if (known) return known;
  const name = former ?? crypto.randomUUID();
  await db.put('device', name, 'name');
  return name;
}

/** Puts a mark, a report of the point or a nameless guest into the queue. A device's later word is always the later one, whatever its clock does. */
export async function add(sheet, item) {
  const device = item.device ?? await deviceName();
  const tx = (await open()).transaction(['device', 'queue'], 'readwrite', strict);
  const last = await tx.objectStore('device').get('last') ?? 0;
  const now = Date.now();
  const at = last >= now && last - now < minute ? last + 1 : now;
  const record = { id: crypto.randomUUID(), user: sheet.user, path: sheet.path, at: new Date(at).toISOString(), state: 'waiting', ...item, device };
  await Promise.all([tx.objectStore('device').put(at, 'last'), tx.objectStore('queue').put(record), tx.done]);
  tell();
  return record;
}

/** All that waits to be sent, oldest first, of everybody on this device. */
export async function waiting() {
  return inOrder((await (await open()).getAll('queue')).filter((item) => item.state === 'waiting'));
}

/** A sheet's queue, oldest first: what waits and what was refused. */
export const queueOf = async (sheet) => inOrder(await (await open()).getAllFromIndex('queue', 'sheet', [sheet.user, sheet.path]));

/** What the server confirmed since the sheet's page was made. */
export const knownOf = async (sheet) => (await open()).getAll('known', ofSheet(sheet));

/** Forgets what a newer page of the sheet says itself. */
export async function dropKnown(sheet, generated) {
  const tx = (await open()).transaction('known', 'readwrite');
  for await (const cursor of tx.store.iterate(ofSheet(sheet))) {
    if (cursor.value.received < generated) cursor.delete();
  }
  await tx.done;
}

/** Answers of the server: what it took leaves the queue, what it refused stays with the reason, what it did not answer waits on. */
export async function settle(batch, answers, received) {
  const tx = (await open()).transaction(['queue', 'known', 'sheets'], 'readwrite', strict);
  const [queue, known, sheets] = ['queue', 'known', 'sheets'].map((name) => tx.objectStore(name));
  const [{ user, path }] = batch;
  let taken = 0;
  for (const item of batch) {
    const answer = answers.get(item.id);
    if (!answer) continue;
    if (answer.outcome === 'rejected') {
      await queue.put({ ...item, state: 'refused', message: answer.message });
      continue;
    }
    taken += 1;
    await queue.delete(item.id);
    const member = item.member ?? (item.kind === 'guest' ? item.id : '');
    const before = await known.get([user, path, member]);
    await known.put({ ...before, ...fold(before, item), user, path, member, received, conflict: answer.outcome === 'conflict' || undefined });
  }
  const sheet = await sheets.get([user, path]) ?? { user, path };
  await sheets.put({ ...sheet, sent: (sheet.sent ?? 0) + taken, contact: new Date().toISOString() });
  await tx.done;
  tell();
}

/** Lets refused items be sent once more. */
export async function retry(sheet) {
  const tx = (await open()).transaction('queue', 'readwrite', strict);
  for (const item of await tx.store.index('sheet').getAll([sheet.user, sheet.path])) {
    if (item.state === 'refused') await tx.store.put({ ...item, state: 'waiting', message: undefined });
  }
  await tx.done;
  tell();
}

/** Drops one refused item: somebody has read why, and let it go. */
export async function drop(id) {
  await (await open()).delete('queue', id);
  tell();
}

export const sheets = async () => (await open()).getAll('sheets');
export const sheet = async ({ user, path }) => (await open()).get('sheets', [user, path]);

/** Remembers something of a sheet beside what is known. */
export async function remember(sheet, facts) {
  const tx = (await open()).transaction('sheets', 'readwrite');
  await tx.store.put({ ...await tx.store.get([sheet.user, sheet.path]), user: sheet.user, path: sheet.path, ...facts });
  await tx.done;
  tell();
}

/** How much of each sheet has not reached the server. */
export async function unsent() {
  return (await open()).getAll('queue');
}

/** Forgets a sheet; nothing when something of it has not reached the server. */
export async function forget({ user, path }) {
  const tx = (await open()).transaction(['sheets', 'known', 'queue'], 'readwrite');
  if (await tx.objectStore('queue').index('sheet').count([user, path])) return false;
  await Promise.all([tx.objectStore('sheets').delete([user, path]), tx.objectStore('known').delete(ofSheet({ user, path })), tx.done]);
  tell();
  return true;
}
