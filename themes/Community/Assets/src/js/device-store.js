// A database of this device with a queue of what its people did and the server has not confirmed: what attendance/store.js and learn/store.js have in common. Used by pages and
// by the service worker, so no document here.
import { openDB } from 'idb';

const minute = 60_000;

/** A phone may lose power right after a tap. */
export const strict = { durability: 'strict' };

export const inOrder = (items) => items.sort((one, other) => one.at.localeCompare(other.at) || one.id.localeCompare(other.id));

/** A device's later word is always the later one, whatever its clock does. `device` is the store of what it knows of itself. */
export async function nextTime(device) {
  const last = await device.get('last') ?? 0;
  const now = Date.now();
  const at = last >= now && last - now < minute ? last + 1 : now;
  await device.put(at, 'last');
  return at;
}

/** The database has a store 'device', and one 'queue' of items with id, at and state. */
export function makeStore(name, upgrade) {
  const news = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
  let opening;
  const open = () => opening ??= openDB(name, 1, { upgrade, terminated: () => { opening = undefined; } });
  const tell = () => news?.postMessage('changed');
  return {
    open,
    tell,

    /** Calls back after every change, in this page, another one or the service worker. */
    onChange(callback) {
      new BroadcastChannel(name).addEventListener('message', callback);
    },

    /** The name that this device gave itself, once and for all. */
    async deviceName(former) {
      const db = await open();
      const known = await db.get('device', 'name');
      if (known) return known;
      const made = former ?? crypto.randomUUID();
      await db.put('device', made, 'name');
      return made;
    },

    /** All that waits to be sent, oldest first, of everybody on this device. */
    async waiting() {
      return inOrder((await (await open()).getAll('queue')).filter((item) => item.state === 'waiting'));
    },

    /** Drops one refused item: somebody has read why, and let it go. */
    async drop(id) {
      await (await open()).delete('queue', id);
      tell();
    },
  };
}
