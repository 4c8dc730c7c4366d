// Shows the code of the minute by the server's clock, and holds some minutes ahead so that a cut of the line does not stop it.
const root = document.querySelector('[data-point-code]');
const part = name => root.querySelector(`[data-${name}]`);
// What came with the page counts until the first answer: a line that drops at once must not leave an old code standing.
let codes = root.dataset.until ? [{ letters: part('letters').textContent, from: 0, until: Number(root.dataset.until), qr: part('qr').innerHTML }] : [];
let measured = { server: Number(root.dataset.now), date: Date.now(), run: performance.now() };
let shown = codes[0];

/** The server's time. The larger of the two counts: one stands still while the device sleeps, the other jumps when somebody sets the clock back. */
function now() {
  return measured.server + Math.max(Date.now() - measured.date, performance.now() - measured.run);
}

async function fetchNext() {
  const [date, run] = [Date.now(), performance.now()];
  try {
    const answer = await fetch(root.dataset.next, { headers: { Accept: 'application/json' } });
    if (answer.ok && !answer.redirected) {
      const next = await answer.json();
      measured = { server: next.now, date, run };
      if (next.codes.length === 0 && codes.length > 0) return location.reload(); // closed meanwhile: the page says why
      codes = next.codes;
    }
  } catch {
    // No line: the codes at hand last some minutes, then the page says that they are stale.
  }
  show();
}

function show() {
  const time = now();
  const code = codes.find(each => each.from <= time && time < each.until);
  part('code').hidden = !code;
  part('stale').hidden = Boolean(code) || codes.length === 0;
  if (!code) return;
  if (code !== shown) {
    shown = code;
    part('letters').textContent = code.letters;
    part('qr').innerHTML = code.qr;
  }
  part('time').textContent = root.dataset.left.replace('{0}', Math.ceil((code.until - time) / 1000));
}

setInterval(show, 500);
await fetchNext();
setInterval(fetchNext, 30_000);
addEventListener('online', fetchNext);
document.addEventListener('visibilitychange', () => document.hidden || fetchNext());
try {
  await navigator.wakeLock?.request('screen');
} catch {
  // A device that will not stay awake shows the code again when it is touched.
}
