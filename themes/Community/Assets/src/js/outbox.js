// How a device's queue gets to the server: who is signed in is asked before each sending, because the antiforgery cookie dies with the browser and another account
// may have signed in since. Used by pages and by the service worker, so no document here.

const patience = 30_000;
const isSignIn = (answer) => answer.type === 'opaqueredirect' || answer.status === 401;

/** One at a time, in whatever page or worker. Somebody who waits for their turn will find what was added meanwhile too. */
export function alone(name, run) {
  let next;
  return () => next ??= navigator.locks.request(name, () => {
    next = undefined;
    return run();
  });
}

/** What the server is told of an item. */
export const pick = (item, names) => Object.fromEntries(names.filter((name) => item[name] !== undefined).map((name) => [name, item[name]]));

/** The account and a fresh token; nothing when nobody is signed in. Rejects when the server cannot be reached. */
export async function ask(address) {
  const answer = await fetch(address, { cache: 'no-store', redirect: 'manual', signal: AbortSignal.timeout(patience) });
  if (isSignIn(answer)) return {};
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

/** Sends; resolves to nothing when the sign-in has ended meanwhile. */
export async function post(address, token, body) {
  const isForm = body instanceof FormData;
  const answer = await fetch(address, {
    method: 'POST',
    redirect: 'manual',
    signal: AbortSignal.timeout(patience),
    headers: { RequestVerificationToken: token, ...(isForm ? {} : { 'Content-Type': 'application/json' }) },
    body: isForm ? body : JSON.stringify(body),
  });
  return isSignIn(answer) ? undefined : answer;
}
