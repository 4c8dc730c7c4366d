// What this device holds in IndexedDB: the sheets that were fetched, what the server has not confirmed, and what it has confirmed since a sheet's page was made.
// Used by pages and by the service worker, so no document here. Everything belongs to an account: another one on the same phone neither sees nor sends it.
import { inOrder, makeStore, nextTime, strict } from '../device-store.js';
import { fold } from './fold.js';

const { open, tell, ...shared } = makeStore('attendance', (db) => {
  db.createObjectStore('device');
  db.createObjectStore('sheets', { keyPath: ['user', 'path'] });
  db.createObjectStore('known', { keyPath: ['user', 'path', 'member'] });
  db.createObjectStore('queue', { keyPath: 'id' }).createIndex('sheet', ['user', 'path']);
});

export const { deviceName, drop, onChange, waiting } = shared;

const ofSheet = (sheet) => IDBKeyRange.bound([sheet.user, sheet.path], [sheet.user, sheet.path, []]);

/** Puts a mark, a report of the point or a nameless guest into the queue. */
export async function add(sheet, item) {
  const device = item.device ?? await deviceName();
  const tx = (await open()).transaction(['device', 'queue'], 'readwrite', strict);
  const at = await nextTime(tx.objectStore('device'));
  const record = { id: crypto.randomUUID(), user: sheet.user, path: sheet.path, at: new Date(at).toISOString(), state: 'waiting', ...item, device };
  await Promise.all([tx.objectStore('queue').put(record), tx.done]);
  tell();
  return record;
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
