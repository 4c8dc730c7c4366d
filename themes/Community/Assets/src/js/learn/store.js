// What this device holds of learning, in IndexedDB: the courses that are kept, how far each of its people is, what they answered, and what the server has not
// confirmed. Used by pages and by the service worker, so no document here. The courses are the same for everybody; all else belongs to an account, and another one on
// the same phone neither sees nor sends it.
import { inOrder, makeStore, nextTime, strict } from '../device-store.js';

const { open, tell, ...shared } = makeStore('learning', (db) => {
  db.createObjectStore('device');
  db.createObjectStore('people', { keyPath: 'user' });
  db.createObjectStore('courses', { keyPath: 'slug' });
  db.createObjectStore('mine', { keyPath: ['user', 'slug'] });
  db.createObjectStore('drafts', { keyPath: ['user', 'slug'] });
  db.createObjectStore('queue', { keyPath: 'id' }).createIndex('mine', ['user', 'slug']);
});

export const { deviceName, drop, onChange, waiting } = shared;

/** UUID version 7: the time first, so that what one phone did lies together in the database. */
function newId(at) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setBigUint64(0, BigInt(at) << 16n | BigInt(bytes[6] << 8 | bytes[7]));
  bytes[6] = bytes[6] & 0x0f | 0x70;
  bytes[8] = bytes[8] & 0x3f | 0x80;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Whose phone it is now: {user, name}; nothing for a visitor. */
export const person = async () => (await open()).get('device', 'person');

/** `byPin`: they took the phone with their PIN and without a network, so that the server does not know of it. */
export async function setPerson({ user, name }, byPin = false) {
  const known = await person();
  if (known?.user === user && known.name === name && known.byPin === byPin) return;
  // The card in the cache of kept pages is the other one's.
  if (known && known.user !== user) await (await caches.open('sheets')).delete('/me/card');
  await (await open()).put('device', { user, name, byPin }, 'person');
  tell();
}

/** What this phone adds to PINs, so that the same one looks different on another phone. */
export async function salt() {
  const db = await open();
  const known = await db.get('device', 'salt');
  if (known) return known;
  const made = crypto.getRandomValues(new Uint8Array(16));
  await db.put('device', made, 'salt');
  return made;
}

/** The people who share this phone, with what is needed to look at their PINs here. */
export const people = async () => (await open()).getAll('people');

export async function savePerson(record) {
  await (await open()).put('people', record);
  tell();
}

export async function dropPerson(user) {
  await (await open()).delete('people', user);
  tell();
}

/** Somebody signs out: what is theirs leaves the phone, unless something of it has not reached the server, or the phone is theirs too. */
export async function leave(user) {
  const tx = (await open()).transaction(['device', 'people', 'mine', 'drafts', 'queue'], 'readwrite');
  const range = IDBKeyRange.bound([user], [user, []]);
  if (!await tx.objectStore('people').get(user) && await tx.objectStore('queue').index('mine').count(range) === 0) await Promise.all(['mine', 'drafts'].map((name) => tx.objectStore(name).delete(range)));
  // Somebody else may have taken the phone with their PIN meanwhile.
  if ((await tx.objectStore('device').get('person'))?.user === user) await tx.objectStore('device').delete('person');
  await tx.done;
  tell();
}

export const courses = async () => (await open()).getAll('courses');
export const course = async (slug) => (await open()).get('courses', slug);

export async function rememberCourse(record) {
  await (await open()).put('courses', record);
  tell();
}

/** Lets go of a course; what is on its way to the server stays until it is there. */
export async function dropCourse(slug) {
  const tx = (await open()).transaction(['courses', 'mine', 'drafts', 'queue'], 'readwrite');
  await tx.objectStore('courses').delete(slug);
  for (const key of await tx.objectStore('mine').getAllKeys()) {
    if (key[1] === slug && await tx.objectStore('queue').index('mine').count(key) === 0) await Promise.all(['mine', 'drafts'].map((name) => tx.objectStore(name).delete(key)));
  }
  await tx.done;
  tell();
}

/** How far a person is in a course: lessons by id, papers, scores, what was sent. */
export const mine = async (user, slug) => (await open()).get('mine', [user, slug]);

const empty = (user, slug) => ({ user, slug, lessons: {}, used: [], scores: [] });

