// The first script of each page of a package. The page reaches nobody but its own package; what it wants saved goes as one message to the page around it.
const around = window.parent;

/** The window of the same package that shows or opened this one. Where the package has no origin, its pages cannot see each other. */
function nearest() {
  return [window.parent, window.opener].find((other) => {
    try {
      return other && other !== window && other.document;
    } catch {
      // Another origin's: the player.
      return false;
    }
  });
}

/** What the part starts from, if this is the page that the player opened; pages in frames of the package's own have no name of that kind. */
function readStart() {
  try {
    const start = JSON.parse(window.name);
    return start?.scorm ? start : null;
  } catch {
    return null;
  }
}

/** Storage that lasts as long as the page: without an origin there is none, and asking for it would stop many packages; with one, it would be all packages'. */
function memory() {
  const kept = new Map();
  return {
    get length() { return kept.size; },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(String(key)) ?? null,
    setItem: (key, value) => { kept.set(String(key), String(value)); },
    removeItem: (key) => { kept.delete(String(key)); },
    clear: () => { kept.clear(); },
  };
}

const replace = (target, name, value) => Object.defineProperty(target, name, { configurable: true, enumerable: true, ...value });

/** Offers the interface where packages look for it: on their own window, and on the one above it, which else nobody here may touch. */
function offer(name, api) {
  window[name] = api;
  const above = { [name]: api };
  above.parent = above;
  replace(window, 'parent', { value: above });
  replace(window, 'opener', { value: null });
}

/**
 * Begins.
 * @param {string} name Where packages look for the interface.
 * @param {(start: object) => { api: object, initialize: string, read: () => object, changes: (listen: object) => void }} make Makes the interface, and what reads from it.
 */
export function begin(name, make) {
  const other = nearest();
  for (const storage of ['localStorage', 'sessionStorage']) replace(window, storage, { value: other?.[storage] ?? memory() });
  // What the browser would keep on the phone for the next person and for other packages.
  for (const lasting of ['indexedDB', 'caches', 'cookieStore']) replace(window, lasting, { value: undefined });
  let cookie = '';
  replace(document, 'cookie', other
    ? { get: () => other.document.cookie, set: (value) => { other.document.cookie = value; } }
    : { get: () => cookie, set: (value) => { cookie = String(value).split(';')[0]; } });
  const start = readStart();
  if (!start) return;
  const { api, initialize, read, changes } = make(start);
  if (start.continues) {
    // The package went to its next page, which may or may not begin anew.
    api[initialize]('');
    api[initialize] = () => 'true';
  }
  offer(name, api);

  let last = '';
  let timer = 0;
  let isKeeping = false;
  // What the next page of the package starts from, should it go there at once.
  const keep = () => {
    isKeeping = false;
    const said = read();
    window.name = JSON.stringify({ ...start, ...said, continues: true });
    return said;
  };
  const send = () => {
    clearTimeout(timer);
    timer = 0;
    const said = keep();
    const text = JSON.stringify(said);
    if (text === last) return;
    last = text;
    around.postMessage({ scorm: said }, start.site);
  };
  // Also what the package never commits is worth keeping: a phone may be put away at any moment.
  const soon = () => {
    timer ||= setTimeout(send, 1_000);
    // Once for all values of a burst: reading them is slow on a cheap phone.
    if (!isKeeping) queueMicrotask(keep);
    isKeeping = true;
  };
  changes({ soon, now: send, go: (to, target) => { around.postMessage({ go: { to, target } }, start.site); } });
  for (const leaving of ['visibilitychange', 'pagehide']) addEventListener(leaving, () => { if (timer) send(); });
}
