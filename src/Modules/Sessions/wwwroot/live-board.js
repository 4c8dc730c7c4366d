// The live board keeps itself fresh: by server-sent events, by asking every few seconds where these do not come through.
// Without script the page loads itself anew.
const root = document.querySelector('[data-live]');
const words = JSON.parse(root.dataset.words);
const line = root.querySelector('[data-line]');
const number = new Intl.NumberFormat('vi-VN');
const time = new Intl.DateTimeFormat('vi-VN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' });
const seconds = new Intl.DateTimeFormat('vi-VN', { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' });
const silentAfter = 30_000; // the server speaks every ten seconds at least
const pollEvery = 5_000;
const streamAgainAfter = 60_000;

const tiles = new Map([...root.querySelectorAll('[data-point]')].map((tile) => [tile.dataset.point, tile]));
const calls = new Map([...root.querySelectorAll('[data-call]')].map((row) => [row.dataset.call, row]));
const points = new Map();
let source;
let silence;
let poll;
let stale = '';

const fill = (pattern, ...values) => values.reduce((text, value, index) => text.replace(`{${index}}`, value), pattern);

function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

function note(tile, name, text) {
  const element = tile.querySelector(`[data-${name}]`);
  element.hidden = !text;
  write(element.querySelector('span') ?? element, text ?? '');
}

function showPoint(point) {
  points.set(point.code, point);
  const call = calls.get(point.code);
  if (call) call.hidden = point.started;
  const tile = tiles.get(point.code);
  if (!tile) return;
  const state = words.states[point.state === 'planned' && point.started ? 'started' : point.state];
  tile.dataset.tone = point.mismatch && state.tone !== 'bad' ? 'warning' : state.tone;
  write(tile.querySelector('[data-present]'), number.format(point.present));
  write(tile.querySelector('[data-invited]'), number.format(point.invited));
  const bar = tile.querySelector('[data-bar]');
  bar.max = Math.max(1, point.invited, point.present);
  bar.value = point.present;
  const badge = tile.querySelector('[data-state]');
  if (badge.className !== state.css) {
    badge.className = state.css;
    badge.querySelector('use').setAttribute('href', `${root.dataset.icons}#${state.icon}`);
  }
  write(badge.querySelector('span'), state.text);
  note(tile, 'reason', point.reason);
  note(tile, 'online', point.online_count !== undefined && fill(words.online, number.format(point.online_count)));
  note(tile, 'mismatch', point.mismatch && fill(words.mismatch, number.format(point.counted), number.format(point.present)));
  note(tile, 'conflicts', point.conflicts > 0 && fill(words.conflicts, number.format(point.conflicts)));
  note(tile, 'contact', point.contact_at && fill(words.contact, time.format(new Date(point.contact_at))));
}

const isPresent = (point) => point.present > 0 || ['connected', 'late'].includes(point.state);

function showSums() {
  for (const group of root.querySelectorAll('[data-group]')) {
    const mine = [...group.querySelectorAll('[data-point]')].map((tile) => points.get(tile.dataset.point)).filter(Boolean);
    if (mine.length === 0) continue;
    const sum = (pick) => mine.reduce((total, point) => total + pick(point), 0);
    const sums = { points: mine.length, points_present: mine.filter(isPresent).length, present: sum((point) => point.present), invited: sum((point) => point.invited) };
    for (const [name, value] of Object.entries(sums)) write(group.querySelector(`[data-sum=${name}]`), number.format(value));
    const bar = group.querySelector('[data-sum-bar]');
    bar.max = Math.max(1, sums.invited, sums.present);
    bar.value = sums.present;
  }
}

function show(board) {
  board.points.forEach(showPoint);
  for (const [name, value] of Object.entries(board.totals)) write(root.querySelector(`[data-total=${name}]`), number.format(value));
  showSums();
  const list = root.querySelector('[data-calls]');
  if (list) list.hidden = [...calls.values()].every((row) => row.hidden);
  stale = seconds.format(new Date(board.at));
  // A point that was not there when the page was made: only the server can draw it.
  if (root.dataset.whole === 'true' && points.size > tiles.size && document.visibilityState === 'visible') location.reload();
}

function say(text, waiting) {
  write(line, text);
  line.classList.toggle('sync-wait', waiting);
}

function alive() {
  clearTimeout(silence);
  silence = setTimeout(fallBack, silentAfter);
  say(fill(words.live, stale || seconds.format(new Date())), false);
}

function stream() {
  clearTimeout(poll);
  source?.close();
  source = new EventSource(root.dataset.live);
  const take = (event) => { show(JSON.parse(event.data)); alive(); };
  source.addEventListener('snapshot', take);
  source.addEventListener('points', take);
  source.addEventListener('heartbeat', () => { stale = seconds.format(new Date()); alive(); });
  // A broken line is opened again by the browser itself; one that the server refused is not.
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) fallBack();
    else say(fill(words.lost, stale), true);
  });
  clearTimeout(silence);
  silence = setTimeout(fallBack, silentAfter);
}

function fallBack() {
  clearTimeout(silence);
  source?.close();
  setTimeout(stream, streamAgainAfter);
  ask(performance.now() + streamAgainAfter - pollEvery);
}

async function ask(until) {
  try {
    const answer = await fetch(root.dataset.live, { headers: { Accept: 'application/json' } });
    if (answer.status === 401) {
      say(words.signedOut, true);
      return;
    }
    if (!answer.ok) throw new Error(answer.status);
    show(await answer.json());
    say(fill(words.polling, stale), false);
  } catch {
    say(fill(words.lost, stale), true);
  }
  if (performance.now() < until) poll = setTimeout(ask, pollEvery, until);
}

stream();
addEventListener('pagehide', () => source.close());
addEventListener('pageshow', (event) => { if (event.persisted) stream(); });
