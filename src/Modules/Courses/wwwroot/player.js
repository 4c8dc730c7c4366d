// Plays a part of a SCORM package. The package runs in a frame without an origin, or with one that is not ours; all that comes from there is messages: what it
// wants saved, and where it wants to go. What is to be saved is kept on the device first, then sent, again and again until the server has it. Each save
// carries the whole state, so only the last one matters.
const box = document.getElementById('player');
const template = document.getElementById('player-template');
const line = document.getElementById('player-line');
const again = document.getElementById('player-again');
const words = box.dataset;
const token = document.querySelector('input[name="__RequestVerificationToken"]').value;
const key = words.kept ? `scorm:${words.kept}` : null;
const choices = JSON.parse(words.choices);
const waits = [2_000, 5_000, 15_000, 30_000];
const time = new Intl.DateTimeFormat('vi-VN', { hour: '2-digit', minute: '2-digit' });

let frame = null;
let origin = 'null';
let launch = null;
let sequence = 0;
let sending = null;
let timer = 0;
let failures = 0;
let isOver = false;
let isLeaving = false;

function tell(text, waiting = false) {
  line.classList.toggle('sync-wait', waiting);
  line.querySelector('span').textContent = text;
}

const post = (path, body, keepalive = false) => fetch(`${words.address}/${path}`, {
  method: 'POST',
  redirect: 'manual',
  keepalive,
  headers: { RequestVerificationToken: token, ...(body ? { 'Content-Type': 'application/json' } : {}) },
  body: body && JSON.stringify(body),
});

// Storage may be switched off; then what is unsent lives as long as the page.
let unsent = null;
function read() {
  try {
    return unsent ?? JSON.parse(localStorage.getItem(key));
  } catch {
    return unsent;
  }
}

function write(commit) {
  unsent = commit;
  try {
    if (commit) localStorage.setItem(key, JSON.stringify(commit));
    else localStorage.removeItem(key);
  } catch (error) {
    console.warn('Not kept on the device:', error.message);
  }
}

/** What became of a save: saved, refused for good, or to be tried again. */
async function deliver(commit, keepalive) {
  const response = await post('save', commit, keepalive).catch(() => null);
  if (response?.ok) return { saved: await response.json() };
  if (!response || response.status === 429 || response.status >= 500) return {};
  // The site says why; where it is not the site that answers so, this is no longer that person's page.
  const reason = (await response.json().catch(() => null))?.message;
  return reason ? { over: reason } : { over: words.signedOut, keep: true };
}

function send() {
  clearTimeout(timer);
  sending ??= (async () => {
    for (let commit = read(); commit && !isOver; commit = read()) {
      if (failures === 0) tell(words.saving);
      const outcome = await deliver(commit);
      if (outcome.saved) {
        failures = 0;
        if (isSame(read(), commit)) write(null);
        const pattern = outcome.saved.is_finished ? words.finished : outcome.saved.is_done ? words.done : words.saved;
        tell(pattern.replace('{0}', time.format(new Date())));
      } else if (outcome.over) {
        isOver = true;
        if (!outcome.keep) write(null);
        tell(outcome.over, true);
      } else {
        tell(words.offline, true);
        timer = setTimeout(send, waits[Math.min(failures++, waits.length - 1)]);
        break;
      }
    }
  })().finally(() => { sending = null; });
  return sending;
}

const isSame = (one, other) => one?.session === other.session && one?.sequence === other.sequence;

async function open() {
  again.hidden = true;
  tell(words.opening);
  try {
    // What an earlier visit could not send goes first: opening begins a new count.
    const left = key && read();
    if (left) {
      const outcome = await deliver(left);
      if (!outcome.saved && !outcome.over) throw new Error('offline');
      if (!outcome.keep) write(null);
    }
    const response = await post('open');
    if (!response.ok) throw new Error(response.status);
    launch = await response.json();
  } catch (error) {
    console.warn('Not opened:', error.message);
    tell(words.failed, true);
    again.hidden = false;
    return;
  }
  tell(words.ready);
  const { address, ...start } = launch;
  // The frame's name is the one thing that its first script can read at once, without asking anybody. It must be there before the frame is.
  frame = template.content.firstElementChild.cloneNode();
  frame.name = JSON.stringify({ scorm: words.edition, site: location.origin, moves: { continue: Boolean(words.next), previous: Boolean(words.previous), choices: Object.keys(choices) }, ...start });
  frame.src = address;
  const own = new URL(address, location.href).origin;
  origin = own === location.origin ? 'null' : own;
  template.after(frame);
  // A step of its own in the history, so that Back too lets the package say its last word first.
  if (!history.state?.plays) history.pushState({ plays: true }, '');
}

const pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

/** Takes the package off, which lets it say its last word, and waits a moment for the server to have it; the device keeps it anyhow. */
async function leave() {
  if (frame) {
    isLeaving = true;
    const off = new Promise((done) => { frame.addEventListener('load', done, { once: true }); });
    frame.contentWindow.location.replace('about:blank');
    await Promise.race([off, pause(1_000)]);
    await pause(50);
  }
  await Promise.race([send(), pause(2_000)]);
}

/** Goes where the content asks to, as if the learner had pressed the link. */
function depart({ to, target }) {
  const address = to === 'choice' ? Object.hasOwn(choices, target) && choices[target] : to === 'continue' ? words.next : to === 'previous' ? words.previous : to === 'exit' && words.back;
  if (address) leave().then(() => location.assign(address));
}

const text = (value, longest) => (typeof value === 'string' ? value.slice(0, longest) : '');
const number = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : null);

addEventListener('message', (event) => {
  const { scorm: said, go } = event.data ?? {};
  // The last word comes from a page that is no more: the browser names no window for it.
  const isOurs = event.origin === origin && (event.source === frame?.contentWindow || (isLeaving && event.source === null));
  if (!isOurs) return;
  if (go && !isLeaving) depart(go);
  if (!said || !launch?.session || isOver) return;
  sequence += 1;
  write({
    package: launch.package,
    session: launch.session,
    sequence,
    status: text(said.status, 20),
    success: text(said.success, 20),
    score_raw: number(said.score_raw),
    score_min: number(said.score_min),
    score_max: number(said.score_max),
    score_scaled: number(said.score_scaled),
    location: text(said.location, 1_000),
    suspend_data: text(said.suspend_data, 64_000),
    session_time: text(said.session_time, 40),
    suspended: said.suspended === true,
  });
  send();
});

addEventListener('online', () => { if (read()) send(); });
addEventListener('visibilitychange', () => {
  // A last try as the page goes; the device still has what does not get through.
  if (document.visibilityState === 'hidden' && unsent && !isOver) post('save', unsent, true).catch(() => {});
});
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href]');
  if (!link || link.target || link.hash || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  leave().then(() => location.assign(link.href));
});
addEventListener('popstate', () => {
  if (!history.state?.plays && !location.hash) leave().then(() => history.back());
});
addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
again.addEventListener('click', open);
open();
