// When a page sends what waits on this phone, and what its line says: what is saved here, what the server has, and whether there is a network.

const shortest = 15_000;
const longest = 300_000;

/**
 * Sends by itself, when the signal is back and when the page is looked at again; `send` does it at once. While there is no answer it tries again and again, more and more rarely.
 * `tell` shows how it stands, `problem` says what keeps it.
 */
export function makeSender({ sync, tag, texts, tell }) {
  let problem = '';
  let pause = shortest;
  let timer;

  async function send() {
    clearTimeout(timer);
    try {
      const outcome = await sync();
      problem = { 'signed-out': texts.signedOut, 'other-account': texts.otherAccount }[outcome] ?? '';
      pause = shortest;
    } catch {
      // No signal or a busy server: everything stays here, the line says so, and the next try comes by itself.
      problem = navigator.onLine ? texts.failed : '';
      timer = setTimeout(send, pause);
      pause = Math.min(pause * 2, longest);
      sendLater(tag);
    }
    await tell();
  }

  addEventListener('online', () => { pause = shortest; send(); });
  addEventListener('offline', tell);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) send(); });
  return { send, problem: () => problem };
}

/** The browser sends when the signal is back, even after this page was closed, where it can. */
async function sendLater(tag) {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register(tag).catch(() => {}); // refused in private windows: the page sends itself
}

/** The part of the line that is the same everywhere. */
export function tellState(line, { texts, problem, counts, waits }) {
  const isFine = navigator.onLine && !problem;
  line.querySelector('[data-counts]').textContent = counts;
  line.querySelector('[data-state]').textContent = problem || (navigator.onLine ? texts.online : texts.offline);
  const use = line.querySelector('use');
  use.setAttribute('href', use.getAttribute('href').replace(/(online|offline)$/, isFine ? 'online' : 'offline'));
  line.classList.toggle('sync-wait', waits > 0 || !isFine);
  line.querySelector('[data-sign-in]').hidden = problem !== texts.signedOut;
}