function apply(record, { kind, lesson, anchor, paper, at }) {
  if (kind === 'quiz') {
    record.used.push(paper);
    return;
  }
  const known = record.lessons[lesson] ??= {};
  known.opened ??= at;
  if (kind === 'finish') known.finished ??= at;
  if (kind === 'position') known.anchor = anchor;
}

/** Takes what the server says of a person; what has not reached it yet still counts here. */
export async function setMine(user, slug, { lessons, scores, left }, papers) {
  const tx = (await open()).transaction(['mine', 'queue'], 'readwrite', strict);
  const before = await tx.objectStore('mine').get([user, slug]) ?? empty(user, slug);
  const record = { ...before, scores, left, lessons: Object.fromEntries(lessons.map(({ id, ...rest }) => [id, rest])) };
  if (papers !== undefined) Object.assign(record, { papers, keptAt: new Date().toISOString() });
  for (const item of inOrder(await tx.objectStore('queue').index('mine').getAll([user, slug]))) {
    if (item.state === 'waiting' && item.kind !== 'quiz') apply(record, item);
  }
  await tx.objectStore('mine').put(record);
  await tx.done;
  tell();
}

/** The questions that people of this phone keep of a course. */
export const papersOf = async (slug) => (await (await open()).getAll('mine')).filter((record) => record.slug === slug && record.papers).map((record) => record.papers);

/** Puts something that a person did into the queue, and counts it here at once. What is known already is not told again. */
export async function add({ user, slug }, item) {
  const tx = (await open()).transaction(['device', 'mine', 'queue', 'drafts'], 'readwrite', strict);
  const [device, mine, queue] = ['device', 'mine', 'queue'].map((name) => tx.objectStore(name));
  const record = await mine.get([user, slug]) ?? empty(user, slug);
  const known = record.lessons[item.lesson];
  if ((item.kind === 'open' && known?.opened) || (item.kind === 'finish' && known?.finished) || (item.kind === 'position' && (known?.anchor ?? '') === item.anchor)) {
    await tx.done;
    return;
  }
  const at = await nextTime(device);
  const told = { id: newId(at), user, slug, at: new Date(at).toISOString(), state: 'waiting', ...item };
  apply(record, told);
  await Promise.all([mine.put(record), queue.put(told)]);
  if (item.kind === 'quiz') await tx.objectStore('drafts').delete([user, slug]);
  await tx.done;
  tell();
}

export const draft = async (user, slug) => (await open()).get('drafts', [user, slug]);
export const saveDraft = async (record) => (await open()).put('drafts', record, undefined);

/** A person's queue, of one course or of all: what waits and what was refused. */
export async function queueOf(user, slug) {
  return inOrder(await (await open()).getAllFromIndex('queue', 'mine', slug ? [user, slug] : IDBKeyRange.bound([user], [user, []])));
}

/** Everybody's queue of one course. */
export const queueOfCourse = async (slug) => (await (await open()).getAll('queue')).filter((item) => item.slug === slug);

/** What was sent of a person's courses, and when the server last answered. */
export async function sent(user, slug) {
  const records = slug ? [await mine(user, slug)] : await (await open()).getAll('mine', IDBKeyRange.bound([user], [user, []]));
  const known = records.filter(Boolean);
  return { count: known.reduce((sum, record) => sum + (record.sent ?? 0), 0), contact: known.map((record) => record.contact ?? '').sort().at(-1) };
}

/** Answers of the server: what it took leaves the queue, what it refused stays with the reason, what it did not answer waits on. */
export async function settle(batch, answers) {
  const tx = (await open()).transaction(['mine', 'queue'], 'readwrite', strict);
  const [mine, queue] = ['mine', 'queue'].map((name) => tx.objectStore(name));
  for (const item of batch) {
    const answer = answers.get(item.id);
    if (!answer) continue;
    const record = await mine.get([item.user, item.slug]) ?? empty(item.user, item.slug);
    record.contact = new Date().toISOString();
    if (answer.outcome === 'rejected') {
      await queue.put({ ...item, state: 'refused', message: answer.message });
      // What was not counted may be answered again, with the same questions.
      if (item.kind === 'quiz' && answer.reason !== 'paper_used') record.used = record.used.filter((paper) => paper !== item.paper);
    } else {
      record.sent = (record.sent ?? 0) + 1;
      if (answer.score) record.scores = [...record.scores.filter(({ number }) => number !== answer.score.number), answer.score].sort((one, other) => one.number - other.number);
      await queue.delete(item.id);
    }
    await mine.put(record);
  }
  await tx.done;
  tell();
}
