// The people of a shared phone. With a network the server knows their PINs; without one the phone itself looks whether it is the right one, so that each person's progress
// stays with them. What that protects and what not is said in the README of Accounts.
import * as store from './store.js';

const iterations = 200_000; // about a second on a cheap phone
const mostFailures = 5;
const encoder = new TextEncoder();

async function derive(pin, user) {
  const salt = await store.salt();
  const key = await crypto.subtle.importKey('raw', encoder.encode(pin), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array([...salt, ...encoder.encode(user)]), iterations }, key, 256);
  return [...new Uint8Array(bits)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Remembers a PIN that is just being sent to the server, which has `row` of the person's until then; it counts once the server has taken it. */
export async function propose({ user, name, pin, row }) {
  const before = (await store.people()).find((one) => one.user === user && !one.isProposed);
  await store.savePerson({ user, name, hash: await derive(pin, user), failures: 0, isProposed: true, row, before });
}

/** The server's word, when nothing is on its way to it: the row of the person's PIN here, or nothing. */
export async function decide(user, row) {
  const known = (await store.people()).find((one) => one.user === user);
  if (!known) return;
  await follow(known, row);
  if (!known.isProposed || isTaken(known, row)) return;
  if (known.before) await store.savePerson(known.before);
  else await store.dropPerson(user);
}

/** A PIN has a row of its own on the server, so another row than before is the one that was proposed. */
const isTaken = (known, row) => Boolean(row) && row !== known.row;

/** What the server says of somebody's PIN here: whoever it no longer lets in, or lets in by a PIN that this phone does not know, is not let in here either. */
export async function follow(known, row) {
  if (known.isProposed) {
    if (isTaken(known, row)) await store.savePerson({ ...known, row, isProposed: undefined, before: undefined });
  } else if (!row || (known.row && known.row !== row)) await store.dropPerson(known.user);
  else if (!known.row) await store.savePerson({ ...known, row });
}

/** Without a network. Resolves to 'right', 'wrong' or 'locked'. */
export async function tryHere(user, pin) {
  const known = (await store.people()).find((one) => one.user === user);
  if (!known || known.failures >= mostFailures) return 'locked';
  // Counted before it is looked at.
  const tried = { ...known, failures: known.failures + 1 };
  await store.savePerson(tried);
  if (await derive(pin, user) !== known.hash) return tried.failures >= mostFailures ? 'locked' : 'wrong';
  await store.savePerson({ ...known, failures: 0 });
  await store.setPerson(known, true);
  return 'right';
}

/** With a network: the server decides, and the phone follows. Resolves to nothing when it let the person in, else to its words. */
export async function tryThere(session, person, pin) {
  const form = new FormData();
  form.set('id', person.id);
  form.set('pin', pin);
  const answer = await fetch('/account/people', { method: 'POST', redirect: 'manual', headers: { RequestVerificationToken: session.token }, body: form });
  if (answer.type === 'opaqueredirect') {
    const known = (await store.people()).find((one) => one.user === person.user);
    if (known) await store.savePerson({ ...known, failures: 0 });
    await store.setPerson(person);
    return undefined;
  }
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return page.querySelector('main .notice-bad p')?.textContent ?? String(answer.status);
}
