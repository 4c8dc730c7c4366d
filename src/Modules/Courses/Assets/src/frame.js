// The first script of each page of a package. The page has no origin and reaches nobody; what it wants saved goes as one message to the page around it.
const around = window.parent;
const site = new URL(document.currentScript.src).origin;

/** What the part starts from, if this is the page that the player opened; pages in frames of the package's own have no name of that kind. */
function readStart() {
  try {
    const start = JSON.parse(window.name);
    return start?.scorm ? start : null;
  } catch {
    return null;
  }
}

/** Storage that lasts as long as the page: without an origin there is none, and asking for it would stop many packages. */
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
  for (const storage of ['localStorage', 'sessionStorage']) replace(window, storage, { value: memory() });
  let cookie = '';
  replace(document, 'cookie', { get: () => cookie, set: (value) => { cookie = String(value).split(';')[0]; } });
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
    around.postMessage({ scorm: said }, site);
  };
  // Also what the package never commits is worth keeping: a phone may be put away at any moment.
  const soon = () => {
    timer ||= setTimeout(send, 1_000);
    // Once for all values of a burst: reading them is slow on a cheap phone.
    if (!isKeeping) queueMicrotask(keep);
    isKeeping = true;
  };
  changes({ soon, now: send });
  for (const leaving of ['visibilitychange', 'pagehide']) addEventListener(leaving, () => { if (timer) send(); });
}
