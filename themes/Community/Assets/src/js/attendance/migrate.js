// The first version kept its queue in localStorage under 'sheet:{address}'. Those marks move into the store, with their ids, times and the device's name, and only then leave.
import { sheet } from './page.js';
import * as store from './store.js';

export async function migrate() {
  const former = Object.keys(localStorage).filter((key) => key.startsWith('sheet:'));
  const device = await store.deviceName(localStorage.getItem('device') ?? undefined);
  for (const key of former) {
    const path = key.slice('sheet:'.length).replace(/\/events$/, '');
    for (const { id, member, kind, at } of JSON.parse(localStorage.getItem(key))) {
      await store.add({ user: sheet.user, path }, { id, member, kind, at, method: 'roster', device });
    }
    localStorage.removeItem(key);
  }
}
